import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { mkdir, realpath, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StoreRefusal } from '../refusal.ts';
import { installedBinaries, readyBinaries, thisPlatform, type Binaries } from './binaries.ts';
import { cannotRun, chooseHome, cleanEnvironment, homeOf, identity, makeCluster, type Home } from './cluster.ts';
import { dropBallastIfNeeded, layBallast } from './disk-guard.ts';
import { canEnter, comesUp, makeDatabase } from './entrance.ts';
import { takeFolderLock, type FolderLock } from './folder-lock.ts';
import { isServerOf } from './process-facts.ts';
import { makeSocketFolder, port } from './socket-folder.ts';
import { announcedSocket, clearTraces, leftServer, runningServer } from './traces.ts';

export type EmbeddedOptions = {
  dataFolder: string;
  mayLiveElsewhere?: boolean;
  say?: (sentence: string) => void;
  /** Where the files go when the data folder is out of reach; `/var/lib/meedoen`. */
  elsewhere?: string;
  /** Hold 64 MB for a full disk; tests do without. */
  ballast?: boolean;
  /** Further settings for PostgreSQL, such as `fsync=off` for tests. */
  settings?: readonly string[];
};

/** A PostgreSQL of our own, reached by a Unix socket only. */
export interface EmbeddedServer {
  /** The folder of the socket: `host` for a client. */
  readonly socketFolder: string;
  /** The folder whose disk the data fill. */
  readonly home: string;
  readonly pid: number;
  /** Do we look after the server (`owner`), or does another process (`guest`)? */
  readonly role: 'owner' | 'guest';
  readonly restarts: number;
  /** Why the server does not come up again, as long as it does not. */
  readonly trouble: string | null;
  /** Resolves when the server answers again: waits for a restart, or takes over from an owner that has gone. */
  ensure(): Promise<void>;
  /** Stops the server when we look after it; a guest only leaves. */
  stop(): Promise<void>;
}

const patienceInMilliseconds = 30_000;
const longestPauseInMilliseconds = 4000;

/**
 * Start the server of a data folder, or find the one that runs already. One process holds the folder's lock and looks
 * after the server; others are guests. What a killed process leaves behind is found and used again.
 */
