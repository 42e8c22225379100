import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { compileCache, projectFolder } from './project-folder.ts';
import { Refusal } from './refusal.ts';

const portTaken = 3;
const patienceInMilliseconds = 10_000;
/** Below this it never really ran: starting it again would not help. */
const shortLifeInMilliseconds = 5_000;

type Wishes = { stopped: Promise<void>; onReady: (address: string) => void };

/** Run the web server, start it again when it falls over, and end it when `stopped` says so. */
export async function keepRunning(environment: Record<string, string>, { stopped, onReady }: Wishes): Promise<void> {
  let mayRun = true;
  void stopped.then(() => (mayRun = false));
  for (let shortLives = 0; mayRun;) {
    const begun = performance.now();
    const web = start(environment, onReady);
    const ended = once(web, 'exit') as Promise<[number | null, string | null]>;
    await Promise.race([ended, stopped]);
    if (!mayRun) return end(web);

    const [code] = await ended;
    if (code === portTaken)
      throw new Refusal(
        `Port ${environment['PORT']} is in use by another program. Stop that, or choose another with PORT=….`,
      );
    shortLives = performance.now() - begun < shortLifeInMilliseconds ? shortLives + 1 : 0;
    if (shortLives === 3) throw new Error('the web server fell over three times in a row; the lines above say why');
    console.error('The web server fell over; starting it again.');
    await sleep(100 * 2 ** shortLives);
  }
}

/** In a process group of its own: Ctrl-C reaches us, and we end it in good order. */
function start(environment: Record<string, string>, onReady: (address: string) => void): ChildProcess {
  const web = spawn(process.execPath, ['server.ts'], {
    cwd: join(projectFolder, 'web'),
    env: { NODE_ENV: 'production', NODE_COMPILE_CACHE: compileCache, ...process.env, ...environment },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    detached: true,
  });
  web.on('message', (message: { ready?: string }) => message.ready && onReady(message.ready));
  return web;
}

/** Let go of the lifeline and wait; who does not leave in time is shown out. */
async function end(web: ChildProcess): Promise<void> {
  if (web.exitCode !== null || web.signalCode !== null) return;
  const ended = once(web, 'exit');
  if (web.connected) web.disconnect();
  const late = setTimeout(() => web.kill('SIGKILL'), patienceInMilliseconds);
  await ended;
  clearTimeout(late);
}
