import { confidences, isToBeChecked } from '@meedoen/units';
import { lastChecked, lawList, readArticles } from '#lib/answers/law-list.ts';
import { knowledge } from '#lib/server/knowledge.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async () => {
  const { corpus } = await knowledge();
  const articles = readArticles(corpus);
  return {
    laws: lawList(corpus),
    sure: confidences.map((confidence) => ({
      confidence,
      toBeChecked: isToBeChecked(confidence),
      count: articles.filter((article) => article.confidence === confidence).length,
    })),
    checkedOn: lastChecked(corpus),
  };
};
