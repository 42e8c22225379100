import { day, isoDay, type Day } from '@meedoen/units';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exampleCorpus } from '../test/example-corpus.ts';
import { anyDay, anySituation, withoutSome } from '../test/people.ts';
import { answer, answerAll } from './answer.ts';
import type { Answer } from './answer-type.ts';
import type { FactValue } from './situation.ts';

const corpus = exampleCorpus();
type Facts = Record<string, FactValue | null>;

function ask(
  facts: Facts,
  on: string,
  of: { right?: string; layer?: 'text' | 'applied' | 'announced'; variant?: string } = {},
): Answer {
  return answer(corpus, { facts }, day(on), { right: 'paid-work', ...of });
}

function short({ verdict, from, until, first, missing }: Answer): string {
  const days = [from === null ? '' : `from ${isoDay(from)}`, until === null ? '' : `until ${isoDay(until)}`];
  const steps = first.length === 0 ? '' : `first ${first.map(({ fact }) => fact).join(', ')}`;
  return [verdict, ...days, steps, missing.length === 0 ? '' : `missing ${missing.join(', ')}`]
    .filter(Boolean)
    .join('; ');
}

const applicant: Facts = {
  document: 'request',
  letter: 'none',
  bornOn: '1990-05-05',
  askedOn: '2026-01-31',
  shelter: true,
  registered: true,
  number: true,
  licence: true,
};

describe('the four verdicts', () => {
  test.each<{ story: string; facts: Facts; on: string; says: string }>([
    {
      story: 'waited five months, as the ruling has it, and all is done',
      facts: applicant,
      on: '2026-07-01',
      says: 'yes; from 2026-06-30',
    },
    {
      story: 'one day too early: the end of a short month completes it',
      facts: applicant,
      on: '2026-06-29',
      says: 'not yet; from 2026-06-30',
    },
    {
      story: 'too early, and the employer has no licence yet',
      facts: { ...applicant, licence: false },
      on: '2026-03-01',
      says: 'not yet; from 2026-06-30; first licence',
    },
    {
      story: 'the wait is over, only steps remain, and registering comes before the number',
      facts: { ...applicant, registered: false, number: false, licence: false },
      on: '2026-08-01',
      says: 'not yet; first registered, number, licence',
    },
    {
      story: 'whether a step is done is not known',
      facts: { ...applicant, licence: null },
      on: '2026-08-01',
      says: 'unknown; first licence; missing licence',
    },
    {
      story: 'when the person asked is not known',
      facts: { ...applicant, askedOn: null },
      on: '2026-08-01',
      says: 'unknown; missing askedOn',
    },
    { story: 'refused', facts: { ...applicant, letter: 'refused' }, on: '2026-08-01', says: 'no' },
    { story: 'no card at all', facts: { document: 'none' }, on: '2026-08-01', says: 'no' },
    {
      story: 'nothing is known',
      facts: {},
      on: '2026-08-01',
      says: 'unknown; missing document, letter, bornOn, askedOn, permitFrom, cardUntil, shelter',
    },
    {
      story: 'a permit that began',
      facts: { document: 'permit', permitFrom: '2023-02-03' },
      on: '2026-08-01',
      says: 'yes; from 2023-02-03',
    },
    {
      story: 'a permit that is to begin',
      facts: { document: 'permit', permitFrom: '2026-09-01' },
      on: '2026-08-01',
      says: 'not yet; from 2026-09-01',
    },
    {
      story: 'a card until a day',
      facts: { document: 'card', cardUntil: '2026-12-31' },
      on: '2026-08-01',
      says: 'yes; until 2026-12-31',
    },
    {
      story: 'the last day of the card',
      facts: { document: 'card', cardUntil: '2026-12-31' },
      on: '2026-12-31',
      says: 'yes; until 2026-12-31',
    },
    { story: 'the card ran out', facts: { document: 'card', cardUntil: '2026-12-31' }, on: '2027-01-01', says: 'no' },
    {
      story: 'turns eighteen after the wait',
      facts: { ...applicant, bornOn: '2008-10-01' },
      on: '2026-08-01',
      says: 'not yet; from 2026-10-01',
    },
  ])('$story: $says', ({ facts, on, says }) => {
    expect(short(ask(facts, on))).toBe(says);
  });

  test('an end named in the rights table ends a yes that the law itself does not end', () => {
    expect(short(ask({ document: 'permit', permitFrom: '2023-02-03', cardUntil: '2028-02-02' }, '2026-08-01'))).toBe(
      'yes; from 2023-02-03; until 2028-02-02',
    );
  });

  test('a right that gives a step is not answered with that step', () => {
    const waiting = { document: 'request', askedOn: '2026-09-01', number: false, registered: false };
    expect(short(ask(waiting, '2026-11-23', { right: 'number' }))).toBe('not yet; from 2027-02-01; first registered');
    expect(short(ask({ ...waiting, number: true }, '2026-11-23', { right: 'number' }))).toBe('yes');
    expect(short(ask({ ...waiting, number: null }, '2026-11-23', { right: 'number' }))).toBe('unknown; missing number');
  });

  test('a gap in our own reading of the law is unknown, with nothing to ask', () => {
    expect(short(ask({ document: 'card' }, '2026-08-01', { right: 'own-business' }))).toBe('unknown');
  });

  test('a gap that only opens later says nothing about today', () => {
    const later = exampleCorpus((text) =>
      text.includes("valid_from: '2026-06-12'")
        ? text
        : text.replace('[$heeft_kaart, $onbekend_regel]', '[$heeft_kaart, $loon_haalt_norm, $onbekend_regel]'),
    );
    const facts = { document: 'card', wage: 1000 };
    const question = { right: 'own-business' };
    expect(answer(later, { facts }, day('2026-06-11'), question).verdict).toBe('no');
    expect(answer(later, { facts }, day('2026-06-12'), question).verdict).toBe('unknown');
  });

  test('before the first version of a law nothing can be said, and the reason is kept for us', () => {
    const early = ask(applicant, '2019-12-31');
    expect(early.verdict).toBe('unknown');
    expect(early.fault).toBe("No version of law 'voorbeeldwet' in force on 2019-12-31 (not yet in force)");
    expect(early.because).not.toEqual([]);
  });

  test('a law that opens later by itself is found through its version dates', () => {
    // Asked on 1 April 2023: nine months = 1 January 2024, the day on which six months become enough.
    const facts = { ...applicant, askedOn: '2023-05-01' };
    expect(short(ask(facts, '2023-12-01'))).toBe('not yet; from 2024-01-01');
  });

  test('a yes ends where a new version takes it away', () => {
    const facts = { ...applicant, letter: 'fast', askedOn: '2025-01-01' };
    expect(short(ask(facts, '2026-06-01'))).toBe('yes; from 2025-06-01; until 2026-06-11');
    expect(short(ask(facts, '2026-06-12'))).toBe('no');
  });
});

