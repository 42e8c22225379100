// The small programs that a law becomes once the choices of a person are filled in.
import { addMonths, type Day } from '@meedoen/units';
import { unknownCode } from './columns.ts';
import { farAhead, longAgo, no, unknown, yes } from './cursor.ts';
import type { Cursor, FlagProgram, Program, QuantityProgram, Truth } from './cursor.ts';

/**
 * Makes programs, and only one for each thing that programs compute (hash consing): two pieces of law with the same
 * meaning are recognised by being the same program. The text before the parts says all that is not in the parts.
 */
export class Programs {
  readonly #made = new Map<string, Program>();
  readonly #numbers = new Map<Program, number>();
  /** Programs whose result may change with the day. */
  readonly #timed = new Set<Program>();
  /** Programs that may reach what cannot be computed. */
  readonly #faulty = new Set<Program>();

  /** The facts that a program may read, by place in the table; the same empty set for all that read none. */
  readonly #reads = new Map<Program, ReadonlySet<number>>();

  /** The facts that a program made here may read, by place in the table. */
  readsOf(program: Program): ReadonlySet<number> {
    return this.#reads.get(program) ?? nothingRead;
  }

  /** The number of a program made here. */
  numberOf(program: Program): number {
    let number = this.#numbers.get(program);
    if (number === undefined) {
      number = this.#numbers.size;
      this.#numbers.set(program, number);
    }
    return number;
  }

