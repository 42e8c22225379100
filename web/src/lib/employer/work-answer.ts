import { answer, makesSenseToAsk, type Answer, type Corpus, type FactValue, type Situation } from '@meedoen/rights';
import { addDays, addMonths, addWeeks, weekday, type Day } from '@meedoen/units';
import { takenForGranted, visibleFacts } from './employer-form.ts';

export type WorkAnswer = {
  answer: Answer;
  /** What the answer takes for granted, because an employer cannot see it. */
  granted: readonly string[];
  /** What an employer can still look up. */
  ask: readonly string[];
};

/** May this person work for me on this day, as far as an employer can see? */
export function workAnswer(corpus: Corpus, situation: Situation, on: Day): WorkAnswer {
  const facts: Record<string, FactValue | null> = { ...situation.facts };
  const granted: string[] = [];
  for (;;) {
    const given = answer(corpus, { facts }, on, { right: 'paid-work' });
    const next = given.missing.find((fact) => fact in takenForGranted && !(fact in facts));
    if (next === undefined) return { answer: given, granted, ask: toAsk(corpus, { facts }, given) };
    facts[next] = takenForGranted[next] ?? null;
    granted.push(next);
  }
}

/** A few questions at a time, the card first; the papers that come last are asked together. */
const fewAtOnce = 3;

function toAsk(corpus: Corpus, { facts }: Situation, { missing, first }: Answer): readonly string[] {
  const wanted = new Set([...missing, ...first.map(({ fact }) => fact), 'cardValidUntil']);
  const open = visibleFacts.flatMap((fact) => {
    const row = corpus.facts.facts.find(({ id }) => id === fact);
    return row && wanted.has(fact) && !(fact in facts) && makesSenseToAsk(row, { facts }) ? [row] : [];
  });
  const seen = open.filter(({ step }) => step === null);
  return (seen.length > 0 ? seen.slice(0, fewAtOnce) : open).map(({ id }) => id);
}

/** The last day to begin a step, for work that begins on `start`; null where no length is known. */
export function latestDayFor({ takes }: Answer['first'][number], start: Day): Day | null {
  if (!takes) return null;
  switch (takes.unit) {
    case 'days':
      return addDays(start, -takes.count);
    case 'weeks':
      return addWeeks(start, -takes.count);
    case 'months':
      return addMonths(start, -takes.count);
    case 'working_days':
      return workingDaysBefore(start, takes.count);
  }
}

/** Monday to Friday; public holidays come on top, which the page says. */
function workingDaysBefore(start: Day, count: number): Day {
  let day = start;
  for (let left = count; left > 0;) {
    day = addDays(day, -1);
    if (weekday(day) < 5) left -= 1;
  }
  return day;
}
