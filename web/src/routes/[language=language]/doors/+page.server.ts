import { answer, doorMatrix, smallestChange } from '@meedoen/rights';
import { exampleFacts, examples } from '#lib/doors/examples.ts';
import { knowledge } from '#lib/server/knowledge.ts';
import { today } from '#lib/server/settings.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, setHeaders }) => {
  const { corpus, doors, timetable } = await knowledge();
  const on = today();
  const asked = url.searchParams.get('person');
  const begun = Object.values(locals.answers.situation.facts).some((value) => value !== null);
  const own = asked === 'own' && begun;
  // The page shows whether this device has answers, and perhaps what follows from them.
  if (begun) setHeaders({ 'cache-control': 'no-store' });
  const example = examples.find((known) => known === asked) ?? examples[0];
  const situation = own ? locals.answers.situation : { facts: exampleFacts(corpus.facts, example, on) };
  const matrix = doorMatrix(corpus, timetable, doors, situation, on);

  const domains = [...new Set(matrix.rows.map(({ domain }) => domain))];
  const wished = url.searchParams.get('topic');
  const largest = matrix.rows.find(({ right }) => right === matrix.largestGaps[0]);
  const topic =
    domains.find((domain) => domain === wished) ??
    (!own && example === 'driver' ? domains.find((domain) => domain === 'driving') : undefined) ??
    largest?.domain ??
    domains[0] ??
    '';
  // Who made no choice of a door is seen behind that of case P.: a partner of a Dutch citizen.
  const behind = own ? null : (matrix.doors.find(({ door }) => door === 'partner-of-dutch') ?? matrix.doors[0] ?? null);
  const seen = behind?.situation ?? situation;
  const typeOf = (fact: string) => corpus.facts.facts.find(({ id }) => id === fact)?.type ?? 'choice';
  return {
    on,
    begun,
    changes: {
      behind: behind?.door ?? null,
      found: matrix.rows
        .filter(({ domain, kind }) => domain === topic && kind === 'right')
        .map(({ right }) => smallestChange(corpus, doors, seen, on, { right }))
        // What is open, or waits, is not for us to shut.
        .filter(({ verdict }) => verdict === 'no')
        .flatMap(({ right, changes }) =>
          changes.map(({ facts, situation: then }) => ({
            facts: facts.map((changed) => ({ ...changed, type: typeOf(changed.fact) })),
            answer: answer(corpus, then, on, { right }),
          })),
        )
        .slice(0, 12),
    },
    person: own ? ('own' as const) : example,
    arrival: matrix.arrival.day,
    ownDoor: own ? matrix.ownDoor : null,
    doors: matrix.doors.map(({ door, name }) => ({ door, name })),
    rows: matrix.rows,
    domains,
    topic,
    gaps: matrix.largestGaps
      .flatMap((right) => matrix.rows.filter((row) => row.right === right))
      .filter(({ gap }) => gap.about !== 'none' && gap.about !== 'terms')
      .slice(0, 8),
    distinctions: matrix.distinctions,
  };
};