  #once<T extends Program>(
    what: string,
    parts: readonly Program[],
    build: () => T,
    trait?: 'timed' | 'faulty',
    fact?: number,
  ): T {
    const key = `${what} ${parts.map((part) => this.numberOf(part)).join()}`;
    const known = this.#made.get(key);
    if (known) return known as T;
    const program = build();
    this.#made.set(key, program);
    this.numberOf(program);
    const reads = new Set(parts.flatMap((part) => [...this.readsOf(part)]));
    if (fact !== undefined) reads.add(fact);
    if (reads.size > 0) this.#reads.set(program, reads);
    if (trait === 'timed' || parts.some((part) => this.#timed.has(part))) this.#timed.add(program);
    if (trait === 'faulty' || parts.some((part) => this.#faulty.has(part))) this.#faulty.add(program);
    return program;
  }

  // ── What is known, unknown or broken ───────────────────────────────────────────────────────────────────────────

  constantFlag(value: boolean): FlagProgram {
    return this.#once(`flag ${value}`, [], () => (value ? () => yes : () => no));
  }

  constantQuantity(value: number): QuantityProgram {
    return this.#once(`quantity ${value}`, [], () => () => value);
  }

  unknownFlag(facts: number): FlagProgram {
    return this.#once(`unknown flag ${facts}`, [], () => (at) => {
      at.missing = facts;
      return unknown;
    });
  }

  unknownQuantity(facts: number): QuantityProgram {
    return this.#once(`unknown quantity ${facts}`, [], () => (at) => {
      at.missing = facts;
      return unknownCode;
    });
  }

  /** What cannot be computed: the cursor remembers that it was reached. */
  faultFlag(): FlagProgram {
    const build = (): FlagProgram => (at) => {
      at.fault = true;
      at.missing = 0;
      return unknown;
    };
    return this.#once('fault flag', [], build, 'faulty');
  }

  faultQuantity(): QuantityProgram {
    const build = (): QuantityProgram => (at) => {
      at.fault = true;
      at.missing = 0;
      return unknownCode;
    };
    return this.#once('fault quantity', [], build, 'faulty');
  }

  // ── Facts, each with the set that holds only itself ────────────────────────────────────────────────────────────

  today(): QuantityProgram {
    return this.#once('today', [], () => (at) => at.day, 'timed');
  }

  factFlag(fact: number, own: number): FlagProgram {
    return this.#once(
      `fact flag ${fact}`,
      [],
      () => (at) => {
        const code = at.columns[fact]![at.row]!;
        if (code !== unknownCode) return code as Truth;
        at.missing = own;
        return unknown;
      },
      undefined,
      fact,
    );
  }

  /** A boolean fact that is a step: somebody may still do it. */
  stepFlag(fact: number, own: number, bit: number): FlagProgram {
    return this.#once(
      `step ${fact}`,
      [],
      () => (at) => {
        const code = at.columns[fact]![at.row]!;
        if (code === yes) return yes;
        if (at.steps === 0) {
          if (code === no) return no;
        } else if (at.steps === 1 || (at.done & bit) !== 0) {
          return yes;
        }
        at.missing = own;
        return unknown;
      },
      undefined,
      fact,
    );
  }

  /** Is the choice among these? `among[code]` is 1 for those that are. */
  choiceFlag(fact: number, own: number, among: Uint8Array): FlagProgram {
    return this.#once(
      `choice ${fact} among ${among.join('')}`,
      [],
      () => (at) => {
        const code = at.columns[fact]![at.row]!;
        if (code !== unknownCode) return among[code] as Truth;
        at.missing = own;
        return unknown;
      },
      undefined,
      fact,
    );
  }

  factQuantity(fact: number, own: number): QuantityProgram {
    return this.#once(
      `fact quantity ${fact}`,
      [],
      () => (at) => {
        const code = at.columns[fact]![at.row]!;
        if (code === unknownCode) at.missing = own;
        return code;
      },
      undefined,
      fact,
    );
  }

  // ── Logic ──────────────────────────────────────────────────────────────────────────────────────────────────────

  not(flag: FlagProgram): FlagProgram {
    return this.#once('not', [flag], () => (at) => {
      const value = flag(at);
      return value === unknown ? unknown : value === yes ? no : yes;
    });
  }

  /** AND (decided by `no`) or OR (decided by `yes`), reading on past unknowns. */
  decide(flags: readonly FlagProgram[], decider: 0 | 1): FlagProgram {
    const timeless = flags.filter((flag) => !this.#timed.has(flag));
    const timed = flags.filter((flag) => this.#timed.has(flag));
    // What does not hang on the day goes first: if it decides, it decides for every day. Order only matters to faults.
    const ordered = flags.some((flag) => this.#faulty.has(flag)) ? flags : [...timeless, ...timed];
    return this.#once(`decide ${decider}`, ordered, () => {
      return timed.length === 0 ? timelessDecision(ordered, decider) : decision(ordered, decider, null);
    });
  }

  /** The OR of the routes of a right; the number of the route that is open goes into `route`. */
  routes(flags: readonly FlagProgram[], numbers: readonly number[]): FlagProgram {
    return this.#once(`routes ${numbers.join()}`, flags, () => decision(flags, yes, numbers));
  }

  eitherFlag(when: FlagProgram, gives: FlagProgram, otherwise: FlagProgram): FlagProgram {
    return this.#once('either flag', [when, gives, otherwise], () => (at) => {
      const holds = when(at);
      return holds === unknown ? unknown : holds === yes ? gives(at) : otherwise(at);
    });
  }

  eitherQuantity(when: FlagProgram, gives: QuantityProgram, otherwise: QuantityProgram): QuantityProgram {
    return this.#once('either quantity', [when, gives, otherwise], () => (at) => {
      const holds = when(at);
      return holds === unknown ? unknownCode : holds === yes ? gives(at) : otherwise(at);
    });
  }

  /** Never, unless it is unknown. */
  never(part: FlagProgram | QuantityProgram, unknownResult: number): FlagProgram {
    return this.#once(`never ${unknownResult}`, [part], () => (at) => (part(at) === unknownResult ? unknown : no));
  }

  // ── Days and numbers ───────────────────────────────────────────────────────────────────────────────────────────

  /** Has the day come? Turns from no to yes so many days after the day that `opens` gives. */
  dayHasCome(opens: QuantityProgram, extraDays: number): FlagProgram {
    const build = (): FlagProgram => (at) => {
      const opening = opens(at);
      if (opening === unknownCode) return unknown;
      const turns = opening + extraDays;
      if (at.day >= turns) {
        if (turns > at.since) at.since = turns;
        return yes;
      }
      if (turns < at.next) at.next = turns;
      return no;
    };
    return this.#once(`has come ${extraDays}`, [opens], build, 'timed');
  }

  /** A comparison by the sign of the difference; `moves` if it may be different on any other day. */
  compared(
    what: string,
    a: QuantityProgram,
    b: QuantityProgram,
    satisfied: (difference: number) => boolean,
    moves: boolean,
  ): FlagProgram {
    return this.#once(`compared ${what} ${moves}`, [a, b], () => (at) => {
      const first = a(at);
      const lacks = at.missing;
      const second = b(at);
      if (first === unknownCode) {
        at.missing = second === unknownCode ? at.sets.union(lacks, at.missing) : lacks;
        return unknown;
      }
      if (second === unknownCode) return unknown;
      if (moves) at.narrow(at.day, at.day + 1);
      return satisfied(first - second) ? yes : no;
    });
  }

  /** A quantity computed from others, unknown for lack of all that they lack; `what` names the computation. */
  combined(
    what: string,
    operands: readonly QuantityProgram[],
    compute: (values: readonly number[]) => number,
    moves: boolean,
  ): QuantityProgram {
    return this.#once(`${what} ${moves}`, operands, () => {
      const values = operands.map(() => 0);
      return (at) => {
        let missing = -1;
        for (let index = 0; index < operands.length; index += 1) {
          const value = operands[index]!(at);
          if (value === unknownCode) missing = missing < 0 ? at.missing : at.sets.union(missing, at.missing);
          values[index] = value;
        }
        if (missing >= 0) {
          at.missing = missing;
          return unknownCode;
        }
        if (moves) at.narrow(at.day, at.day + 1);
        return compute(values);
      };
    });
  }

  /** So many months later; the end of the month where it is shorter. */
  monthsLater(from: QuantityProgram, months: number): QuantityProgram {
    return this.#once(`months ${months}`, [from], () => (at) => {
      const day = from(at);
      return day === unknownCode ? unknownCode : addMonths(day as Day, months);
    });
  }

  daysLater(from: QuantityProgram, days: number): QuantityProgram {
    return this.#once(`days ${days}`, [from], () => (at) => {
      const day = from(at);
      return day === unknownCode ? unknownCode : day + days;
    });
  }
}