export async function startEmbeddedServer(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const say = options.say ?? (() => {});
  const dataFolder = await makeDataFolder(options.dataFolder);
  const installed = await installedBinaries(thisPlatform());
  const logFile = join(dataFolder, 'postgres.log');

  let lock: FolderLock | null = null;
  let watcher: NodeJS.Timeout | null = null;
  let at: Running | null = null;
  let restarts = 0;
  let quickExits = 0;
  let trouble: string | null = null;
  let recovery: Promise<void> | null = null;
  let stopping = false;

  /** Become owner and have a server, or find that of another process. */
  async function attend(): Promise<Running> {
    const until = Date.now() + patienceInMilliseconds;
    for (;;) {
      lock ??= takeLock(dataFolder);
      if (lock !== null) {
        try {
          return await startOrAdopt();
        } catch (problem) {
          lock.release();
          lock = null;
          throw problem;
        }
      }
      const home = await homeOf(dataFolder);
      const pid = await runningServer(join(home, 'postgres'));
      const socketFolder = await announcedSocket(join(home, 'postgres'));
      if (pid !== null && socketFolder !== null && (await canEnter(socketFolder)) === 'yes')
        return { pid, socketFolder, home };
      if (Date.now() > until) {
        throw new StoreRefusal(
          'server_failed',
          `Another Meedoen process looks after ${dataFolder}, but its database does not answer. Stop that process and start again.`,
        );
      }
      await sleep(30);
    }
  }

  /** With the lock in hand: use the server a killed owner left, or start one. */
  async function startOrAdopt(): Promise<Running> {
    const home = await chooseHome(dataFolder, {
      elsewhere: options.mayLiveElsewhere === true ? (options.elsewhere ?? '/var/lib/meedoen') : null,
      say,
    });
    // PostgreSQL knows its folder by its real path, and we know our server by that.
    const folder = await realpath(home.folder);
    const real: Home = { ...home, folder, cluster: join(folder, 'postgres') };

    const left = await leftServer(real.cluster, patienceInMilliseconds);
    const lives = (): boolean => left !== null && isServerOf(left, real.cluster);
    const itsSocket =
      left === null ? null : await comesUp(left, lives, () => announcedSocket(real.cluster), patienceInMilliseconds);
    if (left !== null && itsSocket !== null) {
      await makeDatabase(itsSocket); // The owner may have been killed before it came to that.
      watcher = setInterval(() => {
        if (!lives()) gone();
      }, 250).unref();
      return { pid: left, socketFolder: itsSocket, home: folder };
    }

    const binaries = await readyBinaries(installed, real.runAs, folder);
    if (await dropBallastIfNeeded(folder)) say('The disk was full: the 64 MB kept for that case were given back.');
    await makeCluster(real, binaries);
    const socketFolder = await makeSocketFolder(folder, real.runAs);
    return { ...(await launch(real, binaries, socketFolder)), home: folder };
  }

  async function launch(home: Home, binaries: Binaries, socketFolder: string): Promise<Found> {
    const until = Date.now() + patienceInMilliseconds;
    for (;;) {
      await clearTraces(home.cluster, socketFolder);
      const logFrom = await startOfNewLog(logFile);
      const log = openSync(logFile, 'a', 0o600);
      const started = spawn(
        join(binaries.folder, 'bin', 'postgres'),
        serverParameters(home, socketFolder, options.settings ?? []),
        {
          cwd: home.cluster,
          env: cleanEnvironment,
          // Its own session, so that Ctrl-C in a terminal reaches us and not the server, and we stop it in order.
          detached: true,
          stdio: ['ignore', log, log],
          ...identity(home.runAs),
        },
      );
      closeSync(log);
      const failed = new Promise<Error>((resolve) => started.once('error', resolve));
      const { pid } = started;
      if (pid === undefined) throw cannotRun(join(binaries.folder, 'bin', 'postgres'), home.runAs, await failed);
      let exited = false;
      started.once('exit', () => (exited = true));
      started.unref();

      if (
        (await comesUp(
          pid,
          () => !exited,
          async () => socketFolder,
          patienceInMilliseconds,
        )) !== null
      ) {
        await makeDatabase(socketFolder);
        started.once('exit', gone);
        if (exited) gone();
        return { pid, socketFolder };
      }
      const words = readFileSync(logFile).subarray(logFrom).toString();
      // The backends of a server that was killed take a moment to notice; until then the data are theirs.
      if (/pre-existing shared memory block/.test(words) && Date.now() < until) {
        await sleep(100);
        continue;
      }
      throw couldNotStart(words, logFile);
    }
  }

  /** The server is no longer there, though nobody asked it to go. */
  function gone(): void {
    if (watcher !== null) clearInterval(watcher);
    watcher = null;
    if (stopping || lock === null || recovery !== null) return;
    const lived = Date.now() - (at?.since ?? 0);
    quickExits = lived < 1000 ? quickExits + 1 : 0;
    recovery = recover(quickExits).finally(() => {
      recovery = null;
    });
  }

  async function recover(earlier: number): Promise<void> {
    say('The database stopped by itself and is started again.');
    // One that came up may come up again at once; one that does not come up needs somebody to do something.
    let pause = earlier <= 3 ? 0 : Math.min(10 * 2 ** earlier, 400);
    while (!stopping) {
      await sleep(pause, undefined, { ref: false });
      try {
        at = { ...(await startOrAdopt()), since: Date.now() };
        restarts += 1;
        trouble = null;
        return;
      } catch (problem) {
        const { message } = problem as Error;
        if (message !== trouble) say(message);
        trouble = message;
        pause = Math.min(Math.max(pause * 2, 200), longestPauseInMilliseconds);
      }
    }
  }

  // process.exit() without stop(): ask the server to go, we cannot wait for it.
  const onExit = (): void => {
    if (lock !== null && at !== null && isServerOf(at.pid, join(at.home, 'postgres'))) signal(at.pid, 'SIGINT');
  };

  at = { ...(await attend()), since: Date.now() };
  process.on('exit', onExit);
  if (options.ballast !== false && lock !== null) {
    layBallast(at.home, (bytes) => randomBytes(bytes)).catch(() => {
      // Without ballast we lose only a convenience.
    });
  }

  return {
    get socketFolder() {
      return at!.socketFolder;
    },
    get home() {
      return at!.home;
    },
    get pid() {
      return at!.pid;
    },
    get role() {
      return lock === null ? 'guest' : 'owner';
    },
    get restarts() {
      return restarts;
    },
    get trouble() {
      return trouble;
    },
    async ensure() {
      if (stopping) return;
      if (lock !== null) {
        // Killed a moment ago, and the news has not reached us.
        if (recovery === null && !isServerOf(at!.pid, join(at!.home, 'postgres'))) gone();
        // Who asks has a person waiting: after a while it is better to say that we cannot.
        if (recovery !== null) await Promise.race([recovery, sleep(3000, undefined, { ref: false })]);
        return;
      }
      if ((await canEnter(at!.socketFolder)) === 'yes') return;
      at = { ...(await attend()), since: Date.now() };
    },
    async stop() {
      if (stopping) return;
      stopping = true;
      await recovery;
      process.off('exit', onExit);
      // A guest whose owner died is the last to know of the server.
      lock ??= takeLock(dataFolder);
      if (lock === null) return;
      if (watcher !== null) clearInterval(watcher);
      await stopServer(at!.pid, join(at!.home, 'postgres'));
      lock.release();
      lock = null;
    },
  };
}

