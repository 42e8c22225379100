// The examples in the README, run; the lines between the marks are the ones that stand there.
import { readFileSync } from 'node:fs';
import { day, isoDay } from '@meedoen/units';
import { expect, test } from 'vitest';
import { exampleCorpus, lawTexts } from '../test/example-corpus.ts';
import { answer, evaluateLaw, nextQuestion, parseLaw } from './index.ts';

test('the examples of the README', () => {
  const corpus = exampleCorpus();
  const [file, text] = lawTexts[1]!;

  // example
  const law = parseLaw(text, file); // { ok: true, value } or { ok: false, problems }, each with file:line:column
  const laws = law.ok ? [law.value] : [];
  evaluateLaw(laws, {
    law: 'voorbeeldbesluit',
    outputs: ['opent_op', 'wachttijd_voorbij'],
    facts: { aanvraag_op: '2026-01-31' },
    on: day('2026-11-23'),
  }); // { ok: true, outputs: { opent_op: '2026-07-31', wachttijd_voorbij: true } }

  const applicant = { document: 'request', letter: 'none', bornOn: '1990-05-05', askedOn: '2026-08-15', shelter: true };
  const situation = { facts: { ...applicant, number: true, licence: false } };
  const work = answer(corpus, situation, day('2026-11-23'), { right: 'paid-work' });
  // work.verdict: 'not yet', work.from: 2027-01-15, work.first: the licence, by the employer, at most 5 weeks

  nextQuestion(corpus, { facts: { document: 'card' } }, day('2026-11-23'));
  // { fact: 'cardUntil', changes: 'answer', settles: ['paid-work', 'card'] }
  // end

  expect(
    evaluateLaw(laws, {
      law: 'voorbeeldbesluit',
      outputs: ['opent_op', 'wachttijd_voorbij'],
      facts: { aanvraag_op: '2026-01-31' },
      on: day('2026-11-23'),
    }),
  ).toEqual({ ok: true, outputs: { opent_op: '2026-07-31', wachttijd_voorbij: true } });
  expect(work.verdict).toBe('not yet');
  expect(work.from !== null && isoDay(work.from)).toBe('2027-01-15');
  expect(work.first).toMatchObject([{ fact: 'licence', who: 'employer', takes: { count: 5, unit: 'weeks' } }]);
  expect(nextQuestion(corpus, { facts: { document: 'card' } }, day('2026-11-23'))).toEqual({
    fact: 'cardUntil',
    changes: 'answer',
    settles: ['paid-work', 'card'],
  });
  expect(readFileSync(new URL('../README.md', import.meta.url), 'utf8')).toContain(exampleIn(import.meta.filename));
});

function exampleIn(file: string): string {
  const source = readFileSync(file, 'utf8');
  const lines = source.slice(source.indexOf('// example\n') + 11, source.indexOf('  // end\n'));
  return lines.replaceAll(/^ {2}/gm, '');
}
