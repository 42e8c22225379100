import { join } from 'node:path';
import {
  exampleContributions,
  knowledgeFolder,
  loadExampleConversation as readConversation,
  loadExampleParameters,
  readExampleTown,
  type ExampleContribution,
} from '@meedoen/knowledge';
import {
  loadExampleConversation,
  loadExamplePeople,
  loadExampleTown,
  releaseBoards,
  removeExampleConversation,
  removeExampleDecisions,
  removeExamplePeople,
  removeExampleTown,
  type Database,
} from '@meedoen/store';
import { today } from './today.ts';

/** Is there to be an example? The embedded database shows one unless told not to; a server of one's own starts empty. */
function wantsExample({ kind }: Pick<Database, 'kind'>, setting: string | undefined): boolean {
  if (setting === 'yes' || setting === '1') return true;
  return kind === 'embedded' && setting !== '0' && setting !== 'no';
}

/**
 * Put the example in the database, or take it out. The organisations are there when this is done; the synthetic people come
 * in behind, while the pages are served already, because at the first start that takes a while.
 *
 * @returns to call before the database stops: people who are still coming in are left for the next start
 */
export async function keepExamples(
  database: Database,
  setting: string | undefined,
): Promise<{ stop: () => Promise<void> }> {
  if (!wantsExample(database, setting)) {
    await removeExampleTown(database);
    await removeExampleDecisions(database);
    await removeExampleConversation(database);
    await removeExamplePeople(database);
    return { stop: async () => {} };
  }
  const folder = join(knowledgeFolder(), 'example-town');
  await loadExampleTown(database, readExampleTown(folder));
  await loadExampleConversation(database, readConversation(folder), today());

  let stopping = false;
  const parameters = loadExampleParameters(folder);
  const untilStopped = function* (): Generator<ExampleContribution> {
    for (const one of exampleContributions(parameters)) {
      if (stopping) throw new Stopped();
      yield one;
    }
  };
  const coming = loadExamplePeople(database, untilStopped(), String(parameters.edition), new Date())
    .then(async () => releaseBoards(database, { on: today(), towns: ['all', ...parameters.towns.map(({ id }) => id)] }))
    .catch((problem: unknown) => {
      if (!(problem instanceof Stopped)) console.error(`The example people are not all there: ${String(problem)}`);
    });
  return {
    async stop() {
      stopping = true;
      await coming;
    },
  };
}

class Stopped extends Error {}
