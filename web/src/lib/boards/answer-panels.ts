import { shareOf, type AnswersOfMonth, type AnswerSeries, type Board, type PublishedShare } from '@meedoen/board';
import { drawForest, drawSeries } from '@meedoen/report';
import { withoutMarks } from '#lib/language/marks.ts';
import type { Say } from '#lib/language/say.ts';
import { ofHundred } from './first-work-panel.ts';
import type { Panel, Picture } from './panel.ts';
import { sayHeard } from './say-group.ts';

/** How many months a table and a series go back. */
const monthsShown = 24;

/** What an option of a question is called; from the questionnaire, in the reader's language. */
export type SayOption = (question: string, option: string) => string;

export function marksPanel(say: Say, { answers }: Board): Panel {
  const pictures = answers.filter(({ kind }) => kind === 'mark').flatMap((series) => markPicture(say, series));
  return {
    id: 'marks',
    title: say('towns.marks.title'),
    says: pictures.length > 0 ? [] : [say('towns.choice.none')],
    pictures,
    mind: [say('towns.sure.cannot-marks'), say('towns.sure.interval')],
  };
}

/** A 6 is the lowest mark that passes at a Dutch school: the share who gave that or more. */
function passing({ answered, counts }: AnswersOfMonth): PublishedShare | null {
  if (counts.length === 0) return null;
  const peopleIn = (band: string): number | null => {
    const found = counts.find(({ value }) => value === band);
    return found ? found.people : 0;
  };
  const [failed, enough, good] = ['0-5', '6-7', '8-10'].map(peopleIn) as [number | null, number | null, number | null];
  // Where a band of those who passed is hidden, their sum may still follow from those who did not.
  const rest = failed === null || answered === null ? null : answered - failed;
  const people = enough === null || good === null ? rest : enough + good;
  return shareOf(people, answered);
}

function markPicture(say: Say, { question, months }: AnswerSeries): Picture[] {
  const shown = months.slice(-monthsShown);
  const points = shown.map((month) => ({ month, value: passing(month) }));
  const last = points.findLast(({ value }) => value !== null);
  if (!last?.value) return [];
  const name = say(`towns.marks.${question as 'life' | 'safe' | 'control'}`);
  const caption = say('towns.marks.figure', { question: name });
  const bands = ['0-5', '6-7', '8-10'];
  return [
    {
      title: name,
      says: [
        say('towns.marks.says', {
          question: name,
          month: say.month(last.month.month),
          count: say.number(last.month.answered ?? 0),
          ...ofHundred(say, last.value),
        }),
      ],
      drawing: {
        caption,
        svg: drawSeries(
          withoutMarks(caption),
          points.map(({ month, value }) => ({ time: month.month, value })),
        ),
      },
      table: {
        caption,
        columns: [say('towns.board.month'), say('towns.board.people'), ...bands.map((band) => band.replace('-', '–'))],
        rows: shown
          .toReversed()
          .map(({ month, answered, counts }) => [
            say.month(month),
            number(say, answered),
            ...bands.map((band) => bandOf(say, counts, band)),
          ]),
      },
    },
  ];
}

export function choicePanel(say: Say, series: AnswerSeries, option: SayOption): Panel {
  const { question, months } = series;
  const title = say(`towns.choice.${question as 'stood-in-way'}`);
  const last = months.findLast(({ counts }) => counts.some(({ people }) => people !== null));
  const mind = question === 'stood-in-way' ? [say('towns.sure.cannot-choice')] : [];
  if (!last) return { id: question, title, says: [say('towns.choice.none')], pictures: [], mind: [] };
  const month = say.month(last.month);
  const counted = last.counts
    .map(({ value, people }) => ({ value, people, share: shareOf(people, last.answered) }))
    .toSorted((a, b) => (b.people ?? -1) - (a.people ?? -1));
  const shares = counted.flatMap(({ value, share }) => (share ? [{ value, share }] : []));
  const first = shares.find(({ value }) => value !== 'nothing');
  const caption = say('towns.choice.figure', { month });
  return {
    id: question,
    title,
    says: first
      ? [
          say('towns.choice.says', {
            month,
            option: option(question, first.value),
            count: say.number(last.answered ?? 0),
            ...ofHundred(say, first.share),
          }),
        ]
      : [say('towns.choice.few')],
    pictures: [
      {
        title: null,
        says: [],
        drawing:
          shares.length > 0
            ? {
                caption,
                svg: drawForest(
                  withoutMarks(caption),
                  shares.map(({ value, share }) => ({
                    name: withoutMarks(option(question, value)),
                    estimate: 100 * share.share,
                    lower: 100 * share.lower,
                    upper: 100 * share.upper,
                    kind: 'one' as const,
                  })),
                  'linear',
                  withoutMarks(say('towns.choice.share')),
                ),
              }
            : null,
        table: {
          caption: `${title} ${month}`,
          columns: [
            say('towns.board.group'),
            say('towns.board.people'),
            say('towns.board.share'),
            say('towns.board.lower'),
            say('towns.board.upper'),
          ],
          rows: counted.map(({ value, people, share }) => [
            option(question, value),
            number(say, people),
            ...(['share', 'lower', 'upper'] as const).map((part) =>
              share ? `${say.number(Math.round(100 * share[part]))} %` : null,
            ),
          ]),
        },
      },
    ],
    mind,
  };
}

/** Who was heard in the last year that is over, beside how many live here, as far as anybody told us. */
export function heardPanel(say: Say, { heard }: Board): Panel {
  const last = heard.findLast(({ people }) => people !== null);
  const title = say('towns.heard.title');
  if (!last) return { id: 'heard', title, says: [say('towns.choice.none')], pictures: [], mind: [] };
  const year = String(last.year);
  return {
    id: 'heard',
    title,
    says: [say('towns.heard.says', { year, count: say.number(last.people ?? 0) }), say('towns.heard.known')],
    pictures: (['door', 'language', 'ageBand', 'gender'] as const).map((by) => ({
      title: null,
      says: [],
      drawing: null,
      table: {
        caption: `${say(`towns.heard.${by}`)}, ${year}`,
        columns: [say(`towns.heard.${by}`), say('towns.board.people'), say('towns.heard.live-here')],
        rows: last.by[by].map(({ value, people }) => [
          sayHeard(say, by, value),
          number(say, people),
          say('towns.heard.not-known'),
        ]),
      },
    })),
    mind: [say('towns.heard.missing')],
  };
}

/** A band that is not among the counts holds nobody, unless nothing of the month is shown. */
function bandOf(say: Say, counts: AnswersOfMonth['counts'], band: string): string | null {
  const found = counts.find(({ value }) => value === band);
  return number(say, found ? found.people : counts.length > 0 ? 0 : null);
}

function number(say: Say, people: number | null): string | null {
  return people === null ? null : say.number(people);
}
