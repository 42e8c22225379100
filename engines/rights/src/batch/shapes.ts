// Which program belongs to a row: a tree per stretch of days in which no law changes, that asks for one choice at a
// time, and has at its leaves what is left of the law for everybody with those choices. Grown as rows come by.
import type { Day } from '@meedoen/units';
import type { Corpus } from '../corpus.ts';
import type { OutputOfLaw, RightRow } from '../rights-table.ts';
import { alternativesOf } from '../routes.ts';
import type { Rule, View } from '../view.ts';
import { unknownCode } from './columns.ts';
import { farAhead, longAgo, type FlagProgram, type QuantityProgram } from './cursor.ts';
import type { FactSets } from './fact-sets.ts';
import { Programs } from './programs.ts';
import { Memo } from './memo.ts';
import { OneByOne } from './one-by-one.ts';
import { quantityOf } from './rest.ts';
import { NeedsChoice, Specialiser, type Choices } from './specialise.ts';

/** More weeks than anybody asks about: there is no most. */
export const noMost: number = farAhead;

/** What is left of one right for one shape. */
export type Leaf = {
  readonly kind: 'leaf';
  readonly number: number;
  /** Null = such rows are answered one by one. */
  readonly holds: FlagProgram | null;
  readonly ends: readonly QuantityProgram[];
  /** The most weeks in 52, `noMost` where there is none; null = no most for anybody. */
  readonly weeksIn52: QuantityProgram | null;
  readonly choices: Choices;
  /** The days over which people with these choices meet the same program: `from` up to (not including) `next`. */
  readonly extent: { from: number; next: number };
  /** Rulings that were made before for rows with this leaf. */
  readonly memo: Memo;
};

/** A question to the row: which choice, or (of another fact) whether it is known. */
type Ask = {
  readonly kind: 'ask';
  readonly fact: number;
  readonly isChoice: boolean;
  readonly next: (Shape | undefined)[];
};

type Shape = Ask | Leaf;

/** The days `from` up to (not including) `next`, in which no law that a right can reach changes, and the tree of that right. */
type Stretch = { readonly from: number; readonly next: number; tree: Shape | undefined };

/** A route of a right, as numbered in the answers of a batch. */
export type NumberedRoute = { readonly right: string; readonly name: string };

// People share shapes; a right of which hardly anybody does gets larger programs instead of ever more of them.
const mostShapes = 5_000;

export class Shapes {
  readonly routes: NumberedRoute[] = [];
  readonly #routeNumbers = new Map<string, number>();
  readonly #corpus: Corpus;
  readonly #view: View;
  readonly #rights: readonly RightRow[];
  readonly #sets: FactSets;
  readonly #programs = new Programs();
  readonly #stepBits: ReadonlyMap<number, number>;
  readonly #mostShapes: number;
  /** For each right, its stretches in order of time. */
  readonly #stretches: readonly (readonly Stretch[])[];
  readonly #given: readonly number[];
  readonly #grown: number[];
  #leaves = 0;

