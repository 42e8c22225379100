// The smallest set of facts that, had they been otherwise, would have given another answer: a comparison, not advice.
import { addYears, isoDay, parseDay, type Day } from '@meedoen/units';
import { rulingAndReads, type Reading } from '../answer.ts';
import type { Verdict } from '../answer-type.ts';
import type { Corpus } from '../corpus.ts';
import { makesSenseToAsk, type FactRow } from '../fact-table.ts';
import { factsThatContradict } from '../parse-situation.ts';
import type { RightRow } from '../rights-table.ts';
import type { FactValue, Situation } from '../situation.ts';
import { yearsAhead } from '../sweep.ts';
import { sensible } from './behind-door.ts';
import type { DoorTable } from './door-table.ts';

/** One fact that is otherwise. */
export type ChangedFact = {
  readonly fact: string;
  /** What the person said; null = not known, or not asked. */
  readonly from: FactValue | null;
  readonly to: FactValue;
  /** For numbers and dates, `to` is the nearest value that does it: does every value above, or below, do it too? */
  readonly bound: 'exactly' | 'at least' | 'at most';
};

/** Facts that are otherwise together, in the order of the table, and what the answer is then. */
export type FactChange = {
  readonly facts: readonly ChangedFact[];
  readonly verdict: Verdict;
  /** As in an answer: since when, or from when. */
  readonly from: Day | null;
  /** The person with these facts otherwise; what makes no sense to ask any more has fallen away. */
  readonly situation: Situation;
};

/** The smallest changes of facts that would change the answer about one right (nl: kleinste verandering). */
export type SmallestChange = {
  readonly right: string;
  readonly on: Day;
  /** The answer as it is. */
  readonly verdict: Verdict;
  /** How many facts it takes; null if up to `searchedUpTo` of them none was found. */
  readonly size: number | null;
  /** All sets of that size: those that open the right first, then by facts in the order of the table. */
  readonly changes: readonly FactChange[];
  /** The most facts at once of which every set was looked at. */
  readonly searchedUpTo: number;
};

/** No more than this many facts are changed at once: what takes more is another life, and says little. */
const mostFacts = 3;
/** How many situations are looked at before we stop and say how far we came. */
const mostSituations = 20_000;

/**
 * All smallest sets of facts that, if otherwise, give another yes, no or not yet; up to three facts at once. Choices and
 * yes-or-no facts are tried in full. A number is tried at its ends, a date that may lie ahead on the day before and ten
 * years later; then it is brought back to the nearest value that gives the same: exact as long as the law turns once
 * between the two, as a limit does. A day in the past is never moved; something not known to have happened may happen on the day
 * asked about. Facts that the table of doors calls fixed stay as they are. A right that the corpus does not have throws
 * a RangeError.
 *
 * No set is skipped: an answer can only change through a fact that the law looked up, or through one that decides
 * whether such a fact makes sense to ask, so each next fact is taken from those.
 */
export function smallestChange(
  corpus: Corpus,
  doors: DoorTable,
  situation: Situation,
  on: Day,
  of: Reading & { readonly right: string },
): SmallestChange {
  const row = corpus.rights.find(({ id }) => id === of.right);
  if (!row) throw new RangeError(`There is no right "${of.right}".`);
  return new Search(corpus, doors, situation, on, row, of).smallest();
}

/** Facts that are otherwise, by fact id. */
type Otherwise = Readonly<Record<string, FactValue>>;

type Seen = { readonly verdict: Verdict; readonly from: Day | null; readonly reads: readonly string[] };

class Search {
  readonly #corpus: Corpus;
  readonly #doors: DoorTable;
  readonly #base: Situation;
  readonly #on: Day;
  readonly #row: RightRow;
  readonly #reading: Reading;
  readonly #rows: ReadonlyMap<string, FactRow>;
  readonly #senselessBefore: Readonly<Record<string, true>>;
  readonly #verdict: Verdict;
  readonly #seen = new Map<string, Seen>();

