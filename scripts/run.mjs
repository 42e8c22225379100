// Runs a script of the project on the project's own Node, with everything installed: `node scripts/run.mjs scripts/start.ts`.
// This file and prepare.mjs are plain JavaScript, because they run before anything is there.
import { spawn } from 'node:child_process';
import { prepare, root } from './prepare.mjs';

const node = prepare();

// The channel is a lifeline: when either side is gone, the other notices and stops.
const script = spawn(node, process.argv.slice(2), { cwd: root, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
script.on('exit', (code) => process.exit(code === null ? 1 : code));

const stop = () => script.kill('SIGTERM');
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);

// A killed npm cannot pass anything on; we notice that our parent has become another one.
if (process.env.npm_lifecycle_event) {
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && stop(), 500).unref();
}
