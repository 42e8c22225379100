import { join } from 'node:path';
import { formatProblem, type Day, type Problem } from '@meedoen/units';
import type { Language } from './languages.ts';
import { shortWords } from './sentences.ts';
import { helpTopics, type HelpTopic } from './topics.ts';
import { fingerprint, inAllLanguages, readTranslations, type Translation } from './translations.ts';
import { openYaml, type Entry } from './yaml-file.ts';

/** A word that stands in Dutch letters and on Dutch cards, explained (nl: begrip). */
export type DutchTerm = {
  id: string;
  /** The official Dutch word; it stands beside every translation, because people hold Dutch letters. */
  nl: string;
  /** How the letters shorten it: 'BSN'. */
  short: string | null;
  topic: HelpTopic;
  /** What it is not, though it looks like it. */
  falseFriends: { nl: string; en: string } | null;
  source: { name: string; url: string };
  checkedOn: Day;
  words: Readonly<Record<Language, TermWords>>;
};

/** `reviewed` and `stale` say how far a translation can be trusted; our own Dutch and English are neither. */
export type TermWords = Translation<'term' | 'text'>;

/** All terms of the folder `words`, in all eight languages; throws when our own files are broken. */
export function loadTerms(folder: string): readonly DutchTerm[] {
  const { terms, problems } = readTerms(folder);
  if (problems.length > 0) throw new Error(problems.map(formatProblem).join('\n'));
  return terms;
}

/** What is wrong in the folder `words`, with file, line and column. A stale translation is no fault: it says so itself. */
export function checkTerms(folder: string): Problem[] {
  return readTerms(folder).problems;
}

type Source = Omit<DutchTerm, 'words'> & { en: string; text: { nl: string; en: string } };

function readTerms(folder: string): { terms: readonly DutchTerm[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const root = openYaml(join(folder, 'terms.yaml'), 'words/terms.yaml', problems);
  const checkedOn = root.day('checked_on');
  const sources: Source[] = [];
  for (const entry of root.list('terms')) {
    const source = sourceOf(entry, checkedOn);
    if (sources.some(({ id }) => id === source.id))
      entry.wrong('id', `The id "${source.id}" is used twice. Give each its own.`);
    sources.push(source);
  }
  root.end();

  const marks = new Map(sources.map(({ id, nl, text }) => [id, fingerprint(nl, text.nl)]));
  const translations = readTranslations(folder, 'terms', ['term', 'text'], marks, problems);
  const terms = sources.map(({ en, text, ...term }): DutchTerm => {
    const ours = { nl: { term: term.nl, text: text.nl }, en: { term: en, text: text.en } };
    return { ...term, words: inAllLanguages(term.id, ours, translations) };
  });
  return { terms, problems };
}

function sourceOf(entry: Entry, checkedOn: Day): Source {
  const id = entry.text('id');
  if (id !== '' && !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))
    entry.wrong('id', `Write the id "${id}" in kebab-case, such as "w-document".`);
  const text = shortWords(entry.record('text'));
  const falseFriends = entry.maybeRecord('false_friends');
  const source = entry.record('source');
  const term: Source = {
    id,
    nl: entry.text('nl'),
    short: entry.maybeText('short'),
    en: entry.text('en'),
    topic: entry.oneOf('topic', helpTopics),
    text,
    falseFriends: falseFriends && shortWords(falseFriends),
    source: { name: source.text('name'), url: source.url('url') },
    checkedOn,
  };
  source.end();
  entry.end();
  return term;
}
