// How a result came about, step by step, in the two forms of the format: the plain tree, and the document in which every
// step says where in the law it stands.
import { isoDay } from '@meedoen/units';
import type { Json } from './json.ts';
import type { Action, ArticleRules, Expression } from './law-file.ts';
import type { ArticleText } from './view.ts';

export type StepType =
  | 'resolve'
  | 'operation'
  | 'action'
  | 'cross_law_reference'
  | 'article'
  | 'cached'
  | 'open_term_resolution'
  | 'hook_resolution'
  | 'override_resolution';

export type ResolveType =
  | 'PARAMETER'
  | 'DEFINITION'
  | 'OUTPUT'
  | 'LOCAL'
  | 'RESOLVED_INPUT'
  | 'DATA_SOURCE'
  | 'OPEN_TERM'
  | 'HOOK'
  | 'OVERRIDE';

/** What the newer form tells about a step besides: where in the law it was taken, and from which register a value came. */
export type StepOrigin = {
  readonly text: ArticleText | null;
  readonly expression: Expression | null;
  readonly source: string | null;
  /** Did the step come to a result? */
  readonly ended: boolean;
};
export type StepOrigins = Map<TraceNode, StepOrigin>;

/** How a result came about: each name that was looked up and each operation that was computed, with what it used. */
export type TraceNode = {
  readonly node_type: StepType;
  readonly name: string;
  readonly result: Json;
  readonly resolve_type?: ResolveType;
  readonly message?: string;
  readonly children: readonly TraceNode[];
};

/** A step of the tree; keys without a value are left out. */
export function traceNode(
  node_type: StepType,
  name: string,
  result: Json,
  resolved: ResolveType | null,
  message: string | null,
  children: readonly TraceNode[],
): TraceNode {
  if (resolved !== null)
    return message === null
      ? { node_type, name, result, resolve_type: resolved, children }
      : { node_type, name, result, resolve_type: resolved, message, children };
  return message === null ? { node_type, name, result, children } : { node_type, name, result, message, children };
}

/** A trace in the newer form (trace version 1): every step has an address and says which provision it belongs to. */
export type TraceDocument = { readonly trace_version: 1; readonly root: AnchoredNode };
export type AnchoredNode = {
  readonly node_type: StepType;
  readonly name: string;
  /** Left out where a step came to no result. */
  readonly result?: Json;
  readonly resolve_type?: ResolveType;
  readonly children?: readonly AnchoredNode[];
  readonly node_id: string;
  readonly anchor?: Anchor;
  readonly yaml_path?: string;
  readonly uri?: string;
  readonly source?: { readonly kind: ResolveType; readonly provider?: string };
  readonly type_spec?: { readonly unit?: string; readonly precision?: number };
  readonly message?: string;
};
export type Anchor = {
  readonly law_id: string;
  readonly law: string;
  readonly article: string;
  readonly url: string;
  readonly valid_from?: string;
};

export function traceDocument(root: TraceNode, origins: StepOrigins): TraceDocument {
  return { trace_version: 1, root: anchored(root, origins, 'n') };
}

const nowhere: StepOrigin = { text: null, expression: null, source: null, ended: false };

