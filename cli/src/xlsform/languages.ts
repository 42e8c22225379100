import { languages, type Language } from '@meedoen/knowledge';

/** How XLSForm heads a column in each of our languages: its own name, and the code between brackets. */
export const columnNames: Readonly<Record<Language, string>> = {
  nl: 'Nederlands (nl)',
  en: 'English (en)',
  ar: 'العربية (ar)',
  ti: 'ትግርኛ (ti)',
  uk: 'Українська (uk)',
  tr: 'Türkçe (tr)',
  fa: 'فارسی (fa)',
  ru: 'Русский (ru)',
};

/** Names that forms use without a code. */
const otherNames: Readonly<Record<string, Language>> = {
  dutch: 'nl',
  nederlands: 'nl',
  english: 'en',
  arabic: 'ar',
  tigrinya: 'ti',
  ukrainian: 'uk',
  turkish: 'tr',
  farsi: 'fa',
  persian: 'fa',
  dari: 'fa',
  russian: 'ru',
};

/** The language of a column such as `label::English (en)` or `hint::nl`; `null` for one we do not speak. */
export function languageOf(name: string): Language | null {
  const code = /\(([a-z]{2,3})(?:-[A-Za-z]+)?\)\s*$/.exec(name)?.[1] ?? name.trim().toLowerCase();
  return languages.find((language) => language === code) ?? otherNames[name.trim().toLowerCase()] ?? null;
}
