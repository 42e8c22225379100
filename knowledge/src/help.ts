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
  topics: readonly HelpTopic[];
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

/** Who helps with at least one of these topics: first those who help with most of them, else in the order of the file. */
export function helpWith(helplines: readonly Helpline[], topics: readonly HelpTopic[]): readonly Helpline[] {
  const shared = (helpline: Helpline) => helpline.topics.filter((topic) => topics.includes(topic)).length;
  return helplines.filter((helpline) => shared(helpline) > 0).toSorted((a, b) => shared(b) - shared(a));
}

type Source = Omit<Helpline, 'words'> & { what: { nl: string; en: string } };

function readHelp(folder: string): { helplines: readonly Helpline[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const root = openYaml(join(folder, 'national.yaml'), 'help/national.yaml', problems);
  const checkedOn = root.day('checked_on');
  const sources: Source[] = [];
  for (const entry of root.list('helplines')) {
    const source = sourceOf(entry, checkedOn);
    if (sources.some(({ id }) => id === source.id))
      entry.wrong('id', `The id "${source.id}" is used twice. Give each its own.`);
    sources.push(source);
  }
  // Somebody in danger reads from the top and stops at the first number.
  if (sources.length > 0 && sources[0]?.phones[0]?.dial !== '112') {
    root.wrong('helplines', 'The emergency number 112 comes first. Put it back at the top.');
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

function sourceOf(entry: Entry, checkedOn: Day): Source {
  const what = shortWords(entry.record('what'));
  const source: Source = {
    id: entry.text('id'),
    name: entry.text('name'),
    topics: topicsOf(entry),
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

function topicsOf(entry: Entry): readonly HelpTopic[] {
  return entry.texts('topics').filter((topic): topic is HelpTopic => {
    const known = (helpTopics as readonly string[]).includes(topic);
    if (!known) entry.wrong('topics', `"${topic}" is no help topic. Choose one of: ${helpTopics.join(', ')}.`);
    return known;
  });
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
