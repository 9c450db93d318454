// Connections by @modelcontextprotocol/sdk, the client for 2025-11-25.

import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

export const self = { name: 'mcpgen-examples', version: '1.0.0' };
export const capabilities = { elicitation: { form: {} } };

/** The way to a server, by the transports of a client. */
export function transportTo({ url, command }, Stdio, HTTP) {
  if (url) return new HTTP(new URL(url));
  const [program, ...args] = command;
  return new Stdio({ command: program, args });
}

export async function connectSDK(server) {
  const client = new Client(self, { capabilities });
  await client.connect(transportTo(server, StdioClientTransport, StreamableHTTPClientTransport));
  return client;
}
