import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** Does somebody listen here already? */
export function isTaken(port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (problem: NodeJS.ErrnoException) =>
      problem.code === 'EADDRINUSE' ? resolve(true) : reject(problem),
    );
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(false)));
  });
}

/** Is it Meedoen that listens, and which process is that? */
export async function isMeedoen(port: number, dataFolder: string): Promise<{ is: boolean; pid: number | null }> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/health`, { signal: AbortSignal.timeout(2_000) });
    if (!answer.headers.has('x-meedoen')) return { is: false, pid: null };
    return { is: true, pid: await livingPid(noteFile(dataFolder, port)) };
  } catch {
    return { is: false, pid: null };
  }
}

/** Leave a note which process serves this port, only to name it in a message; gives the way to take it back. */
export async function startNote(dataFolder: string, port: number): Promise<() => Promise<void>> {
  const file = noteFile(dataFolder, port);
  await mkdir(dataFolder, { recursive: true });
  await writeFile(file, `${process.pid}\n`);
  return () => rm(file, { force: true });
}

function noteFile(dataFolder: string, port: number): string {
  return join(dataFolder, `serve-${port}.pid`);
}

async function livingPid(file: string): Promise<number | null> {
  try {
    const pid = Number(await readFile(file, 'utf8'));
    process.kill(pid, 0);
    return pid;
  } catch {
    return null;
  }
}
