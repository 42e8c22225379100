import { isToBeChecked } from '@meedoen/units';
import { articlesOf, lawsOf, needsChecking, unread, versionOn } from '#lib/laws/law-book.ts';
import { rightsThatLeanOn } from '#lib/laws/decides.ts';
import { knowledge } from '#lib/server/knowledge.ts';
import { today } from '#lib/server/settings.ts';
import type { PageServerLoad } from './$types';

/** What holds today and still has to be checked; most rights that lean on it first. */
export const load: PageServerLoad = async () => {
  const { corpus } = await knowledge();
  const articles = lawsOf(corpus).flatMap((law) =>
    articlesOf(corpus, law).flatMap((article) => {
      const now = versionOn(article, today());
      if (!now || !needsChecking(now)) return [];
      const { reading, url } = now.article;
      return [
        {
          law: law.id,
          lawName: law.name,
          number: article.number,
          url,
          confidence: reading?.confidence ?? null,
          note: reading?.note ?? null,
          unread: unread(now.article),
          rights: rightsThatLeanOn(corpus, { law: law.id, article: article.number }),
        },
      ];
    }),
  );
  return {
    articles: articles.toSorted((a, b) => b.rights.length - a.rights.length),
    replacements: corpus.replacements
      .filter(({ variant, confidence }) => variant === null && isToBeChecked(confidence))
      .map(({ id, name, url, confidence }) => ({ id, name, url, confidence })),
    steps: corpus.facts.facts.flatMap(({ id, step }) =>
      step && isToBeChecked(step.confidence) ? [{ id, confidence: step.confidence, facts: step.facts }] : [],
    ),
  };
};
