// The law as it stands in one layer and variant: per law the stretches of days over which its text does not change.
import type { Day, Layer } from '@meedoen/units';
import { layers } from '@meedoen/units';
import type { Citation } from './answer-type.ts';
import type { CorpusParts } from './corpus.ts';
import { LawError } from './law-error.ts';
import type {
  Action,
  Article,
  ArticleRules,
  Expression,
  Field,
  InputField,
  LawFile,
  OpenTerm,
  Profile,
} from './law-file.ts';
import { layerOf, type Replacement } from './replacement.ts';
import type { RightRow } from './rights-table.ts';
import { Unknown, type Value } from './value.ts';
import { isoDay } from '@meedoen/units';

/** One law over the days `from` up to (not including) `next`, with the rules that hold in them. */
export type LawStretch = {
  readonly id: string;
  readonly from: number;
  readonly next: number;
  /** The version in force; null = none, for the reason given. */
  readonly version: LawFile | null;
  readonly notInForce: { readonly kind: 'LawNotYetInForce' | 'LawEnded'; readonly until: Day | null } | null;
  readonly rules: ReadonlyMap<string, Rule>;
  /** The articles that compute something, in the order of the file. */
  readonly texts: readonly ArticleText[];
};

/** One article as it stands in a stretch. */
export type ArticleText = {
  readonly law: string;
  readonly article: string;
  readonly version: LawFile;
  readonly rules: ArticleRules;
  readonly scope: Scope;
  readonly citation: Citation;
  /** Its outputs, by name: also those that go by the same name elsewhere in the law. */
  readonly own: ReadonlyMap<string, Rule>;
};

/** How one output is computed, and where that stands. */
export type Rule = {
  readonly law: string;
  readonly article: string;
  readonly output: Field;
  readonly value: Expression;
  readonly scope: Scope;
  readonly parameters: readonly Field[];
  readonly citation: Citation;
  readonly profile: Profile;
  readonly text: ArticleText;
};

/** What a `$name` in an article stands for. */
export type Scope = ReadonlyMap<string, Binding>;
export type Binding =
  | { readonly kind: 'output'; readonly name: string }
  /** A step between that the article declares no output for, or an earlier value of an output that is computed twice. */
  | { readonly kind: 'step'; readonly action: Action }
  | { readonly kind: 'open term'; readonly term: OpenTerm }
  | { readonly kind: 'definition'; readonly value: Value }
  | { readonly kind: 'input'; readonly input: InputField; readonly unknown: Unknown }
  | { readonly kind: 'parameter'; readonly field: Field; readonly unknown: Unknown };

export class View {
  readonly #laws: ReadonlyMap<string, readonly LawStretch[]>;
  /** All laws, by id. */
  readonly laws: readonly string[];
  /** The laws that have, in any version, hooks. */
  readonly lawsWithHooks: readonly string[];
  readonly hasOverrides: boolean;
  readonly #implementers: ReadonlyMap<string, ReadonlySet<string>>;

