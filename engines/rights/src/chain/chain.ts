// The dated chain: what must happen, by whom, in what order and how long it takes, and what each delay costs.
import type { Confidence, Day } from '@meedoen/units';
import { parseDay } from '@meedoen/units';
import { answer, type Reading } from '../answer.ts';
import type { Answer, Citation } from '../answer-type.ts';
import type { Corpus } from '../corpus.ts';
import { holdsNow, type Actor, type FactTable, type StepRule } from '../fact-table.ts';
import { needsKnownDay } from '../known-day.ts';
import type { Situation } from '../situation.ts';
import { delays, endOf, schedule, type Activity, type Delay } from './critical-path.ts';
import type { LinkRow, SourcedDuration, SpanRow, Timetable } from './timetable.ts';

/** A day on which something ends; with `orLater` it cannot be earlier, but how much later no source says. */
export type Reckoned = { readonly day: Day; readonly orLater: boolean };

/**
 * The same chain reckoned three ways. `earliest`: everything as short as it can be, what is not known takes no time, so
 * nothing comes before it. `expected`: what is usual or aimed at; else the longest a rule allows. `late`: the longest
 * that a rule allows or a source reports.
 */
export type Reckonings = { readonly earliest: Reckoned; readonly expected: Reckoned; readonly late: Reckoned };

/** One link, with what a delay of it costs at the end of the chain as expected. */
export type ChainLink = Delay & {
  /** The fact id of a step, the name of an event, or `wait` for the days that the law makes somebody wait. */
  readonly id: string;
  readonly kind: 'step' | 'event' | 'wait';
  /** Null for a wait: nobody can act. */
  readonly who: Actor | null;
  /** The links of this chain that come first. */
  readonly after: readonly string[];
  /** Do we know that it has not been done? With false: if it has not been done yet. */
  readonly isOpen: boolean;
  /** Three lengths of time, each with its source; null = no source says. */
  readonly least: SourcedDuration | null;
  readonly usual: SourcedDuration | null;
  readonly most: SourcedDuration | null;
  /** The fact whose date it counts from; null = from the end of what comes first. */
  readonly countsFrom: string | null;
  /** The first day on which it can begin, and the days on which it ends. */
  readonly begins: Day;
  readonly ends: Reckonings;
  readonly facts: readonly string[];
  readonly confidence: Confidence;
  readonly because: readonly Citation[];
};

/** What leads to a right, or to an event (nl: keten). */
export type Chain = {
  /** The right, or the chain of the timetable. */
  readonly id: string;
  readonly right: string | null;
  readonly on: Day;
  readonly links: readonly ChainLink[];
  readonly ends: Reckonings;
  /** The one thing to do first: of what can begin now, the link that delays the end soonest. Null = only waiting is left. */
  readonly first: string | null;
};

/**
 * The chain to a right on which the person waits; null where the answer is yes or no, or hangs on facts alone. A right
 * that the corpus does not have throws a RangeError.
 */
export function chainTo(
  corpus: Corpus,
  timetable: Timetable,
  situation: Situation,
  on: Day,
  of: Reading & { readonly right: string },
): Chain | null {
  return chainOfAnswer(corpus.facts, timetable, situation, answer(corpus, situation, on, of));
}

/** The chain behind an answer that was given already. */
export function chainOfAnswer(
  table: FactTable,
  timetable: Timetable,
  situation: Situation,
  given: Answer,
): Chain | null {
  const { verdict, from, first, on, right, because } = given;
  const waits = verdict === 'not yet' || (verdict === 'unknown' && (from !== null || first.length > 0));
  if (!waits) return null;
  const links = openLinks(
    table,
    timetable,
    situation,
    on,
    first.map(({ fact }) => fact),
  );
  const asked = new Map(first.map((step) => [step.fact, step.because]));
  return reckon(right, right, situation, on, links, asked, from === null ? null : { day: from, because });
}

