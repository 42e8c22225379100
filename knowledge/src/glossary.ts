import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatProblem, type Problem } from '@meedoen/units';
import { loadTerms, type DutchTerm } from './terms.ts';
import { openYaml, problemAt } from './yaml-file.ts';

/** A name we use in code, beside the Dutch term it stands for. */
export type CodeTerm = {
  name: string;
  room: string;
  nl: string;
  meaning: string;
  source: string | null;
  falseFriends: string | null;
};

/** What mends a glossary that is behind. */
export const glossaryCommand = 'node knowledge/src/write-glossary.ts';

/** The names of `words/code-terms.yaml`; throws when the file is broken. */
export function loadCodeTerms(words: string): readonly CodeTerm[] {
  const { names, problems } = readCodeTerms(words);
  if (problems.length > 0) throw new Error(problems.map(formatProblem).join('\n'));
  return names;
}

/** Is `GLOSSARY.md` what the folder `words` would make of it today? Call it when `words` itself has nothing to mend. */
export function checkGlossary(words: string, glossaryFile: string): Problem[] {
  const { problems } = readCodeTerms(words);
  if (problems.length > 0) return problems;
  let written: string;
  try {
    written = readFileSync(glossaryFile, 'utf8');
  } catch {
    return [problemAt({ file: 'GLOSSARY.md' }, `There is no GLOSSARY.md. Make it: ${glossaryCommand}`)];
  }
  const expected = glossaryOf(words).split('\n');
  const line = written.split('\n').findIndex((text, index) => text !== expected[index]);
  if (line === -1 && written.split('\n').length === expected.length) return [];
  const at = { file: 'GLOSSARY.md', line: line === -1 ? expected.length : line + 1, column: 1 };
  return [problemAt(at, `GLOSSARY.md is behind the words of knowledge/words. Make it again: ${glossaryCommand}`)];
}

/** The glossary as Markdown, made from the folder `words`. */
export function glossaryOf(words: string): string {
  return glossary(loadCodeTerms(words), loadTerms(words));
}

function glossary(names: readonly CodeTerm[], terms: readonly DutchTerm[]): string {
  const byDutch = terms.toSorted((a, b) => a.nl.localeCompare(b.nl, 'nl'));
  return `# Glossary

One term, one name, everywhere. The app explains words from the same table.
Made from \`knowledge/words/\` by \`${glossaryCommand}\`; change the words there, not here.

## Names in the code

${table(
  ['Name', 'Room', 'Dutch', 'What it is', 'Not to be confused'],
  names.map(({ name, room, nl, meaning, source, falseFriends }) => [
    `\`${name}\``,
    room,
    nl,
    source === null ? meaning : `${meaning} (${source})`,
    falseFriends ?? '',
  ]),
)}

## Words of Dutch letters and cards

Explained to readers in eight languages; \`id\` is the key in \`words/terms.yaml\`.

${table(
  ['Dutch', 'Short', 'English', '`id`', 'Source', 'False friends'],
  byDutch.map(({ id, nl, short, words, source, falseFriends }) => [
    nl,
    short ?? '',
    words.en.term,
    `\`${id}\``,
    `[${source.name}](${source.url})`,
    falseFriends?.en ?? '',
  ]),
)}
`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function readCodeTerms(words: string): { names: readonly CodeTerm[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const root = openYaml(join(words, 'code-terms.yaml'), 'words/code-terms.yaml', problems);
  root.day('checked_on');
  const names: CodeTerm[] = [];
  for (const entry of root.list('names')) {
    const term: CodeTerm = {
      name: entry.text('name'),
      room: entry.text('room'),
      nl: entry.text('nl'),
      meaning: entry.text('meaning'),
      source: entry.maybeText('source'),
      falseFriends: entry.maybeText('false_friends'),
    };
    entry.end();
    if (names.some(({ name }) => name === term.name)) {
      entry.wrong('name', `"${term.name}" stands here twice. One name, one meaning: rename one of the two.`);
    }
    names.push(term);
  }
  root.end();
  return { names, problems };
}
