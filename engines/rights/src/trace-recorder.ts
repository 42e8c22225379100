// Writes down how a result comes about while an evaluation computes it; off unless somebody asks.
import type { Day } from '@meedoen/units';
import type { Json } from './json.ts';
import { LawError } from './law-error.ts';
import type { Expression } from './law-file.ts';
import { at, type Moving } from './moving.ts';
import { traceNode, type ResolveType, type StepOrigins, type StepType, type TraceNode } from './trace.ts';
import { toJson, type Value } from './value.ts';
import type { ArticleText } from './view.ts';

export class TraceRecorder {
  readonly #on: Day;
  /** The steps of the step in hand; null = nobody asked for a trace. */
  #steps: TraceNode[] | null = null;
  #origins: StepOrigins | null = null;

  constructor(on: Day) {
    this.#on = on;
  }

  get isOn(): boolean {
    return this.#steps !== null;
  }

  /**
   * Computes with a record of how, which is complete up to where a LawError stopped it. `origins` is filled with what
   * only the newer form of the trace tells.
   */
  traced<T>(
    name: string,
    work: () => T,
    origins: StepOrigins | null,
  ): { readonly outcome: T | LawError; readonly trace: TraceNode } {
    const children: TraceNode[] = [];
    this.#steps = children;
    this.#origins = origins;
    try {
      return { outcome: work(), trace: traceNode('article', name, null, null, null, children) };
    } catch (error) {
      if (!(error instanceof LawError)) throw error;
      return { outcome: error, trace: traceNode('article', name, null, null, error.message, children) };
    } finally {
      this.#steps = null;
    }
  }

  /** A step that has none of its own. */
  note(
    type: StepType,
    name: string,
    value: Value | Moving,
    resolved: ResolveType | null,
    text: ArticleText | null,
    source: string | null = null,
    message: string | null = null,
  ): void {
    if (!this.#steps) return;
    const node = traceNode(type, name, toJson(at(value, this.#on)), resolved, message, none);
    this.#steps.push(node);
    this.#origins?.set(node, { text, expression: null, source, ended: true });
  }

  /** A step whose result is a value. */
  value(
    type: StepType,
    name: string,
    text: ArticleText,
    expression: Expression | null,
    work: () => Value | Moving,
  ): Value | Moving {
    return this.#steps ? this.step(type, name, text, work, expression, itself) : work();
  }

  /** A step with steps of its own; `shown` is what the trace shows as its result. */
  step<T>(
    type: StepType,
    name: string,
    text: ArticleText | null,
    work: () => T,
    expression: Expression | null,
    shown?: (result: T) => Value | Moving,
  ): T {
    const parent = this.#steps;
    if (!parent) return work();
    const children: TraceNode[] = [];
    this.#steps = children;
    let shownResult: Json = null;
    let message: string | null = null;
    let ended = false;
    try {
      const result = work();
      if (shown) {
        shownResult = toJson(at(shown(result), this.#on));
        ended = true;
      }
      return result;
    } catch (error) {
      message = error instanceof LawError ? error.message : 'stopped';
      throw error;
    } finally {
      const node = traceNode(type, name, shownResult, null, message, children);
      parent.push(node);
      this.#origins?.set(node, { text, expression, source: null, ended });
      this.#steps = parent;
    }
  }
}

const none: readonly TraceNode[] = [];

function itself(value: Value | Moving): Value | Moving {
  return value;
}