/** The chains of the timetable that matter to this person, as far as they are not done. */
export function chainsOf(
  corpus: Corpus,
  timetable: Timetable,
  situation: Situation,
  on: Day,
  of: Reading = {},
): readonly Chain[] {
  needsKnownDay(corpus, on);
  return timetable.chains.flatMap((row) => {
    if (!holdsNow(row.when, situation)) return [];
    const given = row.right === null ? null : answer(corpus, situation, on, { ...of, right: row.right });
    if (given && (given.verdict === 'no' || given.verdict === 'unknown')) return [];
    const links = openLinks(corpus.facts, timetable, situation, on, [row.ends]);
    if (links.length === 0) return [];
    return [reckon(row.id, row.right, situation, on, links, new Map(), null)];
  });
}

/** A link that is still open for this person. */
type OpenLink = {
  readonly id: string;
  readonly step: StepRule | null;
  readonly row: LinkRow | null;
  readonly after: readonly string[];
  readonly isOpen: boolean;
};

/** The wanted links and all that comes before them, as far as not done, each after what comes before it. */
function openLinks(
  table: FactTable,
  timetable: Timetable,
  situation: Situation,
  on: Day,
  wanted: readonly string[],
): readonly OpenLink[] {
  const found = new Map<string, OpenLink>();
  const visit = (id: string): void => {
    if (found.has(id)) return;
    const step = table.facts.find((fact) => fact.id === id)?.step ?? null;
    const row = timetable.links.find((link) => link.id === id && holdsNow(link.when, situation)) ?? null;
    if ((!step && !row) || isDone(id, row, situation, on)) return;
    const before = [...new Set([...(step?.after ?? []), ...(row?.after ?? [])])];
    for (const earlier of before) visit(earlier);
    found.set(id, {
      id,
      step,
      row,
      after: before.filter((earlier) => found.has(earlier)),
      isOpen: isKnownOpen(id, step, row, situation),
    });
  };
  wanted.forEach(visit);
  return [...found.values()];
}

function isKnownOpen(id: string, step: StepRule | null, row: LinkRow | null, { facts }: Situation): boolean {
  if (step) return facts[id] === false;
  return row?.doneWhen.every(({ fact }) => facts[fact] !== undefined && facts[fact] !== null) ?? true;
}

function isDone(id: string, row: LinkRow | null, { facts }: Situation, on: Day): boolean {
  if (facts[id] === true) return true;
  const since = row?.doneOn === null || row?.doneOn === undefined ? null : dayIn(facts[row.doneOn]);
  if (since !== null && since <= on) return true;
  return row?.doneWhen.some(({ fact, values }) => values.includes(facts[fact] ?? '')) ?? false;
}

type Wait = { readonly day: Day; readonly because: readonly Citation[] };

