import { open, readFile, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StoreRefusal } from '../refusal.ts';
import { isServerOf, someServerOf } from './process-facts.ts';
import { port } from './socket-folder.ts';

/** The server that `postmaster.pid` speaks of, if it lives and is the server of this folder. */
export async function runningServer(cluster: string): Promise<number | null> {
  const pid = Number((await postmasterLines(cluster))[0]);
  const real = await realpath(cluster).catch(() => cluster);
  return isServerOf(pid, real) ? pid : null;
}

/** The server that an owner who died left here; waits while one is there that has not yet written who it is. */
export async function leftServer(cluster: string, patienceInMilliseconds: number): Promise<number | null> {
  for (const until = Date.now() + patienceInMilliseconds; ; await sleep(10)) {
    const pid = await runningServer(cluster);
    if (pid !== null || !someServerOf(cluster)) return pid;
    if (Date.now() > until)
      throw new StoreRefusal(
        'server_failed',
        `A PostgreSQL runs on ${cluster} that has no ${join(cluster, 'postmaster.pid')}. Stop that process and start again.`,
      );
  }
}

/** Where a running server says that its socket is; null as long as it has not said so. */
export async function announcedSocket(cluster: string): Promise<string | null> {
  return (await postmasterLines(cluster))[4] || null;
}

async function postmasterLines(cluster: string): Promise<string[]> {
  return (await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
}

/**
 * Clear what a dead server left, before a new one starts. Its process id may have been given to somebody else by now (or
 * be a zombie's), at which PostgreSQL would refuse to start. We do not remove `postmaster.pid`: it also names the shared
 * memory by which PostgreSQL sees that backends of the dead server still write. We put our own id in, which PostgreSQL
 * knows as its parent.
 */
export async function clearTraces(cluster: string, socketFolder: string): Promise<void> {
  const file = join(cluster, 'postmaster.pid');
  const [pid, ...rest] = await postmasterLines(cluster);
  if (pid !== undefined && rest.length === 0) await rm(file, { force: true });
  else if (pid !== undefined && isTaken(Number(pid))) {
    // In place, for on a full disk a new file would come out empty.
    const handle = await open(file, 'r+');
    const text = [String(process.pid), ...rest].join('\n');
    await handle.write(text, 0);
    await handle.truncate(Buffer.byteLength(text)).finally(() => handle.close());
  }
  await rm(join(socketFolder, `.s.PGSQL.${port}`), { force: true });
  await rm(join(socketFolder, `.s.PGSQL.${port}.lock`), { force: true });
}

/** Is there any process with this number, be it a zombie? */
function isTaken(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid < 1) return true; // Not a number: PostgreSQL would stumble over it as well.
  try {
    process.kill(pid, 0);
    return true;
  } catch (problem) {
    return (problem as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
