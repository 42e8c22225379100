// A person before the law: what we know about somebody, read in one view of the law on any day.
import type { Day } from '@meedoen/units';
import type { Corpus } from './corpus.ts';
import type { FactSource } from './call.ts';
import { Evaluation } from './evaluation.ts';
import type { FactTable } from './fact-table.ts';
import { LawError } from './law-error.ts';
import type { Expression } from './law-file.ts';
import type { RightRow } from './rights-table.ts';
import type { Situation } from './situation.ts';
import { fromJson, Unknown, type MissingFact, type Value } from './value.ts';
import type { Rule, View } from './view.ts';

/** Which facts to go by: as they are, or with steps taken as done (`done`) and all other undone ones left open. */
export type Assuming = 'nothing' | 'every step done' | readonly string[];

/** A yes-or-no of the law on a day, and the days around it over which it stays so: from `since` up to, not including, `next`. */
export type Held = {
  readonly on: Day;
  readonly holds: boolean | 'unknown';
  readonly missing: readonly MissingFact[];
  readonly since: number;
  readonly next: number;
  /** Why the law could not be computed; then `holds` is `unknown`. */
  readonly fault: string | null;
};

/** Something to ask the law: an output of a law, or an expression that stands in one of its rules. */
export type Matter =
  | { readonly law: string; readonly output: string }
  | { readonly rule: Rule; readonly expression: Expression };

export class Person {
  readonly #view: View;
  readonly #table: FactTable;
  readonly #situation: Situation;
  /** A step fact that is taken as it is, whatever is assumed. */
  readonly #asItIs: string | null;
  readonly #factSources: Map<string, FactSource>;
  readonly #evaluations: Map<FactSource, Map<Day, Evaluation>>;
  readonly #reads: Set<string> | null;

  /** `reads`, if given, takes in the law names of all facts that the law looks up, known or not. */
  constructor(
    corpus: Corpus,
    view: View,
    situation: Situation,
    { asItIs = null, same, reads = null }: { asItIs?: string | null; same?: Person; reads?: Set<string> | null } = {},
  ) {
    this.#view = view;
    this.#table = corpus.facts;
    this.#situation = situation;
    this.#asItIs = asItIs;
    this.#factSources = same ? same.#factSources : new Map();
    this.#evaluations = same ? same.#evaluations : new Map();
    this.#reads = same ? same.#reads : reads;
  }

  /** The same person, asked about a right that itself gives a step: then that step is never assumed done. */
  regarding(corpus: Corpus, { gives }: RightRow): Person {
    return gives === this.#asItIs
      ? this
      : new Person(corpus, this.#view, this.#situation, { asItIs: gives, same: this });
  }

  /** Does the matter hold on the day? Never throws on what a law does; then it is unknown, with the fault. */
  held(matter: Matter, on: Day, assuming: Assuming = 'nothing'): Held {
    const evaluation = this.#evaluation(on, assuming);
    evaluation.widen();
    try {
      const value = valueOf(matter, evaluation);
      const { since, next } = evaluation;
      if (typeof value === 'boolean') return { on, holds: value, missing: [], since, next, fault: null };
      if (value instanceof Unknown) return { on, holds: 'unknown', missing: value.missing, since, next, fault: null };
      return faulty(on, `A yes or no was expected, but the law gave ${value === null ? 'null' : typeof value}.`);
    } catch (error) {
      if (error instanceof LawError) return faulty(on, error.message);
      throw error;
    }
  }

  /** The value of an output on the day as facts are, or the LawError that kept it from being computed. */
  value(law: string, output: string, on: Day): Value | LawError {
    const evaluation = this.#evaluation(on, 'nothing');
    try {
      return evaluation.output(law, output);
    } catch (error) {
      if (error instanceof LawError) return error;
      throw error;
    }
  }

  /** The rule behind an output on a day, if the law is in force and has it. */
  rule(law: string, output: string, on: Day): Rule | undefined {
    return this.#view.rule(law, output, on);
  }

  /** Is the step known to be done? */
  isDone(fact: string): boolean {
    return this.#situation.facts[fact] === true;
  }

  /** Of these facts, the steps that somebody may still do. */
  openSteps(facts: readonly string[]): readonly string[] {
    const open = this.#table.facts.filter(({ id, step }) => step && id !== this.#asItIs && !this.isDone(id));
    return open.map(({ id }) => id).filter((id) => facts.includes(id));
  }

  /** Do we know whether or not the step is done? */
  isKnown(fact: string): boolean {
    const given = this.#situation.facts[fact];
    return given !== undefined && given !== null;
  }

  /** The ids of missing facts, in the order in which we ask. Gaps in our own knowledge of the law are no facts to ask for. */
  idsOf(missing: readonly MissingFact[]): readonly string[] {
    const names = new Set(missing.map(({ name }) => name));
    return this.#table.facts.filter(({ lawName }) => names.has(lawName)).map(({ id }) => id);
  }

  /** Fact ids, each once, in the order in which we ask. */
  inTableOrder(facts: readonly string[]): readonly string[] {
    return this.#table.facts.filter(({ id }) => facts.includes(id)).map(({ id }) => id);
  }

  #evaluation(on: Day, assuming: Assuming): Evaluation {
    const facts = this.#factsAssuming(assuming);
    const byDay = this.#evaluations.get(facts) ?? new Map<Day, Evaluation>();
    this.#evaluations.set(facts, byDay);
    const evaluation = byDay.get(on) ?? new Evaluation(this.#view, facts, on);
    byDay.set(on, evaluation);
    return evaluation;
  }

  #factsAssuming(assuming: Assuming): FactSource {
    const key = assuming === 'nothing' ? assuming : `${this.#asItIs ?? ''} ${String(assuming)}`;
    const known = this.#factSources.get(key);
    if (known) return known;
    const facts = this.#reads ? new NotingFacts(this.#reads) : new Map<string, Value>();
    for (const { id, lawName, step } of this.#table.facts) {
      const given = this.#situation.facts[id];
      if (step && given !== true && id !== this.#asItIs && assuming !== 'nothing') {
        if (assuming === 'every step done' || assuming.includes(id)) facts.set(lawName, true);
      } else if (given !== undefined && given !== null) {
        facts.set(lawName, fromJson(given));
      }
    }
    this.#factSources.set(key, facts);
    return facts;
  }
}

/** Facts that note which of them the law looks up. */
class NotingFacts extends Map<string, Value> {
  readonly #reads: Set<string>;

  constructor(reads: Set<string>) {
    super();
    this.#reads = reads;
  }

  override get(name: string): Value | undefined {
    this.#reads.add(name);
    return super.get(name);
  }
}

function valueOf(matter: Matter, evaluation: Evaluation): Value {
  return 'rule' in matter
    ? evaluation.expressionIn(matter.rule, matter.expression)
    : evaluation.output(matter.law, matter.output);
}

function faulty(on: Day, fault: string): Held {
  return { on, holds: 'unknown', missing: [], since: on, next: on + 1, fault };
}
