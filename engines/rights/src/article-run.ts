// Runs an article as a whole, in the order of its file: by the rules up to schema v0.5.6.
import { keyInCall, type Call, type Frame } from './call.ts';
import type { Evaluation } from './evaluation.ts';
import type { HookValue } from './hooks.ts';
import { taintOf } from './markings.ts';
import type { Moving } from './moving.ts';
import type { ResolveType } from './trace.ts';
import { Untranslatable, type Value } from './value.ts';
import type { ArticleText } from './view.ts';

/** What an article knew and found when it ran. */
export type ArticleRun = {
  /** What names stand for: outputs so far over definitions, hooks, open terms and inputs. */
  readonly values: Map<string, Value | Moving>;
  /** Where the values come from, for the trace; null if nobody asks. */
  readonly origins: Map<string, ResolveType> | null;
  /** What hooks added, by name. */
  readonly reactive: Map<string, HookValue>;
  /** The names that actions computed. */
  readonly computed: Set<string>;
  readonly since: number;
  readonly next: number;
};

/**
 * One run: markings, inputs, open terms, hooks before, actions, hooks after, overrides, taint. A value that was not found
 * is an error only where it is read; any other error ends the run.
 */
export function runArticle(evaluation: Evaluation, call: Call, text: ArticleText): ArticleRun {
  const { rules } = text;
  const taint = rules.markings.length === 0 ? null : taintOf(evaluation, text);
  const values = new Map<string, Value | Moving>();
  const origins = evaluation.trace.isOn ? new Map<string, ResolveType>() : null;
  const reactive = new Map<string, HookValue>();
  const computed = new Set<string>();
  const run = { values, origins, reactive, computed, since: -Infinity, next: Infinity };
  const frame: Frame = { call, text, scope: text.scope, loop: null, run };
  const set = (name: string, value: Value | Moving, origin: ResolveType): void => {
    values.set(name, value);
    origins?.set(name, origin);
  };

  for (const input of rules.inputs) {
    const value = evaluation.inputOf(input, frame);
    if (value !== undefined) set(input.name, value, 'RESOLVED_INPUT');
  }
  for (const term of rules.openTerms) set(term.id, evaluation.termOf(term, frame), 'OPEN_TERM');
  if (evaluation.view.lawsWithHooks.length > 0) {
    for (const [name, hooked] of evaluation.hooks.run('pre_actions', frame)) {
      set(name, hooked.value, 'HOOK');
      reactive.set(name, hooked);
    }
  }
  for (const [name, value] of rules.definitions) set(name, value, 'DEFINITION');

  for (const { output, value } of rules.actions) {
    const found = evaluation.trace.step('action', output, text, () => evaluation.evaluate(value, frame), null, shown);
    set(output, found, 'OUTPUT');
    computed.add(output);
  }

  for (const [name, hooked] of evaluation.hooksAfter(frame)) if (!computed.has(name)) reactive.set(name, hooked);
  for (const name of computed) {
    const value = values.get(name) ?? null;
    const { value: over, by } = evaluation.view.hasOverrides
      ? evaluation.overrides.over(frame, name, value)
      : { value, by: null };
    const last = taint && !(over instanceof Untranslatable) ? taint : over;
    if (rules.outputs.some((output) => output.name === name)) {
      call.outputs.set(keyInCall(call, name, text), {
        value: last,
        since: evaluation.since,
        next: evaluation.next,
        by,
      });
    }
  }
  return { ...run, since: evaluation.since, next: evaluation.next };
}

function shown(value: Value | Moving): Value | Moving {
  return value;
}
