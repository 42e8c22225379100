// The same answers as `answer`, for whole populations: facts in columns, verdicts and dates out as columns.
import type { Day } from '@meedoen/units';
import { rule, type Reading } from '../answer.ts';
import { verdicts, type Citation } from '../answer-type.ts';
import { viewOf, type Corpus } from '../corpus.ts';
import { needsKnownDay } from '../known-day.ts';
import { Person } from '../person.ts';
import type { RightRow } from '../rights-table.ts';
import type { Situation } from '../situation.ts';
import { alternativesOf } from '../routes.ts';
import type { Rule, View } from '../view.ts';
import { checkedColumns, situationAt, type Columns } from './columns.ts';
import { Cursor } from './cursor.ts';
import { DaysInPeriods } from './days-in-periods.ts';
import { FactSets } from './fact-sets.ts';
import { noDay, RowRuling } from './row-ruling.ts';
import { noMost, Shapes, type Leaf, type NumberedRoute } from './shapes.ts';

/** The answers about one right, a row per person. */
export type RightColumns = {
  readonly right: string;
  /** 0 yes, 1 no, 2 not yet, 3 unknown: the place in `verdicts`. */
  readonly verdict: Uint8Array;
  /** As in `Answer`: a Day, or `noDay`. */
  readonly from: Int32Array;
  readonly until: Int32Array;
  /** The needed steps: bit b stands for `steps[b]` of the batch. Steps that come before those are not in it. */
  readonly first: Uint32Array;
  /** The missing facts: a number to give to `missingFacts`. */
  readonly missing: Int32Array;
  /** The route that is (or will be) open: a place in `routes`; -1 = none, or answered one by one. */
  readonly route: Int16Array;
};

export type BatchAnswers = {
  readonly rows: number;
  readonly rights: readonly RightColumns[];
  readonly steps: readonly string[];
  readonly routes: readonly NumberedRoute[];
  /** The article behind a route on a day; null where the law does not have the route then. */
  readonly cite: (route: number, on: Day) => Citation | null;
  /** The fact ids behind a number in `missing`. */
  readonly missingFacts: (set: number) => readonly string[];
  /** How many answers had to be computed one by one, because a law does what columns cannot. */
  readonly oneByOne: number;
};

export type BatchReading = Reading & { readonly domain?: string };

const blockSize = 4096;

// What was prepared for one corpus and reading serves every later batch.
const prepared = new WeakMap<Corpus, Map<string, Batch>>();

/**
 * Answers all rights (of a domain) for `rows` people. `on` is one day, or a Day per row. Gives the same verdicts,
 * dates, steps and missing facts as `answer`. Columns that do not fit the table of facts, and days
 * before the law is known (`knownDay`), throw a RangeError.
 */
export function answerBatch(
  corpus: Corpus,
  columns: Columns,
  on: Day | Int32Array,
  rows: number,
  of: BatchReading = {},
): BatchAnswers {
  const earliest = typeof on === 'number' ? on : on.reduce((first, one) => Math.min(first, one), Infinity);
  needsKnownDay(corpus, earliest as Day);
  return batchFor(corpus, of).answer(columns, on, rows);
}

function batchFor(corpus: Corpus, of: BatchReading): Batch {
  const known = prepared.get(corpus) ?? new Map<string, Batch>();
  prepared.set(corpus, known);
  const key = `${of.layer ?? 'applied'} ${of.variant ?? ''} ${of.domain ?? ''}`;
  const batch = known.get(key) ?? new Batch(corpus, of);
  known.set(key, batch);
  return batch;
}

/** What to count days of: a right, over a period with both its days, with every step done or with facts as they are. */
export type Counting = Reading & {
  readonly right: string;
  readonly from: Day;
  readonly to: Day;
  readonly steps: 'done' | 'as they are';
};

/** For each person, over how many days the law permits it, and over how many we cannot say. */
export type PermittedDays = { readonly permitted: Int32Array; readonly unknown: Int32Array };

/**
 * Counts exactly, from one day on which the law changes its mind about a person to the next. Where a rule sets a most of
 * so many weeks in 52, a period of 52 weeks begins with the first permitted day and again with the first one after it, and in each
 * the earliest days count, up to that many weeks. The last day of a card ends nothing: cards are renewed.
 */
