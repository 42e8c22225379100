import { loadKnowledge } from '@meedoen/knowledge';
import { day, isoDay } from '@meedoen/units';
import { expect, test } from 'vitest';
import { emptyTyped, readForm, understand, visibleFacts } from './employer-form.ts';
import { latestDayFor, workAnswer } from './work-answer.ts';

const { corpus } = await loadKnowledge();
const today = day('2026-11-23');

test('what an employer may see is a question of ours, and why somebody fled is not among it', () => {
  const known = new Set(corpus.facts.facts.map(({ id }) => id));
  expect(visibleFacts.filter((fact) => !known.has(fact))).toEqual([]);
  for (const hidden of ['indLetter', 'acceleratedGround', 'protection', 'ukraineGround', 'coaReception'])
    expect(visibleFacts).not.toContain(hidden);
});

test.each([
  {
    story: 'an applicant in month eight with all papers but the permit: the employer asks UWV',
    facts: {
      document: 'asylum-request',
      bornOn: '1995-03-02',
      askedAsylumOn: '2026-03-25',
      cardValidUntil: '2027-06-01',
      wDocument: true,
      bsn: true,
      bankAccount: true,
      workPermit: false,
    },
    verdict: 'not yet',
    first: ['workPermit'],
    granted: ['indLetter', 'coaReception'],
    ask: [],
  },
  {
    story: 'somebody from Ukraine: one notice, and the ground is not asked',
    facts: { document: 'ukraine-proof', cardValidUntil: '2027-03-04', uwvNotified: false },
    verdict: 'not yet',
    first: ['uwvNotified'],
    granted: ['ukraineGround'],
    ask: [],
  },
  {
    story: 'a card that says work is free: nothing more is asked',
    facts: { document: 'regular-permit', cardValidUntil: '2027-11-01', workNote: 'free' },
    verdict: 'yes',
    first: [],
    granted: [],
    ask: [],
  },
  {
    story: 'only the card is known: a few questions, its date first',
    facts: { document: 'regular-permit' },
    verdict: 'unknown',
    first: [],
    granted: [],
    ask: ['cardValidUntil', 'workNote', 'permitPurpose'],
  },
])('$story', ({ facts, verdict, first, granted, ask }) => {
  const given = workAnswer(corpus, { facts }, today);
  expect(given.answer.verdict).toBe(verdict);
  expect(given.answer.first.map(({ fact }) => fact)).toEqual(first);
  expect(given.granted).toEqual(granted);
  expect(given.ask).toEqual(ask);
});

test('the questions end, whatever is answered with "I do not know"', () => {
  for (const document of corpus.facts.facts.find(({ id }) => id === 'document')?.choices ?? []) {
    const facts: Record<string, string | null> = { document };
    let rounds = 0;
    for (let { ask } = workAnswer(corpus, { facts }, today); ask.length > 0; rounds += 1) {
      for (const fact of ask) facts[fact] = null;
      ({ ask } = workAnswer(corpus, { facts }, today));
    }
    expect(rounds, document).toBeLessThan(6);
  }
});

test.each([
  {
    story: 'two working days before a Tuesday is the Friday before',
    start: '2026-12-01',
    unit: 'working_days',
    count: 2,
    by: '2026-11-27',
  },
  { story: 'five weeks before', start: '2027-02-01', unit: 'weeks', count: 5, by: '2026-12-28' },
] as const)('$story', ({ start, unit, count, by }) => {
  const { answer } = workAnswer(corpus, { facts: { document: 'ukraine-proof', uwvNotified: false } }, today);
  const [step] = answer.first;
  const day2 = latestDayFor({ ...step!, takes: { unit, count } }, day(start));
  expect(day2 === null ? null : isoDay(day2)).toBe(by);
});

test('a date that does not exist is refused at its field; an empty one is simply not known', () => {
  const form = new FormData();
  form.set('asked', 'document.cardValidUntil.indLetter');
  form.set('document', 'ukraine-proof');
  form.set('cardValidUntil-day', '31');
  form.set('cardValidUntil-month', '2');
  form.set('cardValidUntil-year', '2027');
  const read = readForm(form);
  expect(read.asked, 'only what an employer can see').toEqual(['document', 'cardValidUntil']);
  expect(understand(corpus.facts, read, today)).toMatchObject({
    ok: false,
    fact: 'cardValidUntil',
    problem: { field: 'day', key: 'questions.error.date-does-not-exist' },
  });
  expect(understand(corpus.facts, { ...read, typed: { ...read.typed, cardValidUntil: emptyTyped } }, today)).toEqual({
    ok: true,
    situation: { facts: { document: 'ukraine-proof', cardValidUntil: null } },
    start: today,
  });
});
