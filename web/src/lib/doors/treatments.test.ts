import { loadKnowledge } from '@meedoen/knowledge';
import { doorMatrix, parseSituation } from '@meedoen/rights';
import { day } from '@meedoen/units';
import { expect, test } from 'vitest';
import { exampleFacts, examples } from './examples.ts';
import { daysOf, treatmentsOf } from './treatments.ts';

const { corpus, doors, timetable } = await loadKnowledge();
const today = day('2026-11-23');

test.each(examples)('the made-up person "%s" answers our questions, and says nothing of why they came', (example) => {
  const facts = exampleFacts(corpus.facts, example, today);
  expect(parseSituation(corpus.facts, { facts }, today).ok).toBe(true);
  for (const reason of ['document', 'indLetter', 'permitPurpose', 'protection', 'ukraineGround'])
    expect(facts).not.toHaveProperty(reason);
});

test('on the day of arrival: a refugee works at once, an applicant after six months and a chain, without papers never', () => {
  const situation = { facts: exampleFacts(corpus.facts, 'today', today) };
  const { rows } = doorMatrix(corpus, timetable, doors, situation, today, { domain: 'work' });
  const work = rows.find(({ right }) => right === 'paid-work')!;
  const treatments = treatmentsOf(work);
  expect(treatments.flatMap(({ doors: same }) => same).sort(), 'every door once').toEqual(
    doors.doors.map(({ id }) => id).sort(),
  );
  const of = (door: string) => treatments.find(({ doors: same }) => same.includes(door))!;
  expect(daysOf(of('refugee').cell)).toBe(0);
  // Six months from 23 November 2026 is 23 May 2027: 181 days.
  expect(daysOf(of('asylum-applicant').cell)).toBeGreaterThanOrEqual(181);
  expect(daysOf(of('undocumented').cell)).toBeNull();
  expect(treatments.map(({ cell }) => cell.answer.verdict).at(-1), 'what is shut stands last').toBe('no');
});
