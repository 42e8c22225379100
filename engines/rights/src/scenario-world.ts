// What a scenario knows while it runs: the day, parameters, registers, and what the last evaluation gave.
import { day, decimal, isoDay, subtractDecimals, type Day, type Decimal } from '@meedoen/units';
import { DataSources, type ValueSource } from './data-sources.ts';
import { answerRequest, caught, type Answered, type Provenance } from './evaluate-law.ts';
import { Evaluation } from './evaluation.ts';
import { LawError } from './law-error.ts';
import type { MarkingMode } from './markings.ts';
import type { NoteResolution, NoteSelector, NoteText } from './resolve-note.ts';
import { StepFailure } from './step-failure.ts';
import {
  isList,
  isNumeric,
  isSame,
  ReferenceDate,
  toDecimal,
  toJson,
  Unknown,
  Untranslatable,
  compareNumbers,
  type Value,
} from './value.ts';
import type { View } from './view.ts';

export type Table = readonly (readonly string[])[];

type Evaluated = {
  readonly law: string;
  readonly evaluation: Evaluation;
  readonly outcome: Answered | LawError;
  /** Were all outputs of the article asked for, as by the older rules? */
  readonly single: boolean;
};

export class ScenarioWorld {
  on: Day = day('2024-01-01');
  markings: MarkingMode = 'error';
  articles: readonly NoteText[] = [];
  note: NoteSelector = { quote: '', prefix: '', suffix: '' };
  resolution: NoteResolution = { kind: 'orphaned' };
  readonly #view: View;
  readonly #parameters = new Map<string, Value | undefined>();
  readonly #sources: ValueSource[] = [];
  #evaluated: Evaluated | null = null;

  constructor(view: View) {
    this.#view = view;
  }

