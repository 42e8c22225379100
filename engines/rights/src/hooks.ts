// Articles that run along with every article that decides in a certain way, such as those of the Awb with every beschikking.
import type { Frame } from './call.ts';
import type { Evaluation } from './evaluation.ts';
import type { Day } from '@meedoen/units';
import { LawError } from './law-error.ts';
import type { Hook } from './law-file.ts';
import type { Moving } from './moving.ts';
import { foremost } from './priority.ts';
import { Unknown, type Value } from './value.ts';
import type { ArticleText, View } from './view.ts';

/** A value that a hook gives, and the article it comes from; `by` is the article that took its place. */
export type HookValue = { readonly value: Value | Moving; readonly text: ArticleText; readonly by: ArticleText | null };

type Point = Hook['point'];
const nobody: ReadonlyMap<string, readonly [ArticleText, ...ArticleText[]]> = new Map();

export class Hooks {
  readonly #evaluation: Evaluation;
  readonly #running = new Set<ArticleText>();

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
      return evaluation.trace.step(
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
    const listeners = this.#listenersOf(frame.text)[point];
    if (listeners.length === 0) return nobody;
    const givers = new Map<string, readonly [ArticleText, ...ArticleText[]]>();
    for (const text of listeners) {
      if (this.#running.has(text)) continue;
      for (const { name } of text.rules.outputs) {
        const others = givers.get(name);
        givers.set(name, others ? [...others, text] : [text]);
      }
    }
    return givers;
  }

  #listenersOf(text: ArticleText): Listeners {
    const { view, on, stage } = this.#evaluation;
    const found = listenersOf(view, text, on, stage);
    this.#evaluation.narrow(found.since, found.next);
    return found;
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

/** The hooks that listen to an article, over a stretch of days in which they stay the same. */
type Listeners = Record<Point, readonly ArticleText[]> & { readonly since: number; readonly next: number };

const known = new WeakMap<View, Map<ArticleText, Map<string, Listeners>>>();

// Found once for every stretch of days, since every article that is asked wants to know.
function listenersOf(view: View, text: ArticleText, on: Day, stage: string): Listeners {
  let ofView = known.get(view);
  if (!ofView) known.set(view, (ofView = new Map()));
  let ofText = ofView.get(text);
  if (!ofText) ofView.set(text, (ofText = new Map()));
  const last = ofText.get(stage);
  if (last && last.since <= on && on < last.next) return last;
  const found = {
    pre_actions: [] as ArticleText[],
    post_actions: [] as ArticleText[],
    since: -Infinity,
    next: Infinity,
  };
  if (text.rules.produces) {
    for (const law of view.lawsWithHooks) {
      const stretch = view.stretch(law, on);
      found.since = Math.max(found.since, stretch.from);
      found.next = Math.min(found.next, stretch.next);
      for (const candidate of stretch.texts) {
        for (const hook of candidate.rules.hooks) {
          if (candidate === text || found[hook.point].includes(candidate)) continue;
          if (hears(hook, text, view, on, stage)) found[hook.point].push(candidate);
          if (hook.decidedBy !== null) [found.since, found.next] = [on, on + 1];
        }
      }
    }
  }
  ofText.set(stage, found);
  return found;
}

function hears(
  hook: Hook,
  { law, article, rules: { produces } }: ArticleText,
  view: View,
  on: Day,
  stage: string,
): boolean {
  if (!produces) return false;
  if (hook.legalCharacter !== null) {
    return (
      hook.legalCharacter === produces.legalCharacter &&
      hook.stage === stage &&
      (hook.decisionType === null || hook.decisionType === produces.decisionType)
    );
  }
  return (
    (hook.submission === null || hook.submission === produces.submission) &&
    (hook.establishedBy === null || hook.establishedBy === produces.legalCharacter) &&
    (hook.decidedBy === null || isDecidedBy(`${law}#${article}`, hook.decidedBy, view, on))
  );
}

/** Is there an article in force that decides on this one, with a decision of this character? */
function isDecidedBy(article: string, legalCharacter: string, view: View, on: Day): boolean {
  return view.laws.some((law) =>
    view
      .stretch(law, on)
      .texts.some(
        ({ rules: { produces } }) =>
          produces?.legalCharacter === legalCharacter && produces.decidesOn.includes(article),
      ),
  );
}
