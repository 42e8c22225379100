import { DatabaseSync } from 'node:sqlite';

/** Held by the one process that looks after the server of a folder. */
export type FolderLock = { release(): void };

/**
 * Take the lock, or null when a living process holds it. Node offers no file locks, SQLite does: its write lock is
 * the operating system's, which lets go when a process dies however it dies, so a stale lock cannot exist.
 */
export function takeFolderLock(file: string): FolderLock | null {
  const lock = new DatabaseSync(file, { timeout: 0 });
  try {
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (problem) {
    lock.close();
    const busy = 5;
    if (((problem as { errcode?: number }).errcode ?? 0) % 256 === busy) return null;
    throw problem;
  }
  return { release: () => lock.close() };
}
