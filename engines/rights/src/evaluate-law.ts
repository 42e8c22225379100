import type { Day, Layer } from '@meedoen/units';
import { viewOf, type Corpus } from './corpus.ts';
import { DataSources, valueSource, type DataSource } from './data-sources.ts';
import { keyInCall, type Call, type Frame, type Parameters } from './call.ts';
import { Evaluation } from './evaluation.ts';
import type { Json } from './json.ts';
import { LawError, type LawErrorKind } from './law-error.ts';
import type { LawFile } from './law-file.ts';
import type { MarkingMode } from './markings.ts';
import type { Moving } from './moving.ts';
import { traceDocument, type StepOrigins, type TraceDocument, type TraceNode } from './trace.ts';
import { fromJson, toJson, Unknown, type Value } from './value.ts';
import { View, type ArticleText } from './view.ts';

export type LawRequest = {
  readonly law: string;
  readonly outputs: readonly string[];
  readonly parameters?: Readonly<Record<string, Json>>;
  /** Plain facts by the name under which laws read them; for every law in the chain. */
  readonly facts?: Readonly<Record<string, Json>>;
  /** Registers that laws may ask; the first that has an answer gives it. */
  readonly sources?: readonly DataSource[];
  readonly on: Day;
  /** In which sense of the law, for a corpus with replacements; by default as printed. */
  readonly layer?: Layer;
  readonly variant?: string | null;
  /** What to do with what the format cannot express; by default `error`. */
  readonly markings?: MarkingMode;
  /** The stage of the decision, for hooks; by default BESLUIT. */
  readonly stage?: string;
  /** How it was computed: as a tree, or as the newer document that says where in the law each step stands. */
  readonly trace?: boolean | 'document';
  /** Also say where each output comes from, what else its article gave, and what to know about the result. */
  readonly full?: boolean;
};

export type LawResult =
  | {
      readonly ok: true;
      /** What was asked for, and what hooks added to it. */
      readonly outputs: Readonly<Record<string, Json>>;
      readonly trace?: TraceNode;
      readonly traceDocument?: TraceDocument;
      readonly provenance?: Readonly<Record<string, Provenance>>;
      /** The other outputs of the articles that ran (schemas up to v0.5.6, in which an article runs as a whole). */
      readonly alongside?: Readonly<Record<string, Json>>;
      readonly notes?: readonly string[];
    }
  | {
      readonly ok: false;
      readonly kind: LawErrorKind;
      readonly message: string;
      readonly trace?: TraceNode;
      readonly traceDocument?: TraceDocument;
    };

/** Where an output comes from: its own article, a hook, or an article that took its place (also that of a hook's). */
export type Provenance = {
  readonly kind: 'direct' | 'reactive' | 'override';
  readonly law: string;
  readonly article: string;
  readonly overriddenBy?: { readonly law: string; readonly article: string };
};

/**
 * Computes outputs of one law on one day. An unknown comes back as `{ "__unknown": true, "missing": [...] }`, what the
 * format cannot express as `{ "__untranslatable": true, ... }`, an exact number that JSON cannot hold as text. With
 * `trace`, also how: on a failure as far as it came.
 */
export function evaluateLaw(laws: Corpus | readonly LawFile[], request: LawRequest): LawResult {
  const view = isFiles(laws) ? viewOfFiles(laws) : viewOf(laws, request.layer ?? 'text', request.variant ?? null);
  const evaluation = new Evaluation(view, valuesOf(request.facts), request.on, {
    ...(request.sources ? { sources: new DataSources(request.sources.map(valueSource)) } : {}),
    ...(request.markings ? { markings: request.markings } : {}),
    ...(request.stage === undefined ? {} : { stage: request.stage }),
  });
  const compute = (): Answered => answerRequest(evaluation, request.law, request.outputs, valuesOf(request.parameters));
  if (!request.trace) {
    const outcome = caught(compute);
    return outcome instanceof LawError ? failure(outcome) : success(outcome, request, evaluation);
  }
  const origins: StepOrigins | null = request.trace === 'document' ? new Map() : null;
  const traced = evaluation.trace.traced(request.law, () => withinTheStack(compute), origins);
  const { outcome } = traced;
  const trace = origins ? { traceDocument: traceDocument(traced.trace, origins) } : { trace: traced.trace };
  if (outcome instanceof LawError) return { ...failure(outcome), ...trace };
  return { ...success(outcome, request, evaluation), ...trace };
}

// A view is made once per list of files.
const viewsOfFiles = new WeakMap<readonly LawFile[], View>();

export function viewOfFiles(laws: readonly LawFile[]): View {
  let view = viewsOfFiles.get(laws);
  if (!view) {
    view = new View({ laws, replacements: [] }, 'text', null);
    viewsOfFiles.set(laws, view);
  }
  return view;
}

export type Answered = {
  readonly outputs: Map<string, { readonly value: Value; readonly provenance: Provenance }>;
  readonly alongside: Map<string, Value>;
};

