// `npm start`: everything from a fresh clone to a running platform. What runs is `meedoen serve`; see ARCHITECTURE.md.
import { spawn } from 'node:child_process';
import { prepare, root, run } from './prepare.mjs';

const node = await prepare();

const built = await run(node, ['scripts/build-web.ts']);
if (built !== 0) process.exit(built);

// The channel between us is the lifeline: when either side is gone, the other notices and stops.
const serve = spawn(node, ['cli/bin/meedoen.js', 'serve', ...process.argv.slice(2)], {
  cwd: root,
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
});
serve.on('exit', (code) => process.exit(code === null ? 1 : code));

const letGo = () => serve.connected && serve.disconnect();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, letGo);

// Killed without a word, npm cannot pass the signal on: notice that our parent is another one now.
if (process.env.npm_lifecycle_event) {
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && letGo(), 500).unref();
}
