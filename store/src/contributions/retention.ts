import { monthOf, monthsLater, type Day } from '@meedoen/units';
import type { Database } from '../database.ts';
import { inLongTransaction } from '../long-transaction.ts';
import { StoreRefusal } from '../refusal.ts';
import { withRetry } from '../retry.ts';
import { closeFirstWork, countFirstWork } from './first-work-counts.ts';
import { keptMonth } from './kept-month.ts';
import { countChanged } from './refresh-aggregates.ts';

/** How many months each is kept. (nl: bewaartermijnen; GDPR article 5, paragraph 1, under e) */
export type Retention = {
  /** Own words, from the month they are about: a team acts on them within a year, and they say most about a person. */
  words: number;
  /**
   * Contributions and barrier reports, from their month: two years apart, the same season twice, and a year to look into an
   * outlier. They go by whole calendar years, so that a year is counted whole: up to eleven months later.
   */
  contributions: number;
  /** Who is followed, from the month last heard: CBS follows status holders to paid work over five years and more. */
  followed: number;
  /** Tombstones of what was withdrawn: longer than a device would keep something unsent. */
  withdrawals: number;
};

export const defaultRetention: Retention = { words: 12, contributions: 36, followed: 60, withdrawals: 24 };

const names = {
  words: 'MEEDOEN_KEEP_WORDS',
  contributions: 'MEEDOEN_KEEP_CONTRIBUTIONS',
  followed: 'MEEDOEN_KEEP_FOLLOWED',
  withdrawals: 'MEEDOEN_KEEP_WITHDRAWALS',
} as const satisfies Record<keyof Retention, string>;

/** The periods an operator chose, in months, out of the environment; refuses what is no number of months. */
export function retentionOf(environment: Readonly<Record<string, string | undefined>>): Retention {
  const months = (what: keyof Retention): number => {
    const written = environment[names[what]]?.trim() ?? '';
    if (written === '') return defaultRetention[what];
    const chosen = Number(written);
    if (Number.isInteger(chosen) && chosen >= 1 && chosen <= 1200) return chosen;
    throw new StoreRefusal(
      'setting_refused',
      `${names[what]} says "${written}". Write a whole number of months from 1 to 1200, or leave it out for ${defaultRetention[what]}.`,
    );
  };
  return {
    words: months('words'),
    contributions: months('contributions'),
    followed: months('followed'),
    withdrawals: months('withdrawals'),
  };
}

/** How many rows went. */
export type RetentionReport = {
  words: number;
  contributions: number;
  barrierReports: number;
  followed: number;
  withdrawals: number;
};

/**
 * Let go of what has been kept long enough. Its counts stay: before rows go their counts are brought up to date and closed, and
 * from then on they no longer change. Broken off half way, the next time goes on. The synthetic people of the example are not
 * let go: they are nobody's.
 */
export async function applyRetention(
  database: Database,
  today: Day,
  retention: Retention = defaultRetention,
): Promise<RetentionReport> {
  const before = (months: number): string => keptMonth(monthsLater(monthOf(today), -months));
  const yearsBefore = `${before(retention.contributions).slice(0, 4)}-01-01`;
  const inTurn = <T>(work: Parameters<typeof inLongTransaction<T>>[1]): Promise<T> =>
    withRetry(() => inLongTransaction(database, work), database.retry);

  const followed = await inTurn(async (client) => {
    const { rows } = await client.query<{ open_from: string }>(
      'SELECT open_from FROM counting WHERE id = 1 FOR UPDATE',
    );
    await countChanged(client, rows[0]!.open_from);
    await client.query('UPDATE counting SET open_from = greatest(open_from, $1::date) WHERE id = 1', [yearsBefore]);
    await closeFirstWork(client, before(retention.followed));
    const gone = await client.query<{ town: string }>(
      'DELETE FROM member WHERE last_month < $1 AND NOT example RETURNING town',
      [before(retention.followed)],
    );
    if (gone.rows.length > 0) await countFirstWork(client, [...new Set(gone.rows.map(({ town }) => town))]);
    return gone.rows.length;
  });
  const removed = (statement: string, parameter: string): Promise<number> =>
    inTurn(async (client) => (await client.query(statement, [parameter])).rowCount!);
  const words = await removed(
    `DELETE FROM contribution_words w USING contribution c
     WHERE c.owner_id = w.owner_id AND c.id = w.contribution_id AND c.month < $1 AND NOT c.example`,
    [before(retention.words), yearsBefore].sort().at(-1)!,
  );

  // A month at a time: a transaction of a year would hold back everybody's vacuum.
  let contributions = 0;
  let barrierReports = 0;
  const { rows: months } = await database.pool.query<{ month: string }>(
    `SELECT DISTINCT month FROM contribution WHERE month < $1 AND NOT example
     UNION SELECT DISTINCT month FROM barrier_report WHERE month < $1 AND NOT example ORDER BY month`,
    [yearsBefore],
  );
  for (const { month: oneMonth } of months) {
    contributions += await removed('DELETE FROM contribution WHERE month = $1 AND NOT example', oneMonth);
    barrierReports += await removed('DELETE FROM barrier_report WHERE month = $1 AND NOT example', oneMonth);
  }
  const withdrawals = await removed('DELETE FROM withdrawal WHERE withdrawn_on < $1', before(retention.withdrawals));
  return { words, contributions, barrierReports, followed, withdrawals };
}
