import { error } from '@sveltejs/kit';
import { articlesOf, appliedOn, lawsOf, needsChecking, versionOn } from '#lib/laws/law-book.ts';
import { kindOfLaw } from '#lib/laws/law-kinds.ts';
import { rightsThatLeanOn } from '#lib/laws/decides.ts';
import { knowledge } from '#lib/server/knowledge.ts';
import { today } from '#lib/server/settings.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params }) => {
  const { corpus } = await knowledge();
  const law = lawsOf(corpus).find(({ id }) => id === params.law);
  if (!law) error(404);
  const on = today();
  return {
    on,
    id: law.id,
    name: law.name,
    fullName: law.newest.fullName,
    kind: kindOfLaw(law.newest),
    url: versionOn(law, on)?.file.url ?? law.newest.url,
    versions: law.versions.map(({ file, from, to }) => ({ from, to, url: file.url, checkedOn: file.checkedOn })),
    articles: articlesOf(corpus, law).flatMap((article) => {
      const now = versionOn(article, on);
      return now
        ? [
            {
              number: article.number,
              text: now.article.text,
              confidence: now.article.reading?.confidence ?? null,
              toCheck: needsChecking(now),
              applied: appliedOn(article, on) !== null,
              rights: rightsThatLeanOn(corpus, { law: law.id, article: article.number }).length,
            },
          ]
        : [];
    }),
  };
};
