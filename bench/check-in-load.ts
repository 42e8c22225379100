import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestServer } from '@meedoen/store/testing';
import { uuidV7Source } from '@meedoen/store';
import { randomBytes } from 'node:crypto';

export type CheckInLoad = {
  /** Sent and acknowledged, by id. */
  acknowledged: number;
  perSecond: number;
  p50InMilliseconds: number;
  p99InMilliseconds: number;
  /** Acknowledged and not in the database. */
  lost: number;
  /** Rows above one for an id. */
  doubled: number;
  /** Tries that got no answer, or a refusal for now: each was sent again with the same id. */
  triedAgain: number;
};

const secret = 'a key that only the load test uses';

/**
 * Check-ins through HTTP, `perSecond` begun each second whatever the answers do, for `seconds`; each is a different person with
 * a seed of their own. `kills` times in between the web server is killed (SIGKILL) and started again; clients try again.
 */
export async function checkInLoad(load: { perSecond: number; seconds: number; kills: number }): Promise<CheckInLoad> {
  const databases = await startTestServer();
  const database = await databases.freshDatabase();
  const port = await freePort();
  const dataFolder = mkdtempSync(join(tmpdir(), 'meedoen-load-'));
  const start = () => startWeb(port, databases.urlOf(database), dataFolder);
  let web = await start();

  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const newId = uuidV7Source({ now: Date.now, randomBytes });
  const times: number[] = [];
  let acknowledged = 0;
  let triedAgain = 0;

  const one = async (n: number): Promise<void> => {
    const body = JSON.stringify(checkIn(newId(), n));
    const from = performance.now();
    for (;;) {
      const status = await post(agent, port, body).catch(() => 0);
      if (status === 200) break;
      triedAgain += 1;
      // Somebody who waits a minute has gone: the count of acknowledged then says so.
      if (performance.now() - from > 60_000) return;
      await new Promise((resolve) => setTimeout(resolve, 100 + 100 * Math.random()));
    }
    acknowledged += 1;
    times.push(performance.now() - from);
  };

  // The first ones make the codes of the answers, as a server that has run for a while has them.
  for (let n = 0; n < 50; n++) await one(n);
  acknowledged = 0;
  triedAgain = 0;
  times.length = 0;
  const began = performance.now();
  const running: Promise<void>[] = [];
  const killing = (async () => {
    for (let kill = 0; kill < load.kills; kill++) {
      await new Promise((resolve) => setTimeout(resolve, (load.seconds * 1000) / (load.kills + 1)));
      web.kill('SIGKILL');
      web = await start();
    }
  })();
  const total = load.perSecond * load.seconds;
  while (running.length < total) {
    const due = Math.min(total, Math.ceil(((performance.now() - began) / 1000) * load.perSecond));
    while (running.length < due) running.push(one(50 + running.length));
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await Promise.all([...running, killing]);
  const tookInSeconds = (performance.now() - began) / 1000;

  const { rows } = await database.pool.query<{ all: number; people: number }>(
    'SELECT count(*) AS all, count(DISTINCT owner_id) AS people FROM contribution',
  );
  web.kill('SIGTERM');
  agent.destroy();
  await database.stop();
  await databases.stop();
  rmSync(dataFolder, { recursive: true, force: true });
  times.sort((a, b) => a - b);
  const { all, people } = rows[0]!;
  return {
    acknowledged,
    perSecond: acknowledged / tookInSeconds,
    p50InMilliseconds: times[Math.floor(times.length * 0.5)] ?? Number.NaN,
    p99InMilliseconds: times[Math.floor(times.length * 0.99)] ?? Number.NaN,
    lost: Math.max(0, acknowledged + 50 - people),
    doubled: all - people,
    triedAgain,
  };
}

/** Seven answers, as most people give. */
function checkIn(id: string, n: number): object {
  const answers = [
    { question: 'still-here', value: 'here' },
    { question: 'work', value: n % 3 === 0 ? 'paid' : 'looking' },
    { question: 'life', value: String(n % 11) },
    { question: 'stood-in-way', value: 'waiting' },
    { question: 'stood-in-way', value: 'travel' },
    { question: 'helped', value: 'neighbour' },
  ];
  const profile = { town: 'example-town', door: 'asylum', arrived: '2025-03', ageBand: '25-34', gender: 'woman' };
  const contribution = {
    id,
    month: '2026-11',
    instrument: 'monthly',
    instrumentVersion: 1,
    language: 'nl',
    profile,
    followed: n % 2 === 0,
    answers,
    words: [],
  };
  return { contribution, seed: `7${String(n).padStart(34, '0')}` };
}

function post(agent: Agent, port: number, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    // Each from an address of its own, as a proxy would tell it: this is not about a crowd behind one.
    const own = Array.from(randomBytes(3)).join('.');
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': `10.${own}` };
    const asked = request(
      { port, agent, method: 'POST', path: '/nl/check-in/outbox', headers, timeout: 10_000 },
      (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode ?? 0));
        answer.on('error', reject);
      },
    );
    asked.on('timeout', () => asked.destroy());
    asked.on('error', reject);
    asked.end(body);
  });
}

function startWeb(port: number, databaseUrl: string, dataFolder: string): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, '../web/server.ts'), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      ...process.env,
      PORT: String(port),
      MEEDOEN_DATA: dataFolder,
      MEEDOEN_SECRET: secret,
      MEEDOEN_TODAY: '2026-11-23',
      MEEDOEN_DATABASE: databaseUrl,
      MEEDOEN_TRUST_PROXY: '1',
      NODE_ENV: 'production',
    },
  });
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The web server ended with code ${code}.`)));
    child.on('message', (message: { ready?: string }) => {
      if (message.ready) resolve(child);
    });
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
