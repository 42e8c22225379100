import type { Knowledge } from '@meedoen/knowledge';
import { doorMatrix } from '@meedoen/rights';
import type { Day } from '@meedoen/units';
import { exampleFacts, examples } from '#lib/doors/examples.ts';

/** For which reasons of arrival an article decides something today, seen on the made-up people of the comparison. */
export function doorsThatMeet(known: Knowledge, place: { law: string; article: string }, on: Day): readonly string[] {
  const met = doorsByArticle(known, on).get(`${place.law} ${place.article}`) ?? new Set<string>();
  return known.doors.doors.filter(({ id }) => met.has(id)).map(({ id }) => id);
}

/** Three times every right behind every door: made once a day. */
let made: { corpus: object; on: Day; doors: ReadonlyMap<string, ReadonlySet<string>> } | null = null;

function doorsByArticle({ corpus, timetable, doors }: Knowledge, on: Day): ReadonlyMap<string, ReadonlySet<string>> {
  if (made?.corpus === corpus && made.on === on) return made.doors;
  const found = new Map<string, Set<string>>();
  for (const example of examples) {
    const situation = { facts: exampleFacts(corpus.facts, example, on) };
    for (const { cells } of doorMatrix(corpus, timetable, doors, situation, on).rows) {
      for (const { door, answer } of cells) {
        for (const { law, article } of answer.because) {
          const key = `${law} ${article}`;
          found.set(key, (found.get(key) ?? new Set()).add(door));
        }
      }
    }
  }
  made = { corpus, on, doors: found };
  return found;
}
