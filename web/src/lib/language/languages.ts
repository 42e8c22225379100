/** The languages of the site (nl: talen), Dutch first: it is the text that counts. The order is the order of the menu. */
export const languages = ['nl', 'en', 'ar', 'ti', 'uk', 'tr', 'fa', 'ru'] as const;
export type Language = (typeof languages)[number];

/** What speakers call their own language. */
export const ownName: Readonly<Record<Language, string>> = {
  nl: 'Nederlands',
  en: 'English',
  ar: 'العربية',
  ti: 'ትግርኛ',
  uk: 'Українська',
  tr: 'Türkçe',
  fa: 'فارسی / دری',
  ru: 'Русский',
};

export function isLanguage(text: unknown): text is Language {
  return (languages as readonly unknown[]).includes(text);
}

export function directionOf(language: Language): 'ltr' | 'rtl' {
  return language === 'ar' || language === 'fa' ? 'rtl' : 'ltr';
}

/**
 * The locale for dates and numbers. Gregorian and Latin digits everywhere, because a Dutch letter has them:
 * without this, Farsi prints 23 November 2026 as 2 Azar 1405. English is that of Europe: 23 November, not November 23.
 */
export function localeOf(language: Language): string {
  return `${language === 'en' ? 'en-GB' : language}-u-ca-gregory-nu-latn`;
}

/** Dari speakers send `prs` or `fa-AF`, browsers of Eritreans often `ti-ER`: the first part decides. */
const sameAs: Readonly<Record<string, Language>> = { prs: 'fa' };

/** The languages in the order a browser asks for (Accept-Language), the others after them. */
export function languagesFor(accepted: string | null): readonly Language[] {
  const wished = (accepted ?? '')
    .slice(0, 200)
    .split(',')
    .map((part, position) => {
      const [tag = '', ...options] = part.trim().toLowerCase().split(';');
      const quality = options.map((option) => /^\s*q=([\d.]+)$/.exec(option)?.[1]).find(Boolean);
      const first = tag.split('-')[0] ?? '';
      return { language: sameAs[first] ?? first, weight: quality === undefined ? 1 : Number(quality), position };
    })
    .filter((wish) => wish.weight > 0)
    .sort((a, b) => b.weight - a.weight || a.position - b.position)
    .map((wish) => wish.language)
    .filter(isLanguage);
  return [...new Set([...wished, ...languages])];
}
