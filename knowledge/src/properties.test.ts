import { beforeAll, describe, expect, test } from 'vitest';
import { addDays, addYears, day, isoDay, type Day } from '@meedoen/units';
import { answerAll, answerBatch, columnsOf, noDay, unknownCode, verdicts } from '@meedoen/rights';
import type { BatchReading, Columns, FactRow, FactValue, RightColumns, Situation, Verdict } from '@meedoen/rights';
import { everySituation } from './every-situation.ts';
import { knowledgeFolder } from './knowledge-folder.ts';
import { loadKnowledge } from './load.ts';
import { NamedDays } from './named-days.ts';

// What must hold for every person in every week, not only for the worked cases.
const { corpus } = await loadKnowledge();
const weeks: Day[] = [];
for (let on = day('2018-01-01'); on <= day('2027-12-27'); on = addDays(on, 7)) weeks.push(on);

/** Two people for each set of choices: one has everything and came long ago, one has nothing and has just begun. */
const settled = (row: FactRow): FactValue | undefined =>
  ({
    boolean: true,
    number: row.id === 'weeksWorked' ? 10 : 6000,
    choice: undefined,
    date: row.id === 'bornOn' ? '1996-05-02' : '2022-03-31',
  })[row.type];
const beginning = (row: FactRow): FactValue | undefined =>
  ({
    boolean: false,
    number: row.id === 'weeksWorked' ? 24 : 4357,
    choice: undefined,
    date: row.id === 'bornOn' ? '2004-02-29' : '2019-08-31',
  })[row.type];

/** Choices that only some rights read are walked apart, or the table would have millions of rows. */
const held: Readonly<Record<string, FactValue>> = {
  licenceCountry: 'other',
  protection: 'refugee',
  duoLetter: 'none',
  homeOffer: 'none',
  familyMember: 'spouse',
};
const holding = (answers: typeof settled, fixed: Readonly<Record<string, FactValue>>) => (row: FactRow) =>
  fixed[row.id] ?? answers(row);

const apart = ['coaReception', 'turkishPassport', 'uwvNotified', 'workPermit'];

const everybody: readonly Situation[] = [
  ...everySituation(corpus.facts, apart, holding(settled, held)),
  ...everySituation(corpus.facts, apart, holding(beginning, held)),
];
const drivers: readonly Situation[] = ['regular-permit', 'ukraine-proof', 'eu-passport', 'asylum-request'].flatMap(
  (document) =>
    everySituation(corpus.facts, ['thirtyPercent'], (row) =>
      row.id === 'licenceCountry'
        ? undefined
        : holding(settled, {
            document,
            permitPurpose: 'family',
            joins: 'highly-skilled',
            workNote: 'free',
            indLetter: 'none',
            ukraineGround: 'ukrainian-passport',
            duoLetter: 'none',
            licenceIssuedOn: '2012-03-01',
          })(row),
    ),
);
const newcomersWithDuty: readonly Situation[] = ['asylum-permit', 'regular-permit'].flatMap((document) =>
  everySituation(corpus.facts, ['turkishPassport', 'coaReception'], (row) =>
    row.id === 'duoLetter' || row.id === 'joins'
      ? undefined
      : holding(settled, {
          document,
          permitPurpose: 'family',
          workNote: 'free',
          protection: 'subsidiary',
          familyMember: 'minor-child',
          learningRoute: 'z',
          licenceCountry: 'none',
          bornOn: '2007-02-28',
          permitFrom: '2022-06-30',
        })(row),
  ),
);
/** Who would bring which family, and who learns by which route: read by few rights, so walked apart. */
const families: readonly Situation[] = ['asylum-permit', 'regular-permit', 'eu-passport'].flatMap((document) =>
  everySituation(corpus.facts, ['familyAskedInTime', 'familyIncome'], (row) =>
    row.id === 'familyMember' || row.id === 'protection'
      ? undefined
      : holding(settled, {
          document,
          permitPurpose: 'highly-skilled',
          workNote: 'free',
          duoLetter: 'none',
          licenceCountry: 'none',
          permitLetterOn: '2026-08-14',
          homeOffer: 'none',
        })(row),
  ),
);
const learners: readonly Situation[] = everySituation(corpus.facts, ['coaReception'], (row) =>
  row.id === 'learningRoute' || row.id === 'joins'
    ? undefined
    : holding(beginning, {
        document: 'regular-permit',
        permitPurpose: 'family',
        workNote: 'free',
        duoLetter: 'duty',
        familyMember: 'spouse',
        licenceCountry: 'none',
        permitFrom: '2022-06-30',
        planOn: '2023-02-28',
        lessonHours: 600,
      })(row),
);
const all = [...everybody, ...drivers, ...newcomersWithDuty, ...families, ...learners];

