// `--report` of the verbs about states, one place, one series, a trial and a questionnaire.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { meedoen } from '../testing.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'meedoen-study-pages-'));
  const months = Array.from({ length: 24 }, (_, t) => `${t + 1},${20 + t + (t > 11 ? 5 : 0) + ((t * 7) % 4)}`);
  writeFileSync(join(folder, 'monthly.csv'), `month,work\n${months.join('\n')}\n`);
  const towns = Array.from({ length: 40 }, (_, at) => {
    const [town, year] = [Math.floor(at / 8), at % 8];
    return `town ${town},${2001 + year},${town + year + ((town * 5 + year * 3) % 7) / 7},${town === 4 ? 2006 : 'never'}`;
  });
  writeFileSync(join(folder, 'towns.csv'), `town,year,work,from\n${towns.join('\n')}\n`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const examples = 'cli/examples';
const ofTrial = `--plan ${examples}/trial-plan.json --history ${examples}/trial-history.csv --stratum stratum`;

test.each([
  {
    verb: 'states',
    words: `--data ${examples}/histories.csv --id person --start start --stop stop --to to --states searching,work,gone --group lesson`,
    says: 'Iedereen, naar de toestand waarin men is.',
  },
  {
    verb: 'synthetic',
    words: '--data FOLDER/towns.csv --unit town --period year --outcome work --first-treated from',
    says: 'Grijs: hetzelfde voor elke plaats zonder beleid',
  },
  {
    verb: 'series',
    words: '--data FOLDER/monthly.csv --period month --outcome work --start 13',
    says: 'één reeks tegen haar eigen eerdere trend',
  },
  {
    verb: 'trial',
    words: `${ofTrial} --signatures ${examples}/trial-signatures.json`,
    says: 'dat voorstel was ondertekend',
  },
  {
    verb: 'panel',
    words: `--data ${examples}/answers.csv --instrument ${examples}/instrument.json --person person --wave month --on age`,
    says: 'Mensen zijn vergeleken met zichzelf eerder',
  },
])('$verb writes a Dutch page beside its answer', async ({ verb, words, says }) => {
  const path = join(folder, `${verb}.html`);
  const asked = words.replaceAll('FOLDER', folder).split(' ');
  const { code, stderr, stdout } = await meedoen(['evidence', verb, ...asked, '--report', path, '--language', 'nl']);
  expect(code, stderr).toBe(0);
  expect(() => JSON.parse(stdout) as unknown).not.toThrow();
  const html = readFileSync(path, 'utf8');
  expect(html).toContain('<html lang="nl">');
  expect(html).toContain(says);
  expect(html).not.toContain(folder);
});
