import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { planText } from '@meedoen/evidence';
import { exampleContributions, knowledgeFolder, loadExampleParameters } from '@meedoen/knowledge';
import { day, month } from '@meedoen/units';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase, type Database } from '../database.ts';
import { loadExamplePeople } from '../example-people.ts';
import { startTestServer, type TestServer } from '../testing.ts';
import { uuidV7Source } from '../uuid-v7.ts';
import { programme, programmes } from './programmes.ts';
import { changePlan, planOfChange, registerChange, type NewChange } from './register-change.ts';
import { releaseEffects } from './release-effects.ts';

let server: TestServer;
let database: Database;
const newId = uuidV7Source({ now: Date.now, randomBytes });
const doing = { now: new Date('2025-04-20T09:00:00Z'), newId };
const ada = newId();
const where = { kind: 'municipality', id: 'example-town' } as const;
const parameters = loadExampleParameters(join(knowledgeFolder(), 'example-town'));

beforeAll(async () => {
  server = await startTestServer();
  database = await server.freshDatabase();
  await loadExamplePeople(database, exampleContributions(parameters), 'test', new Date(0));
});
afterAll(() => server.stop());

function eveningLessons(different: Partial<NewChange> = {}): NewChange {
  const change = {
    changes: [
      { town: 'example-harbour', from: month('2025-11') },
      { town: 'example-town', from: month('2025-05') },
    ],
    compared: ['example-bridge', 'example-village'],
  };
  const asked = { change: different.change ?? change, question: 'Do evening lessons help?', smallestMeaningful: 1.2 };
  return {
    id: newId(),
    where,
    title: 'Evening lessons',
    words: 'Lessons on two evenings a week.',
    cost: '',
    language: 'en',
    decision: null,
    change,
    plan: planOfChange(asked, day('2025-04-20')),
    example: true,
    ...different,
  };
}

describe('the planted truth', () => {
  test('evening lessons multiply starts of work by 1.6: the published interval holds it, as planned', async () => {
    const registered = eveningLessons();
    expect(await registerChange(database, registered, ada, doing)).toBe('registered');
    await releaseEffects(database, { on: day('2026-11-10') });
    const { effects } = (await programme(database, where, registered.id))!;
    const [released] = effects;
    if (!released?.effect.ok || released.effect.value.method !== 'did') throw new Error('an effect');
    const { effect, path, before, level, plan, starts } = released.effect.value;
    const truth = parameters.factors.eveningLessons;
    expect(effect.lower).toBeLessThan(truth);
    expect(effect.upper).toBeGreaterThan(truth);
    for (const { halfYear, lower, upper } of path) {
      expect(lower).toBeLessThan(halfYear < 0 ? 1 : truth);
      expect(upper).toBeGreaterThan(halfYear < 0 ? 1 : truth);
    }
    expect(before!.p).toBeGreaterThan(0.05);
    expect([level, plan.asPlanned, starts % 5]).toEqual([3, true, 0]);
  });

  test('where nothing changed, nothing is found', async () => {
    const change = {
      changes: [{ town: 'example-bridge', from: month('2025-05') }],
      compared: ['example-village', 'example-harbour'],
    };
    const fresh = await server.freshDatabase();
    // Harbour changed itself in November 2025: only what came before is told.
    const until = (function* () {
      for (const one of exampleContributions(parameters)) if (one.contribution.month < '2025-11') yield one;
    })();
    await loadExamplePeople(fresh, until, 'test', new Date(0));
    const registered = eveningLessons({ change });
    await registerChange(fresh, registered, ada, doing);
    await releaseEffects(fresh, { on: day('2025-11-10') });
    const [released] = (await programme(fresh, where, registered.id))!.effects;
    if (!released?.effect.ok || released.effect.value.method !== 'did') throw new Error('an effect');
    expect(released.effect.value.effect.lower).toBeLessThan(1);
    expect(released.effect.value.effect.upper).toBeGreaterThan(1);
    await fresh.stop();
  });

  test('one town alone is held against its own past; a town with nobody is refused in words', async () => {
    const alone = eveningLessons({
      change: { changes: [{ town: 'example-town', from: month('2025-05') }], compared: [] },
    });
    const empty = eveningLessons({ change: { changes: [{ town: 'GM0344', from: month('2025-05') }], compared: [] } });
    await registerChange(database, alone, ada, doing);
    await registerChange(database, empty, ada, doing);
    await releaseEffects(database, { on: day('2026-11-12') });
    const effectIn = async (id: string) => (await programme(database, where, id))!.effects[0]!.effect;
    expect(await effectIn(alone.id)).toMatchObject({ ok: true, value: { method: 'series' } });
    expect(await effectIn(empty.id)).toMatchObject({ ok: false, problem: { what: 'too-few-starts' } });
  });
});

test('an effect is told once a month, and only of months that are over', async () => {
  expect(await releaseEffects(database, { on: day('2026-11-20') })).toBe(0);
  const early = eveningLessons();
  await registerChange(database, early, ada, doing);
  await releaseEffects(database, { on: day('2025-07-10') });
  const [released] = (await programme(database, where, early.id))!.effects;
  expect(released!.effect).toMatchObject({ ok: false, problem: { what: 'too-few-months', words: { after: 0 } } });
});

test('a plan is registered with its hash; another one is another version with its reason, and the first one stays', async () => {
  const registered = eveningLessons();
  const answers = await Promise.all([1, 2].map(() => registerChange(database, registered, ada, doing)));
  expect(answers.sort()).toEqual(['already', 'registered']);
  const other = { ...registered.plan, question: 'Do they help women?' };
  const change = (reason: string, plan = other) =>
    changePlan(database, { where, id: registered.id, plan, reason }, ada, doing);
  await expect(change(' ')).rejects.toThrow(RangeError);
  expect(await change('We forgot whom it is for.')).toBe('changed');
  expect(await change('Again.')).toBe('same');
  const { plans } = (await programme(database, where, registered.id))!;
  expect(plans.map(({ version, reason }) => [version, reason])).toEqual([
    [1, ''],
    [2, 'We forgot whom it is for.'],
  ]);
  expect(plans[0]!.hash).toBe(createHash('sha256').update(planText(registered.plan)).digest('hex'));

  const application = await openDatabase({
    dataFolder: '/nowhere',
    databaseUrl: server.urlOf(database),
    as: 'application',
  });
  const rewrite = application.kysely.updateTable('programme_plan').set({ plan: '{}' });
  await expect(rewrite.where('programme_id', '=', registered.id).execute()).rejects.toThrow('permission denied');
  await application.stop();
});

test('a change is found by the town in which something changed, not by those it is compared with', async () => {
  const fresh = await server.freshDatabase();
  await registerChange(fresh, eveningLessons(), ada, doing);
  expect(await programmes(fresh, { town: 'example-harbour', limit: 10 })).toHaveLength(1);
  expect(await programmes(fresh, { town: 'example-bridge', limit: 10 })).toEqual([]);
  expect(await programmes(fresh, { where: { kind: 'municipality', id: 'GM0344' }, limit: 10 })).toEqual([]);
  const log = await fresh.kysely.selectFrom('audit_entry').select(['owner_id', 'act']).execute();
  expect(log).toEqual([{ owner_id: 'municipality:example-town', act: 'programme.register' }]);
});
