import { articlesOf, lawsOf, needsChecking, versionOn } from '#lib/laws/law-book.ts';
import { kindsOfLaw } from '#lib/laws/law-kinds.ts';
import { knowledge } from '#lib/server/knowledge.ts';
import { today } from '#lib/server/settings.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async () => {
  const { corpus } = await knowledge();
  const laws = lawsOf(corpus).map((law) => {
    const articles = articlesOf(corpus, law);
    const now = articles.map((article) => versionOn(article, today())).filter((version) => version !== null);
    return {
      id: law.id,
      name: law.name,
      fullName: law.newest.fullName,
      kind: law.newest.regulatoryLayer,
      articles: articles.length,
      versions: law.versions.length,
      toCheck: now.filter(needsChecking).length,
    };
  });
  return {
    kinds: kindsOfLaw
      .map(({ kind, name }) => ({ kind, name, laws: laws.filter((law) => law.kind === kind) }))
      .filter((of) => of.laws.length > 0),
    toCheck: laws.reduce((sum, law) => sum + law.toCheck, 0),
  };
};
