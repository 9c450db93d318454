// The port through which ext-tasks uses a client that it knows nothing of, that of
// @modelcontextprotocol/sdk.

import { McpError, ResultSchema } from '@modelcontextprotocol/sdk/types.js';

/**
 * @param client a connected Client of the SDK
 * @param {string} endpointId names the server, in references to its tasks
 */
export function portTo(client, endpointId) {
  const tasks = client.getServerCapabilities()?.tasks;
  let invalidated = false;
  return {
    endpointId,
    taskCapabilities: tasks ? { generation: 'v1', capabilities: tasks } : { generation: 'none' },
    get invalidated() {
      return invalidated;
    },
    async dispatch(request, { signal, context } = {}) {
      try {
        const result = await client.request(request, ResultSchema, { signal, timeout: context?.requestTimeoutMs });
        return { kind: 'result', result };
      } catch (error) {
        if (!(error instanceof McpError)) throw error;
        return { kind: 'error', error: { code: error.code, message: error.message, data: error.data } };
      }
    },
    onServerRequest(handler) {
      client.fallbackRequestHandler = async (request, requestContext) => {
        const response = await handler({ request, requestContext });
        if (response?.kind !== 'result') throw new McpError(-32603, `no answer to ${request.method}`);
        return response.result;
      };
      return () => (client.fallbackRequestHandler = undefined);
    },
    onNotification(listener) {
      client.fallbackNotificationHandler = async (notification) => listener(notification);
      return () => (client.fallbackNotificationHandler = undefined);
    },
    onInvalidated(listener) {
      client.onclose = () => {
        invalidated = true;
        listener(new Error('the connection is closed'));
      };
      return () => (client.onclose = undefined);
    },
  };
}