/** The outputs of a request, with what came along. Throws a LawError. */
export function answerRequest(
  evaluation: Evaluation,
  law: string,
  names: readonly string[],
  parameters: Parameters,
): Answered {
  const answered: Answered = { outputs: new Map(), alongside: new Map() };
  const asked = new Set<ArticleText>();
  const call = evaluation.begin(law, parameters);
  for (const name of names) {
    checkPerson(evaluation, law, name, parameters);
    const { value, by } = evaluation.computedOf(call, name);
    const text = call.law.rules.get(name)?.text;
    if (!text) continue;
    asked.add(text);
    answered.outputs.set(name, { value: evaluation.settle(value), provenance: provenanceOf('direct', text, by) });
  }
  for (const text of asked) {
    addReactive(evaluation, call, text, answered);
    const run = call.runs.get(text);
    if (!run || run === 'running') continue;
    for (const { name } of text.rules.outputs) {
      const computed = call.outputs.get(keyInCall(call, name, text));
      if (computed && computed !== 'running' && !answered.outputs.has(name))
        answered.alongside.set(name, evaluation.settle(computed.value));
    }
  }
  return answered;
}

/** What the hooks on an article give besides what it gives itself. */
function addReactive(evaluation: Evaluation, call: Call, text: ArticleText, { outputs }: Answered): void {
  if (evaluation.view.lawsWithHooks.length === 0) return;
  const add = (name: string, value: Value | Moving, from: ArticleText, by: ArticleText | null): void => {
    // What an article says itself is never replaced, whether it was asked for or not.
    if (outputs.has(name) || text.own.has(name)) return;
    outputs.set(name, { value: evaluation.settle(value), provenance: provenanceOf('reactive', from, by) });
  };
  const run = call.runs.get(text);
  if (run && run !== 'running') {
    for (const [name, hooked] of run.reactive) add(name, hooked.value, hooked.text, hooked.by);
    return;
  }
  const frame: Frame = { call, text, scope: text.scope, loop: null, run: null };
  for (const point of ['pre_actions', 'post_actions'] as const)
    for (const [name, hooked] of evaluation.hooks.run(point, frame)) add(name, hooked.value, hooked.text, hooked.by);
}

function provenanceOf(kind: 'direct' | 'reactive', text: ArticleText, by: ArticleText | null): Provenance {
  const { law, article } = text;
  if (!by) return { kind, law, article };
  return {
    kind: kind === 'direct' ? 'override' : kind,
    law,
    article,
    overriddenBy: { law: by.law, article: by.article },
  };
}

/** By the newer rules a law is not asked about nobody, and nothing is passed that it does not take. */
function checkPerson(evaluation: Evaluation, law: string, output: string, parameters: Parameters): void {
  const rule = evaluation.ruleOf(law, output);
  if (rule?.profile !== 'present') return;
  for (const { name, required, nullable } of rule.parameters) {
    const value = parameters.get(name);
    const nobody = value === null && !nullable;
    if (required && (nobody || value instanceof Unknown)) {
      throw new LawError(
        'NullForNonNullable',
        `Law '${law}' cannot be evaluated for nobody: parameter '${name}' is null, but is not declared nullable`,
      );
    }
    if (nobody) {
      throw new LawError(
        'NullForNonNullable',
        `Parameter '${name}' of law '${law}' is null, but is not declared nullable`,
      );
    }
  }
}

function success(
  { outputs, alongside }: Answered,
  request: LawRequest,
  evaluation: Evaluation,
): LawResult & { ok: true } {
  const found: Record<string, Json> = {};
  for (const [name, { value }] of outputs) found[name] = toJson(value);
  if (!request.full) return { ok: true, outputs: found };
  return {
    ok: true,
    outputs: found,
    provenance: Object.fromEntries([...outputs].map(([name, { provenance }]) => [name, provenance])),
    alongside: Object.fromEntries([...alongside].map(([name, value]) => [name, toJson(value)])),
    notes: evaluation.notes,
  };
}

function failure({ kind, message }: LawError): LawResult & { ok: false } {
  return { ok: false, kind, message };
}

/** The LawError that a computation ends in, as a value. */
export function caught<T>(work: () => T): T | LawError {
  try {
    return withinTheStack(work);
  } catch (error) {
    if (error instanceof LawError) return error;
    throw error;
  }
}

/** A chain of thousands of outputs is a fault of the law, not of ours. */
function withinTheStack<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError && error.message.includes('call stack'))
      throw new LawError('MaxDepthExceeded', 'Too many outputs that need each other in a row');
    throw error;
  }
}

function valuesOf(record: Readonly<Record<string, Json>> = {}): Parameters {
  const values = new Map<string, Value>();
  for (const name of Object.keys(record)) values.set(name, fromJson(record[name] ?? null));
  return values;
}

function isFiles(laws: Corpus | readonly LawFile[]): laws is readonly LawFile[] {
  return Array.isArray(laws);
}
