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
