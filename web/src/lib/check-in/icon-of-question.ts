import type { IconName } from '#lib/page/icons.ts';

/** Which icon stands above which question of the month. */
export const iconOfQuestion: Readonly<Record<string, IconName>> = {
  'still-here': 'home',
  work: 'work',
  'work-began': 'calendar',
  'work-ended': 'calendar',
  hours: 'clock',
  contract: 'pen',
  'work-level': 'diploma',
  'dutch-contacts': 'people',
  lessons: 'book',
  'language-use': 'talk',
  home: 'bed',
  safe: 'shield',
  control: 'hand',
  life: 'target',
  health: 'health',
  mood: 'heart',
  'stood-in-way': 'door',
  helped: 'people',
  'should-be-asked': 'question',
};
