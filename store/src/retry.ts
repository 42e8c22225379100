import { setTimeout as sleep } from 'node:timers/promises';
import { StoreRefusal } from './refusal.ts';

const tries = 5;

export type RetryOptions = {
  /** A number in [0, 1): spreads those who failed together. */
  random: () => number;
  /** Called before another try after a lost connection; resolves when there may be a server again. */
  beforeReconnecting?: () => Promise<void>;
  pause?: (milliseconds: number) => Promise<unknown>;
};

/**
 * Do `work`, again when it lost a race with another transaction or its connection: at most five times in all. A commit
 * of which the answer got lost is done twice, so the work must bear repetition (ids made beforehand, ON CONFLICT DO NOTHING).
 */
export async function withRetry<T>(work: () => Promise<T>, options: RetryOptions): Promise<T> {
  const pause = options.pause ?? sleep;
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (problem) {
      const why = whyAgain(problem);
      if (why === null || attempt === tries) throw asRefusal(problem);
      // 25, 50, 100, 200 ms, each by half to one and a half.
      await pause(25 * 2 ** (attempt - 1) * (0.5 + options.random()));
      if (why === 'connection') await options.beforeReconnecting?.();
    }
  }
}

/** Would another try help, and what was lost? */
function whyAgain(problem: unknown): 'conflict' | 'connection' | null {
  const { code, message } = (problem ?? {}) as { code?: unknown; message?: unknown };
  if (code === '40001' || code === '40P01') return 'conflict';
  if (typeof code === 'string' && (code.startsWith('08') || lostConnection.has(code))) return 'connection';
  // `pg` gives these no code.
  if (
    typeof message === 'string' &&
    /^(Connection terminated|Client has encountered a connection error|timeout expired)/.test(message)
  )
    return 'connection';
  return null;
}

const lostConnection: ReadonlySet<string> = new Set([
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOENT', // the socket file is not there
  'ETIMEDOUT',
]);

/** What the caller can act on: a full disk and an absent server are refusals, the rest is our fault and stays as it is. */
export function asRefusal(problem: unknown): unknown {
  if (problem instanceof StoreRefusal) return problem;
  const { code, message } = (problem ?? {}) as { code?: unknown; message?: unknown };
  if (code === '53100') {
    return new StoreRefusal(
      'disk_full',
      'The disk of the database is full. Reading goes on. Free some space; writing then starts again by itself.',
      {
        cause: problem,
        retryAfterInSeconds: 60,
      },
    );
  }
  const busy =
    code === '53300' || (typeof message === 'string' && message.startsWith('timeout exceeded when trying to connect'));
  if (busy || whyAgain(problem) === 'connection') {
    return new StoreRefusal(
      'server_unreachable',
      busy
        ? 'The database has no connection free. Try again in a moment.'
        : `The database does not answer (${String(message)}). Try again in a moment.`,
      { cause: problem, retryAfterInSeconds: 5 },
    );
  }
  return problem;
}
