"""Tries the tasks of a server on HTTP with the client of FastMCP:

    python try_tasks.py [-v] URL
"""

import asyncio
import sys
import unittest

from fastmcp import Client
from fastmcp.client.elicitation import ElicitResult
from fastmcp.exceptions import ToolError
from fastmcp_tasks import call_tool_task

FACTS = {"nights": 3, "vehicle": "train", "name": "Ada", "agreed": True}


async def accept(message, response_type, params, context):
    """Fills in a form as the person behind the client would, by the names of its fields."""
    return {field: FACTS[field] for field in params.requested_schema["properties"]}


async def decline(message, response_type, params, context):
    return ElicitResult(action="decline")


class Tasks(unittest.IsolatedAsyncioTestCase):
    def client(self, answer=accept):
        return Client(URL, elicitation_handler=answer)

    async def test_answers_straight(self):
        async with self.client() as client:
            result = await client.call_tool("crunch", {"seconds": 0})
            self.assertEqual(text(result), "crunched 100 numbers in 0 seconds")
            with self.assertRaisesRegex(ToolError, "did not run as a task"):
                await call_tool_task(client, "crunch", {"seconds": 0})

    async def test_waits_without_being_told(self):
        async with self.client() as client:
            result = await client.call_tool("crunch", {"seconds": 0.5})
            self.assertEqual(text(result), "crunched 100 numbers in 0.5 seconds")

    async def test_has_a_handle(self):
        async with self.client() as client:
            task = await call_tool_task(client, "crunch", {"seconds": 1})
            said = None
            while not said:
                status = await task.status()
                self.assertEqual(status.status, "working")
                said = status.status_message
            self.assertRegex(said, r"^crunched \d+ of 100 numbers$")
            self.assertEqual((await task.wait(timeout=10)).status, "completed")
            self.assertEqual(text(await task.result()), "crunched 100 numbers in 1 seconds")

    async def test_has_four_in_parallel(self):
        destinations = ["Rome", "Oslo", "Bern", "Riga"]
        asked, all_asked = set(), asyncio.Event()

        async def together(message, *form):
            asked.add(message)
            if len(asked) == len(destinations):
                all_asked.set()
            await asyncio.wait_for(all_asked.wait(), 10)
            return await accept(message, *form)

        async with self.client(together) as client:
            trips = await asyncio.gather(
                *(client.call_tool("plan_trip", {"destination": to}) for to in destinations)
            )
        self.assertEqual([trip.structured_content["destination"] for trip in trips], destinations)

    async def test_answers_questions(self):
        async with self.client() as client:
            trip = await client.call_tool("plan_trip", {"destination": "Rome"})
            self.assertEqual(
                trip.structured_content, {"destination": "Rome", "nights": 3, "vehicle": "train"}
            )
            booked = await client.call_tool("book_trip", {"destination": "Rome"})
            self.assertEqual(text(booked), "booked Rome for Ada")

    async def test_hears_of_errors(self):
        async with self.client(decline) as client:
            with self.assertRaisesRegex(ToolError, "^the user declined to answer$"):
                await client.call_tool("book_trip", {"destination": "Rome"})
            with self.assertRaisesRegex(ToolError, "^all engines of this kind were recalled$"):
                await client.call_tool("break_down", {"after": 0.4, "how": "protocol_error"})

    async def test_cancels(self):
        async with self.client() as client:
            task = await call_tool_task(client, "sleep")
            await task.cancel()
            self.assertEqual((await task.wait(timeout=10)).status, "cancelled")
            with self.assertRaisesRegex(ToolError, "was cancelled"):
                await task.result()


def text(result):
    return "\n".join(block.text for block in result.content)


if __name__ == "__main__":
    URL = sys.argv.pop()
    unittest.main()
