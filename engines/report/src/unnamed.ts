import type { Language } from './report.ts';

/** What a page calls what happened, or what was measured, where nobody gave it a name. */
export const unnamed: Readonly<Record<Language, { readonly event: string; readonly outcome: string }>> = {
  en: { event: 'the event', outcome: 'the outcome' },
  nl: { event: 'de gebeurtenis', outcome: 'de uitkomst' },
};
