import type { ConversationRelease } from '@meedoen/voices';
import { expect, test } from 'vitest';
import { freezeStatement } from './freeze-statement.ts';

const kitchen = { id: 'kitchen', words: 'Wij willen zelf koken.' };
const asked = { fewest: 8, sides: ['newcomer', 'neighbour'] };
const release = (newcomer: { agrees: number; disagrees: number; passes: number } | null): ConversationRelease => ({
  statements: [
    {
      statement: 'kitchen',
      counts: { newcomer, neighbour: { agrees: 7, disagrees: 1, passes: 1 }, 'not-said': null },
      bridge: null,
    },
  ],
  map: null,
  attendance: {},
});

test('the words first, then the votes that everybody could see', () => {
  expect(freezeStatement(kitchen, release({ agrees: 8, disagrees: 0, passes: 0 }), asked)).toBe(
    'Wij willen zelf koken.\n{"smallest":8,"statements":[{"statement":"kitchen","agrees":15,"disagrees":1,"passes":1,' +
      '"sides":[{"side":"neighbour","agrees":7,"disagrees":1,"passes":1},{"side":"newcomer","agrees":8,"disagrees":0,"passes":0}]}]}',
  );
});

test('a side that is hidden hides the other, which would give it away with the total', () => {
  const votes = JSON.parse(freezeStatement(kitchen, release(null), asked).split('\n')[1]!) as {
    statements: { agrees: number; sides: unknown }[];
  };
  expect(votes.statements[0]).toMatchObject({ agrees: 7, sides: null });
});
