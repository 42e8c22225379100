import type { Kysely, Transaction } from 'kysely';
import type { Tables } from './tables.ts';

export type DatabaseOptions = {
  /** Folder of the embedded server, its backups and its log; made when it is not there. */
  dataFolder: string;
  /** Address of a server (`postgres://…`). When given, no embedded server is started. */
  databaseUrl?: string | undefined;
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
  /** Read, tried again on a lost connection. */
  read<T>(work: (kysely: Kysely<Tables>) => Promise<T>): Promise<T>;
  /** One transaction, tried again (at most 5 times) on a conflict or a lost connection: `work` must bear repetition. */
  write<T>(work: (transaction: Transaction<Tables>) => Promise<T>): Promise<T>;
  health(): Promise<Health>;
  /** Close our connections, and the embedded server when it is ours. Safe to call twice. */
  stop(): Promise<void>;
}

/** Start (or find) the database and wait until it answers. Throws a StoreRefusal that says what to do. */
export async function openDatabase(_options: DatabaseOptions): Promise<Database> {
  throw new Error('not built yet');
}
