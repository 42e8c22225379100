import {
  emptyLedger,
  publish,
  roundHalfUp,
  strictest,
  type CrossTable,
  type DisclosureReport,
  type DisclosureRules,
  type Hash,
  type PublishedCell,
  type ReleaseLedger,
} from '@meedoen/publication';
import { dayParts, isoDay, type Day, type Month, type Parsed, type Problem } from '@meedoen/units';
import {
  chooseBands,
  chooseCohorts,
  cohortName,
  nameGroups,
  sliceBands,
  type Bands,
  type CohortWidth,
} from './bands.ts';
import type { EqualAccess } from './equal-access.ts';
import { firstWorkCurves, type FirstWorkCurve } from './first-work-curves.ts';
import { firstWorkRules, firstWorkTable, type SliceBands } from './first-work-table.ts';
import { heardBy, heardTable, type HeardBy, type HeardRow } from './heard-tables.ts';
import type { GroupedHistory, Slice, SliceBy } from './histories.ts';
import { barrierTable, type MonthOfBarriers } from './month-barriers.ts';
import { answeredTable, answerTable, boardQuestions, type MonthOfAnswers, type QuestionKind } from './month-answers.ts';

/** All that the database counted of a town, unrounded: what goes in, and never out. */
export type BoardCounts = {
  readonly town: string;
  readonly example: boolean;
  /** Histories to first paid work; `cohort` groups are half-years, `2025-1`. */
  readonly firstWork: Readonly<Record<SliceBy, readonly GroupedHistory[]>>;
  readonly workedBefore: number;
  readonly arrivalNotSaid: number;
  /** Months that are over. */
  readonly answers: readonly MonthOfAnswers[];
  /** Barriers that people reported, in months that are over. */
  readonly barriers: readonly MonthOfBarriers[];
  /** Calendar years that are over. */
  readonly heard: readonly { readonly year: number; readonly rows: readonly HeardRow[] }[];
};

/** A published count with what it is of. */
export type ShownCount = { readonly value: string; readonly people: number | null };

export type AnswersOfMonth = {
  readonly month: Month;
  readonly answered: number | null;
  readonly counts: readonly ShownCount[];
};

/** What people of a town reported in a month: `value` is `right:ID` or `theme:ID`. */
export type BarriersOfMonth = { readonly month: Month; readonly counts: readonly ShownCount[] };

export type AnswerSeries = {
  readonly question: string;
  readonly kind: QuestionKind;
  readonly months: readonly AnswersOfMonth[];
};

export type HeardOfYear = {
  readonly year: number;
  readonly people: number | null;
  readonly by: Readonly<Record<HeardBy, readonly ShownCount[]>>;
};

/** Curves of one way to tell people apart, with the table behind them. */
export type ReleasedSlice = {
  /** The half-year of the release, `2026-2`: curves may be older than the rest of the board. */
  readonly releasedIn: string;
  /** The release in the ledger, to which the next one is compared. */
  readonly table: string;
  readonly bands: SliceBands;
  /** Under which name each group stands; `together` are small ones in one. */
  readonly names: Readonly<Record<string, string>>;
  readonly curves: readonly FirstWorkCurve[];
  readonly cells: readonly PublishedCell[];
};

export type FirstWorkPanel = {
  /** The last half-year in which new curves were tried. */
  readonly triedIn: string;
  readonly bands: Bands;
  readonly cohorts: CohortWidth;
  readonly slices: Partial<Readonly<Record<SliceBy, ReleasedSlice>>>;
};

/** What a town's board shows (nl: bord): published numbers only. A value, so that a shell can keep it as JSON. */
export type Board = {
  readonly version: 1;
  readonly town: string;
  readonly example: boolean;
  /** As 2026-11-25. */
  readonly releasedOn: string;
  readonly rules: Pick<DisclosureRules, 'fewest' | 'width' | 'roundTo' | 'shareBase'>;
  readonly firstWork: FirstWorkPanel | null;
  readonly workedBefore: number | null;
  readonly arrivalNotSaid: number | null;
  readonly answers: readonly AnswerSeries[];
  readonly barriers: readonly BarriersOfMonth[];
  readonly heard: readonly HeardOfYear[];
  /** Only of the whole country. */
  readonly equalAccess: EqualAccess | null;
  /** Of all tables that were ever released of this town. */
  readonly disclosure: { readonly tables: number; readonly cells: number; readonly hidden: number };
};

export type BoardRelease = {
  readonly board: Board;
  readonly ledger: ReleaseLedger;
  /** Of the tables that are new. */
  readonly reports: readonly DisclosureReport[];
  /** Tables that could not be shown, and why. */
  readonly withheld: readonly { readonly table: string; readonly problem: Problem }[];
};

