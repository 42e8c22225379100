import type { Day, Layer } from '@meedoen/units';
import { viewOf, type Corpus } from './corpus.ts';
import { Evaluation } from './evaluation.ts';
import type { Json } from './json.ts';
import { LawError, type LawErrorKind } from './law-error.ts';
import type { LawFile } from './law-file.ts';
import type { TraceNode } from './trace.ts';
import { fromJson, toJson, Unknown, type Value } from './value.ts';
import { View } from './view.ts';

export type LawRequest = {
  readonly law: string;
  readonly outputs: readonly string[];
  readonly parameters?: Readonly<Record<string, Json>>;
  /** Plain facts by the name under which laws read them; for every law in the chain. */
  readonly facts?: Readonly<Record<string, Json>>;
  readonly on: Day;
  /** In which sense of the law, for a corpus with replacements; by default as printed. */
  readonly layer?: Layer;
  readonly variant?: string | null;
  readonly trace?: boolean;
};

export type LawResult =
  | { readonly ok: true; readonly outputs: Readonly<Record<string, Json>>; readonly trace?: TraceNode }
  | { readonly ok: false; readonly kind: LawErrorKind; readonly message: string; readonly trace?: TraceNode };

/**
 * Computes outputs of one law on one day. An unknown comes back as `{ "__unknown": true, "missing": [...] }`, an exact
 * number that JSON cannot hold as text. With `trace`, also how: on a failure as far as it came.
 */
export function evaluateLaw(laws: Corpus | readonly LawFile[], request: LawRequest): LawResult {
  const view = isFiles(laws)
    ? new View({ laws, replacements: [] }, 'text', null)
    : viewOf(laws, request.layer ?? 'text', request.variant ?? null);
  const evaluation = new Evaluation(view, valuesOf(request.facts), request.on);
  const outputs: Record<string, Json> = {};
  const compute = (): Value => {
    const parameters = valuesOf(request.parameters);
    for (const output of request.outputs) {
      checkPerson(evaluation, request.law, output, parameters);
      outputs[output] = toJson(evaluation.output(request.law, output, parameters));
    }
    return null;
  };
  if (request.trace) {
    const { value, trace } = evaluation.traced(request.law, compute);
    return value instanceof LawError ? { ...failure(value), trace } : { ok: true, outputs, trace };
  }
  try {
    compute();
    return { ok: true, outputs };
  } catch (error) {
    if (error instanceof LawError) return failure(error);
    throw error;
  }
}

function checkPerson(
  evaluation: Evaluation,
  law: string,
  output: string,
  parameters: ReadonlyMap<string, Value>,
): void {
  for (const { name, required, nullable } of evaluation.ruleOf(law, output)?.parameters ?? []) {
    const value = parameters.get(name);
    const nobody = (value === null && !nullable) || value instanceof Unknown;
    if (required && nobody) {
      throw new LawError(
        'NullForNonNullable',
        `Law '${law}' cannot be evaluated for nobody: parameter '${name}' is null`,
      );
    }
  }
}

function failure({ kind, message }: LawError): Extract<LawResult, { ok: false }> {
  return { ok: false, kind, message };
}

function valuesOf(record: Readonly<Record<string, Json>> = {}): ReadonlyMap<string, Value> {
  return new Map(Object.entries(record).map(([name, value]) => [name, fromJson(value)]));
}

function isFiles(laws: Corpus | readonly LawFile[]): laws is readonly LawFile[] {
  return Array.isArray(laws);
}
