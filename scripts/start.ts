// `npm start`: from a fresh clone to a running platform. What runs is `meedoen serve`; ARCHITECTURE.md draws its processes.
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { buildWeb } from './build-web.ts';

// What Node makes of our TypeScript is kept: the next start is twice as fast.
enableCompileCache(join(import.meta.dirname, '../.cache/node'));

if (buildWeb()) {
  const { main } = await import('../cli/src/index.ts');
  await main(['serve', ...process.argv.slice(2)]);
} else process.exitCode = 1;
