import { layerOf, type Article, type Corpus, type LawFile, type Replacement } from '@meedoen/rights';
import { isToBeChecked, type Day } from '@meedoen/units';
import { articleSlug } from './article-path.ts';

/** A version of a law and the days on which it holds; `to` is the day before the next one begins. */
export type LawVersion = { file: LawFile; from: Day | null; to: Day | null };

/** One law with all versions we read, oldest first. */
export type Law = { id: string; name: string; newest: LawFile; versions: readonly LawVersion[] };

/** All laws, by their Dutch name. */
export function lawsOf(corpus: Corpus): readonly Law[] {
  return [...Map.groupBy(corpus.laws, ({ id }) => id)]
    .flatMap(([id, files]) => {
      const inOrder = files.toSorted((a, b) => (a.validFrom ?? 0) - (b.validFrom ?? 0));
      const newest = inOrder.at(-1);
      const versions = inOrder.map((file, index): LawVersion => {
        const next = inOrder[index + 1]?.validFrom ?? null;
        return { file, from: file.validFrom, to: file.validTo ?? (next === null ? null : ((next - 1) as Day)) };
      });
      return newest ? [{ id, name: newest.name, newest, versions }] : [];
    })
    .sort((a, b) => a.newest.fullName.localeCompare(b.newest.fullName, 'nl'));
}

/** An article as one version has it. */
export type ArticleVersion = LawVersion & { article: Article };

/** An article through time: as printed, and what took its place. */
export type ArticleHistory = {
  law: Law;
  number: string;
  /** Oldest first. */
  versions: readonly ArticleVersion[];
  /** Rulings, practice, announcements and proposals; policy variants are for who compares policies. */
  replacements: readonly Replacement[];
};

/** The articles of a law in the order in which people count: 2, 6.2, 10, then those with a name. */
export function articlesOf(corpus: Corpus, law: Law): readonly ArticleHistory[] {
  const numbers = new Set(law.versions.flatMap(({ file }) => file.articles.map(({ number }) => number)));
  return [...numbers].sort(byNumber).map((number) => historyOf(corpus, law, number));
}

/** The article that an address names; null when there is none. */
export function articleAt(corpus: Corpus, law: Law, slug: string): ArticleHistory | null {
  return articlesOf(corpus, law).find(({ number }) => articleSlug(number) === slug) ?? null;
}

function historyOf(corpus: Corpus, law: Law, number: string): ArticleHistory {
  const versions = law.versions.flatMap((version): ArticleVersion[] => {
    const article = version.file.articles.find((one) => one.number === number);
    return article ? [{ ...version, article }] : [];
  });
  const replacements = corpus.replacements.filter(
    ({ variant, replaces }) => variant === null && replaces.some((one) => one.law === law.id && one.article === number),
  );
  return { law, number, versions, replacements: replacements.toSorted((a, b) => a.from - b.from) };
}

/** The version that holds on a day; before the first one, the first. */
export function versionOn<Version extends LawVersion>(
  { versions }: { versions: readonly Version[] },
  on: Day,
): Version | null {
  return versions.findLast(({ from }) => from === null || from <= on) ?? versions[0] ?? null;
}

/** What takes the place of the printed article on a day, in practice; null when nothing does. */
export function appliedOn({ replacements }: ArticleHistory, on: Day): Replacement | null {
  return (
    replacements.findLast(
      ({ status, from, to }) => layerOf(status) === 'applied' && from <= on && (to === null || on <= to),
    ) ?? null
  );
}

/** Should a lawyer still look at our reading of this article? */
export function needsChecking({ article }: ArticleVersion): boolean {
  return article.reading !== null && (isToBeChecked(article.reading.confidence) || unread(article).length > 0);
}

/** What our sources do not say, so that the answer stays unknown: inputs that nobody can give. */
export function unread({ rules }: Pick<Article, 'rules'>): readonly { name: string; description: string | null }[] {
  return (rules?.inputs ?? [])
    .filter(({ name }) => name.startsWith('onbekend_'))
    .map(({ name, description }) => ({ name, description }));
}

function byNumber(one: string, other: string): number {
  const named = (number: string) => (/^\d/.test(number) ? 0 : 1);
  return named(one) - named(other) || one.localeCompare(other, 'nl', { numeric: true });
}
