import { helpWith as nationalHelp, type Helpline, type HelpTopic } from '@meedoen/knowledge';
import type { Service } from '@meedoen/store';
import type { Language } from '#lib/language/languages.ts';
import { fromDatabase } from './database.ts';
import { knowledge } from './knowledge.ts';

export type Help = {
  national: readonly Helpline[];
  /** Places of the town in the database; null when the database does not answer. */
  nearby: readonly Service[] | null;
  town: string | null;
};

/**
 * Who helps with at least one of these questions, each the topics that help with it, the most fitting first: all over the
 * country, and nearby. No question: everybody.
 */
export async function helpWith(questions: readonly (readonly HelpTopic[])[], language: Language): Promise<Help> {
  const topics = [...new Set(questions.flat())];
  const { help, exampleTown } = await knowledge();
  const nearby = await fromDatabase(async (store, database) => {
    if (topics.length === 0) return store.services(database);
    const found = await Promise.all(topics.map((topic) => store.helpFor(database, { topic, languages: [language] })));
    return [...new Map(found.flat().map((service) => [service.id, service])).values()];
  });
  return {
    national: topics.length === 0 ? help : nationalHelp(help, questions),
    nearby,
    town: exampleTown?.place.name ?? null,
  };
}
