import type { Json } from './json.ts';

/** How a result came about: each name that was looked up and each operation that was computed, with what it used. */
export type TraceNode = {
  readonly node_type: 'resolve' | 'operation' | 'action' | 'cross_law_reference' | 'article' | 'cached';
  readonly name: string;
  readonly result: Json;
  readonly resolve_type?:
    | 'PARAMETER'
    | 'DEFINITION'
    | 'OUTPUT'
    | 'LOCAL'
    | 'CONTEXT'
    | 'RESOLVED_INPUT'
    | 'DATA_SOURCE';
  readonly message?: string;
  readonly children: readonly TraceNode[];
};