  /** Each right may grow `most` shapes; rows that would need another one share a larger program. */
  constructor(
    corpus: Corpus,
    view: View,
    rights: readonly RightRow[],
    sets: FactSets,
    stepBits: ReadonlyMap<number, number>,
    most: number = mostShapes,
  ) {
    this.#corpus = corpus;
    this.#view = view;
    this.#rights = rights;
    this.#sets = sets;
    this.#stepBits = stepBits;
    this.#given = rights.map(({ gives }) => corpus.facts.facts.findIndex(({ id }) => id === gives));
    this.#mostShapes = most;
    this.#grown = rights.map(() => 0);
    this.#stretches = rights.map((right) => {
      const starts = [longAgo, ...view.edgesReachedFrom(right)];
      return starts.map((from, index) => ({ from, next: starts[index + 1] ?? farAhead, tree: undefined }));
    });
  }

  /** How many leaves have grown; their numbers are below this. */
  get count(): number {
    return this.#leaves;
  }

  /** The number of the stretch of a right around a day. */
  stretchAt(right: number, day: number): number {
    const stretches = this.#stretches[right]!;
    let low = 0;
    let high = stretches.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (stretches[middle]!.from <= day) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The facts that the program of a leaf may read. */
  readsOf({ holds }: Leaf): ReadonlySet<number> {
    return holds ? this.#programs.readsOf(holds) : new Set();
  }

  /** The place of the step fact that a right gives; -1 = none. */
  gives(right: number): number {
    return this.#given[right] ?? -1;
  }

  /** What is left of a right for the choices in a row. */
  leaf(right: number, stretch: number, columns: readonly Int32Array[], row: number): Leaf {
    let shape = (this.#stretches[right]![stretch]!.tree ??= this.#grow(right, stretch, new Map()));
    for (let depth = 1; shape.kind === 'ask'; depth += 1) {
      const branch = branchOf(shape, columns[shape.fact]![row]!);
      shape = shape.next[branch] ??= this.#grow(right, stretch, this.#choicesUpTo(right, stretch, columns, row, depth));
    }
    return shape;
  }

  #choicesUpTo(right: number, stretch: number, columns: readonly Int32Array[], row: number, depth: number): Choices {
    const choices = new Map<number, number | null>();
    let shape = this.#stretches[right]![stretch]!.tree;
    while (shape?.kind === 'ask' && choices.size < depth) {
      const code = columns[shape.fact]![row]!;
      choices.set(shape.fact, code === unknownCode ? null : code);
      shape = shape.next[branchOf(shape, code)];
    }
    return choices;
  }

  #grow(right: number, stretch: number, choices: Choices): Shape {
    const { from, next } = this.#stretches[right]![stretch]!;
    const day = (from === longAgo ? next - 1 : from) as Day;
    try {
      const leaf: Leaf = {
        kind: 'leaf',
        number: this.#leaves,
        choices,
        extent: { from, next },
        memo: new Memo(),
        ...this.#programsOn(day, right, choices),
      };
      this.#leaves += 1;
      this.#grown[right]! += 1;
      return this.#joined(leaf, right, stretch);
    } catch (error) {
      if (error instanceof NeedsChoice) return this.#ask(error.fact);
      throw error;
    }
  }

  #programsOn(day: Day, right: number, choices: Choices): Pick<Leaf, 'holds' | 'ends' | 'weeksIn52'> {
    const row = this.#rights[right]!;
    const find = (law: string, output: string): Rule | undefined => this.#view.rule(law, output, day);
    const home = find(row.law, row.output);
    if (!home) return { holds: this.#programs.faultFlag(), ends: [], weeksIn52: null };
    const mayAsk = this.#grown[right]! < this.#mostShapes;
    const { facts } = this.#corpus;
    const steps = new Map([...this.#stepBits].filter(([fact]) => fact !== this.gives(right)));
    const specialiser = new Specialiser(this.#view, facts, this.#sets, this.#programs, steps, choices, mayAsk, day);
    try {
      const holds = specialiser.right(
        alternativesOf(home, find).map(({ name, rule, expression }) => {
          return { expression, rule, route: this.#routeNumber(row.id, name) };
        }),
      );
      const quantity = ({ law, output }: OutputOfLaw, nothing: number): QuantityProgram | null => {
        const rest = find(law, output) ? specialiser.output(law, output) : null;
        return rest === null || (rest.kind === 'known' && rest.value === null)
          ? null
          : quantityOf(this.#programs, rest, nothing);
      };
      // An end that is nothing ends as little as one that is unknown.
      const ends = row.ends.flatMap((end) => quantity(end, unknownCode) ?? []);
      const weeksIn52 = row.weeksIn52 && quantity(row.weeksIn52, noMost);
      return { holds, ends, weeksIn52 };
    } catch (error) {
      if (error instanceof OneByOne) return { holds: null, ends: [], weeksIn52: null };
      throw error;
    }
  }

  #ask(fact: number): Ask {
    return { kind: 'ask', fact, isChoice: this.#corpus.facts.facts[fact]?.type === 'choice', next: [] };
  }

  /**
   * The leaf, as one with its neighbours before and after if those say the same. Laws change often, but seldom for
   * everybody: most sweeps then need no second look.
   */
  #joined(leaf: Leaf, right: number, stretch: number): Leaf {
    let joined = leaf;
    for (const neighbour of [
      this.#leafFor(leaf.choices, right, stretch - 1),
      this.#leafFor(leaf.choices, right, stretch + 1),
    ]) {
      if (!neighbour || !isSameProgram(neighbour, leaf)) continue;
      const { extent } = neighbour;
      const from = Math.min(extent.from, joined.extent.from);
      const next = Math.max(extent.next, joined.extent.next);
      if (neighbour.choices.size === leaf.choices.size) {
        extent.from = from;
        extent.next = next;
        joined = { ...leaf, extent };
      } else {
        joined = { ...leaf, extent: { from, next } };
      }
    }
    return joined;
  }

  /** The leaf that everybody with these choices reaches, if it has grown already. */
  #leafFor(choices: Choices, right: number, stretch: number): Leaf | null {
    let shape = this.#stretches[right]?.[stretch]?.tree;
    while (shape?.kind === 'ask') {
      const code = choices.get(shape.fact);
      shape = code === undefined ? undefined : shape.next[branchOf(shape, code ?? unknownCode)];
    }
    return shape ?? null;
  }

  #routeNumber(right: string, name: string): number {
    const key = `${right} ${name}`;
    const number = this.#routeNumbers.get(key) ?? this.routes.push({ right, name }) - 1;
    this.#routeNumbers.set(key, number);
    return number;
  }
}

/** The branch for what is unknown comes first. */
function branchOf({ isChoice }: Ask, code: number): number {
  if (code === unknownCode) return 0;
  return isChoice ? code + 1 : 1;
}

function isSameProgram(a: Leaf, b: Leaf): boolean {
  const same = a.holds === b.holds && a.ends.length === b.ends.length && a.weeksIn52 === b.weeksIn52;
  return same && a.holds !== null && a.ends.every((end, index) => end === b.ends[index]);
}
