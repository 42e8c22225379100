import type { Question } from '@meedoen/experience';
import type { IconName } from '#lib/page/icons.ts';

/** A text of the questionnaire in the reader's language; `text` carries the marks of a text that nobody reviewed. */
export type Worded = { text: string; dutch: string };

/** One question, ready to be shown. */
export type QuestionView = {
  id: string;
  kind: Question['kind'];
  icon: IconName;
  sensitive: boolean;
  ask: Worded;
  hint: string | null;
  options: readonly { id: string; label: Worded; icon: IconName | null }[];
  /** A mark or a number: its ends, and words for them. */
  range: { lowest: number; highest: number; low: string | null; high: string | null } | null;
  ownWords: boolean;
};
