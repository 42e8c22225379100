import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chance } from '@meedoen/numbers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { meedoen } from '../testing.ts';

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'meedoen-languages-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('three questions, of which one reads milder in Arabic: named, and scores are not compared', async () => {
  const rows = ['person,wave,language,calm,tired,hopeful'];
  // Answers follow one feeling, give or take one; who answers in Arabic writes one more at "hopeful".
  const draw = chance(5);
  const answer = (feeling: number): number => Math.min(4, Math.max(0, feeling + draw.whole(3) - 1));
  for (let i = 0; i < 400; i++) {
    const feeling = draw.whole(4);
    const [language, more] = i % 2 === 0 ? ['nl', 0] : ['ar', 1];
    const given = [answer(feeling), 4 - answer(feeling), answer(feeling + more!)];
    for (const wave of [0, 6]) rows.push([i, wave, language, ...given].join(','));
  }
  const data = join(folder, 'answers.csv');
  writeFileSync(data, `${rows.join('\n')}\n`);
  const words = ['--instrument', 'cli/examples/instrument.json', '--person', 'person', '--wave', 'wave'];
  const { code, stdout } = await meedoen([
    'evidence',
    'panel',
    '--data',
    data,
    ...words,
    '--language-column',
    'language',
  ]);
  expect(code).toBe(0);
  const [pair] = (JSON.parse(stdout) as { acrossLanguages: { verdict: string; refused: string; n: number[] }[] })
    .acrossLanguages;
  expect(pair).toMatchObject({ languages: ['ar', 'nl'], n: [200, 200], verdict: 'not-comparable' });
  expect(pair!.refused).toMatch(/People of ar and nl .* answer .*hopeful.* differently\. Mend the translation/);
});