type Answers = readonly RightColumns[];

/** The verdict of every right (of a domain) for every row on a day, a column a right. */
function answersOn(on: Day, columns: Columns, rows: number, of: BatchReading = {}): Answers {
  return answerBatch(corpus, columns, on, rows, of).rights;
}

const verdictAt = ({ verdict }: RightColumns, who: number): Verdict => verdicts[verdict[who] ?? 3] as Verdict;

const told = (situation: Situation | undefined): string => JSON.stringify(situation?.facts);

test('the walk meets enough people, and every answer there is', () => {
  expect(all.length).toBeGreaterThan(500);
  const met = new Map<string, Set<number>>(corpus.rights.map(({ id }) => [id, new Set()]));
  for (const on of [weeks[0], weeks[150], weeks[300], weeks[464]]) {
    for (const { right, verdict } of answersOn(on as Day, columnsOf(corpus.facts, all), all.length)) {
      for (const code of verdict) met.get(right)?.add(code);
    }
  }
  for (const [right, codes] of met) expect(codes.size, right).toBeGreaterThan(1);
}, 600_000);

describe('over every week from 2018 to 2027', () => {
  const columns = columnsOf(corpus.facts, all);
  const changes: {
    readonly right: string;
    readonly who: number;
    readonly after: Day;
    readonly by: Day;
    readonly what: string;
  }[] = [];

  beforeAll(() => {
    let before: Answers = [];
    for (const on of weeks) {
      const now = answersOn(on, columns, all.length);
      for (const [at, earlier] of before.entries()) {
        const later = now[at] as RightColumns;
        for (let who = 0; who < all.length; who += 1) {
          const same =
            later.verdict[who] === earlier.verdict[who] &&
            later.from[who] === earlier.from[who] &&
            later.first[who] === earlier.first[who];
          if (same) continue;
          const what = `${verdictAt(earlier, who)} → ${verdictAt(later, who)}`;
          changes.push({ right: earlier.right, who, after: addDays(on, -7), by: on, what });
        }
      }
      before = now;
    }
  }, 600_000);

  test('an answer changes only on a day that some rule or fact names', () => {
    const named = new NamedDays(knowledgeFolder());
    const daysOf = all.map((situation) => named.of(corpus.facts, situation));
    // "No" becomes "not yet" when the day that opens the right comes within the ten years that an answer looks ahead.
    const comesIntoSight = (on: Day): Day => addYears(on, -10);
    const unexplained = changes
      .filter(({ who, after, by, what }) => {
        const days = daysOf[who] ?? [];
        const within = (on: Day): boolean => on > after && on <= by;
        return !days.some(within) && !(what.startsWith('no →') && days.some((on) => within(comesIntoSight(on))));
      })
      .map(({ right, who, after, what }) => `${right} ${what} after ${isoDay(after)}: ${told(all[who])}`);
    expect(changes.length).toBeGreaterThan(1000);
    expect(unexplained.slice(0, 5)).toEqual([]);
  });
});

