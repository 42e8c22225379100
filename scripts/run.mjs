// Runs a script of the project on the project's own Node, with everything installed: `node scripts/run.mjs scripts/start.ts`.
// This file and prepare.mjs are plain JavaScript, because they run before anything is there.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { prepare, root } from './prepare.mjs';

const node = prepare();

// The channel is a lifeline: when either side is gone, the other notices and stops.
const script = spawn(node, process.argv.slice(2), { cwd: root, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
script.on('exit', (code) => process.exit(code === null ? 1 : code));

const stop = () => script.kill('SIGTERM');
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);

// A killed npm cannot pass anything on; we notice that we, or the shell between us, have another parent now.
if (process.env.npm_lifecycle_event) {
  const parents = parentsOfOurs();
  setInterval(() => parentsOfOurs() !== parents && stop(), 500).unref();
}

function parentsOfOurs() {
  try {
    // The fourth word of stat is the parent; the second, in brackets, may hold spaces.
    const stat = readFileSync(`/proc/${process.ppid}/stat`, 'utf8');
    return `${process.ppid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]}`;
  } catch {
    return `${process.ppid}`;
  }
}
