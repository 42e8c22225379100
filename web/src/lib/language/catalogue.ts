import type aboutPage from '#messages/nl/about.json';
import type announcedPage from '#messages/nl/announced.json';
import type answersPage from '#messages/nl/answers.json';
import type barriersPage from '#messages/nl/barriers.json';
import type chainPage from '#messages/nl/chain.json';
import type checkInPage from '#messages/nl/check-in.json';
import type decisionsPage from '#messages/nl/decisions.json';
import type doorsPage from '#messages/nl/doors.json';
import type doorwayPage from '#messages/nl/doorway.json';
import type employerPage from '#messages/nl/employer.json';
import type helpPage from '#messages/nl/help.json';
import type helperPage from '#messages/nl/helper.json';
import type lawsPage from '#messages/nl/laws.json';
import type phonePage from '#messages/nl/phone.json';
import type programmesPage from '#messages/nl/programmes.json';
import type questionsPage from '#messages/nl/questions.json';
import type rightsBank from '#messages/nl/rights/bank.json';
import type rightsDriving from '#messages/nl/rights/driving.json';
import type rightsEducation from '#messages/nl/rights/education.json';
import type rightsHealth from '#messages/nl/rights/health.json';
import type rightsHousing from '#messages/nl/rights/housing.json';
import type rightsIncome from '#messages/nl/rights/income.json';
import type rightsFamily from '#messages/nl/rights/family.json';
import type rightsLanguage from '#messages/nl/rights/language.json';
import type rightsRegistration from '#messages/nl/rights/registration.json';
import type rightsShared from '#messages/nl/rights/shared.json';
import type rightsStay from '#messages/nl/rights/stay.json';
import type rightsTax from '#messages/nl/rights/tax.json';
import type rightsVoting from '#messages/nl/rights/voting.json';
import type rightsWork from '#messages/nl/rights/work.json';
import type site from '#messages/nl/site.json';
import type staffPages from '#messages/nl/staff.json';
import type startPage from '#messages/nl/start.json';
import type states from '#messages/nl/states.json';
import type todayPage from '#messages/nl/today.json';
import type toldPage from '#messages/nl/told.json';
import type townsPages from '#messages/nl/towns.json';
import type voicesPages from '#messages/nl/voices.json';
import type wordsPage from '#messages/nl/words.json';
import type worksPage from '#messages/nl/works.json';
import reviewed from '#messages/reviewed.json' with { type: 'json' };
import { languages, type Language } from './languages.ts';

/** One file a domain, under `messages/<language>/rights/`, and what domains share; together one area. */
type Rights = typeof rightsBank &
  typeof rightsDriving &
  typeof rightsEducation &
  typeof rightsHealth &
  typeof rightsHousing &
  typeof rightsIncome &
  typeof rightsFamily &
  typeof rightsLanguage &
  typeof rightsRegistration &
  typeof rightsShared &
  typeof rightsStay &
  typeof rightsTax &
  typeof rightsVoting &
  typeof rightsWork;

/** One file or folder an area, under `messages/<language>/`; its name is the first word of every key in it. */
type Areas = {
  about: typeof aboutPage;
  announced: typeof announcedPage;
  answers: typeof answersPage;
  barriers: typeof barriersPage;
  chain: typeof chainPage;
  'check-in': typeof checkInPage;
  decisions: typeof decisionsPage;
  doors: typeof doorsPage;
  doorway: typeof doorwayPage;
  employer: typeof employerPage;
  help: typeof helpPage;
  helper: typeof helperPage;
  laws: typeof lawsPage;
  phone: typeof phonePage;
  programmes: typeof programmesPage;
  questions: typeof questionsPage;
  rights: Rights;
  site: typeof site;
  staff: typeof staffPages;
  start: typeof startPage;
  states: typeof states;
  today: typeof todayPage;
  told: typeof toldPage;
  towns: typeof townsPages;
  voices: typeof voicesPages;
  words: typeof wordsPage;
  works: typeof worksPage;
};

type KeysOf<Group> = {
  [Name in keyof Group & string]: Name extends '_note'
    ? never
    : Group[Name] extends string
      ? Name
      : `${Name}.${KeysOf<Group[Name]>}`;
}[keyof Group & string];

/** Every key of the Dutch catalogue, such as `today.group.yes`. */
export type MessageKey = KeysOf<Areas>;

export type Catalogue = ReadonlyMap<string, string>;

const files: Readonly<Record<string, unknown>> = import.meta.glob(
  ['../../../messages/*/*.json', '../../../messages/*/*/*.json'],
  {
    eager: true,
    import: 'default',
  },
);

/** The texts of each language by key; a key that a language does not have yet is absent. */
export const catalogues: Readonly<Record<Language, Catalogue>> = Object.fromEntries(
  languages.map((language) => [language, readCatalogue(language)]),
) as Record<Language, Catalogue>;

function readCatalogue(language: Language): Catalogue {
  const texts = new Map<string, string>();
  for (const [path, content] of Object.entries(files)) {
    const area = new RegExp(`/messages/${language}/([a-z-]+)(?:/[a-z-]+)?\\.json$`).exec(path)?.[1];
    if (area) flatten(content, area, texts);
  }
  return texts;
}

/** Words that begin with `_` are notes for translators, not texts. */
function flatten(content: unknown, key: string, into: Map<string, string>): void {
  if (typeof content === 'string') into.set(key, content);
  else if (content !== null && typeof content === 'object') {
    for (const [name, inner] of Object.entries(content))
      if (!name.startsWith('_')) flatten(inner, `${key}.${name}`, into);
  }
}

/**
 * Has a person read this translation beside the Dutch it was made from? `messages/reviewed.json` keeps, by language and
 * key, the fingerprint of that Dutch text: when the Dutch changes, the review lapses by itself. Dutch and English are
 * written by the makers and have no review to show.
 */
export function isReviewed(language: Language, key: string): boolean {
  if (language === 'nl' || language === 'en') return true;
  const source = catalogues.nl.get(key);
  const seen = (reviewed as Partial<Record<Language, Record<string, string>>>)[language]?.[key];
  return source !== undefined && seen !== undefined && seen === fingerprint(source);
}

/** A short fingerprint of a text (FNV-1a, 32 bits): it has to notice a change, not resist an attacker. */
export function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (const character of text) {
    hash ^= character.codePointAt(0) ?? 0;
    hash = Math.imul(hash, 0x01000193) >>> 0;
  }
  return hash.toString(16).padStart(8, '0');
}
