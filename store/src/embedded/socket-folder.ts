import { createHash } from 'node:crypto';
import { chmod, chown, lstat, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StoreRefusal } from '../refusal.ts';
import { firstClosedFolder, type RunAs } from './run-as.ts';

export const port = 5432;
const socketName = `.s.PGSQL.${port}`;
// The kernel's limit is 107 bytes on Linux and 103 on macOS, of which PostgreSQL needs one.
const longestInBytes = 100;

/** Where the socket goes: beside the data, or in a short folder named after it when the path would be too long. */
export function socketFolderOf(home: string, temporary: string): string {
  const beside = join(home, 'socket');
  if (fits(beside)) return beside;
  const short = `meedoen-${createHash('sha256').update(home).digest('hex').slice(0, 16)}`;
  const there = join(temporary, short);
  return fits(there) ? there : join('/tmp', short);
}

function fits(folder: string): boolean {
  return Buffer.byteLength(join(folder, socketName)) <= longestInBytes;
}

/** Make the folder, closed to all but the user PostgreSQL runs as. */
export async function makeSocketFolder(home: string, runAs: RunAs | null): Promise<string> {
  let folder = socketFolderOf(home, tmpdir());
  if (runAs !== null && (await firstClosedFolder(folder, runAs)) !== null) folder = socketFolderOf(home, '/tmp');
  await mkdir(folder, { mode: 0o700 }).catch((problem: NodeJS.ErrnoException) => {
    if (problem.code !== 'EEXIST') throw problem;
  });

  // In a shared temporary folder somebody else may have been first.
  const found = await lstat(folder);
  const ours = process.getuid?.() ?? found.uid;
  if (!found.isDirectory() || (found.uid !== ours && found.uid !== runAs?.uid)) {
    throw new StoreRefusal(
      'data_folder_unusable',
      `${folder} belongs to somebody else, and the database needs it for its socket. Choose a data folder with a shorter path with MEEDOEN_DATA.`,
    );
  }
  if (runAs !== null) await chown(folder, runAs.uid, runAs.gid);
  await chmod(folder, 0o700);
  return folder;
}