  mustHave(law: string): void {
    if (this.#view.laws.includes(law)) return;
    throw new StepFailure(
      `There is no law "${law}" among the law files. Known: ${[...this.#view.laws].sort().join(', ')}.`,
    );
  }

  parameter(name: string, value: Value | undefined): void {
    this.#parameters.set(name.trim(), value);
  }

  source(source: ValueSource): void {
    this.#sources.push(source);
  }

  evaluate(law: string, outputs: readonly string[], single: boolean): void {
    const evaluation = new Evaluation(this.#view, new Map(), this.on, {
      sources: new DataSources(this.#sources),
      markings: this.markings,
    });
    const outcome = caught(() => answerRequest(evaluation, law, outputs, this.#given(law)));
    this.#evaluated = { law, evaluation, outcome, single };
  }

  /** An empty cell is null by the older rules, and not given by the newer ones. */
  #given(law: string): ReadonlyMap<string, Value> {
    const isOlder = this.#view.stretches(law).some(({ version }) => version?.profile === 'base');
    const given = new Map<string, Value>();
    for (const [name, value] of this.#parameters) {
      if (value !== undefined) given.set(name, value);
      else if (isOlder) given.set(name, null);
    }
    return given;
  }

  mustHaveEvaluated(): Evaluated {
    if (!this.#evaluated) throw new StepFailure('Nothing has been evaluated yet. Say first: I evaluate "…" of "…".');
    return this.#evaluated;
  }

  get failure(): LawError | null {
    const outcome = this.#evaluated?.outcome;
    return outcome instanceof LawError ? outcome : null;
  }

  mustHaveFailed(): string {
    this.mustHaveEvaluated();
    if (!this.failure) throw new StepFailure('The execution succeeds.');
    return this.failure.message;
  }

  /** The value of an output of the last evaluation. */
  #valueOf(output: string): Value {
    const { law, evaluation, outcome } = this.mustHaveEvaluated();
    if (outcome instanceof LawError) throw new StepFailure(`The execution fails: ${outcome.message}`);
    const found = outcome.outputs.get(output)?.value ?? outcome.alongside.get(output);
    if (found !== undefined) return found;
    if (outcome.outputs.has(output) || outcome.alongside.has(output)) return null;
    // By the newer rules an output is computed when somebody asks for it.
    if (evaluation.ruleOf(law, output)?.profile === 'present') {
      const later = caught(() => answerRequest(evaluation, law, [output], this.#given(law)));
      if (later instanceof LawError) throw new StepFailure(`The execution fails: ${later.message}`);
      return later.outputs.get(output)?.value ?? null;
    }
    const known = [...outcome.outputs.keys(), ...outcome.alongside.keys()];
    throw new StepFailure(`There is no output "${output}" in the result. It has: ${known.join(', ') || 'nothing'}.`);
  }

  /** `written` is the expected value as the file has it: text that looks like a number may also be text. */
  mustBe(output: string, expected: Value | undefined, written: string | null = null): void {
    const found = this.#valueOf(output);
    if (isAsExpected(found, expected ?? null) || (typeof found === 'string' && found === written)) return;
    throw new StepFailure(`Output "${output}" is ${shown(found)}.`);
  }

  mustBeUnknown(output: string, lacking: string | null): void {
    const found = this.#valueOf(output);
    if (!(found instanceof Unknown)) throw new StepFailure(`Output "${output}" is ${shown(found)}.`);
    if (lacking === null || found.missing.some(({ name }) => name === lacking)) return;
    throw new StepFailure(
      `Output "${output}" is unknown for lack of ${found.missing.map(({ name }) => `"${name}"`).join(', ')}.`,
    );
  }

  mustBeUntranslatable(output: string): void {
    const found = this.#valueOf(output);
    if (!(found instanceof Untranslatable)) throw new StepFailure(`Output "${output}" is ${shown(found)}.`);
  }

  mustContain(output: string, part: string): void {
    const found = this.#valueOf(output);
    const texts = isList(found) ? found.map(text) : [text(found)];
    if (texts.some((one) => one.toLowerCase().includes(part.toLowerCase()))) return;
    throw new StepFailure(`Output "${output}" is ${shown(found)}.`);
  }

  mustGiveExactly(expected: readonly string[]): void {
    const { outcome, single } = this.mustHaveEvaluated();
    if (outcome instanceof LawError) throw new StepFailure(`The execution fails: ${outcome.message}`);
    const found = [...outcome.outputs.keys(), ...(single ? outcome.alongside.keys() : [])].sort();
    if (found.join() === [...expected].sort().join()) return;
    throw new StepFailure(`The result contains the outputs "${found.join(', ')}".`);
  }

  mustComeFrom(output: string, expected: Provenance['kind']): void {
    const { outcome } = this.mustHaveEvaluated();
    this.#valueOf(output);
    const provenance = outcome instanceof LawError ? undefined : outcome.outputs.get(output)?.provenance;
    const kind = provenance?.kind ?? 'direct';
    // What a hook gives and another article takes the place of is both: engines differ in what they call it.
    if (kind === expected || (expected === 'override' && provenance?.overriddenBy)) return;
    throw new StepFailure(`Output "${output}" has ${kind} provenance.`);
  }
}

const tolerance: Decimal = decimal(1n, 9);

function isAsExpected(found: Value, expected: Value): boolean {
  if (isNumeric(found) && isNumeric(expected)) {
    const apart = subtractDecimals(toDecimal(found), toDecimal(expected));
    const size = apart.coefficient < 0n ? subtractDecimals(decimal(0n), apart) : apart;
    return compareNumbers(size, tolerance) <= 0;
  }
  return isSame(found, expected);
}

function text(value: Value): string {
  if (typeof value === 'string') return value;
  return value instanceof ReferenceDate ? isoDay(value.day) : JSON.stringify(toJson(value));
}

function shown(value: Value): string {
  if (value instanceof Unknown) return `unknown for lack of ${value.missing.map(({ name }) => `"${name}"`).join(', ')}`;
  if (value instanceof Untranslatable) return `untranslatable (${value.construct})`;
  return value === null ? 'null' : JSON.stringify(toJson(value));
}