  constructor(parts: Pick<CorpusParts, 'laws' | 'replacements'>, layer: Layer, variant: string | null) {
    const replacements = parts.replacements.filter((replacement) => counts(replacement, layer, variant));
    const versions = new Map<string, LawFile[]>();
    for (const law of parts.laws) versions.set(law.id, [...(versions.get(law.id) ?? []), law]);
    this.#laws = new Map([...versions].map(([id, files]) => [id, stretchesOf(id, files, replacements)]));
    this.laws = [...this.#laws.keys()];
    const texts = [...this.#laws.values()].flatMap((stretches) => stretches.flatMap((stretch) => stretch.texts));
    this.lawsWithHooks = [...new Set(texts.filter(({ rules }) => rules.hooks.length > 0).map(({ law }) => law))].sort();
    this.hasOverrides = texts.some(({ rules }) => rules.overrides.length > 0);
    const implementers = new Map<string, Set<string>>();
    for (const text of texts) {
      for (const one of text.rules.implements) {
        const key = termKey(one.law, one.article, one.openTerm);
        implementers.set(key, (implementers.get(key) ?? new Set()).add(text.law));
      }
    }
    this.#implementers = implementers;
  }

  /** The laws that have, in any version, an article that fills this open term. */
  implementersOf(law: string, article: string, openTerm: string): ReadonlySet<string> {
    return this.#implementers.get(termKey(law, article, openTerm)) ?? nobody;
  }

  /** The stretch of the law around a day. A law that is unknown throws a LawError; one not in force has `version` null. */
  stretch(law: string, on: Day): LawStretch {
    const stretches = this.#laws.get(law);
    if (!stretches) throw new LawError('LawNotFound', `Law '${law}' not found`);
    for (const stretch of stretches) if (on < stretch.next) return stretch;
    throw new RangeError('The last stretch of a law has no end.');
  }

  /** The rule behind an output on a day; undefined if the law is not in force then, or has no such output. */
  rule(law: string, output: string, on: Day): Rule | undefined {
    return this.#laws.has(law) ? this.stretch(law, on).rules.get(output) : undefined;
  }

  /** The first days of all stretches of the laws that a right can reach, in order of time. */
  edgesReachedFrom({ law: home, ends, weeksIn52 }: Pick<RightRow, 'law' | 'ends' | 'weeksIn52'>): readonly number[] {
    const reached = new Set<string>();
    const reach = (law: string): void => {
      if (reached.has(law)) return;
      reached.add(law);
      for (const { rules } of this.stretches(law))
        for (const { scope } of rules.values()) lawsNamedIn(scope).forEach(reach);
    };
    reach(home);
    for (const { law } of [...ends, ...(weeksIn52 ? [weeksIn52] : [])]) reach(law);
    const edges = new Set([...reached].flatMap((law) => this.stretches(law).map(({ from }) => from)).filter(isFinite));
    return [...edges].sort((a, b) => a - b);
  }

  /** All stretches of a law, in order of time; none if there is no such law. */
  stretches(law: string): readonly LawStretch[] {
    return this.#laws.get(law) ?? [];
  }
}

const nobody: ReadonlySet<string> = new Set();

function termKey(law: string, article: string, openTerm: string): string {
  return `${law}#${article}#${openTerm}`;
}

/** Why a law cannot be read in this stretch. */
export function notInForce(stretch: LawStretch, on: Day): LawError {
  const { kind, until } = stretch.notInForce ?? { kind: 'LawNotYetInForce', until: null };
  const why = kind === 'LawEnded' && until !== null ? `; last in force until ${isoDay(until)}` : ' (not yet in force)';
  return new LawError(kind, `No version of law '${stretch.id}' in force on ${isoDay(on)}${why}`);
}

function counts(replacement: Replacement, layer: Layer, variant: string | null): boolean {
  if (replacement.variant !== null) return replacement.variant === variant;
  return layers.indexOf(layerOf(replacement.status)) <= layers.indexOf(layer);
}

function stretchesOf(
  id: string,
  versions: readonly LawFile[],
  replacements: readonly Replacement[],
): readonly LawStretch[] {
  const touching = replacements.filter(({ replaces }) => replaces.some(({ law }) => law === id));
  const edges = new Set<number>();
  for (const { validFrom, validTo } of versions) addEdges(edges, validFrom, validTo);
  for (const { from, to } of touching) addEdges(edges, from, to);
  const starts = [-Infinity, ...[...edges].sort((a, b) => a - b)];
  return starts.map((from, index) => {
    const next = starts[index + 1] ?? Infinity;
    // Any day of the stretch will do; of the first one, the day before it ends.
    const day = (from === -Infinity ? (next === Infinity ? 0 : next - 1) : from) as Day;
    const { version, notInForce: reason } = versionOn(versions, day);
    const active = touching.filter((replacement) => isActive(replacement, day));
    const texts = version ? textsOf(version, active) : [];
    return { id, from, next, version, notInForce: reason, rules: rulesOf(texts), texts };
  });
}

function addEdges(edges: Set<number>, from: Day | null, to: Day | null): void {
  if (from !== null) edges.add(from);
  if (to !== null) edges.add(to + 1);
}

function isActive({ from, to }: Replacement, on: Day): boolean {
  return from <= on && (to === null || on <= to);
}

// The newest version that has begun; when that has ended the law is not in force, and no older version comes back.
function versionOn(versions: readonly LawFile[], on: Day): Pick<LawStretch, 'version' | 'notInForce'> {
  let newest: LawFile | null = null;
  for (const version of versions) {
    if (version.validFrom === null || version.validFrom > on) continue;
    const reigning: Day | null = newest?.validFrom ?? null;
    if (reigning === null || version.validFrom >= reigning) newest = version;
  }
  newest ??= versions.find(({ validFrom }) => validFrom === null) ?? null;
  if (!newest) return { version: null, notInForce: { kind: 'LawNotYetInForce', until: null } };
  if (newest.validTo !== null && on > newest.validTo) {
    return { version: null, notInForce: { kind: 'LawEnded', until: newest.validTo } };
  }
  return { version: newest, notInForce: null };
}

function textsOf(version: LawFile, replacements: readonly Replacement[]): readonly ArticleText[] {
  const texts: ArticleText[] = [];
  for (const article of version.articles) {
    const replacement = winner(replacements, version.id, article.number);
    const part = replacement?.replaces.find((one) => one.law === version.id && one.article === article.number);
    const rules = part?.rules ?? article.rules;
    if (!rules) continue;
    const replaced = part && replacement ? citeReplacement(version, article, replacement) : null;
    const own = new Map<string, Rule>();
    const text: ArticleText = {
      law: version.id,
      article: article.number,
      version,
      rules,
      scope: scopeOf(rules, version.id),
      citation: replaced ?? citeArticle(version, article, ''),
      own,
    };
    for (const action of rules.actions) {
      const output = rules.outputs.find(({ name }) => name === action.output);
      if (output)
        own.set(output.name, ruleOf(text, action, output, replaced ?? citeArticle(version, article, output.name)));
    }
    texts.push(text);
  }
  return texts;
}

/**
 * The outputs that others can ask a law for. An article that takes the place of an output has one of the same name; it
 * steps back for the article it stands beside, and two of them for each other.
 */
function rulesOf(texts: readonly ArticleText[]): ReadonlyMap<string, Rule> {
  const rules = new Map<string, Rule>();
  const standIns = new Map<string, Rule | null>();
  for (const { own, rules: text } of texts) {
    for (const [name, rule] of own) {
      if (!overrides(text, name)) rules.set(name, rule);
      else standIns.set(name, standIns.has(name) ? null : rule);
    }
  }
  for (const [name, rule] of standIns) if (rule && !rules.has(name)) rules.set(name, rule);
  return rules;
}

/** Does the article give this output to take the place of another? */
function overrides(rules: ArticleRules, output: string): boolean {
  return rules.overrides.some((one) => one.output === output);
}

function ruleOf(text: ArticleText, action: Action, output: Field, citation: Citation): Rule {
  return {
    law: text.law,
    article: text.article,
    output,
    value: action.value,
    scope: scopeWithin(text, action),
    parameters: text.rules.parameters,
    citation,
    profile: text.version.profile,
    text,
  };
}

/** Of the replacements of one article: a variant goes over a layer, and the later one over the earlier. */
function winner(replacements: readonly Replacement[], law: string, article: string): Replacement | null {
  let best: Replacement | null = null;
  for (const replacement of replacements) {
    if (!replacement.replaces.some((one) => one.law === law && one.article === article)) continue;
    const goesOver =
      !best ||
      Number(replacement.variant !== null) - Number(best.variant !== null) > 0 ||
      ((replacement.variant !== null) === (best.variant !== null) && replacement.from >= best.from);
    if (goesOver) best = replacement;
  }
  return best;
}

// An article's scope is the same in every stretch, layer and variant.
const scopes = new WeakMap<ArticleRules, Scope>();

// Later entries go over earlier ones: parameters, then inputs, open terms, definitions, outputs.
function scopeOf(rules: ArticleRules, law: string): Scope {
  const known = scopes.get(rules);
  if (known) return known;
  const scope = new Map(scopeBeneath(rules, law));
  for (const action of rules.actions) {
    const isDeclared = rules.outputs.some(({ name }) => name === action.output);
    scope.set(action.output, isDeclared ? { kind: 'output', name: action.output } : { kind: 'step', action });
  }
  // An output that no action computes can still be asked for, and is then not found.
  for (const { name } of rules.outputs) scope.set(name, { kind: 'output', name });
  scopes.set(rules, scope);
  return scope;
}

const scopesBeneath = new WeakMap<ArticleRules, Scope>();

/** What names stand for before any action has run. */
function scopeBeneath(rules: ArticleRules, law: string): Scope {
  const known = scopesBeneath.get(rules);
  if (known) return known;
  const scope = new Map<string, Binding>();
  for (const field of rules.parameters) {
    scope.set(field.name, {
      kind: 'parameter',
      field,
      unknown: new Unknown([{ law, name: field.name, kind: 'not_passed' }]),
    });
  }
  for (const input of rules.inputs) {
    scope.set(input.name, { kind: 'input', input, unknown: new Unknown([{ law, name: input.name, kind: 'no_data' }]) });
  }
  for (const term of rules.openTerms) scope.set(term.id, { kind: 'open term', term });
  for (const [name, value] of rules.definitions) scope.set(name, { kind: 'definition', value });
  scopesBeneath.set(rules, scope);
  return scope;
}

/** The scope inside one action: there its own name is what the name stands for without it, if it stands for anything. */
export function scopeWithin({ rules, scope }: ArticleText, action: Action): Scope {
  const earlier = rules.actions
    .slice(0, rules.actions.indexOf(action))
    .findLast(({ output }) => output === action.output);
  const beneath = scopesBeneath.get(rules)?.get(action.output);
  const own: Binding | undefined = earlier ? { kind: 'step', action: earlier } : beneath;
  return own ? new Map(scope).set(action.output, own) : scope;
}

/** The scope of what holds where nobody fills an open term: parameters, definitions and the terms before it. */
export function scopeOfDefault(text: ArticleText, term: OpenTerm): Scope {
  const scope = new Map<string, Binding>();
  const later = text.rules.openTerms.slice(text.rules.openTerms.indexOf(term)).map(({ id }) => id);
  for (const [name, binding] of scopeBeneath(text.rules, text.law)) {
    if (binding.kind === 'input' || later.includes(name)) continue;
    scope.set(name, binding);
  }
  for (const action of term.defaults ?? []) scope.set(action.output, { kind: 'step', action });
  return scope;
}

function lawsNamedIn(scope: Scope): readonly string[] {
  return [...scope.values()].flatMap((binding) =>
    binding.kind === 'input' && binding.input.source.kind === 'other law' ? [binding.input.source.law] : [],
  );
}

function citeArticle(version: LawFile, article: Article, output: string): Citation {
  const reading = article.reading?.outputs.get(output) ?? article.reading;
  return {
    law: version.id,
    lawName: version.name,
    article: article.number,
    version: version.validFrom ?? (0 as Day),
    url: article.url,
    layer: reading?.layer ?? 'text',
    confidence: reading?.confidence ?? 'inference',
    facts: reading?.facts ?? [],
  };
}

function citeReplacement(version: LawFile, article: Article, replacement: Replacement): Citation {
  return {
    law: version.id,
    lawName: version.name,
    article: article.number,
    version: replacement.from,
    url: replacement.url,
    layer: layerOf(replacement.status),
    confidence: replacement.confidence,
    facts: replacement.facts,
    replacement: replacement.id,
    ...(replacement.heldUntil !== null && { heldUntil: replacement.heldUntil }),
  };
}
