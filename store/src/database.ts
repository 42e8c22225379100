import { availableParallelism } from 'node:os';
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import { becomeApplication } from './application-role.ts';
import { diskGuard, diskLimits, freeMegabytes } from './embedded/disk-guard.ts';
import { startEmbeddedServer, type EmbeddedServer } from './embedded/embedded-server.ts';
import { embeddedDatabase, embeddedUser } from './embedded/entrance.ts';
import { port } from './embedded/socket-folder.ts';
import { StoreRefusal } from './refusal.ts';
import { asRefusal, withRetry, type RetryOptions } from './retry.ts';
import type { Tables } from './tables.ts';
import { valueTypes } from './value-types.ts';

export type DatabaseOptions = {
  /** Folder of the embedded server, its backups and its log; made when it is not there. */
  dataFolder: string;
  /** Address of a server (`postgres://…`). When given, no embedded server is started. */
  databaseUrl?: string | undefined;
  /**
   * `owner` (the default) migrates, backs up and restores. `application` is what serves people: it cannot change the
   * shape of the database nor a line of the audit log. Only with `databaseUrl`; the login may be the owner's or its own.
   */
  as?: 'owner' | 'application';
  /**
   * May the files live elsewhere (`/var/lib/meedoen`) when root starts us and the unprivileged user that PostgreSQL
   * needs cannot reach the data folder? True for the default folder; false for a folder somebody chose by name.
   */
  mayLiveElsewhere?: boolean;
  /** A number in [0, 1) for the jitter between retries; `Math.random` when left out. */
  random?: () => number;
  /** Told what an operator should know, one plain sentence at a time; silent when left out. */
  say?: (sentence: string) => void;
};

export type Health = {
  /** `ready`: reads and writes. `read only`: the disk is nearly full. `down`: no answer from the server. */
  state: 'ready' | 'read only' | 'down';
  kind: 'embedded' | 'server';
  /** Time of one `select 1`; null when there was no answer. */
  answerInMilliseconds: number | null;
  /** Null with DATABASE_URL: that disk is not ours to see. */
  freeDiskInMegabytes: number | null;
  /** How often the embedded server had to be started again since we opened it. */
  restarts: number;
  /** What to do, when something is wrong. */
  message: string | null;
};

/** A PostgreSQL database, embedded or elsewhere. */
export interface Database {
  readonly kind: 'embedded' | 'server';
  /** For single reading queries; use `read` and `write` where a retry or a transaction is wanted. */
  readonly kysely: Kysely<Tables>;
  /** The connections themselves, for what Kysely has no words for (backup, restore, migrations). */
  readonly pool: pg.Pool;
  /** How we try again; for work on the pool. */
  readonly retry: RetryOptions;
  /** Read, tried again on a lost connection. */
  read<T>(work: (kysely: Kysely<Tables>) => Promise<T>): Promise<T>;
  /** One transaction, tried again (at most 5 times) on a conflict or a lost connection: `work` must bear repetition. */
  write<T>(work: (transaction: Transaction<Tables>) => Promise<T>): Promise<T>;
  /** Throws a passing refusal (`disk_full`) when the disk is nearly full; `write` asks it by itself. */
  checkRoomToWrite(): Promise<void>;
  health(): Promise<Health>;
  /** Close our connections, and the embedded server when it is ours. Safe to call twice. */
  stop(): Promise<void>;
}

