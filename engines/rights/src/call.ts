// One law asked with one set of parameters, and where in it an expression stands.
import type { ArticleRun } from './article-run.ts';
import type { Action, OpenTerm } from './law-file.ts';
import type { Moving } from './moving.ts';
import { ReferenceDate, Unknown, Untranslatable, type Value } from './value.ts';
import type { ArticleText, LawStretch, Scope } from './view.ts';

/** Plain facts about a person, by the name under which laws read them; what is not in it is unknown. */
export type FactSource = ReadonlyMap<string, Value>;
export type Parameters = ReadonlyMap<string, Value>;

/** One law asked with one set of parameters; its outputs are computed at most once. */
export type Call = {
  readonly law: LawStretch;
  readonly parameters: Parameters;
  readonly outputs: Map<string, Computed | 'running'>;
  /** Values that have no name for other articles: steps between, and open terms. */
  readonly inner: Map<Action | OpenTerm, Computed | 'running'>;
  /** Articles that ran as a whole, by the rules up to schema v0.5.6. */
  readonly runs: Map<ArticleText, ArticleRun | 'running'>;
};
export type Computed = {
  readonly value: Value | Moving;
  readonly since: number;
  readonly next: number;
  /** The article that took the place of the output's own. */
  readonly by: ArticleText | null;
};

/** Where a `$name` is looked up: the call, the article in hand and its names, and the element of a FOREACH. */
export type Frame = {
  readonly call: Call;
  readonly text: ArticleText;
  readonly scope: Scope;
  readonly loop: ReadonlyMap<string, Value> | null;
  /** The run in hand, where the article runs as a whole. */
  readonly run: ArticleRun | null;
};

/** Where a call keeps an output: by its name, and if others go by that name also by its article. */
export function keyInCall(call: Call, name: string, text: ArticleText | null): string {
  const known = call.law.rules.get(name);
  return text === null || known?.text === text ? name : `${text.article}#${name}`;
}

/** One text for one set of parameters, in whatever order they were given. */
export function keyOfParameters(parameters: Parameters): string {
  if (parameters.size === 1) for (const [name, value] of parameters) return `${name}=${keyOfValue(value)}`;
  return [...parameters]
    .map(([name, value]) => `${name}=${keyOfValue(value)}`)
    .sort()
    .join(' ');
}

function keyOfValue(value: Value): string {
  // The length before it keeps two texts apart from one that looks like both.
  if (typeof value === 'string') return `${value.length}:${value}`;
  if (value === null || typeof value !== 'object') return String(value);
  if (value instanceof ReferenceDate) return `day ${value.day}`;
  if (value instanceof Unknown) return `unknown ${JSON.stringify(value.missing)}`;
  if (value instanceof Untranslatable) return `untranslatable ${JSON.stringify(value)}`;
  if (value instanceof Map) return `{${keyOfParameters(value as Parameters)}}`;
  if (Array.isArray(value)) return `[${(value as readonly Value[]).map(keyOfValue).join()}]`;
  const { coefficient, scale } = value as { coefficient: bigint; scale: number };
  return `${coefficient}e-${scale}`;
}
