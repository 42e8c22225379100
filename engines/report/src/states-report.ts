import type { Occupation, TimeInState, TimeInStateDifference } from '@meedoen/evidence';
import { ticks } from './curves.ts';
import { sayNotes } from './notes.ts';
import type { Figure, Report, Table } from './report.ts';
import { saySmallest } from './smallest-seen.ts';
import { drawStacked } from './stacked.ts';
import { studyWordsOf, type StudyWords } from './study-words.ts';
import type { Context } from './survival-report.ts';
import { sayTrust } from './trust.ts';
import { wordsOf, type Words } from './words.ts';

export type StatesResult = {
  readonly groups: readonly Occupation[];
  /** With a horizon: mean times per group and state, and with two groups their differences. */
  readonly times: readonly (readonly TimeInState[])[] | null;
  readonly differences: readonly TimeInStateDifference[] | null;
};

/** Where people are over time, as a page: the time in each state first, then everybody as layers, a picture a group. */
export function statesReport({ groups, times, differences }: StatesResult, context: Context): Report {
  const words = wordsOf(context.language);
  const study = studyWordsOf(context.language);
  const unit = words.units[context.unit];
  const written = (value: number | null): string => (value === null ? '–' : words.decimal.format(value));
  const upTo = written(times?.[0]?.[0]?.horizon ?? 0);
  return {
    title: study.statesTitle(),
    says: [
      ...(differences ?? []).flatMap((one) => [
        one.estimate === 0
          ? study.noDifference()
          : study.stateMore(...one.groups, one.state, written(Math.abs(one.estimate)), one.estimate > 0, unit),
        ...saySmallest(words, one),
      ]),
      ...(times ?? []).flatMap((states) =>
        states.map(({ group, state, estimate, ci }) =>
          study.stateTime(group, state, written(estimate), written(ci.lower), written(ci.upper), unit, upTo),
        ),
      ),
      ...(times ? [] : groups.flatMap((one) => sayEnd(one, words, study, unit))),
    ],
    figures: groups.map((one) => layers(one, words, study, unit)),
    tables: times ? [timesTable(times, differences, words, study)] : [],
    trust: sayTrust(words, differences?.[0]?.level ?? (groups.length > 1 ? 1 : null), context.plan),
    caveats: sayNotes(context.language, [
      ...groups.flatMap(({ notes }) => notes),
      ...((differences ?? times?.[0])?.[0]?.assumptions ?? []),
    ]),
    provenance: context.provenance,
  };
}

function sayEnd({ group, time, states }: Occupation, words: Words, study: StudyWords, unit: string): string[] {
  const last = time.length - 1;
  if (last < 0) return [];
  const percent = (share: number | null | undefined): string =>
    share === null || share === undefined ? '–' : words.whole.format(100 * share);
  return states.map(({ state, share, lower, upper }) =>
    study.stateShare(
      group,
      state,
      percent(share[last]),
      percent(lower[last]),
      percent(upper[last]),
      words.decimal.format(time[last]!),
      unit,
    ),
  );
}

function layers(one: Occupation, words: Words, study: StudyWords, unit: string): Figure {
  const { group, time, origin, followedTo, atOrigin, states } = one;
  const title = `${group === 'all' ? '' : `${group}: `}${study.statesFigure()}`;
  const percent = (share: number | null): string | null =>
    share === null ? null : `${words.decimal.format(100 * share)} %`;
  const rows = states.flatMap(({ state, share, lower, upper }, k) =>
    ticks(followedTo)
      .filter((at) => at >= origin && at <= followedTo)
      .map((when) => {
        const after = time.findIndex((at) => at > when);
        const at = (after < 0 ? time.length : after) - 1;
        return [
          state,
          words.decimal.format(when),
          percent(at < 0 ? atOrigin[k]! : share[at]!),
          percent(at < 0 ? null : lower[at]!),
          percent(at < 0 ? null : upper[at]!),
        ];
      }),
  );
  return {
    title,
    svg: drawStacked(
      title,
      states.map(({ state, share }, k) => ({ name: state, atOrigin: atOrigin[k]!, share })),
      { origin, time, end: followedTo, label: unit, write: words.axis },
    ),
    table: { caption: title, columns: [study.state(), unit, words.share, words.lower, words.upper], rows },
  };
}

function timesTable(
  times: readonly (readonly TimeInState[])[],
  differences: readonly TimeInStateDifference[] | null,
  words: Words,
  study: StudyWords,
): Table {
  const row = (name: string, one: TimeInState | TimeInStateDifference): (string | null)[] => [
    name,
    one.state,
    words.whole.format(one.n),
    ...[one.estimate, one.se, one.ci.lower, one.ci.upper].map((value) =>
      value === null ? null : words.decimal.format(value),
    ),
  ];
  const caption = study.timesTitle(words.decimal.format(times[0]![0]!.horizon));
  return {
    caption,
    columns: [words.group, study.state(), words.people, words.time, 'SE', words.lower, words.upper],
    rows: [
      ...times.flatMap((states) => states.map((one) => row(one.group, one))),
      ...(differences ?? []).map((one) => row(one.groups.join(' − '), one)),
    ],
  };
}
