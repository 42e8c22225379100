import { expect, test } from 'vitest';
import { cumulativeIncidence, readGroups, readSpells } from '@meedoen/evidence';
import { page } from './page.ts';
import { risksReport } from './risks-report.ts';

test('groups are told of at one time, the last at which each still has ten people followed', () => {
  const days = (people: number): number[] => Array.from({ length: people }, (_, at) => at + 1);
  const time = [...days(12), ...days(20)];
  const spells = readSpells({ time, cause: time.map((day) => (day % 3 === 0 ? 2 : 1)) });
  const groups = readGroups([...days(12).map(() => 'short'), ...days(20).map(() => 'long')]);
  if (!spells.ok || !groups.ok) throw new Error('the example is readable');
  const risks = cumulativeIncidence(spells.value, { causes: ['work', 'left'], groups: groups.value });
  if (!risks.ok) throw new Error(risks.problem.message);
  const provenance = { data: 'x.csv', dataHash: null, rows: 32, dropped: 0, command: 'x', version: '0', plan: null };
  const context = { language: 'en', event: 'work', unit: 'days', plan: null, provenance } as const;
  const { says, ...rest } = risksReport(risks.value, context);
  // Of 12 people 10 are followed on day 3, of 20 on day 11. After day 3: 2 of 12 and 2 of 20 in work.
  expect(says).toHaveLength(4);
  for (const sentence of says) expect(sentence).toContain('after 3 days');
  expect(says[2]).toContain('“short”: 17 of 100 had reached “work”');
  expect(says[0]).toContain('“long”: 10 of 100 had reached “work”');
  // A phone shows half a picture: it says so, and a keyboard can move it.
  expect(page({ says, ...rest }, 'en')).toContain(
    'move it sideways to see all of it.</p>\n<div class="picture" tabindex="0"',
  );
});
