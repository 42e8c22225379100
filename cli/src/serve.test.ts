import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { meedoen, root } from './testing.ts';

/** The whole platform with a database of its own, on a port of its own. */
let folder: string;
let port: number;
const started: ChildProcess[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'meedoen-serve-'));
  // As root, the database runs as somebody who must be able to come here.
  chmodSync(folder, 0o755);
  port = await freePort();
});
afterAll(async () => {
  for (const one of started) if (one.exitCode === null && one.signalCode === null) await end(one, 'SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

const environment = (): Record<string, string> => ({ MEEDOEN_DATA: folder, PORT: String(port), DATABASE_URL: '' });

/** Start it and wait until it answers; a process that ends before says why. */
async function serve(): Promise<ChildProcess & { said: () => string }> {
  const child = spawn(process.execPath, [join(root, 'cli/bin/meedoen.js'), 'serve'], {
    env: { ...process.env, ...environment() },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  started.push(child);
  let said = '';
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (text) => (said += text));
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}: ${said}`);
    return answers();
  });
  return Object.assign(child, { said: () => said });
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const ended = once(child, 'exit');
  child.kill(signal);
  return ((await ended) as [number | null])[0];
}

async function answers(): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/health`)).headers.get('x-meedoen') === '1';
  } catch {
    return false;
  }
}

async function until(so: () => Promise<boolean>, seconds = 50): Promise<void> {
  const late = Date.now() + seconds * 1000;
  while (!(await so())) {
    if (Date.now() > late) throw new Error(`still not so after ${seconds} s`);
    await sleep(50);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: free } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return free;
}

/** The web server’s pid, as the system knows it: the child of `parent` that runs server.ts. */
function webOf(parent: ChildProcess): number {
  const children = readFileSync(`/proc/${parent.pid}/task/${parent.pid}/children`, 'utf8')
    .trim()
    .split(' ')
    .map(Number);
  const web = children.find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('server.ts'));
  if (web === undefined) throw new Error('no web server runs');
  return web;
}

test('serves, says what to open, and stops when asked', async () => {
  const child = await serve();
  expect(child.said()).toContain(`Open http://localhost:${port}`);
  expect((await fetch(`http://127.0.0.1:${port}/en`)).status).toBe(200);

  const second = await meedoen(['serve'], { env: environment() });
  expect(second.code).toBe(2);
  expect(second.stderr).toContain(`Meedoen is already running at http://localhost:${port}.`);
  expect(second.stderr).toContain(`kill ${child.pid}`);

  expect(await end(child, 'SIGINT')).toBe(0);
  expect(await answers()).toBe(false);
});

test('a data folder that cannot be used: refused, and whoever started it is not kept waiting', async () => {
  const file = join(folder, 'a-file');
  writeFileSync(file, '');
  const child = spawn(process.execPath, [join(root, 'cli/bin/meedoen.js'), 'serve'], {
    env: { ...process.env, ...environment(), MEEDOEN_DATA: file },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let said = '';
  child.stderr!.on('data', (text) => (said += text));
  const [code] = (await once(child, 'close')) as [number | null];
  expect(said).toContain(file);
  expect(code).toBe(2);
});

test('a port that somebody else uses is named, with another to try', async () => {
  const other = createServer((_, response) => response.end('something else')).listen(port, '127.0.0.1');
  await once(other, 'listening');
  const refused = await meedoen(['serve'], { env: environment() });
  expect(refused).toMatchObject({ code: 2, stdout: '' });
  expect(refused.stderr).toContain(`Port ${port} is in use by another program.`);
  other.closeAllConnections();
  await new Promise((closed) => other.close(closed));
});

test.skipIf(process.platform !== 'linux')('a web server that falls over is started again', async () => {
  const child = await serve();
  const before = webOf(child);
  process.kill(before, 'SIGKILL');
  await until(async () => (await answers()) && webOf(child) !== before);
  expect(await end(child, 'SIGTERM')).toBe(0);
});

test.skipIf(process.platform !== 'linux')(
  'killed without a word, it leaves nothing that blocks the next start',
  async () => {
    const child = await serve();
    await end(child, 'SIGKILL');
    await until(async () => !(await answers()));

    const next = await serve();
    expect(await end(next, 'SIGTERM')).toBe(0);
  },
);

test('ends when whoever started it is gone', async () => {
  const child = await serve();
  const ended = once(child, 'exit');
  child.disconnect();
  expect(((await ended) as [number | null])[0]).toBe(0);
});
