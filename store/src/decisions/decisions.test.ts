import { createHash, randomBytes } from 'node:crypto';
import { day } from '@meedoen/units';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase, type Database } from '../database.ts';
import { startTestServer, type TestServer } from '../testing.ts';
import { uuidV7Source } from '../uuid-v7.ts';
import { decide, type NewDecision } from './decide.ts';
import { decision, decisions, stageOf } from './decisions.ts';
import { removeExampleDecisions } from './example-decisions.ts';
import { addAction, finishAction, reportResult } from './follow-up.ts';

let server: TestServer;
let database: Database;
const newId = uuidV7Source({ now: Date.now, randomBytes });
const doing = { now: new Date('2026-06-15T09:00:00Z'), newId };
const ada = newId();
const town = { kind: 'municipality', id: 'GM0344' } as const;

beforeAll(async () => {
  server = await startTestServer();
  database = await server.freshDatabase();
});
afterAll(async () => server.stop());

const eveningLessons: Omit<NewDecision, 'id'> = {
  where: town,
  form: 'decide',
  outcome: 'yes',
  mandate: 'The alderman, within the budget of 2026',
  title: 'Evening lessons from September',
  words: 'Two evenings a week there are lessons at B1, beside work.',
  reason: '',
  dissent: 'Two teachers ask for smaller groups first.',
  language: 'en',
  decidedOn: day('2026-06-12'),
  grounds: [
    { kind: 'barrier', reference: 'GM0344 lesson-times', content: '{"month":"2026-05","named":41,"of":103}' },
    { kind: 'evidence', reference: 'release 2026-05', content: '{"table":"barriers"}' },
  ],
  actions: [{ id: newId(), words: 'Find two teachers', responsible: 'Team integration', dueOn: day('2026-07-15') }],
  example: false,
};

/** Take a decision, as a form does that was opened and sent. */
async function take(into: Database, decision: Omit<NewDecision, 'id'>): Promise<string> {
  const id = newId();
  const actions = decision.actions.map((action) => ({ ...action, id: newId() }));
  expect(await decide(into, { ...decision, id, actions }, ada, doing)).toBe('taken');
  return id;
}

test('a barrier becomes a decision, an action and a result, and everything can be read back', async () => {
  const id = await take(database, eveningLessons);
  const read = (await decision(database, town, id))!;
  expect(read).toMatchObject({ title: 'Evening lessons from September', decidedOn: '2026-06-12', outcome: 'yes' });
  expect(read.grounds.map(({ kind }) => kind)).toEqual(['barrier', 'evidence']);
  expect(stageOf(read, day('2026-07-15'))).toBe('in progress');
  expect(stageOf(read, day('2026-07-16'))).toBe('overdue');

  const action = read.actions[0]!.id;
  expect(await finishAction(database, { where: town, action }, day('2026-07-10'), ada, doing)).toBe('done');
  expect(await finishAction(database, { where: town, action }, day('2026-07-20'), ada, doing)).toBe('done');
  const finished = (await decision(database, town, id))!;
  expect(finished.actions[0]!.doneOn).toBe('2026-07-10');
  expect(stageOf(finished, day('2027-01-01'))).toBe('done');

  const evidence = { kind: 'evidence', reference: 'effect of evening lessons', content: '{"ratio":1.5}' } as const;
  const result = { id: newId(), words: 'More people started to work.', reportedOn: day('2026-12-01'), evidence };
  expect(await reportResult(database, { where: town, decision: id }, result, ada, doing)).toBe('done');
  const told = (await decision(database, town, id))!;
  expect(stageOf(told, day('2027-01-01'))).toBe('result reported');
  expect(await reportResult(database, { where: town, decision: id }, result, ada, doing)).toBe('done');
  expect((await decision(database, town, id))!.results).toHaveLength(1);
  expect(told.results[0]!.evidence).toMatchObject({ reference: 'effect of evening lessons' });
});

test('what it rests on is frozen: anybody can make the hash again, and the pages cannot change it', async () => {
  const id = await take(database, eveningLessons);
  const [ground] = (await decision(database, town, id))!.grounds;
  expect(ground!.hash).toBe(createHash('sha256').update(ground!.content).digest('hex'));
  const application = await openDatabase({
    dataFolder: '/nowhere',
    databaseUrl: server.urlOf(database),
    as: 'application',
  });
  const change = application.kysely.updateTable('decision_ground').set({ content: 'other' });
  await expect(change.where('id', '=', ground!.id).execute()).rejects.toThrow('permission denied');
  const remove = application.kysely.deleteFrom('decision_ground');
  await expect(remove.where('id', '=', ground!.id).execute()).rejects.toThrow('permission denied');
  await application.stop();
});

