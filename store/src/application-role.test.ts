import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { audit, migrate, openDatabase, type AuditedAct, type Database } from './index.ts';
import { connect } from './database.ts';
import { startTestServer, type TestServer } from './testing.ts';

let server: TestServer;
let owner: Database;
let application: Database;
beforeAll(async () => {
  server = await startTestServer();
  owner = await server.freshDatabase();
  application = await openDatabase({ dataFolder: '/nowhere', databaseUrl: server.urlOf(owner), as: 'application' });
});
afterAll(async () => {
  await application.stop();
  await server.stop();
});

const act = (number: number): AuditedAct => ({
  id: `0198a1b2-c3d4-7000-8000-00000000000${number}`,
  stream: 'platform',
  at: new Date('2026-11-23T10:00:00.123Z'),
  staffId: null,
  act: 'grant.give',
  subject: 'somebody',
  reason: 'because',
  result: 'done',
});

test('the application reads and writes ordinary tables, and adds to the audit log', async () => {
  await application.write((transaction) => transaction.insertInto('topic').values({ id: 'work' }).execute());
  await application.write((transaction) => audit(transaction, act(1)));
  const rows = await application.read((kysely) => kysely.selectFrom('audit_entry').select('act').execute());
  expect(rows).toEqual([{ act: 'grant.give' }]);
});

describe('what the application cannot do', () => {
  test.each([
    "UPDATE audit_entry SET reason = 'another'",
    'DELETE FROM audit_entry',
    'TRUNCATE audit_entry',
    'TRUNCATE audit_stream CASCADE',
    'DELETE FROM audit_stream',
    'DELETE FROM audit_anchor',
    'UPDATE audit_anchor SET entries = 0',
    'TRUNCATE audit_anchor',
    'ALTER TABLE audit_entry DROP CONSTRAINT audit_entry_pkey',
    'DROP TABLE audit_entry',
    'ALTER TABLE audit_entry OWNER TO CURRENT_USER',
    'GRANT UPDATE ON audit_entry TO CURRENT_USER',
    'CREATE RULE no AS ON INSERT TO audit_entry DO INSTEAD NOTHING',
    'CREATE TABLE audit_entry_2 (id uuid)',
    'DELETE FROM schema_migration',
    'TRUNCATE topic',
  ])('%s', async (statement) => {
    const problem = await application.pool.query(statement).then(
      () => 'it could',
      (refusal: { code?: string }) => refusal.code,
    );
    // GRANT without the right to give is only a warning in PostgreSQL; what counts is that nothing was given.
    if (problem === 'it could') {
      expect(statement).toMatch(/^GRANT/);
      await expect(application.pool.query("UPDATE audit_entry SET reason = 'another'")).rejects.toMatchObject({
        code: '42501',
      });
    } else expect(problem).toBe('42501');
  });

  test('rename a stream under its entries', async () => {
    await application.write((transaction) => audit(transaction, act(2)));
    await expect(application.pool.query("UPDATE audit_stream SET id = 'elsewhere'")).rejects.toMatchObject({
      code: '23503',
    });
  });
});

test('every table has exactly the privileges it should have, also those of later migrations', async () => {
  const { rows } = await owner.pool.query<{ name: string; privileges: string }>(
    `SELECT c.relname AS name, string_agg(a.privilege_type, ' ' ORDER BY a.privilege_type) AS privileges
     FROM pg_class c LEFT JOIN LATERAL aclexplode(c.relacl) a ON a.grantee <> c.relowner
     WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace GROUP BY 1`,
  );
  const unusual = rows.filter(({ privileges }) => privileges !== 'DELETE INSERT SELECT UPDATE');
  expect(Object.fromEntries(unusual.map(({ name, privileges }) => [name, privileges]))).toEqual({
    audit_entry: 'INSERT SELECT',
    audit_anchor: 'INSERT SELECT',
    audit_stream: 'INSERT SELECT UPDATE',
    decision_ground: 'INSERT SELECT',
    contribution: 'DELETE INSERT',
    contribution_words: 'DELETE INSERT SELECT',
    barrier_report: 'DELETE INSERT',
    barrier_answer: 'INSERT SELECT',
    withdrawal: 'INSERT SELECT',
    answer_code: 'INSERT SELECT',
    board_release: 'SELECT',
    published_table: 'SELECT',
    programme: 'INSERT SELECT',
    programme_town: 'INSERT SELECT',
    programme_plan: 'INSERT SELECT',
    programme_effect: 'SELECT',
    conversation: 'INSERT SELECT UPDATE',
    vote: 'DELETE INSERT UPDATE',
    moderation: 'INSERT SELECT',
    appeal: 'INSERT SELECT',
    conversation_release: 'SELECT',
    answer_owed: 'SELECT',
    answer_count: 'SELECT',
    first_work_count: 'SELECT',
    heard_count: 'SELECT',
    barrier_count: 'SELECT',
    counting: 'SELECT',
    regular_task: 'SELECT',
    schema_migration: 'SELECT',
    schema_lock: 'SELECT',
  });
  expect(rows.length).toBeGreaterThan(20);
});

