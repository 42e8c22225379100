import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, test } from 'vitest';
import {
  anchors,
  audit,
  auditLog,
  layAnchor,
  verifyAuditLog,
  uuidV7,
  type AuditedAct,
  type Database,
} from '../index.ts';
import { startTestServer, type TestServer } from '../testing.ts';

let server: TestServer;
let database: Database;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  database = await server.freshDatabase();
});
afterEach(() => database.stop());

const moment = (minute: number): Date => new Date(Date.UTC(2026, 10, 23, 10, minute, 0, 123));
const act = (number: number, more: Partial<AuditedAct> = {}): AuditedAct => ({
  id: uuidV7(moment(number).getTime(), new Uint8Array(10).fill(number)),
  stream: 'platform',
  at: moment(number),
  staffId: null,
  act: 'grant.give',
  subject: `somebody ${number}`,
  reason: 'Zij begint maandag, "eerste dag" ☕',
  result: 'done',
  details: { role: 'steward', b: 1, a: null },
  ...more,
});
const write = (done: AuditedAct): Promise<void> => database.write((transaction) => audit(transaction, done));

test('a log of two streams holds, line by line', async () => {
  for (const number of [1, 2, 3]) await write(act(number));
  await write(act(4, { stream: 'municipality:GM0363', result: 'refused' }));
  expect(await verifyAuditLog(database)).toEqual({ streams: 2, entries: 4, anchors: 0, broken: null });
  const [line] = await auditLog(database, { limit: 1, stream: 'platform' });
  expect(line).toMatchObject({ number: 3, at: moment(3), details: '{"a":null,"b":1,"role":"steward"}' });
});

test('forty who write in one stream at once make one chain without a gap', async () => {
  await Promise.all(Array.from({ length: 40 }, (_, number) => write(act(number))));
  expect(await verifyAuditLog(database)).toMatchObject({ entries: 40, broken: null });
});

test('an act that is done twice, because its answer got lost, stands there once', async () => {
  await write(act(1));
  await write(act(1));
  expect(await verifyAuditLog(database)).toMatchObject({ entries: 1, broken: null });
});

test('an act that fails leaves no line, and a line that fails undoes the act', async () => {
  const failed = database.write(async (transaction) => {
    await audit(transaction, act(1));
    throw new RangeError('the act failed');
  });
  await expect(failed).rejects.toThrow('the act failed');
  const refused = database.write(async (transaction) => {
    await transaction.insertInto('topic').values({ id: 'work' }).execute();
    await audit(transaction, act(2, { reason: 'a null \u0000' }));
  });
  await expect(refused).rejects.toMatchObject({ code: 'text_refused' });
  expect((await database.pool.query('SELECT id FROM topic')).rows).toEqual([]);
  expect((await auditLog(database, { limit: 9 })).length).toBe(0);
});

