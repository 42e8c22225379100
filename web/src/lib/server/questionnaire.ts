import type { Question, Questionnaire } from '@meedoen/experience';
import { instrumentText, type WordedQuestionnaire } from '@meedoen/knowledge';
import { iconOfQuestion } from '#lib/check-in/icon-of-question.ts';
import type { QuestionView, Worded } from '#lib/check-in/question-view.ts';
import { withReview } from '#lib/language/from-knowledge.ts';
import type { Language } from '#lib/language/languages.ts';
import { markFallback } from '#lib/language/marks.ts';
import { icons, type IconName } from '#lib/page/icons.ts';
import { knowledge } from './knowledge.ts';

/** The questionnaire of every month. */
export async function monthly(): Promise<Questionnaire> {
  return (await wordedMonthly()).questionnaire;
}

async function wordedMonthly(): Promise<WordedQuestionnaire> {
  const { instruments } = await knowledge();
  const found = instruments.asked.find(({ questionnaire }) => questionnaire.id === 'monthly');
  // Our own file; `meedoen knowledge check` says what is wrong with it.
  if (!found) throw new RangeError('knowledge/instruments/monthly.yaml cannot be read.');
  return found;
}

/** A question in a language, ready to be shown. */
export async function viewOf(question: Question, language: Language): Promise<QuestionView> {
  const worded = await wordedMonthly();
  const { id, kind } = question;
  const needed = (key: string): Worded => ({
    text: textIn(worded, key, language) ?? key,
    dutch: instrumentText(worded, key, 'nl')?.text ?? key,
  });
  const hasOptions = kind === 'choice' || kind === 'choices';
  const hasRange = kind === 'mark' || kind === 'number';
  return {
    id,
    kind,
    icon: iconOfQuestion[id] ?? 'question',
    sensitive: question.sensitive,
    ask: needed(id),
    hint: textIn(worded, `${id}.help`, language),
    options: hasOptions
      ? question.options.map((option) => ({
          id: option.id,
          label: needed(`${id}.${option.id}`),
          icon: iconNamed(option.icon),
        }))
      : [],
    range: hasRange
      ? {
          lowest: question.lowest,
          highest: question.highest,
          low: textIn(worded, `${id}.lowest`, language),
          high: textIn(worded, `${id}.highest`, language),
        }
      : null,
    ownWords: kind === 'words' || (kind === 'choices' && question.ownWords),
  };
}

/** What a report can be about where there is no rule at hand: the answers to "what stood in your way" that name something. */
export async function themes(language: Language): Promise<readonly { id: string; label: string }[]> {
  const question = (await monthly()).questions.find(({ id }) => id === 'stood-in-way');
  if (question?.kind !== 'choices') return [];
  const { options } = await viewOf(question, language);
  return options.filter(({ id }) => id !== question.nothing).map(({ id, label }) => ({ id, label: label.text }));
}

function textIn(worded: WordedQuestionnaire, key: string, language: Language): string | null {
  const found = instrumentText(worded, key, language);
  if (found === null) return null;
  if (found.language !== language) return markFallback(found.text);
  return withReview(found.text, found.reviewed && !found.stale);
}

function iconNamed(name: string | null): IconName | null {
  return name !== null && Object.hasOwn(icons, name) ? (name as IconName) : null;
}
