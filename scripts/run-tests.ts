// `npm test`: a Chromium out of its npm package, the web built once, every test. Arguments go to vitest: `npm test -- --project store`.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildWeb } from './build-web.ts';
import { prepareChromium } from './chromium.ts';

const root = join(import.meta.dirname, '..');
const wishes = process.argv.slice(2);
const report = join(root, '.cache/tests.json');

/** Will tests of this project run? */
const runs = (project: string): boolean => !wishes.includes('--project') || wishes.includes(project);

if (runs('browser')) await prepareChromium();
if ((runs('browser') || runs('cli') || runs('web')) && !buildWeb()) process.exit(1);

mkdirSync(join(root, '.cache'), { recursive: true });
rmSync(report, { force: true });
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
const vitest = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...reporters, ...wishes], {
  cwd: root,
  stdio: 'inherit',
});

// The last line tells any reader, person or machine, what ran.
const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(
  readFileSync(report, 'utf8'),
) as Record<string, number>;
console.log(
  `${numPassedTests} passed, ${numFailedTests} failed, ${(numPendingTests ?? 0) + (numTodoTests ?? 0)} skipped`,
);
process.exitCode = vitest.status ?? 1;
