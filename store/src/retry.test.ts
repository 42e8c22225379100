import { expect, test } from 'vitest';
import { StoreRefusal } from './refusal.ts';
import { withRetry } from './retry.ts';

const failure = (code: string): Error => Object.assign(new Error(`failed with ${code}`), { code });

/** Fails as told, one after the other, and then succeeds. */
async function tried(
  failures: readonly unknown[],
): Promise<{ outcome: unknown; attempts: number; pauses: number[]; reconnects: number }> {
  let attempts = 0;
  let reconnects = 0;
  const pauses: number[] = [];
  const outcome = await withRetry(
    async () => {
      const problem = failures[attempts++];
      if (problem !== undefined) throw problem;
      return 'done';
    },
    {
      random: () => 0.5,
      pause: async (milliseconds) => pauses.push(milliseconds),
      beforeReconnecting: async () => {
        reconnects += 1;
      },
    },
  ).catch((problem: unknown) => problem);
  return { outcome, attempts, pauses, reconnects };
}

test('two lost races and then a win', async () => {
  expect(await tried([failure('40001'), failure('40P01')])).toEqual({
    outcome: 'done',
    attempts: 3,
    pauses: [25, 50],
    reconnects: 0,
  });
});

test('a lost connection asks for the server first', async () => {
  expect(await tried([new Error('Connection terminated unexpectedly'), failure('57P01')])).toMatchObject({
    outcome: 'done',
    attempts: 3,
    reconnects: 2,
  });
});

test('five tries and no more', async () => {
  const { outcome, attempts, pauses } = await tried(Array.from({ length: 9 }, () => failure('ECONNREFUSED')));
  expect({ attempts, pauses }).toEqual({ attempts: 5, pauses: [25, 50, 100, 200] });
  expect(outcome).toBeInstanceOf(StoreRefusal);
  expect(outcome).toMatchObject({ code: 'server_unreachable', retryAfterInSeconds: 5 });
});

test.each(['23505', '57014', '42601'])('%s is not tried again', async (code) => {
  const problem = failure(code);
  expect(await tried([problem])).toEqual({ outcome: problem, attempts: 1, pauses: [], reconnects: 0 });
});

test('a full disk is a refusal that passes', async () => {
  expect((await tried([failure('53100')])).outcome).toMatchObject({ code: 'disk_full', isPassing: true });
});