type Found = { pid: number; socketFolder: string };
type Running = Found & { home: string; since?: number };

async function makeDataFolder(folder: string): Promise<string> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o755 });
    return await realpath(folder);
  } catch (cause) {
    throw unusable(folder, cause);
  }
}

function takeLock(dataFolder: string): FolderLock | null {
  try {
    return takeFolderLock(join(dataFolder, 'owner.lock'));
  } catch (cause) {
    throw unusable(dataFolder, cause);
  }
}

function unusable(folder: string, cause: unknown): StoreRefusal {
  return new StoreRefusal(
    'data_folder_unusable',
    `The data folder ${folder} cannot be written (${(cause as Error).message}). ` +
      'Make it writable for the user who starts Meedoen, or set MEEDOEN_DATA to another folder.',
    { cause },
  );
}

function serverParameters(home: Home, socketFolder: string, further: readonly string[]): string[] {
  const settings = [
    'listen_addresses=',
    `unix_socket_directories="${socketFolder.replaceAll('"', '""')}"`,
    'unix_socket_permissions=0700',
    `port=${port}`,
    'max_connections=60',
    'fsync=on',
    'full_page_writes=on',
    'synchronous_commit=on',
    'timezone=UTC',
    'log_timezone=UTC',
    // What people typed has no place in a log.
    'log_error_verbosity=terse',
    'log_min_error_statement=panic',
    // One call for the file system instead of one for each file, after a crash; Linux only.
    ...(process.platform === 'linux' ? ['recovery_init_sync_method=syncfs'] : []),
    ...further,
  ];
  return ['-D', home.cluster, ...settings.flatMap((setting) => ['-c', setting])];
}

/** Where new words begin; a log that has grown long is put aside. */
async function startOfNewLog(file: string): Promise<number> {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size < 8 * 1024 * 1024) return size;
  await rename(file, `${file}.1`);
  return 0;
}

function couldNotStart(words: string, logFile: string): StoreRefusal {
  if (/No space left on device/.test(words)) {
    return new StoreRefusal(
      'disk_full',
      'The database cannot start: the disk is full. Free some space and start again; no data are lost.',
      { retryAfterInSeconds: 60 },
    );
  }
  const last = words.trim().split('\n').slice(-3).join(' ');
  return new StoreRefusal(
    'server_failed',
    `The database did not start. PostgreSQL said: ${last || 'nothing'} (the whole log: ${logFile})`,
  );
}

/** Ask the server to end (without waiting for clients), press harder when it does not. */
async function stopServer(pid: number, cluster: string): Promise<void> {
  for (const [how, patience] of [
    ['SIGINT', 10_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 2_000],
  ] as const) {
    if (!isServerOf(pid, cluster)) return;
    signal(pid, how);
    for (const until = Date.now() + patience; Date.now() < until && isServerOf(pid, cluster);) await sleep(10);
  }
}

function signal(pid: number, how: NodeJS.Signals): void {
  try {
    process.kill(pid, how);
  } catch {
    // It went by itself.
  }
}
