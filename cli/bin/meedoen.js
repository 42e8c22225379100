#!/usr/bin/env node
// The command line runs on the project's own Node 24. Started by an older one, it starts itself again with that.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

if (Number(process.versions.node.split('.')[0]) >= 24) {
  // What TypeScript says without its types is kept in a cache: half the time to the first word.
  module.enableCompileCache(fileURLToPath(new URL('../../.cache/node', import.meta.url)));
  const { main } = await import('../src/index.ts');
  await main(process.argv.slice(2));
} else {
  const own = fileURLToPath(new URL('../../node_modules/node/bin/node', import.meta.url));
  if (!existsSync(own)) {
    console.error(
      `Meedoen runs on Node 24, and this is Node ${process.versions.node}. Run \`npm install\` in the project first: it brings its own.`,
    );
    process.exit(1);
  }
  const child = spawn(own, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => process.exit(code ?? 1));
}
