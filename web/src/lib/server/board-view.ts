import type { Board } from '@meedoen/board';
import type { Figure } from '@meedoen/knowledge';
import { choicePanel, heardPanel, marksPanel, type SayOption } from '#lib/boards/answer-panels.ts';
import { firstWorkPanel } from '#lib/boards/first-work-panel.ts';
import type { Panel } from '#lib/boards/panel.ts';
import type { Language } from '#lib/language/languages.ts';
import { sayIn } from '#lib/language/say.ts';
import { knowledge } from './knowledge.ts';
import { monthly, viewOf } from './questionnaire.ts';

export type BoardView = { work: Panel; panels: readonly Panel[]; reference: readonly Figure[] };

/** Official series that stand beside the curves, never on them. */
const referenceFigures: readonly string[] = [
  'permit-2014-work-after-1-year',
  'permit-2014-work-after-3-years',
  'permit-2020-work-after-3-years',
  'ukraine-work-november-2022',
  'ukraine-work-november-2024',
];

/** A release never changes, so its pictures are drawn once for each language. The oldest goes when there are many. */
const drawn = new Map<string, Promise<BoardView>>();
const mostKept = 400;

export function boardView(board: Board, language: Language): Promise<BoardView> {
  const key = [board.town, board.example, board.releasedOn, language].join(' ');
  let view = drawn.get(key);
  if (!view) {
    view = makeView(board, language);
    drawn.set(key, view);
    void view.catch(() => drawn.delete(key));
    if (drawn.size > mostKept) drawn.delete(drawn.keys().next().value!);
  }
  return view;
}

async function makeView(board: Board, language: Language): Promise<BoardView> {
  const say = sayIn(language);
  const option = await optionsIn(language);
  const { figures } = (await knowledge()).figures;
  const choices = board.answers.filter(({ kind }) => kind !== 'mark');
  const first = choices.filter(({ question }) => question === 'stood-in-way' || question === 'helped');
  const rest = choices.filter((series) => !first.includes(series));
  return {
    work: firstWorkPanel(say, board),
    panels: [
      ...first.map((series) => choicePanel(say, series, option)),
      marksPanel(say, board),
      ...rest.map((series) => choicePanel(say, series, option)),
      heardPanel(say, board),
    ],
    reference: referenceFigures.flatMap((id) => figures.find((figure) => figure.id === id) ?? []),
  };
}

async function optionsIn(language: Language): Promise<SayOption> {
  const { questions } = await monthly();
  const labels = new Map<string, string>();
  for (const question of questions) {
    const { options } = await viewOf(question, language);
    for (const { id, label } of options) labels.set(`${question.id} ${id}`, label.text);
  }
  return (question, value) => labels.get(`${question} ${value}`) ?? value;
}
