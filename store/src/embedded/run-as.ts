import { readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname, parse } from 'node:path';
import { StoreRefusal } from '../refusal.ts';

/** The ordinary user as whom PostgreSQL runs when root starts us; PostgreSQL refuses to run as root. */
export type RunAs = { uid: number; gid: number; name: string };

/** Null: run as who we are. `owner` is the owner of a cluster that exists already. */
export function whoRunsIt(ourUid: number | undefined, owner: { uid: number; gid: number } | null): RunAs | null {
  if (ourUid !== 0) return null;
  if (owner !== null && owner.uid !== 0) return { ...owner, name: nameOf(owner.uid) ?? `user ${owner.uid}` };
  const nobody = userNamed('nobody');
  if (nobody === null) {
    throw new StoreRefusal(
      'data_folder_unusable',
      'PostgreSQL does not run as root, and this system has no user "nobody" to run it as. Start Meedoen as an ordinary user.',
    );
  }
  return nobody;
}

function users(): string[][] {
  try {
    return readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'));
  } catch {
    return [];
  }
}

function userNamed(name: string): RunAs | null {
  const found = users().find((user) => user[0] === name);
  if (found === undefined) return null;
  // macOS writes nobody as -2.
  return { uid: Number(found[2]) >>> 0, gid: Number(found[3]) >>> 0, name };
}

function nameOf(uid: number): string | null {
  return users().find((user) => Number(user[2]) >>> 0 === uid)?.[0] ?? null;
}

/** The first folder on the way to `path` that `user` may not pass, or null. Permission bits only, no access lists. */
export async function firstClosedFolder(path: string, user: RunAs): Promise<string | null> {
  const ways: string[] = [];
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    ways.unshift(folder);
    if (folder === parse(folder).root) break;
  }
  for (const folder of ways) if (!(await may(folder, user, 1))) return folder;
  return null;
}

/** May `user` walk to this file and read and run it? */
export async function canReach(file: string, user: RunAs): Promise<boolean> {
  return (await firstClosedFolder(file, user)) === null && (await may(file, user, 5));
}

async function may(path: string, user: RunAs, bits: number): Promise<boolean> {
  const { mode, uid, gid } = await stat(path);
  const shift = uid === user.uid ? 6 : gid === user.gid ? 3 : 0;
  return ((mode >> shift) & bits) === bits;
}