const nothingRead: ReadonlySet<number> = new Set();

/** The same as `decision` for what does not hang on the day. */
function timelessDecision(flags: readonly FlagProgram[], decider: 0 | 1): FlagProgram {
  const count = flags.length;
  return (at) => {
    let missing = 0;
    let open = false;
    for (let index = 0; index < count; index += 1) {
      const value = flags[index]!(at);
      if (value === decider) return decider;
      if (value === unknown) {
        missing = open ? at.sets.union(missing, at.missing) : at.missing;
        open = true;
      }
    }
    at.missing = missing;
    return open ? unknown : decider === yes ? no : yes;
  };
}

function decision(flags: readonly FlagProgram[], decider: 0 | 1, routes: readonly number[] | null): FlagProgram {
  const count = flags.length;
  return (at: Cursor) => {
    const { since, next } = at;
    let allSince = longAgo;
    let allNext = farAhead;
    let missing = 0;
    let open = false;
    for (let index = 0; index < count; index += 1) {
      at.since = longAgo;
      at.next = farAhead;
      const value = flags[index]!(at);
      if (value === decider) {
        // As long as this one decides, it does not matter how long the others hold.
        at.narrow(since, next);
        if (routes !== null) at.route = routes[index]!;
        return decider;
      }
      if (value === unknown) {
        missing = open ? at.sets.union(missing, at.missing) : at.missing;
        open = true;
      }
      if (at.since > allSince) allSince = at.since;
      if (at.next < allNext) allNext = at.next;
    }
    at.since = since > allSince ? since : allSince;
    at.next = next < allNext ? next : allNext;
    at.missing = missing;
    return open ? unknown : decider === yes ? no : yes;
  };
}