test('there are no orphans: no decision without a ground, no action or result without a decision', async () => {
  const nowhere = { owner_id: 'municipality:GM0344', example: false };
  const row = {
    form: 'decide',
    outcome: 'yes',
    mandate: 'm',
    title: 't',
    words: 'w',
    reason: '',
    dissent: '',
  } as const;
  await expect(
    database.kysely
      .insertInto('decision')
      .values({
        ...nowhere,
        ...row,
        id: newId(),
        because_id: newId(),
        language: 'nl',
        decided_on: '2026-06-12',
        made_by: ada,
        made_at: doing.now,
      })
      .execute(),
  ).rejects.toMatchObject({ code: '23503' });
  const action = {
    id: newId(),
    decision_id: newId(),
    words: 'w',
    responsible: 'r',
    due_on: '2026-07-01',
    done_on: null,
  };
  await expect(
    database.kysely
      .insertInto('decision_action')
      .values({ ...nowhere, ...action })
      .execute(),
  ).rejects.toMatchObject({ code: '23503' });
  const other = { kind: 'municipality', id: 'GM9998' } as const;
  const id = await take(database, eveningLessons);
  const promise = { id: newId(), words: 'w', responsible: 'r', dueOn: day('2026-07-01') };
  expect(await addAction(database, { where: other, decision: id }, promise, ada, doing)).toBe('not-there');
  expect(await addAction(database, { where: town, decision: id }, promise, ada, doing)).toBe('done');
});

test('a form that is sent twice, also at the same moment, is one decision and one line in the log', async () => {
  const fresh = await server.freshDatabase();
  const once = { ...eveningLessons, id: newId() };
  const answers = await Promise.all([1, 2, 3].map(() => decide(fresh, once, ada, doing)));
  expect(answers.sort()).toEqual(['already', 'already', 'taken']);
  const promise = { id: newId(), words: 'Rooms', responsible: 'Team integration', dueOn: day('2026-08-01') };
  await Promise.all([1, 2].map(() => addAction(fresh, { where: town, decision: once.id }, promise, ada, doing)));
  const read = (await decision(fresh, town, once.id))!;
  expect(read.grounds).toHaveLength(2);
  expect(read.actions).toHaveLength(2);
  expect(await fresh.kysely.selectFrom('audit_entry').select('act').execute()).toHaveLength(2);
});

test('a no says why', async () => {
  const no = { ...eveningLessons, outcome: 'no', reason: ' ' } as const;
  await expect(decide(database, { ...no, id: newId() }, ada, doing)).rejects.toThrow(RangeError);
  const id = await take(database, { ...no, reason: 'There are no rooms until 2027.', actions: [] });
  expect(stageOf((await decision(database, town, id))!, day('2026-07-01'))).toBe('decided no');
});

test('who named a barrier finds the decisions about it, the newest first; other places stay apart', async () => {
  const fresh = await server.freshDatabase();
  const about = { kind: 'barrier', references: ['GM0344 lesson-times', 'GM0344 travel'] } as const;
  const first = await take(fresh, eveningLessons);
  const later = { ...eveningLessons, decidedOn: day('2026-09-01') };
  const second = await take(fresh, later);
  const childcare = { kind: 'barrier', reference: 'GM0363 childcare', content: '{}' } as const;
  await take(fresh, { ...later, where: { kind: 'municipality', id: 'GM0363' }, grounds: [childcare] });

  expect((await decisions(fresh, { about, limit: 10 })).map(({ id }) => id)).toEqual([second, first]);
  expect((await decisions(fresh, { where: town, limit: 1 })).map(({ id }) => id)).toEqual([second]);
  expect(await decisions(fresh, { limit: 10 })).toHaveLength(3);
  expect(await decisions(fresh, { about: { kind: 'barrier', references: [] }, limit: 10 })).toEqual([]);
});

test('each act stands in the audit log of its place', async () => {
  const fresh = await server.freshDatabase();
  const id = await take(fresh, eveningLessons);
  await addAction(
    fresh,
    { where: town, decision: id },
    { id: newId(), words: 'Rooms', responsible: 'Team integration', dueOn: day('2026-08-01') },
    ada,
    doing,
  );
  const log = await fresh.kysely
    .selectFrom('audit_entry')
    .select(['owner_id', 'act', 'subject'])
    .orderBy('number')
    .execute();
  expect(log).toEqual([
    { owner_id: 'municipality:GM0344', act: 'decision.take', subject: id },
    { owner_id: 'municipality:GM0344', act: 'decision.promise', subject: id },
  ]);
});

test('what was tried in an example town goes without a trace, and what is real stays', async () => {
  const fresh = await server.freshDatabase();
  const real = await take(fresh, eveningLessons);
  const where = { kind: 'municipality', id: 'example-town' } as const;
  const tried = await take(fresh, { ...eveningLessons, where, example: true });
  const result = {
    id: newId(),
    words: 'It helped.',
    reportedOn: day('2026-12-01'),
    evidence: { kind: 'evidence', reference: 'r', content: '{}' } as const,
  };
  expect(await reportResult(fresh, { where, decision: tried }, result, ada, doing)).toBe('done');
  await removeExampleDecisions(fresh);
  expect((await decisions(fresh, { limit: 10 })).map(({ id }) => id)).toEqual([real]);
  const grounds = await fresh.kysely.selectFrom('decision_ground').select('example').execute();
  expect(grounds.map(({ example }) => example)).toEqual([false, false]);
});