describe('what an owner of the tables changes is seen', () => {
  test.each([
    ['another word', "UPDATE audit_entry SET reason = 'another' WHERE number = 2", 2, 'changed'],
    ['another moment', "UPDATE audit_entry SET at = at + interval '1 millisecond' WHERE number = 3", 3, 'changed'],
    [
      'somebody else',
      "UPDATE audit_entry SET staff_id = '0198a1b2-c3d4-7000-8000-000000000001' WHERE number = 1",
      1,
      'changed',
    ],
    ['a line taken out', 'DELETE FROM audit_entry WHERE number = 2', 2, 'missing'],
    ['the first line taken out', 'DELETE FROM audit_entry WHERE number = 1', 1, 'missing'],
    ['the end cut off', 'DELETE FROM audit_entry WHERE number = 3', 3, 'missing'],
    ['everything gone', 'DELETE FROM audit_entry', 3, 'missing'],
  ])('%s', async (_, statement, number, what) => {
    for (const line of [1, 2, 3]) await write(act(line));
    await layAnchor(database, '2026-11-24', moment(10));
    await database.pool.query(statement);
    expect((await verifyAuditLog(database)).broken).toEqual({ stream: 'platform', number, what });
  });

  test('a log that was written anew as a whole, by who kept the published digest', async () => {
    for (const line of [1, 2]) await write(act(line));
    await layAnchor(database, '2026-11-24', moment(10));
    const kept = new Map((await anchors(database, 9)).map(({ day, digest }) => [day, digest]));
    expect(await verifyAuditLog(database, kept)).toMatchObject({ anchors: 1, broken: null });

    await database.pool.query('DELETE FROM audit_entry; DELETE FROM audit_anchor');
    await write(act(1));
    expect(await verifyAuditLog(database, kept)).toMatchObject({
      broken: { anchor: '2026-11-24', what: 'not what was published' },
    });
    await layAnchor(database, '2026-11-24', moment(10));
    expect(await verifyAuditLog(database)).toMatchObject({ broken: null });
    expect(await verifyAuditLog(database, kept)).toMatchObject({
      broken: { anchor: '2026-11-24', what: 'not what was published' },
    });
  });

  test.each([
    ["UPDATE audit_anchor SET heads = '[]' WHERE id = '2026-11-24'", '2026-11-24', 'changed'],
    ["DELETE FROM audit_anchor WHERE id = '2026-11-24'", '2026-11-25', 'does not follow'],
  ])('%s', async (statement, anchor, what) => {
    await write(act(1));
    await layAnchor(database, '2026-11-24', moment(10));
    await write(act(2));
    await layAnchor(database, '2026-11-25', moment(20));
    expect((await verifyAuditLog(database)).broken).toBeNull();
    await database.pool.query(statement);
    expect((await verifyAuditLog(database)).broken).toEqual({ anchor, what });
  });
});

test('a day has one anchor, whoever lays it, and none without a log', async () => {
  await layAnchor(database, '2026-11-23', moment(1));
  expect(await anchors(database, 9)).toEqual([]);
  await write(act(1));
  await Promise.all([1, 2, 3].map(() => layAnchor(database, '2026-11-24', moment(2))));
  await layAnchor(database, '2026-11-22', moment(3));
  expect((await anchors(database, 9)).map(({ day, entries }) => [day, entries])).toEqual([['2026-11-24', 1]]);
});

test('the log is asked by stream, act, result, moment, and page by page', async () => {
  const staff = '0198a1b2-c3d4-7000-8000-000000000001';
  await database.pool.query("INSERT INTO staff VALUES ($1, 'Ada', now())", [staff]);
  for (const number of [1, 2, 3, 4, 5]) {
    await write(
      act(number, {
        act: number === 5 ? 'grant-list.read' : number % 2 === 0 ? 'grant.withdraw' : 'grant.give',
        staffId: number === 2 ? staff : null,
        result: number === 3 ? 'refused' : 'done',
      }),
    );
  }
  const numbers = async (question: object): Promise<number[]> =>
    (await auditLog(database, { limit: 9, ...question })).map(({ number }) => number);
  expect(await numbers({})).toEqual([5, 4, 3, 2, 1]);
  expect(await numbers({ act: 'grant' }), 'a kind of thing, not all that begins with its letters').toEqual([
    4, 3, 2, 1,
  ]);
  expect(await numbers({ act: 'grant.withdraw' })).toEqual([4, 2]);
  expect(await numbers({ result: 'refused' })).toEqual([3]);
  expect(await numbers({ staffId: staff })).toEqual([2]);
  expect(await numbers({ from: moment(2), before: moment(4) })).toEqual([3, 2]);
  expect(await numbers({ stream: 'municipality:GM0363' })).toEqual([]);
  const page = await auditLog(database, { limit: 2 });
  expect(await numbers({ after: page.at(-1)! })).toEqual([3, 2, 1]);
  expect((await auditLog(database, { limit: 1, staffId: staff }))[0]!.nameShown).toBe('Ada');
});
