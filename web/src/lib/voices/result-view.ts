import type { KnownPopulation, Statement } from '@meedoen/store';
import {
  placeOf,
  whoIsMissing,
  withoutSide,
  type ConversationRelease,
  type OwnPlace,
  type ReleasedCounts,
  type Vote,
} from '@meedoen/voices';
import type { Language } from '#lib/language/languages.ts';
import { statementView, type StatementView } from './statement-view.ts';

/** A statement with what may be seen of its votes. */
export type Outcome = {
  statement: StatementView;
  /** By side, those that are shown. */
  sides: readonly { side: string; agrees: number; disagrees: number; passes: number; seen: number }[];
  bridge: number | null;
  own: Vote | null;
};

export type ResultView = {
  outcomes: readonly Outcome[];
  bridges: readonly Outcome[];
  /** What most of a side agrees with, by side. */
  bySide: readonly { side: string; outcomes: readonly Outcome[] }[];
  apart: readonly Outcome[];
  map: {
    groups: readonly {
      group: number;
      x: number;
      y: number;
      agrees: readonly StatementView[];
      disagrees: readonly StatementView[];
    }[];
    sides: readonly { side: string; x: number; y: number }[];
  } | null;
  me: OwnPlace | null;
  attendance: readonly { side: string; people: number | null; population: number | null; missing: number | null }[];
};

/** A side leans to a statement when its agree share is at least so much more than half. */
const clearly = 0.6;
/** Statements part two sides when their agree shares differ by so much. */
const farApart = 0.4;
const mostShown = 5;

/** What a conversation says, in the order a reader asks. Everything in it comes from the release and the reader's own votes. */
export function resultView(
  given: {
    statements: readonly Statement[];
    release: ConversationRelease;
    sides: readonly string[];
    fewest: number;
    bridgeFrom: number;
    population: readonly KnownPopulation[];
  },
  own: (statement: string) => Vote | null,
  language: Language,
): ResultView {
  const { release, statements } = given;
  const views = new Map(statements.map((one) => [one.id, statementView(one, language)]));
  const outcomes = release.statements.flatMap(({ statement, counts, bridge }): Outcome[] => {
    const view = views.get(statement);
    if (view === undefined) return [];
    const sides = Object.entries(counts).flatMap(([side, shown]) =>
      shown === null ? [] : [{ side, ...shown, seen: seenOf(shown) }],
    );
    return [{ statement: view, sides, bridge: bridge?.value ?? null, own: own(statement) }];
  });
  const shareOf = (outcome: Outcome, side: string): number | null => {
    const found = outcome.sides.find((one) => one.side === side);
    return found ? found.agrees / found.seen : null;
  };
  const spread = (outcome: Outcome): number => {
    const shares = given.sides.flatMap((side) => shareOf(outcome, side) ?? []);
    return shares.length < 2 ? 0 : Math.max(...shares) - Math.min(...shares);
  };
  const votes = new Map<string, Vote>();
  for (const { statement } of outcomes) {
    const vote = own(statement.id);
    if (vote !== null) votes.set(statement.id, vote);
  }
  const { map } = release;
  const seen = (ids: readonly string[]): StatementView[] =>
    ids.flatMap((id) => views.get(id) ?? []).slice(0, mostShown);
  return {
    outcomes,
    bridges: outcomes
      .filter(({ bridge }) => bridge !== null && bridge >= given.bridgeFrom)
      .sort((a, b) => b.bridge! - a.bridge!)
      .slice(0, mostShown),
    bySide: given.sides.map((side) => ({
      side,
      outcomes: outcomes
        .filter((outcome) => (shareOf(outcome, side) ?? 0) >= clearly)
        .sort((a, b) => shareOf(b, side)! - shareOf(a, side)!)
        .slice(0, 3),
    })),
    apart: outcomes
      .filter((outcome) => spread(outcome) >= farApart)
      .sort((a, b) => spread(b) - spread(a))
      .slice(0, 3),
    map:
      map === null
        ? null
        : {
            groups: map.groups.map(({ group, x, y, agrees, disagrees }) => ({
              group: group + 1,
              x,
              y,
              agrees: seen(agrees),
              disagrees: seen(disagrees),
            })),
            sides: map.sides,
          },
    me: map === null ? null : placeOf(map, votes),
    attendance: attendanceOf(given),
  };
}

function seenOf({ agrees, disagrees, passes }: ReleasedCounts): number {
  return agrees + disagrees + passes;
}

/** How many of each side took part, and whether that is less than its share of the people who live here. */
function attendanceOf({
  release,
  sides,
  fewest,
  population,
}: Parameters<typeof resultView>[0]): ResultView['attendance'] {
  const present = release.attendance['side'] ?? {};
  const known = population.find(({ about }) => about === 'side');
  const living = new Map(Object.entries(known?.counts ?? {}));
  // Of a side that is hidden we know that it is smaller than the smallest number; if even that is too few, it is missing.
  const most = new Map([...living.keys()].map((side) => [side, present[side] ?? fewest - 1]));
  const roll = known ? whoIsMissing({ about: 'side', present: most, untold: 0, population: living }, 1) : null;
  return [...new Set([...sides, ...Object.keys(present)])]
    .filter((side) => side !== withoutSide)
    .map((side) => {
      const found = roll?.ok ? roll.value.categories.find(({ category }) => category === side) : undefined;
      return {
        side,
        people: present[side] ?? null,
        population: living.get(side) ?? null,
        missing: found?.verdict === 'missing' ? found.shareOfPopulation : null,
      };
    });
}
