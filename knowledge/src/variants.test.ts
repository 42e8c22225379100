import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { day, isoDay } from '@meedoen/units';
import {
  columnsOf,
  loadCorpus,
  parseReplacement,
  permittedDays,
  type Corpus,
  type FactRow,
  type FactValue,
} from '@meedoen/rights';
import { everySituation } from './every-situation.ts';
import { knowledgeFolder } from './knowledge-folder.ts';
import { loadKnowledge } from './load.ts';

// What must hold between policy variants, counted in days over everybody that the questions about asylum can tell apart.
const { corpus } = await loadKnowledge();
const right = 'paid-work';
const period = { right, from: day('2026-06-12'), to: day('2028-06-11') } as const;

const answers =
  (askedAsylumOn: string, steps: boolean) =>
  (row: FactRow): FactValue | undefined =>
    ({
      document: 'asylum-request',
      bornOn: '1996-05-02',
      askedAsylumOn,
      arrivedOn: askedAsylumOn,
      weeksWorked: 10,
      licenceCountry: 'none',
      coaReception: undefined,
    })[row.id] ?? (row.type === 'boolean' ? steps : undefined);

const applicants = ['2023-02-28', '2026-05-31', '2026-08-31'].flatMap((asked) =>
  [true, false].flatMap((steps) =>
    everySituation(corpus.facts, ['coaReception', 'workPermit', 'uwvNotified'], answers(asked, steps)),
  ),
);

type Days = { readonly permitted: Int32Array; readonly unknown: Int32Array };
const daysUnder = (of: Corpus, variant: string, steps: 'done' | 'as they are'): Days =>
  permittedDays(of, columnsOf(of.facts, applicants), applicants.length, { ...period, steps, variant });

/** Who may work on fewer days in the second: also unknown days cannot make up for them. */
function whoLose(of: Corpus, variants: readonly [string, string], steps: 'done' | 'as they are'): string[] {
  const [first, second] = variants.map((variant) => daysUnder(of, variant, steps)) as [Days, Days];
  return applicants.flatMap(({ facts }, row) =>
    second.permitted[row]! + second.unknown[row]! < first.permitted[row]!
      ? [`${first.permitted[row]} → ${second.permitted[row]} days: ${JSON.stringify(facts)}`]
      : [],
  );
}

const steps = ['done', 'as they are'] as const;

test.each(steps)(
  'from day one nobody has fewer days of work than under the rule of today (V4 ≥ V3), steps %s',
  (which) => {
    expect(applicants.length).toBeGreaterThan(100);
    expect(daysUnder(corpus, 'pact-2026', which).permitted.some((days) => days > 0)).toBe(true);
    expect(whoLose(corpus, ['pact-2026', 'day-one'], which)).toEqual([]);
  },
);

test('with every step done somebody gains, and no day is in doubt that is sure today', () => {
  const [today, dayOne] = [daysUnder(corpus, 'pact-2026', 'done'), daysUnder(corpus, 'day-one', 'done')];
  expect(applicants.filter((_, row) => dayOne.permitted[row]! > today.permitted[row]!).length).toBeGreaterThan(10);
  applicants.forEach((_, row) => expect(dayOne.permitted[row]).toBeGreaterThanOrEqual(today.permitted[row]!));
});

test('the days tell it when a variant forgets applicants: a fault planted in V4', () => {
  const path = 'replacements/variant-day-one.yaml';
  const text = readFileSync(join(knowledgeFolder(), path), 'utf8');
  const faulty = text.replace(
    'conditions: [$heeft_bewijs_tijdelijke_bescherming, $is_asielzoeker]',
    'conditions: [$heeft_bewijs_tijdelijke_bescherming]',
  );
  expect(faulty).not.toBe(text);
  const parsed = parseReplacement(faulty, path);
  if (!parsed.ok) throw new Error('The planted fault must be in the rule, not in the file.');
  const others = corpus.replacements.filter(({ variant }) => variant !== 'day-one');
  const broken = loadCorpus({ ...corpus, replacements: [...others, parsed.value] }).corpus;
  expect(whoLose(broken, ['pact-2026', 'day-one'], 'done').length).toBeGreaterThan(0);
});

test('a rule of the past is no proposal: the first two variants say until when they were applied', () => {
  const held = corpus.replacements.flatMap(({ variant, status, heldUntil }) =>
    variant === null ? [] : [[variant, heldUntil === null ? status : `${status} until ${isoDay(heldUntil)}`] as const],
  );
  expect(Object.fromEntries(held)).toEqual({
    '24w-applied': 'history until 2023-11-28',
    'court-2023': 'history until 2026-06-11',
    'pact-2026': 'applied',
    'announced-3m': 'announced',
    'day-one': 'proposal',
  });
});
