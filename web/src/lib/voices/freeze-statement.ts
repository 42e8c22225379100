import type { Conversation, Statement } from '@meedoen/store';
import { frozenText, withoutSide, type ConversationRelease } from '@meedoen/voices';

/**
 * A statement as a decision cites it: its words, and under them the votes as everybody could see them that day. Only released
 * counts, so that a decision tells no more than the page did.
 */
export function freezeStatement(
  { id, words }: Pick<Statement, 'id' | 'words'>,
  release: ConversationRelease | null,
  { fewest, sides }: Pick<Conversation, 'fewest' | 'sides'>,
): string {
  const counts = release?.statements.find(({ statement }) => statement === id)?.counts ?? {};
  const shown = Object.entries(counts).flatMap(([side, one]) => (one === null ? [] : [{ side, ...one }]));
  const sum = (of: (one: (typeof shown)[number]) => number): number => shown.reduce((total, one) => total + of(one), 0);
  const named = shown.filter(({ side }) => side !== withoutSide);
  const votes = frozenText({
    smallest: fewest,
    statements: [
      {
        statement: id,
        agrees: sum(({ agrees }) => agrees),
        disagrees: sum(({ disagrees }) => disagrees),
        passes: sum(({ passes }) => passes),
        sides: named.length < sides.length ? null : named,
      },
    ],
  });
  return `${words}\n${votes}`;
}