/** Start (or find) the database and wait until it answers. Throws a StoreRefusal that says what to do. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const random = options.random ?? Math.random;
  if (options.databaseUrl !== undefined) {
    const database = connect(
      {
        connectionString: options.databaseUrl,
        ...(options.as === 'application' ? { onConnect: becomeApplication } : {}),
      },
      { random, embedded: null },
    );
    try {
      await checkServer(database);
    } catch (problem) {
      await database.stop();
      throw problem;
    }
    return database;
  }

  const embedded = await startEmbeddedServer({
    dataFolder: options.dataFolder,
    ...(options.mayLiveElsewhere === undefined ? {} : { mayLiveElsewhere: options.mayLiveElsewhere }),
    ...(options.say === undefined ? {} : { say: options.say }),
  });
  return connect(
    { host: embedded.socketFolder, port, user: embeddedUser, database: embeddedDatabase, ssl: false },
    { random, embedded, freeDiskInMegabytes: () => freeMegabytes(embedded.home) },
  );
}

/** A pool of connections with our time limits and types, and the four verbs on it. */
export function connect(
  server: pg.PoolConfig,
  {
    random,
    embedded,
    freeDiskInMegabytes,
  }: {
    random: () => number;
    embedded: EmbeddedServer | null;
    /** Left out where the disk is not ours to see. */
    freeDiskInMegabytes?: () => Promise<number>;
  },
): Database {
  const pool = new pg.Pool({
    ...server,
    types: valueTypes,
    max: Math.min(2 * availableParallelism(), 16),
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    allowExitOnIdle: true,
    statement_timeout: 5_000,
    idle_in_transaction_session_timeout: 10_000,
    application_name: 'meedoen',
  });
  // Without listeners on both, `pg` ends the process when the server stops.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));

  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const guard = freeDiskInMegabytes && diskGuard({ free: freeDiskInMegabytes, now: () => performance.now() });
  const retry = {
    random,
    ...(embedded === null ? {} : { beforeReconnecting: () => embedded.ensure() }),
  };
  let stopped: Promise<void> | null = null;

  return {
    kind: embedded === null ? 'server' : 'embedded',
    kysely,
    pool,
    retry,
    read: (work) => withRetry(() => work(kysely), retry),
    checkRoomToWrite: async () => guard?.checkRoomToWrite(),
    async write(work) {
      await guard?.checkRoomToWrite();
      return withRetry(() => kysely.transaction().execute(work), retry);
    },
    async health() {
      const free = guard === undefined ? null : await guard.free();
      const common = {
        kind: embedded === null ? ('server' as const) : ('embedded' as const),
        freeDiskInMegabytes: free,
        restarts: embedded?.restarts ?? 0,
      };
      const from = performance.now();
      try {
        await sql`select 1`.execute(kysely);
      } catch (problem) {
        const known = asRefusal(problem);
        return {
          ...common,
          state: 'down',
          answerInMilliseconds: null,
          message: known instanceof StoreRefusal ? known.message : 'The database does not answer.',
        };
      }
      const answerInMilliseconds = performance.now() - from;
      const full = free !== null && free < diskLimits.writesNeedInMegabytes;
      return {
        ...common,
        answerInMilliseconds,
        state: full ? 'read only' : 'ready',
        message: full
          ? `The disk has ${free} MB left. Free some space; below ${diskLimits.writesNeedInMegabytes} MB nothing is written.`
          : null,
      };
    },
    stop() {
      stopped ??= (async () => {
        await kysely.destroy();
        if (!pool.ending) await pool.end();
        await embedded?.stop();
      })();
      return stopped;
    },
  };
}

/** A server by its address must answer now, and know the SQL we write. */
async function checkServer(database: Database): Promise<void> {
  let version: number;
  try {
    const answer = await database.pool.query<{ version: string; encoding: string }>(
      "select current_setting('server_version_num') as version, current_setting('server_encoding') as encoding",
    );
    version = Number(answer.rows[0]!.version);
    if (answer.rows[0]!.encoding !== 'UTF8') {
      throw new StoreRefusal(
        'setting_refused',
        `The database at DATABASE_URL stores text as ${answer.rows[0]!.encoding}. Make it with ENCODING 'UTF8'.`,
      );
    }
  } catch (problem) {
    if (problem instanceof StoreRefusal) throw problem;
    // The address may hold a password, so it is not repeated here.
    throw new StoreRefusal(
      'server_unreachable',
      `The server at DATABASE_URL does not let us in (${(problem as Error).message || (problem as { code?: string }).code}). Check the address, and whether the server runs.`,
      { cause: problem },
    );
  }
  if (version < 150_000) {
    throw new StoreRefusal(
      'setting_refused',
      `The server at DATABASE_URL is PostgreSQL ${Math.floor(version / 10_000)}. Meedoen needs 15 or newer.`,
    );
  }
}
