// Checks a server with the official clients: connects, lists everything, makes
// the calls of a spec and compares the answers. See spec.mjs for its form.
//
//     node check.mjs [--spec SPEC] [--client PROTOCOL] URL
//     node check.mjs [--spec SPEC] [--client PROTOCOL] -- COMMAND [ARGUMENT]...
//
// It ends with status 0 when all is well, 1 when something differs and 2 when it
// could not run.

import { parseArgs } from 'node:util';
import { clients, connect, handle, kinds, target } from './clients.mjs';
import { compare, differs, make, readSpec } from './spec.mjs';

/** Counts and prints what was checked. */
class Report {
  passed = 0;
  failed = 0;

  ok(what) {
    this.passed++;
    console.log(`ok    ${what}`);
  }

  fail(what, problem) {
    this.failed++;
    console.log(`FAIL  ${what}: ${problem}`);
  }

  check(what, problem) {
    if (problem) this.fail(what, problem);
    else this.ok(what);
  }
}

async function checkWith(client, server, spec, report) {
  const failedBefore = report.failed;
  let connection;
  try {
    connection = await connect(client, server);
  } catch (error) {
    report.fail('connects', error.message);
    printStderr(error.stderr);
    return;
  }
  try {
    await checkConnection(connection, client, spec, report);
  } catch (error) {
    report.fail('answers', error.message);
  }
  await checkClose(connection, server, report);
  if (report.failed > failedBefore) printStderr(connection.stderr);
}

async function checkConnection(connection, client, spec, report) {
  const { name, version } = connection.server;
  report.check(`speaks ${client.protocol}`, differs(connection.protocol, client.protocol));
  report.check(`is ${name} ${version}`, differs(name, spec.server));
  for (const kind of Object.keys(kinds)) {
    const got = (await connection.list(kind)).map(handle).sort();
    report.check(`lists ${kind}: ${got.join(', ') || 'none'}`, differs(got, spec[kind]?.sort()));
  }
  for (const call of spec.calls ?? []) {
    const answer = await make(call, connection);
    const problem = compare(answer, call);
    report.check(problem ? describe(call) : `${describe(call)} -> ${show(answer)}`, problem);
  }
}

async function checkClose(connection, server, report) {
  const left = await connection.close();
  if (server.command) report.check('leaves with its client', !left && 'it had to be stopped by a signal');
}

function printStderr(stderr) {
  if (stderr) console.log(`the server wrote to stderr:\n${stderr.trimEnd()}`);
}

function describe(call) {
  if (call.resource) return `reads ${call.resource}`;
  const args = call.arguments ? JSON.stringify(call.arguments) : '';
  return call.tool ? `calls ${call.tool}(${args})` : `gets ${call.prompt}(${args})`;
}

function show(answer) {
  if (answer.error !== undefined) return `error ${JSON.stringify(answer.error)}`;
  return JSON.stringify(answer.structured ?? answer.text);
}

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { spec: { type: 'string' }, client: { type: 'string' } },
  });
  if (positionals.length === 0) throw new Error('say which server: URL or -- COMMAND');
  const chosen = clients.filter((client) => !values.client || client.protocol === values.client);
  if (chosen.length === 0) throw new Error(`no client speaks ${values.client}`);
  return { server: target(positionals), spec: readSpec(values.spec), chosen };
}

async function main() {
  const { server, spec, chosen } = readArguments();
  const report = new Report();
  for (const client of chosen) {
    console.log(`# ${client.package} ${client.version}, ${server.url ?? 'stdio'}`);
    await checkWith(client, server, spec, report);
  }
  console.log(`${report.passed} passed, ${report.failed} failed`);
  if (report.failed > 0) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  console.error(`check: ${error.message}`);
  process.exitCode = 2;
}
