// What ext-tasks asks of its host in 2026-07-28: to send a request and to return the
// answer as it came. The client cannot, as it refuses results of type "task". So this
// sends beside the client, over the same transport, with ids of its own.

/**
 * @param transport one that a client is connected to
 * @returns the rawDispatch of a task session
 */
export function dispatcher(transport) {
  const waiting = new Map();
  const toClient = transport.onmessage;
  transport.onmessage = (message, extra) => {
    const take = message.method === undefined && waiting.get(message.id);
    if (take) take(message);
    else toClient(message, extra);
  };
  let sent = 0;
  return async (request, { signal, context } = {}) => {
    signal?.throwIfAborted();
    const id = `task-session-${++sent}`;
    const answer = new Promise((resolve, reject) => {
      waiting.set(id, resolve);
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    const message = { ...request, jsonrpc: '2.0', id };
    try {
      const sending = transport.send(message, { headers: context?.headers, requestSignal: signal });
      const [{ result, error }] = await Promise.all([answer, sending]);
      return error ? { kind: 'error', error } : { kind: 'result', result };
    } finally {
      waiting.delete(id);
    }
  };
}