function anchored(node: TraceNode, origins: StepOrigins, id: string): AnchoredNode {
  const origin = origins.get(node) ?? nowhere;
  const { text, source } = origin;
  const path = text && pathOf(node, origin, text);
  const field = text && fieldOf(node, text.rules);
  const spec = {
    ...(field?.unit ? { unit: field.unit } : {}),
    ...(field?.precision ? { precision: field.precision } : {}),
  };
  const isOutput = node.node_type === 'action' || node.node_type === 'cached';
  const kind = node.resolve_type;
  return {
    node_type: node.node_type,
    name: node.name,
    ...(origin.ended ? { result: node.result } : {}),
    ...(kind ? { resolve_type: kind } : {}),
    node_id: id,
    ...(text ? { anchor: anchorOf(text) } : {}),
    ...(path ? { yaml_path: path } : {}),
    ...(isOutput && text && !text.law.includes('/') ? { uri: `regelrecht://${text.law}/${node.name}` } : {}),
    ...(kind ? { source: { kind, ...(source === null ? {} : { provider: source }) } } : {}),
    ...(Object.keys(spec).length > 0 ? { type_spec: spec } : {}),
    ...(node.message === undefined ? {} : { message: node.message }),
    ...(node.children.length > 0
      ? {
          children: node.children.map((child, index) =>
            anchored(child, origins, id === 'n' ? `n${index}` : `${id}.${index}`),
          ),
        }
      : {}),
  };
}

function anchorOf({ law, article, version, citation }: ArticleText): Anchor {
  return {
    law_id: law,
    law: version.name,
    article,
    url: citation.url,
    ...(version.validFrom === null ? {} : { valid_from: isoDay(version.validFrom) }),
  };
}

function fieldOf(step: TraceNode, rules: ArticleRules): { unit: string | null; precision: number | null } | null {
  const named = ({ name }: { readonly name: string }): boolean => name === step.name;
  switch (step.node_type) {
    case 'action':
    case 'cached':
      return rules.outputs.find(named) ?? null;
    case 'resolve': {
      if (step.resolve_type === 'DEFINITION')
        return { unit: rules.definitionUnits.get(step.name) ?? null, precision: null };
      if (step.resolve_type === 'OUTPUT') return rules.outputs.find(named) ?? null;
      return rules.inputs.find(named) ?? rules.parameters.find(named) ?? null;
    }
    default:
      return null;
  }
}

/** Where in the file the step stands: keys, and for an item of a list its number, output or name. */
function pathOf(step: TraceNode, { expression }: StepOrigin, { article, rules }: ArticleText): string | null {
  const home = `articles.${label(article)}.machine_readable`;
  switch (step.node_type) {
    case 'action':
      return `${home}.execution.actions.${label(step.name)}`;
    case 'operation': {
      if (!expression) return null;
      for (const action of rules.actions) {
        const within = pathWithin(action, expression);
        if (within !== null) return `${home}.execution.actions.${label(action.output)}${within}`;
      }
      return null;
    }
    case 'open_term_resolution':
      return `${home}.open_terms.${label(step.name)}`;
    case 'cross_law_reference':
    case 'resolve': {
      if (rules.inputs.some(({ name }) => name === step.name)) return `${home}.execution.input.${label(step.name)}`;
      if (step.resolve_type === 'DEFINITION') return `${home}.definitions.${label(step.name)}`;
      if (rules.parameters.some(({ name }) => name === step.name))
        return `${home}.execution.parameters.${label(step.name)}`;
      return null;
    }
    default:
      return null;
  }
}

function label(text: string): string {
  return text.replaceAll('.', '_');
}

function pathWithin(action: Action, wanted: Expression): string | null {
  return search(action.value, wanted, action.inline ? '' : '.value');
}

function search(here: Expression, wanted: Expression, path: string): string | null {
  if (here === wanted) return path;
  if (here.kind !== 'operation') return null;
  for (const [index, operand] of here.operands.entries()) {
    // What an older name was written out in stands nowhere in the file.
    const key = here.keys[index];
    const found = operand && key !== undefined ? search(operand, wanted, `${path}.${key}`) : null;
    if (found) return found;
  }
  for (const [index, item] of (here.list ?? []).entries()) {
    const found = search(item, wanted, `${path}.${here.listKey}.${index}`);
    if (found) return found;
  }
  for (const [index, { when, gives }] of here.cases.entries()) {
    const found =
      search(when, wanted, `${path}.cases.${index}.when`) ?? search(gives, wanted, `${path}.cases.${index}.then`);
    if (found) return found;
  }
  return null;
}
