// What may or must this person do on this day, from when, what comes first, and by which articles?
import type { Day, Layer } from '@meedoen/units';
import type { Answer, Citation, Term, Verdict } from './answer-type.ts';
import { conditionsOf } from './conditions.ts';
import { viewOf, type Corpus } from './corpus.ts';
import { needsKnownDay } from './known-day.ts';
import { LawError } from './law-error.ts';
import { Person, type Held } from './person.ts';
import type { OutputOfLaw, RightRow, TermRow } from './rights-table.ts';
import { shownRoutes } from './routes.ts';
import type { Situation } from './situation.ts';
import { describe, inOrder, neededSteps } from './steps.ts';
import { firstDay, firstOpening, lastDay } from './sweep.ts';
import { dayOfValue, isNumeric, toJson, Unknown } from './value.ts';

/** In which sense of the law we answer: the layer (default `applied`) and, on top of it, a policy variant. */
export type Reading = { readonly layer?: Layer; readonly variant?: string | null };

/**
 * The answer about one right or duty. A right that the corpus does not have, or a day before it is known (`knownDay`), throws
 * a RangeError; what a law cannot compute is `unknown`, with the fault.
 */
export function answer(
  corpus: Corpus,
  situation: Situation,
  on: Day,
  of: Reading & { readonly right: string },
): Answer {
  const row = corpus.rights.find(({ id }) => id === of.right);
  if (!row) throw new RangeError(`There is no right "${of.right}".`);
  needsKnownDay(corpus, on);
  return answerRow(corpus, personIn(corpus, situation, of), row, on, of);
}

/** The answers about every right and duty (of a domain, if one is named), in the order of the rights table. */
export function answerAll(
  corpus: Corpus,
  situation: Situation,
  on: Day,
  of: Reading & { readonly domain?: string } = {},
): readonly Answer[] {
  needsKnownDay(corpus, on);
  const person = personIn(corpus, situation, of);
  const rows = corpus.rights.filter(({ domain }) => of.domain === undefined || domain === of.domain);
  return rows.map((row) => answerRow(corpus, person, row, on, of));
}

/** The verdicts about one person, right by right, without the explanation. */
export function verdictOf(corpus: Corpus, situation: Situation, on: Day, of: Reading): (row: RightRow) => Verdict {
  needsKnownDay(corpus, on);
  const person = personIn(corpus, situation, of);
  return (row) => rule(person.regarding(corpus, row), row, on).verdict;
}

/** The ruling about one right, and the ids of all facts that the law looked up for it: no other fact could make it otherwise. */
export function rulingAndReads(
  corpus: Corpus,
  situation: Situation,
  on: Day,
  row: RightRow,
  { layer = 'applied', variant = null }: Reading,
): { readonly ruling: Ruling; readonly reads: readonly string[] } {
  needsKnownDay(corpus, on);
  const names = new Set<string>();
  const person = new Person(corpus, viewOf(corpus, layer, variant), situation, { reads: names });
  const ruling = rule(person.regarding(corpus, row), row, on);
  return { ruling, reads: corpus.facts.facts.filter(({ lawName }) => names.has(lawName)).map(({ id }) => id) };
}

function personIn(corpus: Corpus, situation: Situation, { layer = 'applied', variant = null }: Reading): Person {
  return new Person(corpus, viewOf(corpus, layer, variant), situation);
}

function answerRow(corpus: Corpus, somebody: Person, row: RightRow, on: Day, reading: Reading): Answer {
  const person = somebody.regarding(corpus, row);
  const ruling = rule(person, row, on);
  const home = person.rule(row.law, row.output, on);
  const routes = home ? shownRoutes(person, home, on) : [];
  const conditions = conditionsOf(person, routes, on);
  const own = home ? [home.citation] : citedElsewhen(corpus, row);
  const because = distinct([
    ...own,
    ...routes.map((route) => route.rule.citation),
    ...conditions.flatMap((one) => one.because),
  ]);
  const { terms, fault, missing: missingTerms } = termsOf(person, row.terms, on);
  const isSettled = ruling.verdict === 'yes' || ruling.verdict === 'not yet';
  return {
    right: row.id,
    domain: row.domain,
    kind: row.kind,
    on,
    layer: reading.layer ?? 'applied',
    variant: reading.variant ?? null,
    verdict: ruling.verdict,
    from: ruling.from,
    until: ruling.until,
    first: describe(corpus.facts, inOrder(corpus.facts, person, ruling.steps), conditions, own),
    missing: ruling.missing,
    sharpens: isSettled
      ? person.inTableOrder([...ruling.missing, ...missingEnds(person, row, on), ...missingTerms])
      : [],
    conditions,
    terms,
    because,
    fault: ruling.fault ?? fault,
  };
}

