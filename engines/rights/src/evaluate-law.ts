import type { Day } from '@meedoen/units';
import type { Corpus } from './corpus.ts';
import type { Json } from './json.ts';
import type { LawFile } from './law-file.ts';

export type LawRequest = {
  readonly law: string;
  readonly outputs: readonly string[];
  readonly parameters?: Readonly<Record<string, Json>>;
  /** Plain facts by the name under which laws read them. */
  readonly facts?: Readonly<Record<string, Json>>;
  readonly on: Day;
  readonly trace?: boolean;
};
export type TraceNode = {
  readonly node_type: string;
  readonly name: string;
  readonly result: Json;
  readonly resolve_type?: string;
  readonly message?: string;
  readonly children: readonly TraceNode[];
};
export type LawResult =
  | { readonly ok: true; readonly outputs: Readonly<Record<string, Json>>; readonly trace?: TraceNode }
  | { readonly ok: false; readonly kind: string; readonly message: string; readonly trace?: TraceNode };

export function evaluateLaw(_laws: Corpus | readonly LawFile[], _request: LawRequest): LawResult {
  throw new Error('evaluateLaw: being written');
}
