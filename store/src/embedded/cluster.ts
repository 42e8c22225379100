import { spawn } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, open, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreRefusal } from '../refusal.ts';
import type { Binaries } from './binaries.ts';
import { firstClosedFolder, whoRunsIt, type RunAs } from './run-as.ts';

/** The folder in which a cluster and its socket live, and as whom PostgreSQL runs there. */
export type Home = { folder: string; cluster: string; runAs: RunAs | null };

const pointerName = 'where-the-data-is';

/** Where the files of a data folder are: in it, or where its pointer says. */
export async function homeOf(dataFolder: string): Promise<string> {
  const pointer = await readFile(join(dataFolder, pointerName), 'utf8').catch(() => '');
  return pointer.trim() === '' ? dataFolder : pointer.trim();
}

/** Decide where the cluster lives and who runs it; moves out of reach of nobody's closed doors when that is allowed. */
export async function chooseHome(
  dataFolder: string,
  { elsewhere, say }: { elsewhere: string | null; say: (sentence: string) => void },
): Promise<Home> {
  const folder = await homeOf(dataFolder);
  const cluster = join(folder, 'postgres');
  const owner = await stat(cluster).catch(() => null);
  const ourUid = process.getuid?.();

  if (owner !== null && ourUid !== undefined && ourUid !== 0 && owner.uid !== ourUid) {
    throw new StoreRefusal(
      'data_folder_unusable',
      `The database in ${cluster} belongs to another user (uid ${owner.uid}), perhaps because root started it before. ` +
        `Start as that user or as root, or make it yours: sudo chown -R ${ourUid} ${folder}`,
    );
  }

  const runAs = whoRunsIt(ourUid, owner);
  if (runAs === null) return { folder, cluster, runAs };
  const closed = await firstClosedFolder(cluster, runAs);
  if (closed === null) return { folder, cluster, runAs };
  if (owner !== null || elsewhere === null) {
    throw new StoreRefusal(
      'data_folder_unusable',
      `PostgreSQL does not run as root, so it runs as ${runAs.name}, who may not pass ${closed}. ` +
        `Set MEEDOEN_DATA to a folder everyone may pass, such as /var/lib/meedoen; or run "chmod o+x ${closed}"; or start Meedoen as an ordinary user.`,
    );
  }

  // A new folder each time, so that removing the data folder is a fresh start.
  await mkdir(elsewhere, { recursive: true, mode: 0o755 });
  const moved = await mkdtemp(join(elsewhere, 'data-'));
  await chmod(moved, 0o755);
  await writeFile(join(dataFolder, pointerName), `${moved}\n`);
  say(`The database lives in ${moved}, because ${runAs.name}, as whom PostgreSQL runs, may not pass ${closed}.`);
  return { folder: moved, cluster: join(moved, 'postgres'), runAs };
}

/** Make the cluster when there is none: elsewhere first, then renamed, so that half a cluster never stands there. */
export async function makeCluster(home: Home, binaries: Binaries): Promise<void> {
  const version = await readFile(join(home.cluster, 'PG_VERSION'), 'utf8').catch(() => null);
  const ours = binaries.version.split('.')[0];
  if (version !== null) {
    if (version.trim() === ours) return;
    throw new StoreRefusal(
      'data_folder_unusable',
      `The data in ${home.cluster} were made by PostgreSQL ${version.trim()}, this is PostgreSQL ${ours}. ` +
        'Make a backup with the Meedoen that made them ("meedoen db backup FILE"), move the folder away, start again and restore that file.',
    );
  }

  for (const name of await readdir(home.folder)) {
    if (name.startsWith('postgres.new-')) await rm(join(home.folder, name), { recursive: true, force: true });
  }
  const unfinished = join(home.folder, `postgres.new-${process.pid}`);
  await mkdir(unfinished, { mode: 0o700 });
  if (home.runAs !== null) await chown(unfinished, home.runAs.uid, home.runAs.gid);

  const made = await run(join(binaries.folder, 'bin', 'initdb'), home.runAs, unfinished, [
    '-D',
    unfinished,
    '--username=postgres',
    '--encoding=UTF8',
    '--locale=C',
    '--data-checksums',
    '--auth=trust',
    '--no-instructions',
  ]);
  if (made.code !== 0) {
    await rm(unfinished, { recursive: true, force: true });
    throw new StoreRefusal(
      /No space left/.test(made.output) ? 'disk_full' : 'server_failed',
      `The database could not be made in ${home.folder}. PostgreSQL said: ${made.output.trim().split('\n').slice(-4).join(' ')}`,
    );
  }
  // Trust is safe here: the only way in is a socket in a folder that nobody else can enter.
  await writeFile(
    join(unfinished, 'pg_hba.conf'),
    '# Only the socket; its folder is closed to other users.\nlocal all all trust\n',
  );
  await rename(unfinished, home.cluster);
  await syncFolder(home.folder);
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

/** Nothing of our own environment reaches PostgreSQL: it may hold secrets, or PG… settings meant for another server. */
export const cleanEnvironment: NodeJS.ProcessEnv = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

export function identity(runAs: RunAs | null): { uid?: number; gid?: number } {
  return runAs === null ? {} : { uid: runAs.uid, gid: runAs.gid };
}

async function run(
  program: string,
  runAs: RunAs | null,
  cwd: string,
  parameters: readonly string[],
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, {
      cwd,
      env: cleanEnvironment,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...identity(runAs),
    });
    let output = '';
    child.stdout.on('data', (part: Buffer) => (output += part.toString()));
    child.stderr.on('data', (part: Buffer) => (output += part.toString()));
    child.on('error', (cause) => reject(cannotRun(program, runAs, cause)));
    child.on('close', (code) => resolve({ code, output }));
  });
}

export function cannotRun(program: string, runAs: RunAs | null, cause: Error): StoreRefusal {
  const { code } = cause as NodeJS.ErrnoException;
  const why =
    runAs !== null && (code === 'EPERM' || code === 'EINVAL')
      ? `This root may not become ${runAs.name}. Start Meedoen as an ordinary user, or set DATABASE_URL to the address of a PostgreSQL server.`
      : code === 'EACCES'
        ? 'It may not be run: look at the permissions of the folder, and whether its file system is mounted "noexec".'
        : `${cause.message}.`;
  return new StoreRefusal('server_failed', `PostgreSQL (${program}) did not start. ${why}`, { cause });
}
