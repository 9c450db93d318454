// Installs what package-lock.json of a folder names, unless it is there already:
//
//     node install.mjs [FOLDER]
//
// Without a folder these are the two clients beside this file. It may run in
// several processes at once: each installs into a folder of its own and moves the
// result into place.

import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = resolve(process.argv[2] ?? dirname(fileURLToPath(import.meta.url)));
const lock = 'package-lock.json';
const installed = join(here, 'node_modules');

/** Whether node_modules came from the lock file as it is now. */
function fresh() {
  const copy = join(installed, lock);
  return existsSync(copy) && readFileSync(copy).equals(readFileSync(join(here, lock)));
}

/** Runs npm ci in a folder beside the lock file and returns that folder. */
function install() {
  const folder = mkdtempSync(join(here, '.install-'));
  for (const name of ['package.json', lock, '.npmrc']) {
    copyFileSync(join(here, name), join(folder, name));
  }
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: ['ignore', process.stderr, process.stderr],
    shell: process.platform === 'win32', // npm is a .cmd file there
  });
  if (npm.error || npm.status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    throw npm.error ?? new Error(`npm ci ended with status ${npm.status}`);
  }
  copyFileSync(join(here, lock), join(folder, 'node_modules', lock));
  return folder;
}

/** Moves what was installed in folder into place; another process may have been faster. */
function moveIntoPlace(folder) {
  try {
    if (!fresh() && existsSync(installed)) renameSync(installed, join(folder, 'stale'));
    renameSync(join(folder, 'node_modules'), installed);
  } catch (error) {
    if (!fresh()) throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

try {
  if (parseInt(process.versions.node) < 20) throw new Error(`this is Node ${process.versions.node}; the clients need 20 or later`);
  if (!fresh()) moveIntoPlace(install());
} catch (error) {
  console.error(`install: ${error.message}`);
  process.exitCode = 1;
}
