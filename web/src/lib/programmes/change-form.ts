import type { PolicyChange } from '@meedoen/board';
import { parseMonth, type Month } from '@meedoen/units';
import { parseText, refused, typedText, type DecisionProblem } from '#lib/decisions/decision-form.ts';
import { isLanguage, type Language } from '#lib/language/languages.ts';
import { textIn } from '#lib/page/form-text.ts';

/** A change of policy as it was typed: when something is wrong nothing is lost. */
export type TypedChange = {
  title: string;
  words: string;
  cost: string;
  question: string;
  language: string;
  from: string;
  compared: readonly string[];
};

export function typedChange(form: FormData): TypedChange {
  return {
    title: typedText(form, 'title'),
    words: typedText(form, 'words'),
    cost: typedText(form, 'cost'),
    question: typedText(form, 'question'),
    language: textIn(form, 'language', 5),
    from: textIn(form, 'from', 10),
    compared: form
      .getAll('compared')
      .filter((one): one is string => typeof one === 'string')
      .slice(0, 400),
  };
}

export type ChangeTold = {
  title: string;
  words: string;
  cost: string;
  question: string;
  language: Language;
  change: PolicyChange;
};

/** A change in one town, from one of these months, against some of these towns. */
export function parseChange(
  typed: TypedChange,
  { town, months, towns }: { town: string; months: readonly Month[]; towns: readonly string[] },
): { ok: true; change: ChangeTold } | { ok: false; problems: readonly DecisionProblem[] } {
  const title = parseText(typed.title, 'title', true);
  const words = parseText(typed.words, 'words', true);
  const question = parseText(typed.question, 'question', true);
  const cost = parseText(typed.cost, 'cost', false);
  const parsed = parseMonth(typed.from);
  const from = parsed.ok && months.includes(parsed.value) ? parsed.value : null;
  if ('key' in title || 'key' in words || 'key' in question || 'key' in cost || from === null) {
    const month: object = from === null ? { field: 'from', key: 'decisions.error.choose', words: {} } : {};
    return refused(title, words, month, question, cost);
  }
  return {
    ok: true,
    change: {
      title: title.text,
      words: words.text,
      cost: cost.text,
      question: question.text,
      language: isLanguage(typed.language) ? typed.language : 'nl',
      change: {
        changes: [{ town, from }],
        compared: towns.filter((one) => one !== town && typed.compared.includes(one)),
      },
    },
  };
}
