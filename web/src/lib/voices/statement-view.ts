import type { Statement } from '@meedoen/store';
import type { Language } from '#lib/language/languages.ts';

/** A statement in the reader's language where there is a translation; what was really said stands beside it. */
export type StatementView = {
  id: string;
  words: string;
  language: string;
  side: string | null;
  /** Null when the words are those that were said. */
  translated: { original: string; language: string; by: 'person' | 'machine'; reviewed: boolean } | null;
};

export function statementView(statement: Statement, language: Language): StatementView {
  const { id, words, side } = statement;
  const translation = statement.language === language ? undefined : statement.translations[language];
  if (translation === undefined) return { id, words, language: statement.language, side, translated: null };
  return {
    id,
    words: translation.words,
    language,
    side,
    translated: {
      original: words,
      language: statement.language,
      by: translation.madeBy,
      reviewed: translation.reviewed,
    },
  };
}
