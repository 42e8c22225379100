import { day } from '@meedoen/units';
import { expect, test } from 'vitest';
import { largestCookie, readSigned, sign } from '#lib/server/signed.ts';
import { asTyped, parseReport, typedReport } from './parse-report.ts';
import { mostLetters, type AnswerShown } from './report.ts';

const today = day('2026-11-23');
const answer: AnswerShown = {
  right: 'paid-work',
  verdict: 'not yet',
  from: '2026-12-25',
  on: '2026-11-23',
  law: 'wet_arbeid_vreemdelingen',
  article: '2',
  version: '2026-06-12',
};
const typed = {
  theme: '',
  place: 'employer',
  saying: 'wait',
  words: ' Nog twee jaar wachten. ',
  day: '2',
  month: '11',
  year: '2026',
};

test('a report comes back as it was typed', () => {
  const parsed = parseReport(typed, { answer }, today);
  if (!parsed.ok) throw new Error('refused');
  expect(parsed.report).toEqual({
    answer,
    theme: null,
    place: 'employer',
    saying: 'wait',
    words: 'Nog twee jaar wachten.',
    heardOn: '2026-11-02',
  });
  expect(asTyped(parsed.report)).toEqual({ ...typed, words: 'Nog twee jaar wachten.' });
});

test.each([
  { story: 'nothing chosen', change: { saying: '' }, field: 'saying', words: {} },
  {
    story: 'three letters too many',
    change: { words: 'ቃ'.repeat(mostLetters + 3) },
    field: 'words',
    words: { letters: mostLetters, over: 3 },
  },
  { story: 'a day that is still to come', change: { day: '24' }, field: 'year', words: {} },
  { story: 'half a date', change: { month: '' }, field: 'month', words: {} },
])('$story: says where', ({ change, field, words }) => {
  const parsed = parseReport({ ...typed, ...change }, { answer }, today);
  expect(parsed).toMatchObject({ ok: false, problem: { field, words } });
});

test('a place we do not know and a day left open are simply not told', () => {
  const parsed = parseReport({ ...typed, place: 'the king', day: '', month: '', year: '' }, { answer }, today);
  expect(parsed).toMatchObject({ ok: true, report: { place: null, heardOn: null } });
});

test('without a rule at hand it is about something that stood in the way', () => {
  const about = { themes: ['waiting', 'housing'] };
  const parsed = parseReport({ ...typed, theme: 'housing' }, about, today);
  expect(parsed).toMatchObject({ ok: true, report: { answer: null, theme: 'housing', saying: 'wait' } });
  for (const theme of ['', 'the king']) {
    expect(parseReport({ ...typed, theme }, about, today)).toMatchObject({ ok: false, problem: { field: 'theme' } });
  }
});

test('what a browser sends is kept letter for letter, its line ends made one', () => {
  const form = new FormData();
  form.set('words', 'een\r\ntwee');
  expect(typedReport(form).words).toBe('een\ntwee');
});

test('the longest report fits in a cookie, in every script, and comes back', () => {
  // Letters that never repeat: what deflating cannot make smaller.
  for (const first of [0x61, 0x627, 0x1200]) {
    const words = Array.from({ length: mostLetters }, (_, n) => String.fromCodePoint(first + ((n * 7919) % 250))).join(
      '',
    );
    const report = {
      answer,
      theme: null,
      place: 'organisation',
      saying: 'not-allowed',
      words,
      heardOn: '2026-11-02',
      id: '0190b0c4-0000-7000-8000-000000000001',
      code: '5724'.repeat(9),
      month: '2026-11',
      sent: { town: 'GM0344' },
    };
    const cookie = sign('told', report, 'our key');
    expect(cookie.length).toBeLessThan(largestCookie);
    expect(readSigned('told', cookie, 'our key')).toEqual({ value: report });
    expect(readSigned('answers', cookie, 'our key'), 'another kind of cookie').toBeNull();
  }
});
