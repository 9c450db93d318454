// Tries the tasks of a server with what @modelcontextprotocol/sdk itself has for them:
//
//     node sdk.test.mjs URL
//     node sdk.test.mjs -- COMMAND [ARGUMENT]...

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { CallToolResultSchema, ElicitRequestSchema, TaskStatusNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { accept } from './answers.mjs';
import { connectSDK } from './sdk.mjs';
import { server } from './target.mjs';
import { until } from './until.mjs';

describe('sdk, 2025-11-25', { concurrency: true, timeout: 30_000 }, () => {
  const told = new Map(); // the statuses that the server told without being asked, by task
  let client, tasks;
  before(async () => {
    client = await connectSDK(server);
    tasks = client.experimental.tasks;
    client.setRequestHandler(ElicitRequestSchema, ({ params }) => accept(params));
    client.setNotificationHandler(TaskStatusNotificationSchema, ({ params }) => {
      told.set(params.taskId, [...(told.get(params.taskId) ?? []), params.status]);
    });
  });
  after(() => client.close());

  /** Calls a tool as a task. */
  const call = (name, args) => tasks.callToolStream({ name, arguments: args }, CallToolResultSchema, { task: { ttl: 60_000 } });

  test('answers straight who asks for no task', async () => {
    const result = await client.callTool({ name: 'crunch', arguments: { seconds: 0 } });
    assert.equal(text(result), 'crunched 100 numbers in 0 seconds');
  });

  test('creates, polls, and is told', async () => {
    const messages = await all(call('crunch', { seconds: 1 }));
    const [{ task: created }] = messages;
    assert.equal(created.status, 'working');
    assert.equal(created.ttl, 60_000);
    assert.deepEqual([...new Set(messages.map(({ type }) => type))], ['taskCreated', 'taskStatus', 'result']);
    assert.equal(text(messages.at(-1).result), 'crunched 100 numbers in 1 seconds');
    await until(() => told.get(created.taskId)?.at(-1) === 'completed');
  });

  test('answers one question after the other', async () => {
    const { result, error } = (await all(call('plan_trip', { destination: 'Rome' }))).at(-1);
    assert.deepEqual(result?.structuredContent, { destination: 'Rome', nights: 3, vehicle: 'train' }, error?.message);
  });

  test('answers two questions at once', async () => {
    const { result, error } = (await all(call('book_trip', { destination: 'Rome' }))).at(-1);
    assert.equal(result && text(result), 'booked Rome for Ada', error?.message);
  });

  test('hears of an error of the tool', async () => {
    const messages = await all(call('break_down', { after: 0.3 }));
    const { status, statusMessage } = messages.at(-2).task;
    assert.deepEqual([status, statusMessage], ['failed', 'the engine is smoking; let it cool down and try again']);
    const result = await tasks.getTaskResult(messages[0].task.taskId, CallToolResultSchema);
    assert.equal(result.isError, true);
    assert.equal(text(result), statusMessage);
  });

  test('hears of failures', async () => {
    const messages = await all(call('break_down', { after: 0.3, how: 'protocol_error' }));
    assert.equal(messages.at(-2).task.status, 'failed');
    const result = tasks.getTaskResult(messages[0].task.taskId, CallToolResultSchema);
    await assert.rejects(result, { code: 1001, message: /all engines of this kind were recalled/ });
  });

  test('cancels', async () => {
    const stream = call('sleep', {});
    const { task } = (await stream.next()).value;
    const cancelled = await tasks.cancelTask(task.taskId);
    assert.equal(cancelled.status, 'cancelled');
    assert.match((await all(stream)).at(-1).error.message, /was cancelled/);
    await assert.rejects(tasks.cancelTask(task.taskId), { code: -32602 });
  });

  test('recovers by the id', async (t) => {
    const { task } = (await call('crunch', { seconds: 1 }).next()).value;
    let other = client; // what is served over stdio ends with its client
    if (server.url) {
      other = await connectSDK(server);
      t.after(() => other.close());
    }
    assert.equal((await other.experimental.tasks.getTask(task.taskId)).status, 'working');
    const result = await other.experimental.tasks.getTaskResult(task.taskId, CallToolResultSchema);
    assert.equal(text(result), 'crunched 100 numbers in 1 seconds');
  });

  test('lists tasks only where all are its own', async () => {
    if (server.url) {
      await assert.rejects(tasks.listTasks(), { code: -32601 });
      return;
    }
    const { task } = (await call('crunch', { seconds: 0 }).next()).value;
    const { tasks: listed } = await tasks.listTasks();
    assert.ok(listed.some(({ taskId }) => taskId === task.taskId));
  });
});

/** All that a generator has left. */
async function all(stream) {
  const messages = [];
  for await (const message of stream) messages.push(message);
  return messages;
}

/** The text of a result. */
function text({ content }) {
  return content.map((block) => block.text).join('\n');
}
