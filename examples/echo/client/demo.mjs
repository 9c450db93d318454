// Shows examples/echo in use: starts it over stdio, once for each official
// client, and lists and uses all that it offers.
//
//     node demo.mjs COMMAND [ARGUMENT]...
//
// It ends with status 1 when an answer is not what it should be.

import { isDeepStrictEqual } from 'node:util';
import { clients, connect, handle, target } from './clients.mjs';
import { Screen } from './screen.mjs';

const text = 'Hello, Go';

const listed = {
  tools: ['echo_tool'],
  resources: ['echo://static'],
  templates: ['echo://{text}'],
  prompts: ['echo'],
};

const used = [
  {
    label: 'call tool',
    what: `echo_tool("${text}")`,
    ask: (server) => server.callTool('echo_tool', { text }),
    want: text,
  },
  {
    label: 'read resource',
    what: 'echo://static',
    ask: (server) => server.readResource('echo://static'),
    want: 'Echo!',
  },
  {
    label: 'read template',
    what: `echo://${encodeURIComponent(text)}`,
    ask: (server) => server.readResource(`echo://${encodeURIComponent(text)}`),
    want: `Echo: ${text}`,
  },
  {
    label: 'get prompt',
    what: `echo("${text}")`,
    ask: (server) => server.getPrompt('echo', { text }),
    want: `user: ${text}`,
  },
];

async function show(client, command, screen) {
  screen.heading(`${client.package} ${client.version}`);
  const server = await screen.step('connect', () => start(client, command));
  try {
    for (const [kind, names] of Object.entries(listed)) {
      await screen.step(`list ${kind}`, () => list(server, kind, names));
    }
    for (const { label, what, ask, want } of used) {
      await screen.step(label, () => use(server, what, ask, want));
    }
  } finally {
    await screen.step('leave', () => leave(server));
  }
  if (screen.surprises > 0) screen.note(server.stderr);
}

async function start(client, command) {
  const server = await connect(client, command);
  const { name, version } = server.server;
  return {
    value: server,
    show: [`${name} ${version}`, `protocol ${server.protocol}`],
    wrong: server.protocol !== client.protocol && `want protocol ${client.protocol}`,
  };
}

async function list(server, kind, want) {
  const items = await server.list(kind);
  const got = items.map(handle);
  return {
    show: [got.join(', ') || 'none', items[0]?.description],
    wrong: !isDeepStrictEqual(got, want) && `want ${want.join(', ')}`,
  };
}

async function use(server, what, ask, want) {
  const answer = await ask(server);
  return { show: [what, answer.error ?? answer.text], wrong: answer.text !== want && `want ${want}` };
}

async function leave(server) {
  const left = await server.close();
  return { show: ['the server has stopped'], wrong: !left && 'it had to be stopped by a signal' };
}

async function main(words) {
  if (words.length === 0) throw new Error('say which server: node demo.mjs COMMAND [ARGUMENT]...');
  const screen = new Screen(process.stdout);
  for (const client of clients) await show(client, target(words), screen);
  screen.verdict('Both clients listed and used tool, resource, template and prompt.');
  if (screen.surprises > 0) process.exitCode = 1;
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(`\ndemo: ${error.message}`);
  if (error.stderr) console.error(error.stderr.trimEnd());
  process.exitCode = 1;
}