test('day one never takes a right away', () => {
  const columns = columnsOf(corpus.facts, everybody);
  const worse: string[] = [];
  for (const on of weeks.filter((_, week) => week % 4 === 0)) {
    const now = answersOn(on, columns, everybody.length, { domain: 'work' });
    const then = answersOn(on, columns, everybody.length, { domain: 'work', variant: 'day-one' });
    for (const [at, today] of now.entries()) {
      const proposed = then[at] as RightColumns;
      for (let who = 0; who < everybody.length; who += 1) {
        const [verdict, next] = [verdictAt(today, who), verdictAt(proposed, who)];
        const [from, nextFrom] = [today.from[who] ?? noDay, proposed.from[who] ?? noDay];
        const later = nextFrom !== noDay && (from === noDay || nextFrom > from);
        const kept =
          verdict === 'no' ||
          next === 'yes' ||
          (verdict !== 'yes' && next === verdict && !later) ||
          (verdict === 'unknown' && next === 'not yet');
        if (!kept) worse.push(`${today.right} ${isoDay(on)} ${verdict} → ${next}: ${told(everybody[who])}`);
      }
    }
  }
  expect(worse.slice(0, 5)).toEqual([]);
}, 600_000);

test('a fact that is missing never gives an answer: it leaves the answer as it was, or makes it unknown', () => {
  const flips: string[] = [];
  const days = ['2018-05-23', '2022-01-01', '2023-11-28', '2025-09-04', '2026-06-11', '2026-11-23'].map(day);
  const columns = columnsOf(corpus.facts, all);
  const whole = days.map((on) => answersOn(on, columns, all.length));
  for (const { id } of corpus.facts.facts) {
    // For who does not know it anyway, nothing is missing.
    const knowing = all.flatMap(({ facts }, who) => (facts[id] === undefined ? [] : [who]));
    const theirs = columnsOf(
      corpus.facts,
      knowing.map((who) => all[who]!),
    );
    const without = { ...theirs, [id]: new Int32Array(knowing.length).fill(unknownCode) };
    for (const [when, on] of days.entries()) {
      for (const [at, missing] of answersOn(on, without, knowing.length).entries()) {
        const before = whole[when]![at]!;
        for (const [row, who] of knowing.entries()) {
          const verdict = verdictAt(missing, row);
          if (verdict === 'unknown' || missing.verdict[row] === before.verdict[who]) continue;
          flips.push(
            `${missing.right} ${isoDay(on)} ${verdictAt(before, who)} → ${verdict} without ${id}: ${told(all[who])}`,
          );
        }
      }
    }
  }
  expect(flips.slice(0, 5)).toEqual([]);
}, 600_000);

test('who tells nothing hears unknown, never no', () => {
  for (const on of weeks.filter((_, week) => week % 26 === 0)) {
    for (const { right, verdict } of answerAll(corpus, { facts: {} }, on)) {
      expect(`${right} ${isoDay(on)}: ${verdict}`).toBe(`${right} ${isoDay(on)}: unknown`);
    }
  }
});

test('every answer cites a source: its article, its version, and the facts behind it', () => {
  const silent: string[] = [];
  for (const on of ['2018-01-01', '2023-11-29', '2026-11-23'].map(day)) {
    for (const situation of all) {
      for (const { right, because, conditions, terms, fault } of answerAll(corpus, situation, on)) {
        const sourced = [because, ...conditions.map((one) => one.because), ...terms.map((one) => one.because)].every(
          (citations) =>
            citations.length > 0 &&
            citations.every(
              ({ facts, url, article }) => facts.length > 0 && url.startsWith('https://') && article !== '',
            ),
        );
        if (!sourced || fault !== null) silent.push(`${right} ${isoDay(on)} ${fault ?? ''}: ${told(situation)}`);
      }
    }
  }
  expect(silent.slice(0, 5)).toEqual([]);
}, 600_000);
