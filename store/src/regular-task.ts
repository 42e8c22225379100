import type { Database } from './database.ts';

/**
 * Do something that is to be done every so often, if its time has come and no other process is at it. The row of the task is
 * the lock, so of several processes one does it; when that one dies its lock goes with its connection, and the next takes over.
 * Resolves to whether we did it. What `work` throws leaves the task undone, so that it is tried again.
 */
export async function doIfDue(
  database: Database,
  task: { id: string; everyMinutes: number; work: () => Promise<unknown> },
  now: Date,
): Promise<boolean> {
  await database.pool.query('INSERT INTO regular_task (id, done_at) VALUES ($1, NULL) ON CONFLICT DO NOTHING', [
    task.id,
  ]);
  const client = await database.pool.connect();
  let broken = false;
  try {
    await client.query('BEGIN');
    // The work has connections of its own; this one only holds the row.
    await client.query('SET LOCAL idle_in_transaction_session_timeout = 0');
    const { rows } = await client.query<{ done_at: Date | null }>(
      'SELECT done_at FROM regular_task WHERE id = $1 FOR UPDATE SKIP LOCKED',
      [task.id],
    );
    const last = rows[0]?.done_at ?? null;
    const due = rows.length > 0 && (last === null || now.getTime() - last.getTime() >= task.everyMinutes * 60_000);
    if (due) {
      await task.work();
      await client.query('UPDATE regular_task SET done_at = $2 WHERE id = $1', [task.id, now]);
    }
    await client.query('COMMIT');
    return due;
  } catch (problem) {
    await client.query('ROLLBACK').catch(() => (broken = true));
    throw problem;
  } finally {
    client.release(broken);
  }
}
