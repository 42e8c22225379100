// Articles that take the place of an output of another article (nl: lex specialis derogat legi generali).
import type { Frame } from './call.ts';
import type { Evaluation } from './evaluation.ts';
import { LawError } from './law-error.ts';
import type { Override } from './law-file.ts';
import type { Moving } from './moving.ts';
import { placeOf } from './priority.ts';
import type { Value } from './value.ts';
import type { ArticleText } from './view.ts';

type Taker = { readonly text: ArticleText; readonly override: Override };

export class Overrides {
  readonly #evaluation: Evaluation;
  readonly #running = new Set<Override>();

  constructor(evaluation: Evaluation) {
    this.#evaluation = evaluation;
  }

  /**
   * The value that counts for an output: its own, or that of the article that takes its place. The law the request
   * started with may take the place of any output; by the newer rules a law may always take the place of its own.
   */
  over(frame: Frame, name: string, general: Value | Moving): { value: Value | Moving; by: ArticleText | null } {
    const evaluation = this.#evaluation;
    const [taker, another] = this.#takersOf(frame.text, name);
    if (!taker) return { value: general, by: null };
    if (another) {
      throw new LawError(
        'ConflictingOverrides',
        `Resolution error: conflicting overrides: output '${name}' of ${placeOf(frame.text)} is overridden by ${placeOf(taker.text)} and by ${placeOf(another.text)}`,
      );
    }
    const { text, override } = taker;
    this.#running.add(override);
    try {
      const value = evaluation.trace.step(
        'override_resolution',
        name,
        text,
        () => evaluation.hop(`override '${name}'`, () => this.#valueOf(taker, frame, name, general)),
        null,
        (found) => found,
      );
      return { value, by: text };
    } finally {
      this.#running.delete(override);
    }
  }

  #valueOf({ text, override }: Taker, frame: Frame, name: string, general: Value | Moving): Value | Moving {
    const evaluation = this.#evaluation;
    if (override.voids) {
      throw new LawError(
        'OutputVoided',
        `Output '${name}' of ${placeOf(frame.text)} does not arise, by ${placeOf(text)}${override.ground === null ? '' : `: ${override.ground}`}`,
      );
    }
    const passed = new Map<string, Value>();
    for (const parameter of text.rules.parameters) {
      const value = parameter.name === name ? general : evaluation.valueOf(parameter.name, { ...frame, loop: null });
      if (value !== undefined) passed.set(parameter.name, evaluation.settle(value));
    }
    const call = evaluation.callOf(text.law, passed);
    evaluation.narrow(call.law.from, call.law.next);
    return evaluation.outputOf(call, name, text.own.get(name));
  }

  #takersOf({ law, article }: ArticleText, output: string): readonly Taker[] {
    const { root, view, on } = this.#evaluation;
    const takers: Taker[] = [];
    for (const taking of new Set([root, law])) {
      if (taking === null) continue;
      for (const text of view.stretch(taking, on).texts) {
        if (text.rules.overrides.length === 0 || (text.law === law && text.article === article)) continue;
        // By the older rules only the law that was asked may do so.
        if (taking !== root && text.version.profile === 'base') continue;
        for (const override of text.rules.overrides) {
          const hits = override.law === law && override.article === article && override.output === output;
          if (hits && !this.#running.has(override)) takers.push({ text, override });
        }
      }
    }
    return takers;
  }
}
