import { isoDay, layers, type Day, type Place, type Problem } from '@meedoen/units';
import { nullProblems } from './check-nulls.ts';
import { typeProblems } from './check-types.ts';
import { viewOf, type Corpus, type CorpusParts } from './corpus.ts';
import type { FactRow } from './fact-table.ts';
import type { ArticleRules, InputField, LawFile } from './law-file.ts';
import { fixedReferences, withParts } from './references.ts';
import { routesOf } from './routes.ts';
import { unitProblem } from './unit-check.ts';
import type { LawStretch, Rule, View } from './view.ts';

/** Inputs with this prefix mark what we have not been able to read in the law: always unknown, never asked. */
const gapPrefix = 'onbekend_';

/**
 * Puts laws, replacements, rights and facts together and checks that they fit: nothing dangles, nothing clashes, every
 * route is made of named conditions, and types agree. With problems the corpus still answers; what is broken is unknown.
 */
export function loadCorpus(parts: CorpusParts): { readonly corpus: Corpus; readonly problems: readonly Problem[] } {
  const corpus: Corpus = { ...parts };
  const check = new CorpusCheck(corpus);
  check.files();
  check.replacements();
  for (const { rules, article, file } of textsOf(corpus)) check.text(rules, article, file);
  const variants = [...new Set(corpus.replacements.flatMap(({ variant }) => variant ?? []))];
  const views = [
    ...layers.map((layer) => viewOf(corpus, layer, null)),
    ...variants.map((variant) => viewOf(corpus, 'applied', variant)),
  ];
  for (const view of views) check.view(view);
  return { corpus, problems: check.inOrder() };
}

type Text = { readonly rules: ArticleRules; readonly article: string; readonly file: string };

function textsOf(corpus: Corpus): readonly Text[] {
  return [
    ...corpus.laws.flatMap(({ articles, file }) =>
      articles.flatMap(({ rules, number }) => (rules ? [{ rules, article: number, file }] : [])),
    ),
    ...corpus.replacements.flatMap(({ replaces, file }) =>
      replaces.map(({ rules, article }) => ({ rules, article, file })),
    ),
  ];
}

class CorpusCheck {
  readonly #corpus: Corpus;
  readonly #problems = new Map<string, Problem>();
  readonly #factByLawName: ReadonlyMap<string, FactRow>;

  constructor(corpus: Corpus) {
    this.#corpus = corpus;
    this.#factByLawName = new Map(corpus.facts.facts.map((fact) => [fact.lawName, fact]));
  }

  inOrder(): readonly Problem[] {
    const line = ({ at }: Problem): number => at?.line ?? 0;
    return [...this.#problems.values()].sort(
      (a, b) => (a.at?.file ?? '').localeCompare(b.at?.file ?? '') || line(a) - line(b),
    );
  }

