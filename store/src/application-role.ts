import type pg from 'pg';
import { StoreRefusal } from './refusal.ts';
import { quoted } from './table-shapes.ts';

/**
 * What the application may do with a table. The owner of the tables migrates, backs up and restores; the pages use the
 * database as this second role, which can add to the audit log and read it, and cannot change or remove a line of it.
 */
const ordinary = ['DELETE', 'INSERT', 'SELECT', 'UPDATE'] as const;
const limited: Readonly<Record<string, readonly string[]>> = {
  audit_entry: ['INSERT', 'SELECT'],
  audit_anchor: ['INSERT', 'SELECT'],
  // UPDATE is what PostgreSQL asks of who locks a row. The row is its name, which entries refer to: it cannot change.
  audit_stream: ['INSERT', 'SELECT', 'UPDATE'],
  // What a decision rests on stays as it was seen.
  decision_ground: ['INSERT', 'SELECT'],
  // A plan stays as it was promised, and an effect is made by who counts.
  programme: ['INSERT', 'SELECT'],
  programme_town: ['INSERT', 'SELECT'],
  programme_plan: ['INSERT', 'SELECT'],
  programme_effect: ['SELECT'],
  // What people give is added and withdrawn, never changed.
  contribution: ['DELETE', 'INSERT'],
  contribution_words: ['DELETE', 'INSERT', 'SELECT'],
  barrier_report: ['DELETE', 'INSERT'],
  barrier_answer: ['INSERT', 'SELECT'],
  withdrawal: ['INSERT', 'SELECT'],
  answer_code: ['INSERT', 'SELECT'],
  // A vote is given, given anew and taken back; what it says is read by the owner alone, who makes the counts.
  conversation: ['INSERT', 'SELECT', 'UPDATE'],
  vote: ['DELETE', 'INSERT', 'UPDATE'],
  moderation: ['INSERT', 'SELECT'],
  appeal: ['INSERT', 'SELECT'],
  conversation_release: ['SELECT'],
  answer_owed: ['SELECT'],
  // Counting is the work of the process that owns the tables; the pages read what came of it.
  answer_count: ['SELECT'],
  first_work_count: ['SELECT'],
  heard_count: ['SELECT'],
  barrier_count: ['SELECT'],
  counting: ['SELECT'],
  regular_task: ['SELECT'],
  // What is published is made by the owner; the pages only show it.
  board_release: ['SELECT'],
  published_table: ['SELECT'],
  schema_migration: ['SELECT'],
  schema_lock: ['SELECT'],
};

/**
 * Of these tables the application sees no more than it needs to keep and withdraw: whose row, which, of which month and town.
 * What somebody answered, and who they said they are, it can write and not read.
 */
const readable: Readonly<Record<string, readonly string[]>> = {
  contribution: ['owner_id', 'id', 'month', 'town', 'instrument'],
  barrier_report: ['owner_id', 'id', 'month', 'town'],
  vote: ['owner_id', 'contributor', 'statement_id'],
};

/** The application's role, as SQL: named after the owner of our tables, because roles are shared by all databases of a server. */
const roleOfApplication = `(SELECT left(pg_get_userbyid(c.relowner)::text, 59) || '_app' FROM pg_class c WHERE c.oid = to_regclass('schema_migration'))`;

/** For each new connection of the application: become the role that may do less. Fails when there is no such role. */
export async function becomeApplication(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ role: string | null }>(
    `SELECT set_config('role', ${roleOfApplication}, false) AS role`,
  );
  if (rows[0]!.role === null || rows[0]!.role === 'none') {
    throw new StoreRefusal(
      'migration_needed',
      'This database has no tables of Meedoen yet. Run "meedoen db migrate" with the address of its owner first.',
    );
  }
}

/**
 * See to it that the application's role is there and may do with each table what stands above, no more and no less.
 * In the caller's transaction, which holds the lock on the shape of the database.
 */
