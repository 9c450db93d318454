// The official task library, ext-tasks, on each client that it can stand on.

import * as modern from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { createApplicationInputHandler, createSessionPortFromClient, withTasks } from '@modelcontextprotocol/ext-tasks/client';
import { dispatcher } from './dispatch.mjs';
import { portTo } from './port.mjs';
import { capabilities, connectSDK, self, transportTo } from './sdk.mjs';

const newest = '2026-07-28';
const endpoint = 'tasks'; // names the server in references to its tasks

/** The clients, each with how to open a connection by it, and the library's port to that. */
export const clients = [
  {
    name: 'client, 2026-07-28',
    modern: true,
    async open(server) {
      const client = new modern.Client(self, { capabilities, versionNegotiation: { mode: { pin: newest } } });
      const transport = await connectModern(client, server);
      const port = createSessionPortFromClient(client, endpoint, {
        rawDispatch: dispatcher(transport),
        v2RequestFraming: { protocolVersion: newest, clientInfo: self, clientCapabilities: capabilities },
      });
      return { client, port };
    },
  },
  {
    name: 'client, 2025-11-25',
    modern: false,
    async open(server) {
      const client = new modern.Client(self, { capabilities });
      await connectModern(client, server);
      return { client, port: createSessionPortFromClient(client, endpoint) };
    },
  },
  {
    name: 'sdk, 2025-11-25',
    modern: false,
    async open(server) {
      const client = await connectSDK(server);
      return { client, port: portTo(client, endpoint) };
    },
  },
];

async function connectModern(client, server) {
  const transport = transportTo(server, StdioClientTransport, modern.StreamableHTTPClientTransport);
  await client.connect(transport);
  return transport;
}

/** Connects to a server by one of the clients. */
export async function connect({ open }, server) {
  return new Requester(await open(server));
}

/** A task session on a connection. */
class Requester {
  #connection;

  constructor(connection) {
    this.#connection = connection;
    const elicitation = ({ params }, context) => context.applicationContext(params, context);
    this.session = withTasks(connection.port, { onInputRequest: createApplicationInputHandler({ elicitation }) });
  }

  /** Calls a tool, as a task if it is for the client to say. Its questions are put to answer. */
  call(tool, args, answer) {
    return this.session.callTool(tool, args, { applicationContext: answer, task: { preference: 'prefer' } });
  }

  /** Goes on with a task of which nothing is known but the id. */
  resume(taskId) {
    return this.session.resumeTask({
      endpointId: endpoint,
      generation: this.#generation,
      taskId,
      originalOperation: 'tools/call',
    });
  }

  /**
   * Waits until an execution ends, and returns its outcome.
   *
   * A server of 2025-11-25 may put the questions of a task to whoever waits for its
   * result, and the specification has clients do that when they are wanted. ext-tasks
   * 0.2.2 does not: it asks for the status over and over.
   */
  async settle(execution) {
    let waiting = this.#generation !== 'v1';
    const onEvent = ({ task }) => {
      if (waiting || task?.status !== 'input_required') return;
      waiting = true;
      this.#connection.port.dispatch({ method: 'tasks/result', params: { taskId: task.taskId } }).catch(() => {});
    };
    const { outcome } = await execution.settle({ onEvent });
    return outcome;
  }

  get #generation() {
    return this.#connection.port.taskCapabilities.generation;
  }

  /** Asks how a task is. */
  snapshot({ handle }) {
    return this.session.task(handle.taskId).snapshot();
  }

  /** Reads the text of a resource. */
  async read(uri) {
    const { contents } = await this.#connection.client.readResource({ uri });
    return contents[0].text;
  }

  /** Begins anew on the same connection, knowing nothing of the tasks so far. */
  async renew() {
    await this.session.close();
    return new Requester(this.#connection);
  }

  async close() {
    const { client } = this.#connection;
    await this.session.close();
    await client.transport?.terminateSession?.();
    await client.close();
  }
}
