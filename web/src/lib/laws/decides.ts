import { fixedReferences, type Article, type ArticleRules, type Corpus } from '@meedoen/rights';

type Place = { law: string; article: string };

/**
 * Which rights and duties lean on an article: straight, because the article gives the answer, or by way of other
 * articles. Over all versions and what replaces them, so that an older version tells what it decided.
 */
export function rightsThatLeanOn(corpus: Corpus, place: Place): readonly string[] {
  return leaning(corpus).get(keyOf(place)) ?? [];
}

const made = new WeakMap<Corpus, ReadonlyMap<string, readonly string[]>>();

function leaning(corpus: Corpus): ReadonlyMap<string, readonly string[]> {
  const known = made.get(corpus);
  if (known) return known;

  const producers = Map.groupBy(producersOf(corpus), ({ law, output }) => `${law} ${output}`);
  const rightsOf = new Map<string, Set<string>>();
  for (const { id, law, output } of corpus.rights) {
    const seen = new Set<string>();
    const waiting = [`${law} ${output}`];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      for (const producer of producers.get(next) ?? []) {
        const key = keyOf(producer);
        rightsOf.set(key, (rightsOf.get(key) ?? new Set()).add(id));
        waiting.push(...producer.reads);
      }
    }
  }
  const found = new Map([...rightsOf].map(([key, rights]) => [key, [...rights]]));
  made.set(corpus, found);
  return found;
}

type Producer = Place & { output: string; reads: readonly string[] };

function producersOf({ laws, replacements }: Corpus): Producer[] {
  return [
    ...laws.flatMap(({ id, articles }) =>
      articles.flatMap((article: Article) =>
        article.rules ? inArticle({ law: id, article: article.number }, article.rules) : [],
      ),
    ),
    ...replacements
      .filter(({ variant }) => variant === null)
      .flatMap(({ replaces }) => replaces.flatMap(({ law, article, rules }) => inArticle({ law, article }, rules))),
  ];
}

function inArticle(place: Place, rules: ArticleRules): Producer[] {
  return rules.actions.map(({ output, value }) => ({
    ...place,
    output,
    reads: [...fixedReferences(value)].flatMap(({ name }) => {
      if (rules.actions.some((action) => action.output === name)) return [`${place.law} ${name}`];
      const source = rules.inputs.find((input) => input.name === name)?.source;
      if (!source || source.kind === 'fact') return [];
      return [`${source.kind === 'same law' ? place.law : source.law} ${source.output}`];
    }),
  }));
}

function keyOf({ law, article }: Place): string {
  return `${law} ${article}`;
}
