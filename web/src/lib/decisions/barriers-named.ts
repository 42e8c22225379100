import type { MonthTold } from '#lib/check-in/draft.ts';
import type { BarrierNamed } from './barrier-named.ts';

/**
 * What somebody named as standing in their way and gave to the platform, newest month first, each once. From the months on
 * their device alone; nothing without a town, because nobody can answer it.
 */
export function barriersNamed(town: string | null, months: readonly MonthTold[]): readonly BarrierNamed[] {
  if (town === null) return [];
  const subjects = months
    .filter(({ kept }) => kept !== 'here')
    .flatMap(({ answers }) => answers.filter(({ question }) => question === 'stood-in-way').map(({ value }) => value))
    .filter((value) => value !== 'nothing');
  return [...new Set(subjects)].map((subject) => ({ town, about: 'theme', subject }));
}