  constructor(corpus: Corpus, doors: DoorTable, base: Situation, on: Day, row: RightRow, reading: Reading) {
    this.#corpus = corpus;
    this.#doors = doors;
    this.#base = base;
    this.#on = on;
    this.#row = row;
    this.#reading = reading;
    this.#rows = new Map(corpus.facts.facts.map((fact) => [fact.id, fact]));
    const senseless = corpus.facts.facts.filter((fact) => !makesSenseToAsk(fact, base));
    this.#senselessBefore = Object.fromEntries(senseless.map(({ id }) => [id, true]));
    this.#verdict = this.#look({}).verdict;
  }

  smallest(): SmallestChange {
    const found = { right: this.#row.id, on: this.#on, verdict: this.#verdict };
    let level: readonly Otherwise[] = [{}];
    for (let size = 1; size <= mostFacts; size += 1) {
      const next = this.#oneFurther(level);
      if (!next) return { ...found, size: null, changes: [], searchedUpTo: size - 1 };
      const changing = next.filter((changed) => this.#changesAnswer(changed));
      if (changing.length > 0) {
        return { ...found, size, changes: this.#described(changing), searchedUpTo: size };
      }
      level = next;
    }
    return { ...found, size: null, changes: [], searchedUpTo: mostFacts };
  }

  /** Every set with one fact more that could matter; null if they are too many to look at. */
  #oneFurther(level: readonly Otherwise[]): Otherwise[] | null {
    const next = new Map<string, Otherwise>();
    for (const changed of level) {
      for (const fact of this.#couldMatter(changed)) {
        for (const to of this.#valuesOf(fact)) {
          const further = { ...changed, [fact.id]: to };
          next.set(keyOf(further), further);
          if (this.#seen.size + next.size > mostSituations) return null;
        }
      }
    }
    return [...next.values()];
  }

  /** Facts that may be otherwise, of those looked up and those that decide whether these make sense. */
  #couldMatter(changed: Otherwise): readonly FactRow[] {
    const ids = new Set<string>();
    const add = (id: string): void => {
      if (ids.has(id)) return;
      ids.add(id);
      for (const { fact } of this.#rows.get(id)?.askWhen ?? []) add(fact);
    };
    this.#look(changed).reads.forEach(add);
    return this.#corpus.facts.facts.filter(({ id }) => ids.has(id) && !(id in changed));
  }

  #valuesOf({ id, type, choices, past, min, max }: FactRow): readonly FactValue[] {
    if (this.#doors.fixed.includes(id)) return [];
    const given = this.#base.facts[id] ?? null;
    switch (type) {
      case 'choice':
        return choices.filter((choice) => choice !== given);
      case 'boolean':
        return [true, false].filter((value) => value !== given);
      case 'number':
        return [min ?? 0, max ?? Number.MAX_SAFE_INTEGER].filter((value) => value !== given);
      case 'date': {
        if (past) return given === null ? [isoDay(this.#on)] : [];
        const days = [(this.#on - 1) as Day, addYears(this.#on, yearsAhead)];
        return days.map(isoDay).filter((value) => value !== given);
      }
    }
  }

  #changesAnswer(changed: Otherwise): boolean {
    const { verdict } = this.#look(changed);
    return verdict !== 'unknown' && verdict !== this.#verdict && this.#isPossible(changed);
  }

  /** Does each changed fact make sense then, and do they not contradict what the person said? */
  #isPossible(changed: Otherwise): boolean {
    const then = this.#personWith(changed);
    const sense = Object.keys(changed).every((id) => {
      const row = this.#rows.get(id);
      return row !== undefined && makesSenseToAsk(row, then);
    });
    const contradicts = this.#corpus.facts.contradictions.some(
      (one) => factsThatContradict(one, then.facts) && !factsThatContradict(one, this.#base.facts),
    );
    return sense && !contradicts;
  }

  #personWith(changed: Otherwise): Situation {
    const facts = { ...this.#base.facts, ...changed };
    return { facts: sensible(this.#corpus.facts, facts, { ...this.#senselessBefore, ...changed }) };
  }

  #look(changed: Otherwise): Seen {
    const key = keyOf(changed);
    const known = this.#seen.get(key);
    if (known) return known;
    const person = Object.keys(changed).length === 0 ? this.#base : this.#personWith(changed);
    const { ruling, reads } = rulingAndReads(this.#corpus, person, this.#on, this.#row, this.#reading);
    const seen = { verdict: ruling.verdict, from: ruling.from, reads };
    this.#seen.set(key, seen);
    return seen;
  }

  #described(changing: readonly Otherwise[]): readonly FactChange[] {
    const order = this.#corpus.facts.facts.map(({ id }) => id);
    const changes = new Map<string, FactChange>();
    for (const changed of changing) {
      const { verdict } = this.#look(changed);
      let nearest = changed;
      const facts: ChangedFact[] = [];
      for (const fact of order.filter((id) => id in changed)) {
        const brought = this.#broughtBack(nearest, fact, verdict);
        nearest = { ...nearest, [fact]: brought.to };
        facts.push({ fact, from: this.#base.facts[fact] ?? null, ...brought });
      }
      const change = { facts, verdict, from: this.#look(nearest).from, situation: this.#personWith(nearest) };
      changes.set(keyOf(nearest), change);
    }
    const place = ({ facts }: FactChange): readonly number[] => facts.map(({ fact }) => order.indexOf(fact));
    return [...changes.values()].sort(
      (a, b) => openFirst.indexOf(a.verdict) - openFirst.indexOf(b.verdict) || byPlaces(place(a), place(b)),
    );
  }

  /** The nearest value of a number or date that gives the same verdict, the other changed facts being as they are. */
  #broughtBack(changed: Otherwise, fact: string, verdict: Verdict): Pick<ChangedFact, 'to' | 'bound'> {
    const to = changed[fact]!;
    const scale = scaleOf(this.#rows.get(fact));
    if (!scale) return { to, bound: 'exactly' };
    const far = scale.numberOf(to);
    const given = this.#base.facts[fact] ?? null;
    const start =
      given === null
        ? scale.numberOf(this.#valuesOf(this.#rows.get(fact)!).find((end) => end !== to) ?? to)
        : (far > scale.numberOf(given) ? Math.floor : Math.ceil)(scale.numberOf(given));
    const bound = far > start ? 'at least' : 'at most';
    const gives = (value: number): boolean => {
      const tried = { ...changed, [fact]: scale.valueOf(value) };
      return this.#look(tried).verdict === verdict && this.#isPossible(tried);
    };
    // Not known, and any value does: say the least of it.
    if (given === null && gives(start)) return { to: scale.valueOf(Math.min(start, far)), bound: 'at least' };
    let not = start;
    let yes = far;
    while (Math.abs(yes - not) > 1) {
      const halfway = not + Math.trunc((yes - not) / 2);
      if (gives(halfway)) yes = halfway;
      else not = halfway;
    }
    return { to: scale.valueOf(yes), bound };
  }
}

const openFirst: readonly Verdict[] = ['yes', 'not yet', 'no'];

function keyOf(changed: Otherwise): string {
  return JSON.stringify(Object.entries(changed).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function byPlaces(a: readonly number[], b: readonly number[]): number {
  const differs = a.findIndex((place, index) => place !== b[index]);
  return differs < 0 ? 0 : a[differs]! - b[differs]!;
}

/** Numbers and days as whole numbers that can be halved; null for what has no order. */
function scaleOf(row: FactRow | undefined): {
  readonly numberOf: (value: FactValue) => number;
  readonly valueOf: (value: number) => FactValue;
} | null {
  if (row?.type === 'number') return { numberOf: Number, valueOf: (value) => value };
  if (row?.type !== 'date' || row.past) return null;
  const numberOf = (value: FactValue): number => {
    const parsed = parseDay(value);
    return parsed.ok ? parsed.value : Number.NaN;
  };
  return { numberOf, valueOf: (value) => isoDay(value as Day) };
}
