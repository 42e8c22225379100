import type { Entry } from './yaml-file.ts';

/** How many words a sentence may have for people who still learn the language. */
const wordsInASentence = 15;

/** The sentences of a text that are too long, each as it stands. */
export function longSentences(text: string, atMost = wordsInASentence): string[] {
  return sentencesOf(text).filter((sentence) => wordsOf(sentence).length > atMost);
}

/** Dutch and English of one text, in short sentences: the readers are learning both. */
export function shortWords(entry: Entry): { nl: string; en: string } {
  const words = { nl: entry.text('nl'), en: entry.text('en') };
  for (const language of ['nl', 'en'] as const) {
    const [long] = longSentences(words[language]);
    if (long !== undefined)
      entry.wrong(language, `Over ${wordsInASentence} words in a sentence: "${long}" Make two of it.`);
  }
  entry.end();
  return words;
}

function sentencesOf(text: string): string[] {
  // A point inside a number or an abbreviation ("8.2", "e.g. x") does not end a sentence: a capital must follow.
  return text
    .split(/(?<=[.!?:])\s+(?=[\p{Lu}\d‘“"'])/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}

function wordsOf(sentence: string): string[] {
  return sentence.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
}
