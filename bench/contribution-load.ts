// Check-ins at a steady rate, from clients that try again, while the database is killed: what is lost, what is doubled, how
// long does it take? Through the store, or through the pages of a running platform:
//   node bench/contribution-load.ts [--url http://localhost:3000 --data .meedoen] [--rate 300] [--seconds 60] [--kills 20]
import type { Contribution } from '@meedoen/experience';
import { contribute, migrate, openDatabase, uuidV7Source, type Database } from '@meedoen/store';
import { day, month } from '@meedoen/units';
import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

export type Load = {
  /** Contributions a second, evenly spread; clients come whether or not those before them have been helped. */
  rate: number;
  seconds: number;
  /** How often `kill -9` of the database in that time. */
  kills: number;
  /** A running platform; the store of this process when left out. */
  url?: string;
  /** The data folder of that platform: where its database is found to be killed and counted. */
  dataFolder?: string;
};

export type LoadReport = {
  sent: number;
  acknowledged: number;
  /** Acknowledged, and not there. */
  lost: number;
  /** There more than once: every draft here is of a contributor of its own. */
  doubled: number;
  /** From the moment a client came to its acknowledgement, all attempts together. */
  milliseconds: { median: number; p99: number; most: number };
  killed: number;
  attempts: number;
};

/** Run the load, and count what is there afterwards. */
export async function runLoad({ rate, seconds, kills, url, dataFolder }: Load): Promise<LoadReport> {
  const scratch = dataFolder ?? (await mkdtemp(join(tmpdir(), 'meedoen-load-')));
  // Started by root, PostgreSQL runs as somebody else, who has to pass here.
  if (dataFolder === undefined) await chmod(scratch, 0o755);
  const database = await openDatabase({ dataFolder: scratch });
  try {
    if (url === undefined) await migrate(database);
    // The codes of answers, the plans and the connections of an ordinary moment.
    const send = url === undefined ? throughStore(database) : throughPages(url);
    const nextId = uuidV7Source({ now: Date.now, randomBytes });
    for (let i = 0; i < 50; i++) await untilAcknowledged(send, madeUp(nextId(), i));
    const before = await countThem(database);

    const total = rate * seconds;
    const took: number[] = [];
    let attempts = 0;
    const clients: Promise<void>[] = [];
    const killing = killNowAndThen(join(scratch, 'postgres'), kills, seconds);
    const begun = performance.now();
    for (let i = 0; i < total; i++) {
      const comes = begun + (i * 1000) / rate;
      const early = comes - performance.now();
      if (early > 1) await sleep(early);
      clients.push(
        untilAcknowledged(send, madeUp(nextId(), i)).then((tried) => {
          attempts += tried ?? 0;
          if (tried !== null) took.push(performance.now() - comes);
        }),
      );
    }
    await Promise.all(clients);
    const killed = await killing;
    const now = await countThem(database);
    const there = now.contributors - before.contributors;
    took.sort((a, b) => a - b);
    const at = (share: number): number => took[Math.min(took.length - 1, Math.floor(share * took.length))] ?? NaN;
    return {
      sent: total,
      acknowledged: took.length,
      lost: Math.max(0, took.length - there),
      doubled: now.contributions - now.contributors,
      milliseconds: { median: at(0.5), p99: at(0.99), most: at(1) },
      killed,
      attempts,
    };
  } finally {
    await database.stop();
    if (dataFolder === undefined) await rm(scratch, { recursive: true, force: true });
  }
}

/** Resolves when it was kept; throws when it should be tried again. */
type Send = (contribution: Contribution, nth: number) => Promise<void>;

