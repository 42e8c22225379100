import type { Contribution } from './contribution.ts';
import type { ContributorProfile } from './profile.ts';

/** One thing that leaves the device, and who can see what of it. A screen finds its sentence by these names. */
export type Told = {
  readonly field: 'month' | 'language' | 'questionnaire' | 'answer' | 'words' | keyof ContributorProfile;
  /** For an answer or own words: to which question. */
  readonly question: string | null;
  readonly value: string;
  /** `month`: no day. `group`: which of a few groups, never the exact value. `chosen`: an option or mark. `as-written`: word for word. */
  readonly howFine: 'month' | 'group' | 'chosen' | 'as-written';
  /** `counted`: it is added up with others and only shown from ten people on. `town-team`: people of the town read it. */
  readonly seenAs: 'counted' | 'town-team';
};

/** A part of somebody's own words by which others could know who wrote them. */
export type Telling = {
  readonly question: string;
  readonly what: 'mail-address' | 'web-address' | 'number' | 'name-of-account';
  readonly text: string;
};

export type WhatOthersCouldTell = {
  readonly told: readonly Told[];
  /** What was not said or stays on the device is not in the list; this says whether months can be laid beside each other. */
  readonly joined: boolean;
  /** Look at these before sending. Never complete: only the writer knows what tells who they are. */
  readonly telling: readonly Telling[];
};

/** All that somebody else could read in a contribution, and how coarse it is, before it is sent. */
export function whatOthersCouldTell(contribution: Contribution): WhatOthersCouldTell {
  const { month, language, instrument, instrumentVersion, profile, answers, words, followed } = contribution;
  const told: Told[] = [
    { field: 'month', question: null, value: month, howFine: 'month', seenAs: 'counted' },
    { field: 'language', question: null, value: language, howFine: 'group', seenAs: 'counted' },
    {
      field: 'questionnaire',
      question: null,
      value: `${instrument} ${instrumentVersion}`,
      howFine: 'group',
      seenAs: 'counted',
    },
  ];
  for (const field of ['town', 'door', 'arrived', 'ageBand', 'gender'] as const) {
    const value = profile[field];
    const howFine = field === 'arrived' ? 'month' : 'group';
    if (value !== null) told.push({ field, question: null, value, howFine, seenAs: 'counted' });
  }
  for (const { question, value } of answers) {
    const howFine = /^\d{4}-\d{2}$/.test(value) ? 'month' : 'chosen';
    told.push({ field: 'answer', question, value, howFine, seenAs: 'counted' });
  }
  for (const { question, text } of words) {
    told.push({ field: 'words', question, value: text, howFine: 'as-written', seenAs: 'town-team' });
  }
  return { told, joined: followed, telling: words.flatMap(({ question, text }) => tellingIn(question, text)) };
}

/** In this order: the domain of a mail address is no web address as well. */
const tellingForms: readonly { readonly what: Telling['what']; readonly form: RegExp }[] = [
  { what: 'mail-address', form: /[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>()]+/gu },
  { what: 'web-address', form: /(?:https?:\/\/|www\.)\S+/giu },
  { what: 'name-of-account', form: /(?<![\p{L}\p{N}])@[\p{L}\p{N}_.]{3,}/gu },
  // Six digits or more, with the signs people write between them: a telephone number, BSN, V-number, date of birth.
  { what: 'number', form: /\+?\p{Nd}(?:[ .()/-]{0,2}\p{Nd}){5,}/gu },
];

function tellingIn(question: string, text: string): Telling[] {
  const found: Telling[] = [];
  let rest = text;
  for (const { what, form } of tellingForms) {
    rest = rest.replaceAll(form, (part) => {
      found.push({ question, what, text: part });
      return ' ';
    });
  }
  return found;
}