export async function closeToApplication(client: pg.ClientBase): Promise<void> {
  const role = await applicationRole(client);
  const { rows: tables } = await client.query<{ name: string; privileges: string[] }>(
    `SELECT c.relname AS name,
            array(SELECT a.privilege_type FROM aclexplode(c.relacl) a
                  WHERE a.grantee = $1::regrole ORDER BY a.privilege_type)::text[] AS privileges
     FROM pg_class c
     WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = current_schema()::regnamespace
       AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.classid = 'pg_class'::regclass AND d.deptype = 'e')`,
    [quoted(role)],
  );
  const schema = await client.query<{ name: string; open: boolean }>(
    `SELECT current_schema()::text AS name, has_schema_privilege($1, current_schema(), 'USAGE') AS open`,
    [role],
  );
  if (!schema.rows[0]!.open)
    await client.query(`GRANT USAGE ON SCHEMA ${quoted(schema.rows[0]!.name)} TO ${quoted(role)}`);
  for (const { name, privileges } of tables) {
    const wanted = limited[name] ?? ordinary;
    if (privileges.join() === wanted.join()) continue;
    await client.query(`REVOKE ALL ON ${quoted(name)} FROM ${quoted(role)}`);
    await client.query(`GRANT ${wanted.join(', ')} ON ${quoted(name)} TO ${quoted(role)}`);
    const columns = readable[name];
    if (columns !== undefined)
      await client.query(`GRANT SELECT (${columns.map(quoted).join(', ')}) ON ${quoted(name)} TO ${quoted(role)}`);
  }
}

/** The name of the role; makes it, and lets the owner step into it, where that has not been done yet. */
async function applicationRole(client: pg.ClientBase): Promise<string> {
  const { rows } = await client.query<{ role: string; there: boolean; owner: string }>(
    `SELECT r.role, EXISTS (SELECT 1 FROM pg_roles WHERE rolname = r.role) AS there,
            (SELECT pg_get_userbyid(relowner)::text FROM pg_class WHERE oid = to_regclass('schema_migration')) AS owner
     FROM (SELECT ${roleOfApplication} AS role) r`,
  );
  const { role, there, owner } = rows[0]!;
  if (!there) await orSayWhatToDo(client, `CREATE ROLE ${quoted(role)} NOLOGIN`, role, owner);

  const { rows: standing } = await client.query<{ may_enter: boolean; too_strong: boolean }>(
    `SELECT pg_has_role(current_user, $1, 'MEMBER') AS may_enter,
            (SELECT rolsuper FROM pg_roles WHERE rolname = $1) OR pg_has_role($1, $2, 'MEMBER') AS too_strong`,
    [role, owner],
  );
  if (standing[0]!.too_strong) {
    throw new StoreRefusal(
      'setting_refused',
      `The database role "${role}" may do what the owner of the tables may, so it could change the audit log. ` +
        `Take that from it: REVOKE ${quoted(owner)} FROM ${quoted(role)}; ALTER ROLE ${quoted(role)} NOSUPERUSER;`,
    );
  }
  if (!standing[0]!.may_enter) await orSayWhatToDo(client, `GRANT ${quoted(role)} TO CURRENT_USER`, role, owner);
  return role;
}

/** A role may have been made a moment ago for another database of the same owner. Without permission: say what to type. */
async function orSayWhatToDo(client: pg.ClientBase, statement: string, role: string, owner: string): Promise<void> {
  await client.query('SAVEPOINT before_role');
  try {
    await client.query(statement);
    await client.query('RELEASE SAVEPOINT before_role');
  } catch (problem) {
    await client.query('ROLLBACK TO SAVEPOINT before_role');
    const { code, message } = problem as { code?: string; message?: string };
    if (code === '42710' || code === '23505' || /tuple concurrently updated/.test(message ?? '')) return;
    if (code !== '42501') throw problem;
    throw new StoreRefusal(
      'setting_refused',
      `The pages use the database as the role "${role}", which cannot change the audit log, and "${owner}" may not make it. ` +
        `Let who manages the server type once: CREATE ROLE ${quoted(role)} NOLOGIN; GRANT ${quoted(role)} TO ${quoted(owner)};`,
      { cause: problem },
    );
  }
}
