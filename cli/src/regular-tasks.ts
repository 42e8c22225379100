import {
  applyRetention,
  doIfDue,
  refreshAggregates,
  releaseBoards,
  releaseEffects,
  releaseConversations,
  type Database,
  type Retention,
} from '@meedoen/store';
import { day, dayParts } from '@meedoen/units';
import { today } from './today.ts';

const lookEveryMilliseconds = 60_000;

/**
 * What `meedoen serve` does beside serving: the counts are brought up to date every three minutes, and once a day what was kept
 * long enough goes; once a month the boards of the towns are released. Several that serve from one database share it: each task is done by one of them. What fails is said and
 * tried again at the next look; serving goes on.
 */
export function startRegularTasks(
  database: Database,
  { retention, say }: { retention: Retention; say: (sentence: string) => void },
): { stop: () => Promise<void> } {
  const tasks = [
    { id: 'count', everyMinutes: 3, work: () => refreshAggregates(database, new Date()) },
    { id: 'release the conversations', everyMinutes: 1, work: () => releaseConversations(database, today()) },
    {
      id: 'let go what was kept long enough',
      everyMinutes: 24 * 60,
      work: () => applyRetention(database, day(new Date().toISOString().slice(0, 10)), retention),
    },
    {
      id: 'release the boards',
      everyMinutes: 24 * 60,
      // From the fifth on: who answered offline at the end of a month still counts in it.
      work: async () => {
        if (dayParts(today()).day < 5) return;
        await releaseBoards(database, { on: today() });
        await releaseEffects(database, { on: today() });
      },
    },
  ];

  async function look(): Promise<void> {
    for (const task of tasks) {
      try {
        await doIfDue(database, task, new Date());
      } catch (problem) {
        say(`The task "${task.id}" failed and is tried again: ${(problem as Error).message}`);
      }
    }
  }

  let looking = look();
  const clock = setInterval(() => {
    looking = looking.then(look);
  }, lookEveryMilliseconds);
  return {
    async stop() {
      clearInterval(clock);
      await looking;
    },
  };
}