describe('layers and variants', () => {
  const waiting = { ...applicant, askedOn: '2026-11-01' };
  test.each<{ story: string; of: Parameters<typeof ask>[2]; from: string }>([
    { story: 'as printed: six months', of: { layer: 'text' }, from: '2027-05-01' },
    { story: 'as courts apply it: five', of: {}, from: '2027-04-01' },
    { story: 'as announced from 2027: three', of: { layer: 'announced' }, from: '2027-02-01' },
    { story: 'with a variant: none', of: { variant: 'day-one' }, from: 'yes' },
  ])('$story', ({ of, from }) => {
    const found = ask(waiting, '2026-11-23', of);
    expect(found.from === null || found.verdict === 'yes' ? found.verdict : isoDay(found.from)).toBe(from);
  });

  test('a citation names the ruling that took the place of the article', () => {
    const { because } = ask(waiting, '2026-11-23');
    const ruling = because.find(({ replacement }) => replacement === 'ruling-2025');
    expect(ruling).toMatchObject({
      law: 'voorbeeldbesluit',
      lawName: 'Vb',
      article: '6',
      layer: 'applied',
      confidence: 'official_page',
      facts: ['x-007'],
    });
    expect(ruling && isoDay(ruling.version)).toBe('2025-03-01');
  });
});

