import { createHash, randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { connect, type Database } from './database.ts';
import { startEmbeddedServer } from './embedded/embedded-server.ts';
import { migrate, ourMigrations } from './migrate.ts';

/**
 * A real PostgreSQL for tests, quick because it may lose everything: one server for a run, and for each test a copy
 * of a migrated template (about 15 ms).
 *
 * In a vitest project: `globalSetup: ['store/src/testing.ts']` gives all its files one server. Without it
 * `startTestServer()` in a file starts one for that file.
 */
export interface TestServer {
  /** A database of its own with all migrations applied; `stop()` drops it. */
  freshDatabase(): Promise<Database>;
  /** One without any table. */
  emptyDatabase(): Promise<Database>;
  /** The address of a database, for a process started by the test. */
  urlOf(database: Database): string;
  stop(): Promise<void>;
}

const variable = 'MEEDOEN_TEST_SERVER';

/** The server of this run, or one of our own. */
export async function startTestServer(): Promise<TestServer> {
  const shared = process.env[variable];
  if (shared !== undefined && shared !== '') return testServer(adminOf(shared), 'leave the template to others');
  const server = await startQuickServer();
  return testServer(adminOf(server.socketFolder), server.stop);
}

/** The same on a server by its address, whose user may create databases. */
export function testServerAt(url: string): TestServer {
  return testServer({ connectionString: url }, 'leave no trace');
}

/** For vitest's globalSetup. */
export async function setup(): Promise<() => Promise<void>> {
  const server = await startQuickServer();
  process.env[variable] = server.socketFolder;
  return async () => {
    delete process.env[variable];
    await server.stop();
  };
}

async function startQuickServer(): Promise<{ socketFolder: string; stop: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'meedoen-test-'));
  // Root makes it for itself only; PostgreSQL runs as somebody else.
  await chmod(folder, 0o755);
  const server = await startEmbeddedServer({
    dataFolder: folder,
    ballast: false,
    settings: ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off', 'autovacuum=off', 'max_connections=200'],
  });
  return {
    socketFolder: server.socketFolder,
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function adminOf(socketFolder: string): pg.PoolConfig {
  return { host: socketFolder, user: 'postgres', database: 'postgres', ssl: false };
}

function testServer(
  admin: pg.PoolConfig,
  atTheEnd: (() => Promise<void>) | 'leave no trace' | 'leave the template to others',
): TestServer {
  const open = new Map<Database, string>();

  async function asAdmin<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = new pg.Client(admin);
    client.on('error', () => {});
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  function openNamed(name: string, dropAfter: boolean): Database {
    const address = named(admin, name);
    const database = connect(address, { random: Math.random, embedded: null });
    const stop = async (): Promise<void> => {
      await database.stop();
      if (!open.delete(wrapped) || !dropAfter) return;
      await asAdmin((client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
    };
    const wrapped: Database = { ...database, stop };
    open.set(wrapped, name);
    return wrapped;
  }

  /** The template is made under another name and then renamed, so that nobody copies half of it. */
  async function template(): Promise<string> {
    const migrations = await ourMigrations();
    const sum = createHash('sha256')
      .update(migrations.map(({ checksum }) => checksum).join())
      .digest('hex')
      .slice(0, 16);
    const name = `meedoen_template_${sum}`;
    const there = await asAdmin((client) => client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]));
    if (there.rowCount === 1) return name;
    const unfinished = newName();
    await asAdmin((client) =>
      client.query(`CREATE DATABASE ${unfinished} TEMPLATE template0 ENCODING 'UTF8' STRATEGY file_copy`),
    );
    const database = openNamed(unfinished, false);
    await migrate(database);
    await database.stop();
    await asAdmin(async (client) => {
      try {
        await client.query(`ALTER DATABASE ${unfinished} RENAME TO ${name}`);
      } catch (problem) {
        // Another test file was first: 42P04 when it had finished, 23505 when both renamed at the same moment.
        if (!['42P04', '23505'].includes((problem as { code?: string }).code ?? '')) throw problem;
        await client.query(`DROP DATABASE ${unfinished}`);
      }
    });
    return name;
  }

  let known: Promise<string> | null = null;

  async function copyOf(source: string): Promise<Database> {
    const name = newName();
    for (let attempt = 1; ; attempt++) {
      try {
        await asAdmin((client) =>
          client.query(`CREATE DATABASE ${name} TEMPLATE ${source} ENCODING 'UTF8' STRATEGY file_copy`),
        );
        return openNamed(name, true);
      } catch (problem) {
        // 55006: somebody else copies the template at this moment.
        if (attempt === 50 || (problem as { code?: string }).code !== '55006') throw problem;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
  }

  return {
    freshDatabase: async () => copyOf(await (known ??= template())),
    emptyDatabase: () => copyOf('template0'),
    urlOf(database) {
      const name = open.get(database);
      if (name === undefined) throw new RangeError('This database is not one of this test server, or it was stopped.');
      const address = named(admin, name);
      if (address.connectionString !== undefined) return address.connectionString;
      return `postgres://${address.user}@/${name}?host=${encodeURIComponent(address.host!)}`;
    },
    async stop() {
      for (const database of open.keys()) await database.stop();
      if (typeof atTheEnd === 'function') await atTheEnd();
      if (atTheEnd === 'leave no trace' && known !== null) {
        const name = await known;
        await asAdmin((client) => client.query(`DROP DATABASE IF EXISTS ${name}`));
      }
    },
  };
}

function newName(): string {
  return `test_${randomUUID().replaceAll('-', '')}`;
}

function named(admin: pg.PoolConfig, database: string): pg.PoolConfig {
  if (admin.connectionString === undefined) return { ...admin, database };
  const url = new URL(admin.connectionString);
  url.pathname = `/${database}`;
  return { connectionString: url.href };
}