export function permittedDays(corpus: Corpus, columns: Columns, rows: number, of: Counting): PermittedDays {
  const row = corpus.rights.find(({ id }) => id === of.right);
  if (!row) throw new RangeError(`There is no right "${of.right}".`);
  needsKnownDay(corpus, of.from);
  if (of.to < of.from) throw new RangeError('A period cannot end before it begins.');
  const { layer, variant } = of;
  const reading = { ...(layer !== undefined && { layer }), ...(variant !== undefined && { variant }) };
  return batchFor(corpus, { ...reading, domain: row.domain }).count(columns, rows, row, of);
}

/** The rights of one reading (of a domain), prepared for batches. */
export class Batch {
  readonly #corpus: Corpus;
  readonly #view: View;
  readonly #rights: readonly RightRow[];
  readonly #shapes: Shapes;
  readonly #sets = new FactSets();
  readonly #at = new Cursor(this.#sets);
  readonly #ruling: RowRuling;
  /** Places of the step facts in the table of facts, in order; bit b of a mask is the b-th. */
  readonly #steps: readonly number[];

  /** `mostShapes`: how many shapes of people each right may prepare for. */
  constructor(corpus: Corpus, { layer = 'applied', variant = null, domain }: BatchReading, mostShapes?: number) {
    this.#corpus = corpus;
    this.#view = viewOf(corpus, layer, variant);
    this.#rights = corpus.rights.filter((row) => domain === undefined || row.domain === domain);
    this.#steps = corpus.facts.facts.flatMap(({ step }, fact) => (step ? [fact] : []));
    if (this.#steps.length > 31) throw new RangeError('A batch has room for 31 steps.');
    const bits = new Map(this.#steps.map((fact, bit) => [fact, 1 << bit]));
    this.#shapes = new Shapes(corpus, this.#view, this.#rights, this.#sets, bits, mostShapes);
    // A choice has its choices, a yes or no has two, and each may be unknown; days and numbers have too many.
    const sizes = corpus.facts.facts.map(({ type, choices }) =>
      type === 'choice' ? choices.length + 1 : type === 'boolean' ? 3 : 0,
    );
    this.#ruling = new RowRuling(this.#at, this.#shapes, this.#steps, sizes);
  }

  answer(columns: Columns, on: Day | Int32Array, rows: number): BatchAnswers {
    const { facts } = this.#corpus.facts;
    if (typeof on !== 'number' && on.length !== rows)
      throw new RangeError(`There are ${on.length} days for ${rows} rows.`);
    this.#at.columns = checkedColumns(this.#corpus.facts, columns, rows);
    let oneByOne = 0;
    const days = typeof on === 'number' ? new Int32Array(rows).fill(on) : on;
    const rights = this.#rights.map((right) => emptyColumns(right.id, rows));
    // In blocks, so that the columns of a block stay at hand for all rights.
    for (let first = 0; first < rows; first += blockSize) {
      const last = Math.min(first + blockSize, rows);
      this.#rights.forEach((right, place) => {
        const out = rights[place]!;
        const stretch = typeof on === 'number' ? this.#shapes.stretchAt(place, on) : null;
        const rule = (row: number, leaf: Leaf): void => {
          this.#at.row = row;
          const day = days[row] as Day;
          if (!this.#ruling.rule(place, day, leaf)) {
            this.#ruleAlone(right, columns, row, day);
            oneByOne += 1;
          }
          write(this.#ruling, out, row);
        };
        // Rows that nobody can be like wait until they can go together with those of their shape.
        const apart: number[] = [];
        const leaves: Leaf[] = [];
        for (let row = first; row < last; row += 1) {
          const day = days[row] as Day;
          const leaf = this.#shapes.leaf(place, stretch ?? this.#shapes.stretchAt(place, day), this.#at.columns, row);
          if (leaf.memo.isOpen(day)) rule(row, leaf);
          else {
            apart.push(row);
            leaves.push(leaf);
          }
        }
        for (const index of inOrderOfShape(leaves, this.#shapes.count)) rule(apart[index]!, leaves[index]!);
      });
    }
    return {
      rows,
      rights,
      steps: this.#steps.map((fact) => facts[fact]!.id),
      routes: this.#shapes.routes,
      cite: (route, on) => this.#cite(route, on),
      missingFacts: (set) => this.#sets.members(set).map((fact) => facts[fact]!.id),
      oneByOne,
    };
  }

  count(columns: Columns, rows: number, right: RightRow, { from, to, steps }: Counting): PermittedDays {
    this.#at.columns = checkedColumns(this.#corpus.facts, columns, rows);
    const permitted = new Int32Array(rows);
    const unknown = new Int32Array(rows);
    const place = this.#rights.indexOf(right);
    for (let row = 0; row < rows; row += 1) {
      this.#at.row = row;
      let days = new DaysInPeriods();
      const walked = this.#ruling.walk(place, from, to, steps === 'done' ? 1 : 0, (run) => days.add(run));
      if (!walked) {
        days = new DaysInPeriods();
        this.#walkAlone(right, situationAt(this.#corpus.facts, columns, row), from, to, steps, days);
      }
      permitted[row] = days.permitted;
      unknown[row] = days.unknown;
    }
    return { permitted, unknown };
  }

  #walkAlone(
    right: RightRow,
    situation: Situation,
    from: Day,
    to: Day,
    steps: Counting['steps'],
    days: DaysInPeriods,
  ): void {
    const person = new Person(this.#corpus, this.#view, situation, { asItIs: right.gives });
    for (let day = from; day <= to;) {
      const held = person.held(right, day, steps === 'done' ? 'every step done' : 'nothing');
      const next = Math.min(held.next, to + 1);
      if (held.holds !== false) {
        const most = right.weeksIn52 && person.value(right.weeksIn52.law, right.weeksIn52.output, day);
        const weeksIn52 = typeof most === 'bigint' ? Number(most) : noMost;
        const isUnknown = held.holds === 'unknown' || (most !== null && typeof most !== 'bigint');
        days.add({ from: day, next, isUnknown, weeksIn52 });
      }
      day = next as Day;
    }
  }

  #cite(route: number, on: Day): Citation | null {
    const { right, name } = this.#shapes.routes[route] ?? { right: '', name: '' };
    const row = this.#rights.find(({ id }) => id === right);
    const find = (law: string, output: string): Rule | undefined => this.#view.rule(law, output, on);
    const home = row && find(row.law, row.output);
    return (home && alternativesOf(home, find).find((one) => one.name === name)?.citation) ?? null;
  }

  #ruleAlone(right: RightRow, columns: Columns, row: number, on: Day): void {
    const table = this.#corpus.facts;
    const person = new Person(this.#corpus, this.#view, situationAt(table, columns, row), { asItIs: right.gives });
    const { verdict, from, until, steps, missing } = rule(person, right, on);
    const placeOf = (id: string): number => table.facts.findIndex((fact) => fact.id === id);
    this.#ruling.verdict = verdicts.indexOf(verdict);
    this.#ruling.from = from ?? noDay;
    this.#ruling.until = until ?? noDay;
    this.#ruling.first = steps.reduce((mask, id) => mask | (1 << this.#steps.indexOf(placeOf(id))), 0);
    this.#ruling.missing = this.#sets.of(missing.map(placeOf));
    this.#ruling.route = -1;
  }
}

/**
 * Places of leaves, those of the same leaf together (a counting sort): the same programs run again and again while they
 * are at hand.
 */
function inOrderOfShape(leaves: readonly Leaf[], count: number): Int32Array {
  const starts = new Int32Array(count + 1);
  for (const { number } of leaves) starts[number + 1]! += 1;
  for (let shape = 1; shape < starts.length; shape += 1) starts[shape]! += starts[shape - 1]!;
  const order = new Int32Array(leaves.length);
  leaves.forEach(({ number }, index) => {
    order[starts[number]!++] = index;
  });
  return order;
}

function emptyColumns(right: string, rows: number): RightColumns {
  return {
    right,
    verdict: new Uint8Array(rows),
    from: new Int32Array(rows),
    until: new Int32Array(rows),
    first: new Uint32Array(rows),
    missing: new Int32Array(rows),
    route: new Int16Array(rows),
  };
}

function write(ruling: RowRuling, out: RightColumns, row: number): void {
  out.verdict[row] = ruling.verdict;
  out.from[row] = ruling.from;
  out.until[row] = ruling.until;
  out.first[row] = ruling.first;
  out.missing[row] = ruling.missing;
  out.route[row] = ruling.route;
}
