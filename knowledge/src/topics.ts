/**
 * The parts of life we answer about, in the order in which answers are given. Each has its table `rights/<domain>.yaml`;
 * the web groups its cards by them.
 */
export const rightDomains = [
  'work',
  'registration',
  'bank',
  'housing',
  'health',
  'income',
  'language',
  'education',
  'driving',
  'family',
  'stay',
  'voting',
  'tax',
] as const;

/**
 * What somebody may need a person for. Rights name the topics of those who can help; helplines and services name the
 * topics they help with, so that an answer leads to a person.
 */
export const helpTopics = [
  'work',
  'registration',
  'language',
  'driving',
  'housing',
  'health',
  'debt',
  'legal',
  'meeting',
  'discrimination',
  'exploitation',
  'violence',
] as const;

export type HelpTopic = (typeof helpTopics)[number];

/** Is this word a help topic? */
export function isHelpTopic(word: string): word is HelpTopic {
  return (helpTopics as readonly string[]).includes(word);
}