function throughStore(database: Database): Send {
  return async (contribution) => {
    const digest = createHash('sha256').update(contribution.id).digest('hex');
    const contributor = `${digest.slice(0, 8)}-${digest.slice(8, 12)}-8${digest.slice(13, 16)}-8${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
    await contribute(database, {
      contributor,
      contribution,
      crowded: false,
      receivedOn: day('2026-11-25'),
      example: true,
    });
  };
}

/** As a device does that was offline: the page `check-in/outbox` takes a month as JSON. */
function throughPages(url: string): Send {
  return async (contribution) => {
    const seed = BigInt(`0x${createHash('sha256').update(contribution.id).digest('hex')}`)
      .toString()
      .padStart(35, '0')
      .slice(-35);
    const answer = await fetch(`${url}/nl/check-in/outbox`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ contribution, seed }),
      signal: AbortSignal.timeout(10_000),
    });
    const text = await answer.text();
    if (answer.status === 400 || answer.status === 403) throw new Refused(text);
    if (!answer.ok) throw new Error(`${answer.status} ${text}`);
  };
}

class Refused extends Error {}

/** As many attempts as it takes, with longer pauses; null after thirty seconds. */
async function untilAcknowledged(send: Send, { contribution, nth }: ReturnType<typeof madeUp>): Promise<number | null> {
  const until = performance.now() + 30_000;
  for (let attempt = 1; performance.now() < until; attempt++) {
    try {
      await send(contribution, nth);
      // One in twenty taps twice.
      if (nth % 20 === 0) await send(contribution, nth).catch(() => {});
      return attempt;
    } catch (problem) {
      if (problem instanceof Refused) throw problem;
      await sleep(Math.min(50 * 2 ** (attempt - 1), 1000) * (0.5 + Math.random()));
    }
  }
  return null;
}

function madeUp(id: string, nth: number): { contribution: Contribution; nth: number } {
  return {
    nth,
    contribution: {
      id,
      month: month('2026-11'),
      instrument: 'monthly',
      instrumentVersion: 1,
      language: 'ar',
      profile: { town: 'example-town', door: 'asylum', arrived: month('2026-01'), ageBand: '25-34', gender: null },
      followed: nth % 3 !== 0,
      answers: [
        { question: 'still-here', value: 'here' },
        { question: 'work', value: 'looking' },
        { question: 'life', value: String(nth % 11) },
        { question: 'stood-in-way', value: 'childcare' },
        { question: 'stood-in-way', value: 'travel' },
        { question: 'safe', value: String((nth + 3) % 11) },
      ],
      words: [],
    },
  };
}

async function killNowAndThen(cluster: string, kills: number, seconds: number): Promise<number> {
  let killed = 0;
  for (let i = 0; i < kills; i++) {
    await sleep((seconds * 1000) / (kills + 1));
    const pid = Number((await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')[0]);
    if (!Number.isInteger(pid) || pid <= 1) continue;
    try {
      process.kill(pid, 'SIGKILL');
      killed += 1;
    } catch {
      // It is on its way down already.
    }
  }
  return killed;
}

async function countThem(database: Database): Promise<{ contributions: number; contributors: number }> {
  for (let attempt = 1; ; attempt++) {
    try {
      const { rows } = await database.pool.query<{ contributions: number; contributors: number }>(
        'SELECT count(*) AS contributions, count(DISTINCT owner_id) AS contributors FROM contribution WHERE example',
      );
      return rows[0]!;
    } catch (problem) {
      if (attempt === 20) throw problem;
      await sleep(500);
    }
  }
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      url: { type: 'string' },
      data: { type: 'string' },
      rate: { type: 'string', default: '300' },
      seconds: { type: 'string', default: '60' },
      kills: { type: 'string', default: '20' },
    },
  });
  const { url, data, rate, seconds, kills } = values;
  if (url !== undefined && data === undefined)
    throw new RangeError('With --url, say with --data where its database lives.');
  console.log(
    await runLoad({
      rate: Number(rate),
      seconds: Number(seconds),
      kills: Number(kills),
      ...(url === undefined ? {} : { url }),
      ...(data === undefined ? {} : { dataFolder: data }),
    }),
  );
}
