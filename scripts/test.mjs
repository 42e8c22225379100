// `npm test`: install what is missing, fetch a Chromium out of its npm package, build the web once, run every test.
// Arguments go to vitest: `npm test -- --project store`.
import { prepare, run } from './prepare.mjs';

const node = await prepare();
process.exit(await run(node, ['scripts/run-tests.ts', ...process.argv.slice(2)]));
