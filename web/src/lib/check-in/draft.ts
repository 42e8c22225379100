import type { Answer, Answers, GivenAnswer, OwnWords, PastMonth, ContributorProfile } from '@meedoen/experience';
import { month, type Month } from '@meedoen/units';
import type { RecoveryCode } from '#lib/server/keys/recovery-code.ts';

/** Who holds this device: `mine` keeps months on it, `shared` keeps nothing after the browser closes. */
export type Holder = 'mine' | 'shared';

/** What somebody says once, and what we ask them (nl: over mij). On the device only. */
export type AboutMe = {
  holder: Holder;
  profile: ContributorProfile;
  /** Health and mood are asked only of who switched them on. */
  sensitive: boolean;
};

/** A month that is being answered (nl: concept). On the device only, until the person sends it. */
export type Draft = {
  /** UUIDv7. The contribution gets this id, so that retries, double taps and two tabs are one. */
  id: string;
  month: Month;
  answers: Answers;
  /** Questions that were seen and left open. */
  skipped: readonly string[];
  /** What the person said about an answer that does not fit an earlier one. Both stay as they were given. */
  explained: Readonly<Record<string, Explanation>>;
  /** The code from which the keys come, until the first month is sent; null when the device has a key. */
  code: RecoveryCode | null;
};

/** Of two answers that do not fit, what is so, by the person's own word. */
export const explanations = ['changed', 'earlier-wrong', 'both'] as const;
export type Explanation = (typeof explanations)[number];

/** A month that was answered, as it stays on the person's own device (nl: mijn maanden). */
export type MonthTold = {
  id: string;
  month: Month;
  /** Where it went: `here` stays on the device; `month` counts by itself; `study` is followed over time. */
  kept: 'here' | 'month' | 'study';
  answers: readonly GivenAnswer[];
  words: readonly OwnWords[];
};

/** The answer to one question, or null for skipped. */
export function give(draft: Draft, question: string, answer: Answer | null): Draft {
  const { [question]: _, ...others } = draft.answers;
  const skipped = draft.skipped.filter((one) => one !== question);
  return answer === null
    ? { ...draft, answers: others, skipped: [...skipped, question] }
    : { ...draft, answers: { ...others, [question]: answer }, skipped };
}

/** The months of the device with this one in them; a month told again takes the place of the earlier one. */
export function tell(months: readonly MonthTold[], told: MonthTold): readonly MonthTold[] {
  return [told, ...months.filter(({ month }) => month !== told.month)].sort((a, b) => (a.month < b.month ? 1 : -1));
}

/** A month that was told, as the engine remembers months. */
export function asPast({ month: of, answers, words }: MonthTold): PastMonth {
  const past: Record<string, Answer> = {};
  for (const { question, value } of answers) {
    past[question] = { values: [...(past[question]?.values ?? []), value], words: null };
  }
  for (const { question, text } of words) past[question] = { values: past[question]?.values ?? [], words: text };
  return { month: month(of), answers: past };
}
