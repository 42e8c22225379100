// What every command does first: check the machine's Node, install what is missing, and find the Node 24 that the
// project brings along.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Make the folder ready to run and return the path of Node 24. Ends the process with a message when it cannot. */
export function prepare() {
  const refusal = refuseNode(process.versions.node);
  if (refusal) stop(refusal);

  if (!isInstalled(readJson('package-lock.json'), readJson('node_modules/.package-lock.json'))) {
    console.error('Installing what is missing. The first time this takes a minute or two…');
    // Not `npm ci`: it refuses a lock without the packages for other machines, and ours names only what its registry had.
    const words = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
    const npm = spawnSync('npm', words, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
    if (npm.status !== 0)
      stop('Installing failed: the lines above say why. Is the npm registry within reach? Then run the command again.');
  }
  return nodeOfTheProject();
}

/** Why this Node is too old to begin with, or null. */
export function refuseNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return null;
  return `Meedoen needs Node 20.19 or newer to start, and this is Node ${version}. Install a newer one from https://nodejs.org and run the command again.`;
}

/** Does node_modules hold exactly what the lock asks for? Packages for other machines may be absent. */
export function isInstalled(lock, installed) {
  if (!installed) return false;
  return Object.entries(lock.packages).every(([path, wanted]) => {
    if (path === '' || !path.startsWith('node_modules/')) return true;
    const present = installed.packages[path];
    if (!present) return Boolean(wanted.optional || wanted.devOptional || wanted.peer);
    return present.version === wanted.version && present.integrity === wanted.integrity;
  });
}

function nodeOfTheProject() {
  const own = join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(own)) return own;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  return stop(
    'Node 24 is missing from node_modules: npm was told to ignore install scripts, or has no Node for this machine.\n' +
      'Run `npm rebuild node --ignore-scripts=false`, or install Node 24 from https://nodejs.org, and run the command again.',
  );
}

function readJson(path) {
  return existsSync(join(root, path)) ? JSON.parse(readFileSync(join(root, path), 'utf8')) : null;
}

function stop(message) {
  console.error(message);
  process.exit(1);
}