function reckon(
  id: string,
  right: string | null,
  situation: Situation,
  on: Day,
  open: readonly OpenLink[],
  asked: ReadonlyMap<string, readonly Citation[]>,
  wait: Wait | null,
): Chain {
  const places = new Map(open.map((link, place) => [link.id, place]));
  const spans = open.map((link) => spanOf(link, situation));
  const counts = spans.map(({ countsFrom }) => sinceWhen(countsFrom, situation));
  const activities = (pick: Length): readonly Activity[] => [
    ...open.map((link, place) => ({
      after: link.after.map((earlier) => places.get(earlier) ?? 0),
      takes: pick(spans[place]!).takes,
      counts: counts[place]?.day ?? null,
      notBefore: null,
    })),
    ...(wait ? [{ after: [], takes: null, counts: null, notBefore: wait.day }] : []),
  ];
  const reckoned = (pick: Length) => {
    const plan = activities(pick);
    const days = schedule(plan, on);
    // What follows on a length that no source gives is "or later" as well.
    const orLater: boolean[] = [];
    open.forEach((link, place) => {
      orLater[place] =
        pick(spans[place]!).orLater || link.after.some((earlier) => orLater[places.get(earlier) ?? 0] === true);
    });
    return { days, orLater, end: { day: endOf(days, on), orLater: orLater.includes(true) } };
  };
  const [earliest, expected, latest] = [reckoned(shortest), reckoned(usual), reckoned(longest)];
  const prices = delays(activities(usual), on);

  const links = open.map((link, place): ChainLink => {
    const span = spans[place]!;
    const sources = [span.least, span.usual, span.most].filter((one) => one !== null);
    const at = (one: typeof earliest): Reckoned => ({ day: one.days[place]!.end, orLater: one.orLater[place]! });
    return {
      id: link.id,
      kind: link.step ? 'step' : 'event',
      who: link.step?.who ?? link.row?.who ?? null,
      after: link.after,
      isOpen: link.isOpen,
      least: span.least,
      usual: span.usual,
      most: span.most,
      countsFrom: counts[place]?.fact ?? null,
      begins: earliest.days[place]!.start,
      ends: { earliest: at(earliest), expected: at(expected), late: at(latest) },
      ...prices[place]!,
      facts: [...new Set([...(link.step?.facts ?? []), ...sources.flatMap((one) => one.facts)])],
      confidence: link.step?.confidence ?? sources[0]?.confidence ?? 'inference',
      because: asked.get(link.id) ?? [],
    };
  });
  const [first] = links.filter(({ after }) => after.length === 0).sort((a, b) => a.slackInDays - b.slackInDays);
  return {
    id,
    right,
    on,
    links: wait ? [...links, waitLink(wait, on, prices.at(-1)!)] : links,
    ends: { earliest: earliest.end, expected: expected.end, late: latest.end },
    first: first?.id ?? null,
  };
}

function waitLink({ day, because }: Wait, on: Day, price: Delay): ChainLink {
  const fixed = { day, orLater: false };
  return {
    id: 'wait',
    kind: 'wait',
    who: null,
    after: [],
    isOpen: true,
    least: null,
    usual: null,
    most: null,
    countsFrom: null,
    begins: on,
    ends: { earliest: fixed, expected: fixed, late: fixed },
    ...price,
    facts: [...new Set(because.flatMap(({ facts }) => facts))],
    confidence: because[0]?.confidence ?? 'inference',
    because,
  };
}

/** Which of the three lengths counts in a reckoning, and whether it may as well be longer. */
type Length = (span: SpanRow) => { readonly takes: SourcedDuration['duration'] | null; readonly orLater: boolean };

const shortest: Length = ({ least }) => ({ takes: least?.duration ?? null, orLater: false });

const usual: Length = ({ least, usual: typical, most }) => {
  const one = typical ?? most;
  if (one) return { takes: one.duration, orLater: one.orLonger };
  return { takes: least?.duration ?? null, orLater: true };
};

const longest: Length = ({ least, usual: typical, most }) => {
  if (most) return { takes: most.duration, orLater: most.orLonger };
  return { takes: (typical ?? least)?.duration ?? null, orLater: true };
};

const nothingKnown: SpanRow = { when: [], countsFrom: [], least: null, usual: null, most: null };

/** The lengths that fit this person; what the timetable does not say of a step, the table of facts may. */
function spanOf({ row, step }: OpenLink, situation: Situation): SpanRow {
  const span = row?.spans.find(({ when }) => holdsNow(when, situation));
  if (span) return span;
  if (!step?.takes) return nothingKnown;
  const known: SourcedDuration = {
    duration: step.takes,
    kind: step.takesKind === 'typical' ? 'reported' : 'rule',
    orLonger: false,
    facts: step.facts,
    confidence: step.confidence,
  };
  switch (step.takesKind) {
    case 'at least':
      return { ...nothingKnown, least: known };
    case 'typical':
      return { ...nothingKnown, usual: known };
    case 'at most':
    case null:
      return { ...nothingKnown, most: known };
  }
}

function sinceWhen(
  countsFrom: readonly string[],
  { facts }: Situation,
): { readonly fact: string; readonly day: Day } | null {
  for (const fact of countsFrom) {
    const day = dayIn(facts[fact]);
    if (day !== null) return { fact, day };
  }
  return null;
}

function dayIn(value: unknown): Day | null {
  const parsed = parseDay(value);
  return parsed.ok ? parsed.value : null;
}
