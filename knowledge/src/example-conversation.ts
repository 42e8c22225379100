import { join } from 'node:path';
import { chance } from '@meedoen/numbers';
import { formatProblem, type Day, type Problem } from '@meedoen/units';
import { languages } from './languages.ts';
import { openYaml, type Entry } from './yaml-file.ts';

/** The sides of the example, and how many synthetic people each has. */
const sides = ['newcomer', 'neighbour'] as const;
type Side = (typeof sides)[number];

/** A conversation in which nobody spoke (nl: voorbeeldgesprek): statements, and votes of synthetic people. */
export type ExampleConversation = {
  id: string;
  town: string;
  opensOn: Day;
  closesOn: Day;
  language: string;
  title: string;
  question: string;
  mandate: string;
  answerInWeeks: number;
  translations: Readonly<Record<string, { title: string; question: string }>>;
  /** How many live here, by side; made up. */
  population: Readonly<Record<Side, number>>;
  /** Numbered from 0; each has a side and a language. */
  people: readonly { side: Side; language: string }[];
  statements: readonly {
    id: string;
    side: Side;
    language: string;
    words: string;
    translations: Readonly<Record<string, string>>;
  }[];
  /** `person` and `statement` by their place in the lists. */
  votes: readonly { person: number; statement: number; vote: 1 | 0 | -1 }[];
};

const fileName = 'conversation.yaml';

/** The conversation in the folder `example-town`; throws when our own file is broken. */
export function loadExampleConversation(folder: string): ExampleConversation {
  const { conversation, problems } = read(folder);
  if (problems.length > 0) throw new Error(problems.map(formatProblem).join('\n'));
  return conversation;
}

/** What is wrong with it, with file, line and column. */
export function checkExampleConversation(folder: string): Problem[] {
  return read(folder).problems;
}

function read(folder: string): { conversation: ExampleConversation; problems: Problem[] } {
  const problems: Problem[] = [];
  const root = openYaml(join(folder, fileName), `example-town/${fileName}`, problems);
  return { conversation: conversationOf(root), problems };
}

/** Languages that the synthetic people of each side speak, in turn. */
const spoken: Readonly<Record<Side, readonly string[]>> = {
  newcomer: ['ar', 'ti', 'uk', 'tr', 'fa'],
  neighbour: ['nl'],
};

/** Read the conversation out of a YAML file that was opened already, and draw who votes what. */
function conversationOf(root: Entry): ExampleConversation {
  if (!root.boolean('example')) root.wrong('example', 'A conversation in which nobody spoke says "example: true".');
  const each = root.number('people_each');
  const random = chance(root.number('seed'));
  const votes: { person: number; statement: number; vote: 1 | 0 | -1 }[] = [];
  const statements = root.list('statements').map((entry, at) => {
    const counts = entry.record('votes');
    for (const [number, side] of sides.entries()) {
      const [agrees = 0, disagrees = 0] = counts.numbers(side);
      if (agrees + disagrees > each) counts.wrong(side, `There are ${each} people on a side, and more of them vote.`);
      const order = shuffled(each, random.whole);
      for (const [place, person] of order.entries()) {
        const vote = place < agrees ? 1 : place < agrees + disagrees ? -1 : 0;
        votes.push({ person: number * each + person, statement: at, vote });
      }
    }
    counts.end();
    const language = entry.oneOf('language', languages);
    const made = {
      id: entry.text('id'),
      side: entry.oneOf('side', sides),
      language,
      words: entry.text('words'),
      translations: wordsOf(entry.record('translations'), language),
    };
    entry.end();
    return made;
  });
  const language = root.oneOf('language', languages);
  const translated = root.record('translations');
  const living = root.record('population');
  const population = { newcomer: living.number('newcomer'), neighbour: living.number('neighbour') };
  living.end();
  const conversation: ExampleConversation = {
    id: root.text('id'),
    town: root.text('town'),
    opensOn: root.day('opens_on'),
    closesOn: root.day('closes_on'),
    language,
    title: root.text('title'),
    question: root.text('question'),
    mandate: root.text('mandate'),
    answerInWeeks: root.number('answer_in_weeks'),
    translations: Object.fromEntries(
      languages
        .filter((other) => other !== language)
        .map((other) => {
          const entry = translated.record(other);
          const words = { title: entry.text('title'), question: entry.text('question') };
          entry.end();
          return [other, words];
        }),
    ),
    population,
    people: sides.flatMap((side) =>
      Array.from({ length: each }, (_, n) => ({ side, language: spoken[side][n % spoken[side].length]! })),
    ),
    statements,
    votes,
  };
  translated.end();
  root.end();
  return conversation;
}

/** The words in every language but the one they were said in. */
function wordsOf(entry: Entry, said: string): Record<string, string> {
  const words = Object.fromEntries(
    languages.filter((language) => language !== said).map((language) => [language, entry.text(language)]),
  );
  entry.end();
  return words;
}

/** 0 to `count` − 1 in an order of chance (Fisher & Yates). */
function shuffled(count: number, below: (most: number) => number): number[] {
  const order = Array.from({ length: count }, (_, at) => at);
  for (let at = count - 1; at > 0; at--) {
    const other = below(at + 1);
    [order[at], order[other]] = [order[other]!, order[at]!];
  }
  return order;
}
