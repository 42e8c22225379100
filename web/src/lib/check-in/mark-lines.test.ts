import { expect, test } from 'vitest';
import { drawing, markLines, yOf } from './mark-lines.ts';

test('a gap stays a gap: two pieces, and a month by itself is a dot alone', () => {
  const [line] = markLines([{ name: 'life', values: [0, 10, null, 5, null, 6, 6] }]);
  expect(line!.dots).toHaveLength(5);
  expect(line!.pieces).toHaveLength(2);
  const { height, top, bottom } = drawing;
  expect([yOf(0), yOf(10)]).toEqual([height - bottom, top]);
  expect(line!.pieces[0]).toBe(`M30 ${height - bottom}L83 ${top}`);
});
