import { join } from 'node:path';
import { formatProblem, type Day, type Problem } from '@meedoen/units';
import type { Language } from './languages.ts';
import { shortWords } from './sentences.ts';
import { helpTopics, type HelpTopic } from './topics.ts';
import { fingerprint, inAllLanguages, readTranslations, type Translation } from './translations.ts';
import { openYaml, type Entry } from './yaml-file.ts';

/** A person to talk to, by phone or nearby, anywhere in the country (nl: hulplijn). */
export type Helpline = {
  id: string;
  name: string;
  /** Its place among who helps with a topic, 0 for who fits best; a topic it does not help with is not there. */
  places: Readonly<Partial<Record<HelpTopic, number>>>;
  /** Does it stand on the safe-help page? There the order of the file is the order of the page. */
  safePage: boolean;
  phones: readonly HelpPhone[];
  /** null: we do not know when. */
  hours: 'always' | readonly OpenHours[] | null;
  /** Language codes we know to be spoken; empty means not known. */
  languages: readonly string[];
  /** Do they call in an interpreter? false also where we do not know. */
  interpreter: boolean;
  url: string;
  source: string;
  confidence: HelpConfidence;
  checkedOn: Day;
  words: Readonly<Record<Language, HelpWords>>;
};

/** `number` as people write it, `dial` for a telephone link. `local`: what a normal call costs. */
export type HelpPhone = { number: string; dial: string; cost: 'free' | 'local' };
/** Dutch local time: `byday` 'MO,TU', `opens_at` '09:00'. */
export type OpenHours = { byday: string; opens_at: string; closes_at: string };
export type HelpWords = Translation<'what'>;

/** `general_knowledge` is from memory: the number stands there only with "to be checked". */
export const helpConfidences = ['official_page', 'secondary', 'general_knowledge'] as const;
export type HelpConfidence = (typeof helpConfidences)[number];

/** All helplines of the folder `help`, danger first; throws when our own files are broken. */
export function loadHelp(folder: string): readonly Helpline[] {
  const { helplines, problems } = readHelp(folder);
  if (problems.length > 0) throw new Error(problems.map(formatProblem).join('\n'));
  return helplines;
}

/** What is wrong in the folder `help`, with file, line and column. */
export function checkHelp(folder: string): Problem[] {
  return readHelp(folder).problems;
}

/**
 * Who helps with at least one of these questions, who fits best first. A question is the topics that help with it, the most
 * fitting first. Who is nth for the mth topic of a question gets 1 / (n × m) of a point, and points add up: reciprocal rank
 * fusion (G. V. Cormack, C. L. A. Clarke, S. Büttcher, SIGIR 2009) without its damping, because these lists are short and
 * made by hand. Equal points: the order of the file.
 */
export function helpWith(
  helplines: readonly Helpline[],
  questions: readonly (readonly HelpTopic[])[],
): readonly Helpline[] {
  const points = new Map(
    helplines.map((helpline) => [
      helpline,
      questions
        .flatMap((topics) => topics.map((topic, m) => pointsFor(helpline.places[topic], m)))
        .reduce((sum, one) => sum + one, 0),
    ]),
  );
  const pointsOf = (helpline: Helpline) => points.get(helpline) ?? 0;
  return helplines.filter((helpline) => pointsOf(helpline) > 0).toSorted((a, b) => pointsOf(b) - pointsOf(a));
}

function pointsFor(place: number | undefined, m: number): number {
  return place === undefined ? 0 : 1 / ((place + 1) * (m + 1));
}

type Source = Omit<Helpline, 'words'> & { what: { nl: string; en: string } };

