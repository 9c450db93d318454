// What a server is expected to offer and to answer. A spec is a JSON file, "-"
// for stdin, or the JSON itself:
//
//     {
//       "server": "echo",
//       "tools": ["echo_tool"], "resources": ["echo://static"],
//       "templates": ["echo://{text}"], "prompts": ["echo"],
//       "calls": [
//         {"tool": "echo_tool", "arguments": {"text": "hi"}, "text": "hi"},
//         {"tool": "echo_tool", "arguments": {"txt": "hi"}, "error": "unknown argument"},
//         {"resource": "echo://static", "text": "Echo!"},
//         {"prompt": "echo", "arguments": {"text": "hi"}, "text": "user: hi"}
//       ]
//     }
//
// Whatever it leaves out is not compared, but a call without "error" must
// succeed. "text" and "structured" must be equal to the answer, "error" must be
// part of the message. The text of a prompt has a line `role: text` a message.

import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { kinds } from './clients.mjs';

const specKeys = ['server', ...Object.keys(kinds), 'calls'];
const callKeys = ['tool', 'resource', 'prompt', 'arguments', 'text', 'structured', 'error'];

export function readSpec(given = '{}') {
  const json = given.trimStart().startsWith('{') ? given : readFileSync(given === '-' ? 0 : given, 'utf8');
  const spec = JSON.parse(json);
  refuseUnknown(spec, specKeys);
  for (const call of spec.calls ?? []) {
    refuseUnknown(call, callKeys);
    if (!call.tool && !call.resource && !call.prompt) {
      throw new Error(`spec: no tool, resource or prompt in ${JSON.stringify(call)}`);
    }
  }
  return spec;
}

// A misspelt key must not turn into a check that always passes.
function refuseUnknown(object, known) {
  for (const key of Object.keys(object)) {
    if (!known.includes(key)) throw new Error(`spec: unknown key "${key}"; known are ${known.join(', ')}`);
  }
}

/** Makes a call of a spec. */
export function make(call, connection) {
  if (call.tool) return connection.callTool(call.tool, call.arguments);
  if (call.prompt) return connection.getPrompt(call.prompt, call.arguments);
  return connection.readResource(call.resource);
}

/** Says what is wrong with the answer to a call, if anything. */
export function compare(got, want) {
  if (want.error !== undefined) {
    const problem = `got ${JSON.stringify(got)}, want an error with ${JSON.stringify(want.error)}`;
    return got.error?.includes(want.error) ? undefined : problem;
  }
  if (got.error !== undefined) return `got the error ${JSON.stringify(got.error)}`;
  return differs(got.text, want.text) ?? differs(got.structured, want.structured);
}

/** Says how got differs from want, if it does. Nothing differs from undefined. */
export function differs(got, want) {
  if (want === undefined || isDeepStrictEqual(got, want)) return undefined;
  return `got ${JSON.stringify(got)}, want ${JSON.stringify(want)}`;
}
