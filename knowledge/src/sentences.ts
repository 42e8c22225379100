/** How many words a sentence may have for people who still learn the language. */
export const wordsInASentence = 15;

/** The sentences of a text that are too long, each as it stands. */
export function longSentences(text: string, atMost = wordsInASentence): string[] {
  return sentencesOf(text).filter((sentence) => wordsOf(sentence).length > atMost);
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
