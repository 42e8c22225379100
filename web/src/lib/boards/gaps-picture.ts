import type { DoorGap, EqualAccess, Gap } from '@meedoen/board';
import { drawForest, type ForestRow } from '@meedoen/report';
import { withoutMarks } from '#lib/language/marks.ts';
import type { Say } from '#lib/language/say.ts';
import type { Picture } from './panel.ts';
import { sayDoor } from './say-group.ts';

/** What a gap says: longer, shorter, or perhaps nothing; or why it cannot be told. */
function sayGap(say: Say, { door, alike }: DoorGap): string {
  const name = sayDoor(say, door);
  if (!alike.ok)
    return say(alike.problem.what === 'groups-too-different' ? 'towns.equal.refused' : 'towns.equal.refused-few', {
      door: name,
    });
  const { months, lower, upper } = alike.value;
  const size = (value: number): string => say.number(Math.abs(value));
  if (lower <= 0 && upper >= 0) return say('towns.equal.unclear', { door: name, low: size(lower), high: size(upper) });
  const ends = [Math.abs(lower), Math.abs(upper)].sort((a, b) => a - b);
  return say(months > 0 ? 'towns.equal.longer' : 'towns.equal.shorter', {
    door: name,
    months: size(months),
    low: say.number(ends[0]!),
    high: say.number(ends[1]!),
  });
}

/** Each door twice: people alike, and as they are; so that one sees what composition makes. */
export function gapsPicture(say: Say, { reference, gaps }: EqualAccess): Picture {
  const rows = gaps.flatMap(({ door, raw, alike }): { name: string; gap: Gap; kind: ForestRow['kind'] }[] => [
    ...(alike.ok
      ? [{ name: `${sayDoor(say, door)}, ${say('towns.equal.alike')}`, gap: alike.value, kind: 'together' as const }]
      : []),
    ...(raw ? [{ name: `${sayDoor(say, door)}, ${say('towns.equal.raw')}`, gap: raw, kind: 'one' as const }] : []),
  ]);
  const caption = say('towns.equal.figure', { door: sayDoor(say, reference.door) });
  return {
    title: null,
    says: gaps.map((gap) => sayGap(say, gap)),
    drawing:
      rows.length > 0
        ? {
            caption,
            svg: drawForest(
              withoutMarks(caption),
              rows.map(({ name, gap: { months, lower, upper }, kind }) => ({
                name: withoutMarks(name),
                estimate: months,
                lower,
                upper,
                kind,
              })),
              'linear',
              withoutMarks(say('towns.equal.axis')),
            ),
          }
        : null,
    table: {
      caption,
      columns: [say('towns.board.group'), say('towns.equal.axis'), say('towns.board.lower'), say('towns.board.upper')],
      rows: rows.map(({ name, gap }) => [
        name,
        ...[gap.months, gap.lower, gap.upper].map((value) => say.number(value)),
      ]),
    },
  };
}
