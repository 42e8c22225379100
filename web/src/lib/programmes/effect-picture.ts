import type { ChangeEffect } from '@meedoen/board';
import { drawForest } from '@meedoen/report';
import type { Picture } from '#lib/boards/panel.ts';
import { withoutMarks } from '#lib/language/marks.ts';
import type { Say } from '#lib/language/say.ts';

/** The effect by half-year, before the change as well: there it should be about 1. */
export function effectPicture(say: Say, { path, effect }: ChangeEffect): Picture {
  const caption = say('programmes.path.caption');
  const rows = [
    ...path.map((at) => ({
      ...at,
      name:
        at.halfYear < 0
          ? say('programmes.path.before', { from: -6 * at.halfYear, to: -6 * at.halfYear - 5 })
          : say('programmes.path.since', { from: 6 * at.halfYear + 1, to: 6 * at.halfYear + 6 }),
      kind: 'one' as const,
    })),
    { ...effect, name: say('programmes.path.all'), kind: 'together' as const },
  ];
  return {
    title: null,
    says: [],
    drawing: {
      caption,
      svg: drawForest(
        withoutMarks(caption),
        rows.map(({ name, ratio, lower, upper, kind }) => ({
          name: withoutMarks(name),
          estimate: ratio,
          lower,
          upper,
          kind,
        })),
        'log',
        withoutMarks(say('programmes.path.axis')),
      ),
    },
    table: {
      caption,
      columns: [
        say('programmes.path.when'),
        say('programmes.path.axis'),
        say('towns.board.lower'),
        say('towns.board.upper'),
      ],
      rows: rows.map(({ name, ratio, lower, upper }) => [
        name,
        ...[ratio, lower, upper].map((value) => say.number(value)),
      ]),
    },
  };
}
