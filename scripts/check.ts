// `npm run check`: the fast gate. Every step runs, two at a time; what fails is shown with how to mend it.
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const tsc = ['node_modules/@typescript/native/bin/tsc', '--pretty', 'false', '-p'];

type Step = { name: string; command: readonly string[]; mend: string; folder?: string };

const steps: readonly Step[] = [
  {
    name: 'types of the pages',
    command: [
      'node_modules/svelte-check/bin/svelte-check',
      '--workspace',
      'web',
      '--threshold',
      'warning',
      '--output',
      'human-verbose',
    ],
    mend: 'Mend the types at the lines above.',
  },
  {
    name: 'dead code',
    command: ['node_modules/knip/bin/knip.js', '--no-progress'],
    mend: 'Remove what nobody uses, or list the dependency where it is imported.',
  },
  {
    name: 'lint and walls',
    command: ['node_modules/oxlint/bin/oxlint', '--deny-warnings'],
    mend: 'The message says which wall or rule; ARCHITECTURE.md says why it stands there.',
  },
  {
    name: 'templates',
    command: ['node_modules/eslint/bin/eslint.js', 'web/src'],
    mend: 'Mend the templates at the lines above.',
  },
  {
    name: 'types of the engines',
    command: [...tsc, 'engines'],
    mend: 'Mend the types; an engine has no DOM, no Node, and writes down the types it exports.',
  },
  {
    name: 'types of the engines’ tests',
    command: [...tsc, 'engines/tsconfig.tests.json'],
    mend: 'Mend the types at the lines above.',
  },
  {
    name: 'types of knowledge, store, cli and scripts',
    command: [...tsc, '.'],
    mend: 'Mend the types at the lines above.',
  },
  { name: 'format', command: ['node_modules/oxfmt/bin/oxfmt', '--check'], mend: 'Run `npm run format`.' },
  {
    name: 'the house',
    command: ['scripts/check-house.ts'],
    mend: 'Folders, manifests and the drawing in ARCHITECTURE.md must say the same.',
  },
  {
    name: 'knowledge',
    command: ['cli/bin/meedoen.js', 'knowledge', 'check'],
    mend: 'Mend the files at the lines above; knowledge/README.md explains them.',
  },
];

/** Run one step; gives what it printed when it failed, else null. */
function outcome({ command, folder = '.' }: Step): Promise<string | null> {
  return new Promise((done) => {
    const child = spawn(process.execPath, command, {
      cwd: join(root, folder),
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
    });
    let printed = '';
    child.stdout.on('data', (text) => (printed += text));
    child.stderr.on('data', (text) => (printed += text));
    child.on('close', (code) => done(code === 0 ? null : printed));
  });
}

const waiting = [...steps];
const failed: string[] = [];

async function work(): Promise<void> {
  for (let step = waiting.shift(); step; step = waiting.shift()) {
    const begun = performance.now();
    const printed = await outcome(step);
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    console.log(`${printed === null ? 'ok    ' : 'FAILED'} ${step.name} (${seconds} s)`);
    if (printed !== null) {
      failed.push(step.name);
      console.log(`${printed.trimEnd().replaceAll(/^/gm, '  ')}\n  → ${step.mend}\n`);
    }
  }
}

await Promise.all([work(), work()]);
console.log(failed.length === 0 ? 'Everything holds.' : `To mend: ${failed.join(', ')}.`);
process.exitCode = failed.length === 0 ? 0 : 1;
