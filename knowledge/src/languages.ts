/** The languages of the first tier: Dutch and English we write, the other six are translations of the Dutch. */
export const languages = ['nl', 'en', 'ar', 'ti', 'uk', 'tr', 'fa', 'ru'] as const;
export type Language = (typeof languages)[number];

export const translatedLanguages = ['ar', 'ti', 'uk', 'tr', 'fa', 'ru'] as const;
export type TranslatedLanguage = (typeof translatedLanguages)[number];