export type ReleaseOptions = {
  readonly releasedOn: Day;
  readonly previous: Board | null;
  readonly ledger?: ReleaseLedger;
  readonly hash: Hash;
  readonly equalAccess?: EqualAccess | null;
};

/**
 * The next board of a town, out of its counts and of the board before. What was published stays as it was; months and years that are new
 * are added. Curves of first paid work are of the same people each time, so they are made again only once in a half-year, and
 * audited together with those before.
 */
export function releaseBoard(counts: BoardCounts, options: ReleaseOptions): BoardRelease {
  const { releasedOn, previous, hash, equalAccess = null } = options;
  const { town } = counts;
  const reports: DisclosureReport[] = [];
  const withheld: { table: string; problem: Problem }[] = [];
  let ledger = options.ledger ?? emptyLedger;

  const tryRelease: TryRelease = (id, table, about, rules = strictest) => {
    if (!table.ok) return null;
    const published = publish(table.value, {
      about: { id, publishedOn: isoDay(releasedOn), ...about },
      rules,
      ledger,
      hash,
    });
    if (!published.ok) {
      withheld.push({ table: id, problem: published.problem });
      return null;
    }
    return {
      cells: published.value.cells,
      keep: () => {
        ledger = published.value.ledger;
        reports.push(published.value.report);
      },
    };
  };
  const release = (...asked: Parameters<TryRelease>): readonly PublishedCell[] | null => {
    const tried = tryRelease(...asked);
    tried?.keep();
    return tried?.cells ?? null;
  };

  const answers = boardQuestions.map(({ question, kind }): AnswerSeries => {
    const before = previous?.answers.find((one) => one.question === question)?.months ?? [];
    const known = new Set(before.map(({ month }) => month));
    const fresh = counts.answers
      .filter((one) => one.question === question && !known.has(one.month))
      .toSorted((a, b) => (a.month < b.month ? -1 : 1))
      .map((one): AnswersOfMonth => {
        const id = `${town}/${question}/${one.month}`;
        const about = { population: `${town}: answers to ${question}`, period: one.month };
        const cells = release(id, answerTable(one, kind), about);
        const whole = (from: readonly PublishedCell[] | null): number | null =>
          from?.find(({ categories }) => categories[0]!.length === 0)?.count ?? null;
        const answered =
          kind === 'many'
            ? whole(
                release(`${id}/answered`, answeredTable(one), {
                  ...about,
                  population: `${town}: who answered ${question}`,
                }),
              )
            : whole(cells);
        return { month: one.month, answered, counts: shown(cells) };
      });
    const months = [...before, ...fresh].toSorted((a, b) => (a.month < b.month ? -1 : 1));
    return { question, kind, months };
  });

  // A board that was released before barriers were part of it has none.
  const barriersBefore = (previous as Partial<Board> | null)?.barriers ?? [];
  const barriers = [
    ...barriersBefore,
    ...counts.barriers
      .filter(({ month }) => !barriersBefore.some((one) => one.month === month))
      .map((one): BarriersOfMonth => {
        const about = { population: `${town}: reports of barriers`, period: one.month };
        return {
          month: one.month,
          counts: shown(release(`${town}/barriers/${one.month}`, barrierTable(one), about)),
        };
      }),
  ].toSorted((a, b) => (a.month < b.month ? -1 : 1));

  const heardBefore = previous?.heard ?? [];
  const heard = [
    ...heardBefore,
    ...counts.heard
      .filter(({ year, rows }) => rows.length > 0 && !heardBefore.some((one) => one.year === year))
      .map(({ year, rows }): HeardOfYear => {
        const about = { population: `${town}: heard`, period: String(year) };
        const tables = heardBy.map(
          (by) => [by, release(`${town}/heard/${year}/${by}`, heardTable(rows, by), about)] as const,
        );
        const totals = tables.flatMap(
          ([, cells]) => cells?.find(({ categories }) => categories[0]!.length === 0) ?? [],
        );
        const by = Object.fromEntries(tables.map(([name, cells]) => [name, shown(cells)]));
        return { year, people: totals[0]?.count ?? null, by: by as unknown as HeardOfYear['by'] };
      }),
  ].toSorted((a, b) => a.year - b.year);

  const firstWork = releaseFirstWork(counts, previous?.firstWork ?? null, halfYearOf(releasedOn), tryRelease);
  const disclosure = reports.reduce(
    (sum, { cells }) => ({ tables: sum.tables + 1, cells: sum.cells + cells.all, hidden: sum.hidden + cells.hidden }),
    previous?.disclosure ?? { tables: 0, cells: 0, hidden: 0 },
  );
  const { fewest, width, roundTo, shareBase } = strictest;
  const board: Board = {
    version: 1,
    town,
    example: counts.example,
    releasedOn: isoDay(releasedOn),
    rules: { fewest, width, roundTo, shareBase },
    firstWork,
    workedBefore: alone(counts.workedBefore),
    arrivalNotSaid: alone(counts.arrivalNotSaid),
    answers,
    barriers,
    heard,
    equalAccess,
    disclosure,
  };
  return { board, ledger, reports, withheld };
}

