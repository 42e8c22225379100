import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Problem } from '@meedoen/units';
import { translatedLanguages, type Language, type TranslatedLanguage } from './languages.ts';
import { openYaml, problemAt } from './yaml-file.ts';

/** A text in another language than it was written in, and how far it can be trusted. */
export type Translation<Field extends string> = Readonly<Record<Field, string>> & {
  /** Has a person who speaks the language read it? */
  readonly reviewed: boolean;
  /** Has the Dutch changed since it was translated? */
  readonly stale: boolean;
};

/** For each language its translations by the id of what they translate. */
type Translations<Field extends string> = Readonly<Record<TranslatedLanguage, ReadonlyMap<string, Translation<Field>>>>;

/**
 * The mark of a Dutch text, kept beside its translation (`of:`). When the Dutch changes, the marks differ and the
 * translation is known to be stale.
 */
export function fingerprint(...texts: readonly string[]): string {
  return createHash('sha256').update(texts.join('\n')).digest('hex').slice(0, 8);
}

/**
 * Read `<name>.<language>.yaml` for all six translated languages: one entry for each of `sources`, keyed by its id.
 * `sources` gives the fingerprint of the Dutch text for each id.
 */
export function readTranslations<Field extends string>(
  folder: string,
  name: string,
  fields: readonly Field[],
  sources: ReadonlyMap<string, string>,
  problems: Problem[],
): Translations<Field> {
  const found = {} as Record<TranslatedLanguage, ReadonlyMap<string, Translation<Field>>>;
  for (const language of translatedLanguages) {
    const room = folder.split('/').at(-1) ?? folder;
    const file = `${room}/${name}.${language}.yaml`;
    const root = openYaml(join(folder, `${name}.${language}.yaml`), file, problems);
    root.oneOf('language', [language]);
    const reviewed = root.boolean('reviewed');
    const translations = new Map<string, Translation<Field>>();
    for (const [id, entry] of root.record('entries').entries()) {
      const mark = sources.get(id);
      if (mark === undefined) entry.wrong(undefined, `There is nothing with the id "${id}" to translate. Take it out.`);
      const of = entry.has('of') ? entry.text('of') : '';
      if (of === '') entry.wrong(undefined, `Add the mark of the Dutch text you translated: "of: '${mark ?? ''}'".`);
      const texts = Object.fromEntries(fields.map((field) => [field, entry.text(field)])) as Record<Field, string>;
      translations.set(id, { ...texts, reviewed, stale: of !== mark });
      entry.end();
    }
    root.end();
    const missing = [...sources.keys()].filter((id) => !translations.has(id));
    if (missing.length > 0) {
      problems.push(
        problemAt(
          { file, line: 1, column: 1 },
          `Not translated yet: ${missing.join(', ')}. Add them under "entries:".`,
        ),
      );
    }
    found[language] = translations;
  }
  return found;
}

/** The texts under one id in all eight languages. Where a translation is missing stands our English, marked stale. */
export function inAllLanguages<Field extends string>(
  id: string,
  ours: Readonly<Record<'nl' | 'en', Readonly<Record<Field, string>>>>,
  translations: Translations<Field>,
): Readonly<Record<Language, Translation<Field>>> {
  const of = (language: TranslatedLanguage): Translation<Field> =>
    translations[language].get(id) ?? { ...ours.en, reviewed: false, stale: true };
  return {
    nl: { ...ours.nl, reviewed: true, stale: false },
    en: { ...ours.en, reviewed: true, stale: false },
    ar: of('ar'),
    ti: of('ti'),
    uk: of('uk'),
    tr: of('tr'),
    fa: of('fa'),
    ru: of('ru'),
  };
}
