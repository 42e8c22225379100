import { helpTopics } from '@meedoen/knowledge';
import { helpWith } from '#lib/server/help-with.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const topic = helpTopics.find((known) => known === url.searchParams.get('topic')) ?? null;
  return { topic, topics: helpTopics, help: await helpWith(topic ? [[topic]] : [], locals.language) };
};