/** A table that may leave, and only left when it is kept. */
type TryRelease = (
  id: string,
  table: Parsed<CrossTable>,
  about: { readonly population: string; readonly period: string; readonly changedFrom?: readonly string[] },
  rules?: DisclosureRules,
) => { readonly cells: readonly PublishedCell[]; readonly keep: () => void } | null;

const slices: readonly SliceBy[] = ['everyone', 'door', 'cohort', 'programme'];

/** January to June is `2026-1`. */
export function halfYearOf(day: Day): string {
  const { year, month } = dayParts(day);
  return `${year}-${month <= 6 ? 1 : 2}`;
}

function releaseFirstWork(
  { town, firstWork }: BoardCounts,
  before: FirstWorkPanel | null,
  period: string,
  tryRelease: TryRelease,
): FirstWorkPanel | null {
  if (before !== null && before.triedIn >= period) return before;
  const { fewest } = firstWorkRules;
  const bands = before?.bands ?? chooseBands(firstWork.everyone, fewest);
  if (bands.length === 0) return null;
  const cohorts = before?.cohorts ?? chooseCohorts(firstWork.cohort, fewest);
  const released: Partial<Record<SliceBy, ReleasedSlice>> = { ...before?.slices };
  for (const by of slices) {
    const earlier = released[by];
    const own =
      by === 'cohort'
        ? firstWork.cohort.map((one) => ({ ...one, group: cohortName(one.group, cohorts) }))
        : firstWork[by];
    const names = by === 'door' || by === 'programme' ? nameGroups(own, earlier?.names ?? {}, fewest) : {};
    const slice: Slice = { by, histories: own.map((one) => ({ ...one, group: names[one.group] ?? one.group })) };
    const groups = new Set(slice.histories.map(({ group }) => group));
    if (by !== 'everyone' && (groups.size < 2 || (by === 'cohort' && cohorts === 'together'))) continue;
    const table = `${town}/first-work/${by}/${period}`;
    const about = {
      population: `${town}: followed to first paid work`,
      period,
      ...(earlier && { changedFrom: [earlier.table] }),
    };
    const tried = (earlier ? [earlier.bands] : possibleBands(by, bands)).flatMap((own) => {
      const cells = tryRelease(table, firstWorkTable(slice, own), about, firstWorkRules);
      return cells ? [{ ...cells, bands: own, curves: firstWorkCurves(slice, cells.cells, own) }] : [];
    });
    const best = tried.toSorted((a, b) => told(b.curves) - told(a.curves))[0];
    // A release that would have to hide more than the one before, for the sake of both together, waits until more has changed.
    if (!best || told(best.curves) < Math.max(1, told(earlier?.curves ?? []))) continue;
    best.keep();
    released[by] = { releasedIn: period, table, bands: best.bands, names, curves: best.curves, cells: best.cells };
  }
  return { triedIn: period, bands, cohorts, slices: released };
}

/** Leaving is rarer than work, so only of everybody it is told by band. */
function possibleBands(by: SliceBy, bands: Bands): SliceBands[] {
  if (by === 'everyone') return [{ work: bands, left: bands }];
  return sliceBands(bands).map((own) => ({ work: own, left: own.slice(-1) }));
}

/** How much curves say, of how many people. */
function told(curves: readonly FirstWorkCurve[]): number {
  return curves.reduce(
    (sum, { people, points }) =>
      sum + (people ?? 0) * (points.length + points.filter(({ left }) => left !== null).length),
    0,
  );
}

function shown(cells: readonly PublishedCell[] | null): ShownCount[] {
  return (cells ?? []).flatMap(({ categories, count }) => {
    const [value] = categories[0]!;
    return value === undefined ? [] : [{ value, people: count }];
  });
}

/** A count that is in no sum with others. */
function alone(people: number): number | null {
  return people < strictest.fewest ? null : roundHalfUp(people, strictest);
}