test('what somebody gave the application by hand is taken back at the next migration', async () => {
  const database = await server.freshDatabase();
  const role = `${(await database.pool.query<{ name: string }>('SELECT current_user AS name')).rows[0]!.name}_app`;
  await database.pool.query(`GRANT UPDATE, TRUNCATE ON audit_entry TO "${role}"`);
  await migrate(database);
  const app = await openDatabase({ dataFolder: '/nowhere', databaseUrl: server.urlOf(database), as: 'application' });
  await expect(app.pool.query('TRUNCATE audit_entry')).rejects.toMatchObject({ code: '42501' });
  await app.stop();
});

test('a login of its own cannot step back, also not with SQL of its own', async () => {
  const [{ owner: name }] = (await owner.pool.query<{ owner: string }>('SELECT current_user AS owner')).rows as [
    { owner: string },
  ];
  await owner.pool.query(`CREATE ROLE plain_web LOGIN; GRANT "${name}_app" TO plain_web`);
  const databaseUrl = server.urlOf(owner).replace(`postgres://${name}@`, 'postgres://plain_web@');
  const web = await openDatabase({ dataFolder: '/nowhere', databaseUrl, as: 'application' });
  await web.write((transaction) => audit(transaction, act(3)));
  for (const way of ["SELECT set_config('role', 'none', false)", 'RESET ROLE', `SET ROLE "${name}"`]) {
    await web.pool.query(way).catch(() => {});
    await expect(web.pool.query('DELETE FROM audit_entry'), way).rejects.toMatchObject({ code: '42501' });
  }
  await web.stop();
});

test('a database without tables is refused in words: it cannot be known whose the tables will be', async () => {
  const empty = await server.emptyDatabase();
  await expect(
    openDatabase({ dataFolder: '/nowhere', databaseUrl: server.urlOf(empty), as: 'application' }),
  ).rejects.toMatchObject({ code: 'migration_needed' });
});

describe('an owner who may make no roles', () => {
  const login = 'plain_owner';
  let plain: Database;
  beforeAll(async () => {
    const empty = await server.emptyDatabase();
    await empty.pool.query(`CREATE ROLE ${login} LOGIN`);
    await empty.pool.query(`GRANT ALL ON SCHEMA public TO ${login}`);
    const url = server.urlOf(empty).replace('postgres://postgres@', `postgres://${login}@`);
    plain = connect({ connectionString: url }, { random: Math.random, embedded: null });
  });
  afterAll(() => plain.stop());

  test('reads what to type, and after that it works', async () => {
    const refusal = (await migrate(plain).catch((problem: unknown) => problem)) as Error;
    expect(refusal).toMatchObject({ code: 'setting_refused' });
    const toType = /type once: (.+)$/.exec(refusal.message)![1]!;
    await owner.pool.query(toType);
    await migrate(plain);
    const { connectionString } = plain.pool.options;
    const app = await openDatabase({ dataFolder: '/nowhere', databaseUrl: connectionString!, as: 'application' });
    await app.write((transaction) => audit(transaction, act(1)));
    await expect(app.pool.query('DELETE FROM audit_entry')).rejects.toMatchObject({ code: '42501' });
    await app.stop();
  });

  test('a role that may do what the owner may is refused', async () => {
    await owner.pool.query(`REVOKE ${login}_app FROM ${login}; GRANT ${login} TO ${login}_app`);
    await expect(migrate(plain)).rejects.toMatchObject({ code: 'setting_refused' });
  });
});
