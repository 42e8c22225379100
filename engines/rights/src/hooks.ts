// Articles that run along with every article that decides in a certain way, such as those of the Awb with every beschikking.
import type { Frame } from './call.ts';
import type { Evaluation } from './evaluation.ts';
import { LawError } from './law-error.ts';
import type { Hook } from './law-file.ts';
import type { Moving } from './moving.ts';
import { foremost } from './priority.ts';
import { Unknown, type Value } from './value.ts';
import type { ArticleText } from './view.ts';

/** A value that a hook gives, and the article it comes from; `by` is the article that took its place. */
export type HookValue = { readonly value: Value | Moving; readonly text: ArticleText; readonly by: ArticleText | null };

type Point = Hook['point'];

export class Hooks {
  readonly #evaluation: Evaluation;
  readonly #running = new Set<ArticleText>();
  readonly #listening = new Map<ArticleText, Record<Point, readonly ArticleText[]>>();

  constructor(evaluation: Evaluation) {
    this.#evaluation = evaluation;
  }

  /** What all hooks at this point give, by name. A hook that is running already is passed over. */
  run(point: Point, frame: Frame): ReadonlyMap<string, HookValue> {
    const given = new Map<string, HookValue>();
    for (const [name, texts] of this.#givers(point, frame)) given.set(name, this.#valueOf(name, texts, point, frame));
    return given;
  }

  /** What a hook before the actions gives under this name, if any does. */
  before(frame: Frame, name: string): HookValue | null {
    const texts = this.#givers('pre_actions', frame).get(name);
    return texts ? this.#valueOf(name, texts, 'pre_actions', frame) : null;
  }

  #valueOf(name: string, texts: readonly [ArticleText, ...ArticleText[]], point: Point, frame: Frame): HookValue {
    const evaluation = this.#evaluation;
    const text = foremost(texts, `output '${name}' of the hooks on ${frame.text.law}`);
    this.#running.add(text);
    try {
      return evaluation.recorded(
        'hook_resolution',
        name,
        text,
        () =>
          evaluation.hop(`hook '${name}'`, () => {
            const call = evaluation.callOf(text.law, this.#parametersFor(text, point, frame));
            evaluation.narrow(call.law.from, call.law.next);
            const { value, by } = evaluation.computedOf(call, name, text.own.get(name));
            return { value, text, by };
          }),
        null,
        ({ value }) => value,
      );
    } catch (error) {
      if (!(error instanceof LawError)) throw error;
      throw new LawError(error.kind, `${error.message}, in the hook of article ${text.article} of law '${text.law}'`);
    } finally {
      this.#running.delete(text);
    }
  }

  /** The outputs that hooks can give here, with the articles that give them. */
  #givers(point: Point, frame: Frame): ReadonlyMap<string, readonly [ArticleText, ...ArticleText[]]> {
    const givers = new Map<string, readonly [ArticleText, ...ArticleText[]]>();
    for (const text of this.#listenersOf(frame.text)[point]) {
      if (this.#running.has(text)) continue;
      for (const { name } of text.rules.outputs) {
        const others = givers.get(name);
        givers.set(name, others ? [...others, text] : [text]);
      }
    }
    return givers;
  }

  /** The hooks that listen to an article on this day. */
  #listenersOf(text: ArticleText): Record<Point, readonly ArticleText[]> {
    const known = this.#listening.get(text);
    if (known) return known;
    const { view, on } = this.#evaluation;
    const listeners: Record<Point, ArticleText[]> = { pre_actions: [], post_actions: [] };
    for (const law of view.lawsWithHooks) {
      const stretch = view.stretch(law, on);
      for (const candidate of stretch.texts) {
        if (candidate === text) continue;
        for (const hook of candidate.rules.hooks) {
          if (this.#hears(hook, text) && !listeners[hook.point].includes(candidate))
            listeners[hook.point].push(candidate);
        }
      }
    }
    this.#listening.set(text, listeners);
    return listeners;
  }

  #hears(hook: Hook, { law, article, rules: { produces } }: ArticleText): boolean {
    if (!produces) return false;
    if (hook.legalCharacter !== null) {
      return (
        hook.legalCharacter === produces.legalCharacter &&
        hook.stage === this.#evaluation.stage &&
        (hook.decisionType === null || hook.decisionType === produces.decisionType)
      );
    }
    return (
      (hook.submission === null || hook.submission === produces.submission) &&
      (hook.establishedBy === null || hook.establishedBy === produces.legalCharacter) &&
      (hook.decidedBy === null || this.#isDecidedBy(`${law}#${article}`, hook.decidedBy))
    );
  }

  /** Is there an article in force that decides on this one, with a decision of this character? */
  #isDecidedBy(article: string, legalCharacter: string): boolean {
    const { view, on } = this.#evaluation;
    return view.laws.some((law) =>
      view
        .stretch(law, on)
        .texts.some(
          ({ rules: { produces } }) =>
            produces?.legalCharacter === legalCharacter && produces.decidesOn.includes(article),
        ),
    );
  }

  /** The parameters a hook declares, taken from the article it runs along with: after its actions also its outputs. */
  #parametersFor(text: ArticleText, point: Point, frame: Frame): ReadonlyMap<string, Value> {
    const evaluation = this.#evaluation;
    const passed = new Map<string, Value>();
    for (const { name, required } of text.rules.parameters) {
      const binding = frame.scope.get(name);
      if (frame.run === null && point === 'pre_actions' && (binding?.kind === 'output' || binding?.kind === 'step'))
        continue;
      if (binding?.kind === 'parameter' && !frame.call.parameters.has(name)) continue;
      const value = evaluation.valueOf(name, { ...frame, loop: null });
      if (value === undefined) continue;
      const known = evaluation.settle(value);
      // What nobody knows is left out where it may be.
      if (!(known instanceof Unknown) || required) passed.set(name, known);
    }
    return passed;
  }
}
