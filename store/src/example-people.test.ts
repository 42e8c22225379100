import { join } from 'node:path';
import { exampleContributions, knowledgeFolder, loadExampleParameters } from '@meedoen/knowledge';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from './database.ts';
import { contribute, loadExamplePeople, removeExamplePeople } from './index.ts';
import { given } from './contributions/given-for-tests.ts';
import { startTestServer, type TestServer } from './testing.ts';

let server: TestServer;
let database: Database;
beforeAll(async () => {
  server = await startTestServer();
  database = await server.freshDatabase();
});
afterAll(() => server.stop());

const parameters = loadExampleParameters(join(knowledgeFolder(), 'example-town'));
const few = { ...parameters, towns: parameters.towns.map((town) => ({ ...town, people: town.people / 20 })) };
const now = new Date('2026-11-25T10:00:00Z');
const count = async (table: string): Promise<number> =>
  (await database.pool.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${table}`)).rows[0]!.count;

test('what they gave is loaded once, counted, replaced by another edition, and taken out without a trace', async () => {
  const all = [...exampleContributions(few)].length;
  expect(await loadExamplePeople(database, exampleContributions(few), 'one', now)).toBe(all);
  expect(await loadExamplePeople(database, exampleContributions(few), 'one', now)).toBe(0);
  expect(await count('contribution')).toBe(all);
  expect(await count('answer_count')).toBeGreaterThan(0);

  const real = { ...given({ of: 1, followed: true }), example: false };
  await contribute(database, real);
  expect(await loadExamplePeople(database, exampleContributions({ ...few, seed: 2 }), 'two', now)).toBeGreaterThan(0);
  const followed = new Set(
    [...exampleContributions({ ...few, seed: 2 })]
      .filter(({ contribution }) => contribution.followed)
      .map(({ person }) => person),
  );
  expect(await count('member')).toBe(followed.size + 1);

  await removeExamplePeople(database);
  expect(await count('contribution')).toBe(1);
  expect(await count('member')).toBe(1);
  expect(await count('withdrawal')).toBe(0);
});

test('a load that broke off is made whole by the next', async () => {
  const fresh = await server.freshDatabase();
  const gone = function* () {
    let left = 700;
    for (const one of exampleContributions(few)) {
      if (left-- === 0) throw new Error('the power went');
      yield one;
    }
  };
  await expect(loadExamplePeople(fresh, gone(), 'one', now)).rejects.toThrow('the power went');
  const all = [...exampleContributions(few)].length;
  expect(await loadExamplePeople(fresh, exampleContributions(few), 'one', now)).toBe(all);
});