  files(): void {
    const seen = new Map<string, LawFile>();
    for (const law of this.#corpus.laws) {
      const key = `${law.id} ${law.validFrom ?? 'undated'}`;
      const other = seen.get(key);
      if (other)
        this.#add(
          { file: law.file, line: 1, column: 1 },
          'duplicate-version',
          `This version of "${law.id}" is also in ${other.file}. Keep one of them.`,
        );
      seen.set(key, law);
    }
  }

  replacements(): void {
    const ids = new Set<string>();
    const takers = new Map<string, string>();
    for (const { id, at, from, to, variant, replaces } of this.#corpus.replacements) {
      if (ids.has(id)) this.#add(at, 'duplicate-name', `There are two replacements "${id}". Keep one of them.`);
      ids.add(id);
      for (const one of replaces) {
        const versions = this.#corpus.laws.filter((law) => law.id === one.law);
        if (versions.length === 0) this.#add(one.at, 'dangling', `There is no law "${one.law}".`);
        else if (!versions.some((law) => law.articles.some(({ number }) => number === one.article))) {
          this.#add(one.at, 'dangling', `No version of "${one.law}" has an article ${one.article}.`);
        }
        const place = `${one.law} ${one.article} ${variant ?? ''} ${from}`;
        const other = takers.get(place);
        if (other !== undefined) {
          this.#add(
            one.at,
            'conflict',
            `Replacement "${other}" also takes the place of article ${one.article} from ${isoDay(from)}. Say which one holds by giving one a later day.`,
          );
        }
        takers.set(place, id);
        const everTogether = versions.some(
          (law) =>
            (law.validTo === null || from <= law.validTo) &&
            (to === null || law.validFrom === null || law.validFrom <= to),
        );
        if (versions.length > 0 && !everTogether)
          this.#add(one.at, 'dangling', `No version of "${one.law}" is in force while this replacement holds.`);
      }
    }
  }

  /** What can be said about the rules of an article by themselves. */
  text(rules: ArticleRules, article: string, file: string): void {
    const names = new Set<string>(rules.definitions.keys());
    for (const { name } of [...rules.parameters, ...rules.inputs, ...rules.outputs]) names.add(name);
    for (const { id } of rules.openTerms) names.add(id);
    this.#outputs(rules, article);
    const expressions = rules.actions.map(({ value }) => value);
    for (const input of rules.inputs) {
      this.#fact(input);
      if (input.source.kind === 'other law') expressions.push(...input.source.parameters.values());
    }
    for (const expression of expressions) {
      for (const { name, at } of fixedReferences(expression)) {
        if (!names.has(name))
          this.#add(
            at,
            'dangling',
            `Nothing in article ${article} is called "${name}". Declare it as an input, definition or output.`,
          );
      }
    }
    const used = new Set(
      expressions
        .flatMap((expression) => [...withParts(expression)])
        .flatMap((part) => (part.kind === 'reference' ? [part.name] : [])),
    );
    for (const { name, at } of rules.inputs) {
      if (!used.has(name))
        this.#add(
          { ...at, file },
          'unused-input',
          `Input "${name}" is not read by any action of article ${article}. Remove it.`,
        );
    }
    for (const problem of typeProblems(rules, (name) => this.#factByLawName.get(name))) this.#keep(problem);
    for (const problem of nullProblems(rules)) this.#keep(problem);
  }

  /** The format lets an article compute what it does not declare, and declare what it does not compute; we do not. */
  #outputs(rules: ArticleRules, article: string): void {
    const computed = new Set<string>();
    for (const { output, at } of rules.actions) {
      if (!rules.outputs.some(({ name }) => name === output))
        this.#add(
          at,
          'undeclared-output',
          `Article ${article} computes "${output}", which is not in its "output" list.`,
        );
      if (computed.has(output))
        this.#add(at, 'duplicate-name', `"${output}" is computed twice. Keep one action for it.`);
      computed.add(output);
    }
    for (const action of rules.actions) {
      const mixed = unitProblem(rules, action);
      if (mixed !== null) this.#add(action.at, 'unit-mismatch', `${mixed}. Convert one of them.`);
    }
    for (const { name, at } of rules.outputs) {
      if (!computed.has(name))
        this.#add(at, 'output-without-action', `No action computes output "${name}". Add one, or remove the output.`);
    }
  }

  #fact({ name, type, source, at }: InputField): void {
    if (source.kind !== 'fact' || name.startsWith(gapPrefix)) return;
    const fact = this.#factByLawName.get(name);
    if (!fact) {
      this.#add(
        at,
        'dangling',
        `No fact has the law name "${name}". Add it to the table of facts, or name it ${gapPrefix}… if nobody can know it.`,
      );
      return;
    }
    const fitting: Record<FactRow['type'], readonly string[]> = {
      choice: ['string'],
      date: ['date'],
      boolean: ['boolean'],
      number: ['number', 'amount'],
    };
    if (!fitting[fact.type].includes(type))
      this.#add(
        at,
        'type-mismatch',
        `"${name}" is a fact of type ${fact.type}; declare it as ${fitting[fact.type][0]}.`,
      );
  }

  /** What can only be said about the law as a whole in one layer or variant. */
  view(view: View): void {
    for (const id of new Set(this.#corpus.laws.map((law) => law.id))) {
      for (const stretch of view.stretches(id)) {
        if (!stretch.version) continue;
        this.#clashes(view, stretch);
        for (const rule of stretch.rules.values()) this.#sources(view, stretch, rule);
      }
    }
    this.#rights(view);
    this.#circles(view);
  }

  #clashes(_view: View, stretch: LawStretch): void {
    const owners = new Map<string, string>();
    for (const article of stretch.version?.articles ?? []) {
      const replaced = [...stretch.rules.values()].find((rule) => rule.article === article.number)?.citation
        .replacement;
      const part = this.#corpus.replacements
        .find(({ id }) => id === replaced)
        ?.replaces.find((one) => one.law === stretch.id && one.article === article.number);
      for (const { name, at } of (part?.rules ?? article.rules)?.outputs ?? []) {
        const owner = owners.get(name);
        if (owner !== undefined && owner !== article.number) {
          this.#add(
            at,
            'duplicate-name',
            `Output "${name}" is already an output of article ${owner}. Names of outputs are unique in a law.`,
          );
        }
        owners.set(name, article.number);
      }
    }
  }

  #sources(view: View, stretch: LawStretch, rule: Rule): void {
    for (const binding of rule.scope.values()) {
      if (binding.kind !== 'input' || binding.input.source.kind === 'fact') continue;
      const { source, at, type, name, nullable } = binding.input;
      const law = source.kind === 'same law' ? stretch.id : source.law;
      const targets = source.kind === 'same law' ? [stretch] : view.stretches(law);
      if (targets.length === 0) this.#add(at, 'dangling', `There is no law "${law}".`);
      const before = targets.findIndex(({ version }) => version !== null);
      targets.forEach((target, index) => {
        // Before its first version we simply do not have the law; after that it must be there.
        if (index < before || target.next <= stretch.from || target.from >= stretch.next) return;
        const found = target.rules.get(source.output);
        const since = isFinite(target.from) ? ` from ${isoDay(Math.max(target.from, stretch.from) as Day)}` : '';
        if (!target.version) this.#add(at, 'dangling', `No version of "${law}" is in force${since}.`);
        else if (!found) this.#add(at, 'dangling', `"${law}" has no output "${source.output}"${since}.`);
        else if (found.output.type !== type && !(isNumber(found.output.type) && isNumber(type))) {
          this.#add(
            at,
            'type-mismatch',
            `"${name}" is declared as ${type}, but "${law}" gives ${source.output} as ${found.output.type}${since}.`,
          );
        } else if (found.output.nullable && !nullable) {
          this.#add(
            at,
            'type-mismatch',
            `"${source.output}" of "${law}" may be null; declare input "${name}" nullable.`,
          );
        }
      });
    }
  }

  #rights(view: View): void {
    for (const { law, output, id, terms, ends, weeksIn52, gives, at } of this.#corpus.rights) {
      const isStep = gives === null || this.#corpus.facts.facts.some((fact) => fact.id === gives && fact.step);
      if (!isStep)
        this.#add(at, 'dangling', `Right "${id}" gives "${gives}", but there is no such step in the table of facts.`);
      const rules = this.#rulesOf(view, law, output, at);
      for (const [stretch, rule] of rules) {
        if (rule.output.type !== 'boolean')
          this.#add(at, 'type-mismatch', `The output of right "${id}" must be a boolean.`);
        this.#routes(view, stretch, rule);
      }
      for (const term of terms) this.#rulesOf(view, term.law, term.output, term.at);
      if (weeksIn52) this.#rulesOf(view, weeksIn52.law, weeksIn52.output, weeksIn52.at);
      for (const end of ends) {
        for (const [, rule] of this.#rulesOf(view, end.law, end.output, end.at)) {
          if (rule.output.type !== 'date')
            this.#add(end.at, 'type-mismatch', `"${end.output}" must be a date to end a right.`);
        }
      }
    }
  }

  #rulesOf(view: View, law: string, output: string, at: Place): readonly (readonly [LawStretch, Rule])[] {
    const stretches = view.stretches(law);
    if (stretches.length === 0) this.#add(at, 'dangling', `There is no law "${law}".`);
    const rules = stretches.flatMap((stretch) => {
      const rule = stretch.rules.get(output);
      return rule ? [[stretch, rule] as const] : [];
    });
    if (stretches.length > 0 && rules.length === 0)
      this.#add(at, 'dangling', `No version of "${law}" has an output "${output}".`);
    return rules;
  }

  #routes(view: View, stretch: LawStretch, rule: Rule): void {
    const day = (isFinite(stretch.from) ? stretch.from : stretch.next - 1) as Day;
    for (const route of routesOf(rule, (law, output) => view.rule(law, output, day))) {
      for (const condition of route.conditions) {
        if (condition.kind === 'reference' && condition.path.length === 0 && condition.name !== 'referencedate')
          continue;
        this.#add(
          condition.at,
          'unnamed-condition',
          `A condition of a right needs a name that people can be shown. Make it an output and write $name here.`,
        );
      }
    }
  }

  #circles(view: View): void {
    const days = new Set<number>();
    const ids = [...new Set(this.#corpus.laws.map((law) => law.id))];
    for (const id of ids) for (const { from } of view.stretches(id)) if (isFinite(from)) days.add(from);
    for (const day of days) {
      const state = new Map<string, 'open' | 'done'>();
      for (const id of ids)
        for (const name of view.stretch(id, day as Day).rules.keys()) this.#walk(view, day as Day, id, name, state);
    }
  }

  #walk(view: View, day: Day, law: string, output: string, state: Map<string, 'open' | 'done'>): void {
    const key = `${law} ${output}`;
    const rule = view.rule(law, output, day);
    if (!rule || state.get(key) === 'done') return;
    if (state.get(key) === 'open') {
      this.#add(rule.value.at, 'circular', `Output "${output}" of "${law}" needs itself.`);
      return;
    }
    state.set(key, 'open');
    for (const { name } of fixedReferences(rule.value)) {
      const binding = rule.scope.get(name);
      if (binding?.kind === 'output') this.#walk(view, day, law, name, state);
      if (binding?.kind !== 'input' || binding.input.source.kind === 'fact') continue;
      const { source } = binding.input;
      this.#walk(view, day, source.kind === 'same law' ? law : source.law, source.output, state);
    }
    state.set(key, 'done');
  }

  #add(at: Place, what: string, message: string): void {
    this.#keep({ at, what, words: {}, message });
  }

  #keep(problem: Problem): void {
    const { file = '', line = 0, column = 0 } = problem.at ?? {};
    this.#problems.set(`${file}:${line}:${column} ${problem.message}`, problem);
  }
}

function isNumber(type: string): boolean {
  return type === 'number' || type === 'amount';
}
