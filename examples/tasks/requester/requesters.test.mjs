// Tries the tasks of a server with each requester:
//
//     node requesters.test.mjs URL
//     node requesters.test.mjs -- COMMAND [ARGUMENT]...

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { accept, decline } from './answers.mjs';
import { clients, connect } from './requesters.mjs';
import { server } from './target.mjs';
import { until } from './until.mjs';

describe('ext-tasks', { concurrency: true, timeout: 30_000 }, () => clients.forEach(tryTasks));

function tryTasks(by) {
  describe(`on ${by.name}`, { concurrency: true }, () => {
    let requester;
    before(async () => (requester = await connect(by, server)));
    after(() => requester.close());

    const call = (...args) => requester.call(...args);
    const outcome = async (...args) => requester.settle(await call(...args));

    test('answers straight', async () => {
      const execution = await requester.session.callTool('crunch', { seconds: 0 });
      assert.equal(execution.kind, 'immediate');
      assert.equal(text(await execution.result()), 'crunched 100 numbers in 0 seconds');
    });

    test('creates and polls', async () => {
      const execution = await call('crunch', { seconds: 1.5 });
      const seen = [];
      for await (const { task } of execution.updates()) if (task) seen.push(task);
      assert.equal(execution.kind, 'task');
      assert.equal(seen[0].retentionMs, 3_600_000);
      assert.deepEqual([...new Set(seen.map((task) => task.status))], ['working', 'completed']);
      assert.ok(seen.some((task) => /^crunched \d+ of 100 numbers$/.test(task.statusMessage)), JSON.stringify(seen));
      assert.equal(text(await execution.result()), 'crunched 100 numbers in 1.5 seconds');
    });

    test('answers one question after the other', async () => {
      const { result } = await outcome('plan_trip', { destination: 'Rome' }, accept);
      assert.deepEqual(result.structuredContent, { destination: 'Rome', nights: 3, vehicle: 'train' });
    });

    test('answers two questions at once', async () => {
      const asked = [];
      let allow;
      const allowed = new Promise((resolve) => (allow = resolve));
      const execution = await call('book_trip', { destination: 'Rome' }, async (form) => {
        asked.push(form.message);
        await allowed;
        return accept(form);
      });
      const end = requester.settle(execution);
      // In 2026-07-28 both are open, though the library puts one after the other.
      await until(async () => (by.modern ? inputRequests(await requester.snapshot(execution)) : asked).length === 2);
      allow();
      assert.equal(text(await end), 'booked Rome for Ada');
      assert.deepEqual(asked.sort(), ['Book it for 120 EUR?', 'Who travels to Rome?']);
    });

    test('hears of an error of the tool', async () => {
      const end = await outcome('book_trip', { destination: 'Rome' }, decline);
      assert.equal(by.modern ? text(end) : end.error?.message, 'the user declined to answer');
      assert.equal(end.status, by.modern ? 'completed' : 'failed');
      if (by.modern) assert.equal(end.result.isError, true);
    });

    test('hears of failures', async () => {
      const recalled = await outcome('break_down', { after: 0.3, how: 'protocol_error' });
      assert.equal(recalled.status, 'failed');
      assert.equal(recalled.error.message, 'all engines of this kind were recalled');
      if (by.modern) assert.equal(recalled.error.code, 1001);
      const exploded = await outcome('break_down', { after: 0.3, how: 'panic' });
      assert.equal(exploded.status, 'failed');
      assert.equal(exploded.error.message, 'internal error');
    });

    test('cancels what runs', async () => {
      const execution = await call('sleep', {});
      await until(async () => (await requester.snapshot(execution)).statusMessage === 'asleep');
      await execution.cancel();
      assert.equal((await execution.result()).status, 'cancelled');
      await until(async () => (await requester.read('dormitory://sleepers')) === '0');
    });

    test('cancels what waits for an answer', async () => {
      const execution = await call('plan_trip', { destination: 'Rome' }, (_, { signal }) => aborted(signal));
      await until(async () => (await requester.snapshot(execution)).status === 'input_required');
      await execution.cancel();
      assert.equal((await execution.result()).status, 'cancelled');
    });

    test('recovers by the id', async (t) => {
      const first = await connect(by, server);
      t.after(() => first.close());
      const execution = await first.call('crunch', { seconds: 1 });
      await forget(execution);
      const second = await successor(first);
      t.after(() => second.close());
      const resumed = await second.resume(execution.handle.taskId);
      assert.equal(text(await second.settle(resumed)), 'crunched 100 numbers in 1 seconds');
    });

    test('lists tasks only where all are its own', async () => {
      const listed = !by.modern && server.command !== undefined;
      assert.equal(requester.session.capabilities.inventory, listed ? 'server-list' : 'known-handles');
      if (!listed) return;
      const { handle } = await call('crunch', { seconds: 0 });
      const { tasks } = await requester.session.listTasks();
      assert.ok(tasks.some((task) => task.taskId === handle.taskId));
    });

    test('finds no task by a wrong id', async () => {
      await assert.rejects(requester.session.task('nobody-has-this-one').snapshot(), { code: -32602 });
    });

    /** A requester that comes after another. What is served over stdio ends with its connection. */
    async function successor(requester) {
      if (server.command) return requester.renew();
      await requester.close();
      return connect(by, server);
    }
  });
}

/** The questions that a task of 2026-07-28 waits for. */
function inputRequests({ raw }) {
  return Object.values(raw.inputRequests ?? {});
}

/** The text of a result. */
function text({ status, result, error }) {
  assert.equal(status, 'completed', error?.message);
  return result.content.map((block) => block.text).join('\n');
}

/**
 * Lets go of an execution, so that its session can be closed without cancelling it.
 * In ext-tasks 0.2.2 that is not so yet when detach returns.
 */
async function forget(execution) {
  await execution.detach();
  await execution.result();
}

/** Waits until a signal says that nobody wants the answer any more. */
function aborted(signal) {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
}
