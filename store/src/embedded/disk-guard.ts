import { open, rename, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreRefusal } from '../refusal.ts';

const megabyte = 1024 * 1024;

export type DiskLimits = {
  /** Below this we read but do not write. */
  writesNeedInMegabytes: number;
  /** Space we hold, to give it back when PostgreSQL cannot even start on a full disk. */
  ballastInMegabytes: number;
};

export const diskLimits: DiskLimits = { writesNeedInMegabytes: 256, ballastInMegabytes: 64 };

export async function freeMegabytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return Math.floor((bavail * bsize) / megabyte);
}

/** Refuses writes while the disk is nearly full. Asks the file system at most once a second. */
export function diskGuard(options: { free: () => Promise<number>; now: () => number; limits?: DiskLimits }): {
  free(): Promise<number>;
  checkRoomToWrite(): Promise<void>;
} {
  const { writesNeedInMegabytes } = options.limits ?? diskLimits;
  let askedAt = Number.NEGATIVE_INFINITY;
  let known: Promise<number> = Promise.resolve(Number.POSITIVE_INFINITY);

  const free = (): Promise<number> => {
    const now = options.now();
    if (now - askedAt >= 1000 || now < askedAt) {
      askedAt = now;
      known = options.free();
    }
    return known;
  };

  return {
    free,
    async checkRoomToWrite() {
      const megabytes = await free();
      if (megabytes >= writesNeedInMegabytes) return;
      throw new StoreRefusal(
        'disk_full',
        `The disk of the database has ${megabytes} MB left, and writing stops below ${writesNeedInMegabytes} MB. Reading goes on. Free some space; writing then starts again by itself.`,
        { retryAfterInSeconds: 60 },
      );
    },
  };
}

const ballastName = 'ballast-delete-me-when-the-disk-is-full';

/** Give the ballast back when there is hardly room to start; true when there was one. */
export async function dropBallastIfNeeded(folder: string, limits: DiskLimits = diskLimits): Promise<boolean> {
  if ((await freeMegabytes(folder)) >= limits.ballastInMegabytes) return false;
  const file = join(folder, ballastName);
  const there = await stat(file).then(
    () => true,
    () => false,
  );
  await rm(file, { force: true });
  return there;
}

/** Lay the ballast down where there is plenty of room. Bytes that do not compress, or some file systems keep none of it. */
export async function layBallast(
  folder: string,
  noise: (bytes: number) => Uint8Array,
  limits: DiskLimits = diskLimits,
): Promise<void> {
  const file = join(folder, ballastName);
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size >= limits.ballastInMegabytes * megabyte) return;
  if ((await freeMegabytes(folder)) < limits.writesNeedInMegabytes + 2 * limits.ballastInMegabytes) return;

  const unfinished = `${file}.unfinished`;
  const handle = await open(unfinished, 'w', 0o600);
  try {
    for (let i = 0; i < limits.ballastInMegabytes; i++) await handle.write(noise(megabyte));
  } finally {
    await handle.close();
  }
  await rename(unfinished, file);
}
