// "Newcomer is newcomer": the same person behind every door, right by right.
import type { Day, Layer } from '@meedoen/units';
import { answerAll, type Reading } from '../answer.ts';
import type { Answer, Term } from '../answer-type.ts';
import { chainOfAnswer, type Reckonings } from '../chain/chain.ts';
import type { Timetable } from '../chain/timetable.ts';
import type { Corpus } from '../corpus.ts';
import type { Situation } from '../situation.ts';
import { arrivalOf, behindDoor, ownDoor, type Arrival } from './behind-door.ts';
import { distinctionsOf, type Distinctions } from './distinctions.ts';
import type { DoorTable } from './door-table.ts';
import { byGap, gapOf, type Gap } from './gaps.ts';

/** What one right or duty is for the person behind one door. */
export type DoorCell = {
  readonly door: string;
  readonly answer: Answer;
  /** From the day asked about until the law opens: 0 with a yes, and null where it never does or we cannot say. */
  readonly waitInDays: number | null;
  /** When it is open in fact, with the steps that come first; null unless the answer waits. */
  readonly opens: Reckonings | null;
  /** The terms that are money. */
  readonly euros: readonly Term[];
  /** Doors with the same number in a row meet the same answer, wait, steps and terms. */
  readonly treatment: number;
};

export type DoorRow = {
  readonly right: string;
  readonly domain: string;
  readonly kind: Answer['kind'];
  readonly cells: readonly DoorCell[];
  readonly treatments: number;
  readonly gap: Gap;
};

export type DoorColumn = {
  readonly door: string;
  readonly name: Readonly<Record<string, string>>;
  readonly situation: Situation;
  /** Facts about the person that this door cannot leave as they are. */
  readonly changes: readonly string[];
};

export type DoorMatrix = {
  readonly on: Day;
  readonly layer: Layer;
  readonly variant: string | null;
  readonly arrival: Arrival;
  /** The door that the person came through, if we know. */
  readonly ownDoor: string | null;
  readonly doors: readonly DoorColumn[];
  /** In the order of the rights table. */
  readonly rows: readonly DoorRow[];
  /** Rights by their gap between doors, the largest first; without those that are part of a door. */
  readonly largestGaps: readonly string[];
  readonly distinctions: readonly Distinctions[];
};

/**
 * Every right and duty (of a domain, or only those named) behind every door, for one person. The person's own facts stay; only the
 * reason for arrival, and what hangs on it, changes.
 */
export function doorMatrix(
  corpus: Corpus,
  timetable: Timetable,
  doors: DoorTable,
  situation: Situation,
  on: Day,
  of: Reading & { readonly domain?: string } = {},
): DoorMatrix {
  const arrival = arrivalOf(doors, situation, on);
  const columns = doors.doors.map((door): DoorColumn => {
    const { id, name } = door;
    return { door: id, name, ...behindDoor(corpus.facts, doors, situation, door, arrival) };
  });
  const answers = columns.map((column) => answerAll(corpus, column.situation, on, of));
  const rows = (answers[0] ?? []).map(({ right, domain, kind }, place): DoorRow => {
    const treatments = new Map<string, number>();
    const cells = columns.map((column, which): DoorCell => {
      const answer = answers[which]![place]!;
      const key = treatmentOf(answer);
      const treatment = treatments.get(key) ?? treatments.size;
      treatments.set(key, treatment);
      const chain = chainOfAnswer(corpus.facts, timetable, column.situation, answer);
      return {
        door: column.door,
        answer,
        waitInDays: waitOf(answer),
        opens: chain?.ends ?? null,
        euros: answer.terms.filter(({ unit, kind: sort }) => unit === 'euro' && sort === 'number'),
        treatment,
      };
    });
    return { right, domain, kind, cells, treatments: treatments.size, gap: gapOf(kind, cells) };
  });
  const compared = rows.filter(({ right }) => !doors.partOfADoor.includes(right));
  return {
    on,
    layer: of.layer ?? 'applied',
    variant: of.variant ?? null,
    arrival,
    ownDoor: ownDoor(doors, situation),
    doors: columns,
    rows,
    largestGaps: compared.toSorted(byGap).map(({ right }) => right),
    distinctions: distinctionsOf(compared),
  };
}

function waitOf({ verdict, from, on }: Answer): number | null {
  if (verdict === 'yes') return 0;
  return verdict === 'not yet' ? (from ?? on) - on : null;
}

/** What a person notices: yes or no, from when, until when, what first, at what terms. Not by which article. */
function treatmentOf({ verdict, from, until, on, first, terms }: Answer): string {
  const opens = verdict === 'yes' ? null : from;
  return JSON.stringify([
    verdict,
    opens,
    until,
    on,
    first.map(({ fact }) => fact),
    terms.map(({ name, value }) => [name, value]),
  ]);
}