/** The heart of an answer. */
export type Ruling = {
  readonly verdict: Verdict;
  readonly from: Day | null;
  readonly until: Day | null;
  readonly steps: readonly string[];
  readonly missing: readonly string[];
  readonly fault: string | null;
};

const closed: Ruling = { verdict: 'no', from: null, until: null, steps: [], missing: [], fault: null };

/** Verdict and dates of one right, without the explanation. */
export function rule(person: Person, row: RightRow, on: Day): Ruling {
  const today = person.held(row, on);
  if (today.holds === true) {
    return { ...closed, verdict: 'yes', from: firstDay(person, row, today), until: ends(person, row, today) };
  }
  if (today.fault !== null) return { ...closed, verdict: 'unknown', fault: today.fault };

  const opening = firstOpening(person, row, on, 'every step done');
  if (!opening) {
    // Closed even with every step done; "no" only if no fact that we miss today could make it otherwise.
    if (today.holds === false) return closed;
    return { ...closed, verdict: 'unknown', missing: person.idsOf(today.missing) };
  }
  if (opening.holds !== true) {
    return { ...closed, verdict: 'unknown', missing: person.idsOf(opening.missing), fault: opening.fault };
  }
  const steps = neededSteps(person, row, opening.on);
  const from = opening.on > on ? opening.on : null;
  const unsure = steps.filter((fact) => !person.isKnown(fact));
  // Closed today whatever we do not know, and open once the steps are done: which of them are done already changes the
  // list of steps, not the answer.
  if (today.holds === false)
    return { ...closed, verdict: 'not yet', from, steps, missing: person.inTableOrder(unsure) };
  // But where today itself is in doubt, it may be open already.
  const missing = person.inTableOrder([...person.idsOf(today.missing), ...unsure]);
  return { ...closed, verdict: 'unknown', from, steps, missing };
}

/** The last day of a yes: by the law, or by a date that the rights table names, such as the last day of a card. */
function ends(person: Person, row: RightRow, today: Held): Day | null {
  const days = row.ends.flatMap(({ law, output }) => endOf(person, { law, output }, today.on));
  const byLaw = lastDay(person, row, today);
  if (byLaw !== null) days.push(byLaw);
  return days.length === 0 ? null : (Math.min(...days) as Day);
}

function endOf(person: Person, { law, output }: Pick<OutputOfLaw, 'law' | 'output'>, on: Day): Day[] {
  const value = person.value(law, output, on);
  const day = value instanceof LawError ? null : dayOfValue(value);
  return day !== null && day >= on ? [day] : [];
}

/** The facts for lack of which a date that would end the right is unknown. */
function missingEnds(person: Person, row: RightRow, on: Day): readonly string[] {
  return row.ends.flatMap(({ law, output }) => {
    const value = person.value(law, output, on);
    return value instanceof Unknown ? person.idsOf(value.missing) : [];
  });
}

/** What the terms of a right are today. A term that does not apply (null), or that the version in force does not have, is left out. */
function termsOf(
  person: Person,
  rows: readonly TermRow[],
  on: Day,
): { readonly terms: readonly Term[]; readonly fault: string | null; readonly missing: readonly string[] } {
  const terms: Term[] = [];
  const missing: string[] = [];
  let fault: string | null = null;
  for (const { name, law, output } of rows) {
    const found = person.rule(law, output, on);
    if (!found) continue;
    const value = person.value(law, output, on);
    if (value instanceof LawError) fault ??= value.message;
    if (value === null || value instanceof LawError) continue;
    const unit = found.output.unit === null ? {} : { unit: found.output.unit };
    const day = dayOfValue(value);
    const because = [found.citation];
    if (value instanceof Unknown) {
      terms.push({ name, value: null, kind: 'unknown', ...unit, because });
      missing.push(...person.idsOf(value.missing));
    } else if (day !== null) terms.push({ name, value: day, kind: 'date', ...unit, because });
    else if (isNumeric(value)) terms.push({ name, value: Number(toJson(value)), kind: 'number', ...unit, because });
    else if (typeof value === 'boolean') terms.push({ name, value, kind: 'boolean', ...unit, because });
    else
      terms.push({
        name,
        value: typeof value === 'string' ? value : JSON.stringify(toJson(value)),
        kind: 'text',
        ...unit,
        because,
      });
  }
  return { terms, fault, missing };
}

/** Before the first version and after the last one, the nearest version is all there is to cite. */
function citedElsewhen(corpus: Corpus, { law, output }: RightRow): readonly Citation[] {
  const view = viewOf(corpus, 'text', null);
  const [nearest] = view.stretches(law).flatMap((stretch) => stretch.rules.get(output)?.citation ?? []);
  return nearest ? [nearest] : [];
}

function distinct(citations: readonly Citation[]): readonly Citation[] {
  const seen = new Map(citations.map((citation) => [JSON.stringify(citation), citation]));
  return [...seen.values()];
}