function readHelp(folder: string): { helplines: readonly Helpline[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const root = openYaml(join(folder, 'national.yaml'), 'help/national.yaml', problems);
  const checkedOn = root.day('checked_on');
  const places = placesIn(root.record('topics'));
  const sources: Source[] = [];
  for (const entry of root.list('helplines')) {
    const source = sourceOf(entry, checkedOn, places);
    if (sources.some(({ id }) => id === source.id))
      entry.wrong('id', `The id "${source.id}" is used twice. Give each its own.`);
    sources.push(source);
  }
  // Somebody in danger reads from the top and stops at the first number.
  if (sources.length > 0 && sources[0]?.phones[0]?.dial !== '112') {
    root.wrong('helplines', 'The emergency number 112 comes first. Put it back at the top.');
  }
  for (const id of places.keys()) {
    if (!sources.some((source) => source.id === id))
      root.wrong('topics', `"topics" names "${id}", and there is no such helpline. Correct its id.`);
  }
  root.end();

  const marks = new Map(sources.map(({ id, what }) => [id, fingerprint(what.nl)]));
  const translations = readTranslations(folder, 'national', ['what'], marks, problems);
  const helplines = sources.map(({ what: { nl, en }, ...helpline }): Helpline => {
    const ours = { nl: { what: nl }, en: { what: en } };
    return { ...helpline, words: inAllLanguages(helpline.id, ours, translations) };
  });
  return { helplines, problems };
}

function sourceOf(entry: Entry, checkedOn: Day, places: Places): Source {
  const id = entry.text('id');
  const helpsWith = places.get(id);
  if (!helpsWith && id !== '') entry.wrong('id', `No topic names "${id}". Put it in the order of "topics".`);
  const what = shortWords(entry.record('what'));
  const source: Source = {
    id,
    name: entry.text('name'),
    places: helpsWith ?? {},
    safePage: entry.has('safe_page') && entry.boolean('safe_page'),
    phones: entry.list('phones', { optional: true }).map(phoneOf),
    hours: hoursOf(entry),
    languages: entry.texts('languages'),
    interpreter: entry.has('interpreter') && entry.boolean('interpreter'),
    url: entry.url('url'),
    source: entry.url('source'),
    confidence: entry.oneOf('confidence', helpConfidences),
    checkedOn,
    what,
  };
  entry.end();
  return source;
}

type Places = ReadonlyMap<string, Helpline['places']>;

/** For each helpline its place in the order of each topic. */
function placesIn(order: Entry): Places {
  const places = new Map<string, Partial<Record<HelpTopic, number>>>();
  for (const topic of helpTopics) {
    order.texts(topic).forEach((id, place) => {
      const known = places.get(id) ?? {};
      if (known[topic] === undefined) places.set(id, { ...known, [topic]: place });
      else order.wrong(topic, `"${id}" stands twice under "${topic}". Keep the place where it fits.`);
    });
  }
  order.end();
  return places;
}

function phoneOf(entry: Entry): HelpPhone {
  const number = entry.text('number');
  // Short numbers (112, 113) and Dutch numbers of ten or eleven digits; anything else is a slip of the pen.
  const dial = number.replaceAll(/\D/g, '');
  if (number !== '' && !/^(11\d|0\d{9}|0[89]00\d{4,7})$/.test(dial)) {
    entry.wrong('number', `"${number}" is no Dutch telephone number. Check it, digit by digit.`);
  }
  const phone: HelpPhone = { number, dial, cost: entry.oneOf('cost', ['free', 'local']) };
  entry.end();
  return phone;
}

function hoursOf(entry: Entry): Helpline['hours'] {
  if (!entry.has('hours')) entry.wrong('hours', '"hours" is missing here. Write null when they are not known.');
  if (entry.isList('hours')) {
    return entry.list('hours').map((hours) => {
      const open = { byday: hours.text('byday'), opens_at: hours.text('opens_at'), closes_at: hours.text('closes_at') };
      if (!/^\d\d:\d\d$/.test(open.opens_at) || !/^\d\d:\d\d$/.test(open.closes_at))
        hours.wrong('opens_at', "Write times as '09:00'.");
      hours.end();
      return open;
    });
  }
  return entry.maybeText('hours') === null ? null : entry.oneOf('hours', ['always']);
}