describe('why', () => {
  test('the conditions of the route that is open to this person, each with its state', () => {
    const { conditions } = ask({ ...applicant, licence: false, shelter: null }, '2026-03-01');
    expect(conditions.map(({ name, state }) => `${name}: ${state}`)).toEqual([
      'is_aanvrager: met',
      'niet_uitgesloten: met',
      'opvang: unknown',
      'oud_genoeg: met',
      'wachttijd_voorbij: not met',
      'heeft_nummer: met',
      'heeft_vergunning: not met',
    ]);
    const [, , shelter, , wait, , licence] = conditions;
    expect(shelter?.missing).toEqual(['shelter']);
    expect(wait?.from).toBe(day('2026-06-30'));
    expect(licence?.step).toBe('licence');
  });

  test('a yes shows only the route that gave it', () => {
    const { conditions } = ask({ document: 'permit', permitFrom: '2023-02-03' }, '2026-08-01');
    expect(conditions.map(({ name }) => name)).toEqual(['heeft_verblijf', 'vergunning_ingegaan']);
  });

  test('an output may be known less surely than its article', () => {
    const { conditions } = ask({ document: 'card', cardUntil: '2026-12-31' }, '2026-08-01');
    expect(conditions[0]?.because[0]).toMatchObject({
      article: '2',
      confidence: 'general_knowledge',
      facts: ['x-005'],
    });
  });

  test('a step carries who does it, how long it takes, and the article that asks for it', () => {
    const [step] = ask({ ...applicant, licence: false }, '2026-08-01').first;
    expect(step).toMatchObject({
      fact: 'licence',
      who: 'employer',
      takes: { count: 5, unit: 'weeks' },
      takesKind: 'at most',
      confidence: 'law_text',
    });
    expect(step?.because[0]?.article).toBe('2');
  });

  test('terms: a number with its unit, a date, and nothing where it does not apply', () => {
    expect(ask(applicant, '2026-08-01').terms).toMatchObject([
      { name: 'wait-months', kind: 'number', value: 5, unit: 'months' },
      { name: 'opens', kind: 'date', value: day('2026-06-30') },
    ]);
    expect(ask({ document: 'permit' }, '2026-08-01', { right: 'own-business' }).terms).toMatchObject([
      { value: 3000, unit: 'euro' },
    ]);
    expect(ask({ document: 'card' }, '2026-08-01', { right: 'own-business' }).terms).toEqual([]);
  });

  test('a right that is not in the table is our mistake', () => {
    expect(() => ask(applicant, '2026-08-01', { right: 'fly' })).toThrow(RangeError);
  });

  test('a domain can be asked apart', () => {
    const domain = answerAll(corpus, { facts: {} }, day('2026-08-01'), { domain: 'papers' });
    expect(domain.map(({ right }) => right)).toEqual(['number', 'card']);
  });
});

describe('laws that hold for everybody, every day', () => {
  const table = corpus.facts;

  test('more facts never turn yes into no or no into yes; only unknown becomes something else', () => {
    fc.assert(
      fc.property(anySituation(table), anyDay, fc.infiniteStream(fc.boolean()), (whole, on, coins) => {
        const part = withoutSome(whole, coins);
        const more = answerAll(corpus, whole, on);
        answerAll(corpus, part, on).forEach(({ verdict }, index) => {
          if (verdict !== 'unknown') expect(more[index]?.verdict).toBe(verdict);
        });
      }),
      { numRuns: 1500 },
    );
  });

  test('"not yet" keeps its day, and "yes" its first and last, when asked about on any day in between', () => {
    fc.assert(
      fc.property(anySituation(table), anyDay, fc.nat(400), (situation, on, later) => {
        const then = (on + later) as Day;
        const before = answerAll(corpus, situation, on);
        answerAll(corpus, situation, then).forEach((after, index) => {
          const earlier = before[index];
          const stillYes =
            earlier?.verdict === 'yes' &&
            after.verdict === 'yes' &&
            (earlier.until === null || then <= earlier.until) &&
            earlier.from !== null &&
            after.from !== null;
          if (stillYes && earlier.from! <= on && after.from! <= on) expect(after.from).toBe(earlier.from);
          const stillWaiting =
            earlier?.verdict === 'not yet' &&
            after.verdict === 'not yet' &&
            earlier.from !== null &&
            then < earlier.from;
          if (stillWaiting) expect(after.from).toBe(earlier.from);
        });
      }),
      { numRuns: 500 },
    );
  });

  test('every answer cites a source', () => {
    fc.assert(
      fc.property(anySituation(table), anyDay, (situation, on) => {
        for (const { because } of answerAll(corpus, situation, on)) expect(because.length).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });

  test('the day-one variant takes nothing away', () => {
    fc.assert(
      fc.property(anySituation(table), anyDay, (situation, on) => {
        const now = answerAll(corpus, situation, on);
        answerAll(corpus, situation, on, { variant: 'day-one' }).forEach(({ verdict }, index) => {
          if (now[index]?.verdict === 'yes') expect(verdict).toBe('yes');
        });
      }),
      { numRuns: 300 },
    );
  });
});
