// `npm start`: from a fresh clone to a running platform. What runs is `meedoen serve`; ARCHITECTURE.md draws its processes.
import { main } from '../cli/src/index.ts';
import { buildWeb } from './build-web.ts';

if (buildWeb()) await main(['serve', ...process.argv.slice(2)]);
else process.exitCode = 1;
