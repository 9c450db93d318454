// The two official TypeScript clients behind one face, so that a script can do
// the same things with both.

import { readFileSync } from 'node:fs';
import * as modern from '@modelcontextprotocol/client';
import { StdioClientTransport as ModernStdio } from '@modelcontextprotocol/client/stdio';
import { Client as LegacyClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as LegacyStdio } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport as LegacyHTTP } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const pinned = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')).dependencies;
// How long, in milliseconds, both clients wait for a server whose stdin they closed.
const patience = 2000;
const self = { name: 'mcpgen-examples', version: '1.0.0' };

/** The clients, newest protocol first. */
export const clients = [
  {
    package: '@modelcontextprotocol/client',
    protocol: '2026-07-28',
    // Without the pin this client would speak the older protocol, too.
    open: () => new modern.Client(self, { versionNegotiation: { mode: { pin: '2026-07-28' } } }),
    stdio: (options) => new ModernStdio(options),
    http: (url) => new modern.StreamableHTTPClientTransport(url),
  },
  {
    package: '@modelcontextprotocol/sdk',
    protocol: '2025-11-25',
    open: () => new LegacyClient(self),
    stdio: (options) => new LegacyStdio(options),
    http: (url) => new LegacyHTTP(url),
  },
].map((client) => ({ ...client, version: pinned[client.package] }));

/** The kinds of things that a server offers, and how to list them. */
export const kinds = {
  tools: { capability: 'tools', method: 'listTools', key: 'tools' },
  resources: { capability: 'resources', method: 'listResources', key: 'resources' },
  templates: { capability: 'resources', method: 'listResourceTemplates', key: 'resourceTemplates' },
  prompts: { capability: 'prompts', method: 'listPrompts', key: 'prompts' },
};

/** The name or address by which an item of a list is used. */
export function handle(item) {
  return item.uri ?? item.uriTemplate ?? item.name;
}

/**
 * A server to connect to: the URL of a running one, or the command of one to
 * start and to talk to over stdio.
 *
 * @typedef {{ url: string } | { command: string[] }} Target
 */

/**
 * Reads a target from the words of a command line.
 *
 * @param {string[]} words
 * @returns {Target}
 */
export function target(words) {
  return /^https?:\/\//.test(words[0]) ? { url: words[0] } : { command: words };
}

/**
 * Connects a client to a server. What the server writes to stderr is kept in
 * `stderr` of the connection, and of the error when there is no connection.
 *
 * @param {typeof clients[number]} client
 * @param {Target} server
 */
export async function connect(client, server) {
  const connection = new Connection(client.open());
  try {
    await connection.start(transportTo(client, server));
  } catch (error) {
    await connection.close();
    throw Object.assign(error, { stderr: connection.stderr });
  }
  return connection;
}

function transportTo(client, server) {
  if (server.url) return client.http(new URL(server.url));
  const [command, ...args] = server.command;
  return client.stdio({ command, args, env: process.env, stderr: 'pipe' });
}

/** A client that is connected to a server. */
class Connection {
  stderr = '';
  protocol = '';
  #client;
  #transport;

  constructor(client) {
    this.#client = client;
  }

  async start(transport) {
    this.#transport = transport;
    // A client tells its transport what it agreed on with the server.
    const tell = transport.setProtocolVersion?.bind(transport);
    transport.setProtocolVersion = (version) => {
      this.protocol = version;
      tell?.(version);
    };
    transport.stderr?.on('data', (chunk) => (this.stderr += chunk));
    await this.#client.connect(transport);
  }

  /** Name and version of the server, as it gives them; it need not. */
  get server() {
    return this.#client.getServerVersion() ?? { name: 'unnamed', version: '' };
  }

  /**
   * What the server offers of one kind.
   *
   * @param {keyof typeof kinds} kind
   */
  async list(kind) {
    const { capability, method, key } = kinds[kind];
    if (!this.#client.getServerCapabilities()[capability]) return [];
    const items = [];
    let cursor;
    do {
      const page = await this.#client[method](cursor && { cursor });
      items.push(...page[key]);
      cursor = page.nextCursor;
    } while (cursor);
    return items;
  }

  /** Calls a tool. */
  callTool(name, args = {}) {
    return answer(async () => {
      const result = await this.#client.callTool({ name, arguments: args });
      const text = result.content.map(contentText).join('\n');
      if (result.isError) return { error: text };
      return { text, structured: result.structuredContent };
    });
  }

  /** Reads a resource; its text is that of all its contents. */
  readResource(uri) {
    return answer(async () => {
      const { contents } = await this.#client.readResource({ uri });
      return { text: contents.map(resourceText).join('\n') };
    });
  }

  /** Gets a prompt; its text has a line `role: text` for each message. */
  getPrompt(name, args = {}) {
    return answer(async () => {
      const { messages } = await this.#client.getPrompt({ name, arguments: args });
      return { text: messages.map((m) => `${m.role}: ${contentText(m.content)}`).join('\n') };
    });
  }

  /**
   * Leaves the server and answers whether it ended by itself; one that does not
   * gets a signal from the client. A server on HTTP stays, of course.
   */
  async close() {
    if (this.#transport?.sessionId) await this.#transport.terminateSession();
    const start = performance.now();
    await this.#client.close();
    return performance.now() - start < patience;
  }
}

/**
 * What came back: a text, with a structured value or not; or an error, be it one
 * of the tool or one of the protocol.
 *
 * @typedef {{ text?: string, structured?: object, error?: string }} Answer
 *
 * @param {() => Promise<Answer>} ask
 * @returns {Promise<Answer>}
 */
async function answer(ask) {
  try {
    return await ask();
  } catch (error) {
    return { error: error.message };
  }
}

function contentText(content) {
  if (content.type === 'text') return content.text;
  if (content.type === 'resource') return resourceText(content.resource);
  return `[${content.type} ${content.mimeType ?? content.uri}]`;
}

function resourceText(resource) {
  return resource.text ?? `[${resource.mimeType ?? 'blob'}]`;
}
