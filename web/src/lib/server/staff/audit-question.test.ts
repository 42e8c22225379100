import { expect, test } from 'vitest';
import { auditQuestion } from './audit-question.ts';

test('filters as they are typed become a question', () => {
  const staffId = '0198a1b2-c3d4-7000-8000-000000000001';
  const asked = new URLSearchParams({
    where: 'municipality:GM0363',
    who: staffId,
    what: 'grant',
    result: 'refused',
    from: '2026-11-23',
    until: '2026-11-23',
    after: `2026-11-23T10:00:00.123Z ${staffId}`,
  });
  expect(auditQuestion(asked).question).toEqual({
    stream: 'municipality:GM0363',
    staffId,
    act: 'grant',
    result: 'refused',
    from: new Date('2026-11-22T23:00:00Z'),
    before: new Date('2026-11-23T23:00:00Z'),
    after: { at: new Date('2026-11-23T10:00:00.123Z'), id: staffId },
  });
});

test('a day in summer begins two hours before Greenwich; the night the clock changes too', () => {
  const of = (from: string) => auditQuestion(new URLSearchParams({ from })).question.from;
  expect(of('2026-07-01')).toEqual(new Date('2026-06-30T22:00:00Z'));
  expect(of('2026-10-25')).toEqual(new Date('2026-10-24T22:00:00Z'));
  expect(of('2026-10-26')).toEqual(new Date('2026-10-25T23:00:00Z'));
});

test.each(['where', 'who', 'what', 'result', 'from', 'until', 'after'])('nonsense in "%s" is left out', (name) => {
  for (const value of ["' OR 1=1", '2026-02-30', '\u0000', 'x'.repeat(3000), ''])
    expect(auditQuestion(new URLSearchParams({ [name]: value })).question).toEqual({});
});
