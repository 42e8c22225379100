import { refuse, type Parsed } from '@meedoen/units';
import { match, mechanisms, type Choice, type Match } from './match.ts';
import { checkRound, type RoundInput } from './round.ts';

const format = 'meedoen-places-replay-1';

/** Everything that went into a round and what came out, for appeal: see `replay`. */
export type Replay = {
  readonly format: typeof format;
  readonly input: RoundInput;
  readonly choice: Choice;
  readonly match: Match;
};

/** A round carried out, as the text of a file that anybody can carry out again. */
export function replayText(
  input: RoundInput,
  choice: Choice,
): Parsed<{ readonly text: string; readonly match: Match }> {
  const round = checkRound(input);
  if (!round.ok) return round;
  const done = match(round.value, choice);
  if (!done.ok) return done;
  const all: Replay = { format, input, choice, match: done.value };
  return { ok: true, value: { text: `${JSON.stringify(all, null, 1)}\n`, match: done.value } };
}

/** What carrying out a replay file again gives, and whether that is what the file says. */
export type Replayed = {
  /** To the byte. */
  readonly same: boolean;
  readonly match: Match;
  /** Who goes elsewhere than the file says: with one input changed by hand, what that would have changed. */
  readonly moved: readonly {
    readonly household: string;
    readonly before: string | null;
    readonly after: string | null;
  }[];
};

/** Carry out a replay file again. */
export function replay(text: string): Parsed<Replayed> {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    return refuse('not-json', 'This is not a replay file: it is not JSON. Give the file as it was written.');
  }
  if (!isReplay(file)) {
    return refuse('not-a-replay', `This is not a replay file of the form ${format}. Give one that \`match\` wrote.`);
  }
  const again = replayText(file.input, file.choice);
  if (!again.ok) return again;
  const before = new Map(placesIn(file.match));
  const moved = placesIn(again.value.match).flatMap(([household, after]) => {
    const was = before.get(household) ?? null;
    return was === after ? [] : [{ household, before: was, after }];
  });
  return { ok: true, value: { same: again.value.text === text, match: again.value.match, moved } };
}

/** Each household with its place, in the order of turns. */
export function placesIn(done: Match): [household: string, place: string | null][] {
  const told = done.kind === 'priority' ? done.outcome.turns : done.reasons;
  return told.map(({ household, place }) => [household, place]);
}

const shapes: Readonly<Record<Exclude<keyof RoundInput, 'services'>, Readonly<Record<string, string>>>> = {
  places: { id: 'string', name: 'string', room: 'number[]' },
  households: {
    id: 'string',
    needs: 'number[]',
    adults: 'number',
    must: 'string[]',
    forbidden: 'string[]',
    urgency: 'number',
    lottery: 'number',
  },
  wishes: { household: 'string', class: 'number', place: 'string' },
  benefit: {
    household: 'string',
    member: 'string',
    place: 'string',
    value: 'number',
    low: 'number',
    high: 'number',
    because: 'string',
    source: 'string',
  },
};

function isReplay(file: unknown): file is Replay {
  if (!isObject(file) || file['format'] !== format) return false;
  const { input, choice, match: made } = file;
  if (!isObject(input) || !hasShape(input['services'], 'string[]')) return false;
  for (const [table, columns] of Object.entries(shapes)) {
    const rows = input[table];
    if (!Array.isArray(rows)) return false;
    const whole = (row: unknown): boolean =>
      isObject(row) && Object.entries(columns).every(([column, shape]) => hasShape(row[column], shape));
    if (!rows.every(whole)) return false;
  }
  if (!isObject(choice) || !(mechanisms as readonly unknown[]).includes(choice['mechanism'])) return false;
  if (!isObject(made)) return false;
  const told = made['kind'] === 'priority' && isObject(made['outcome']) ? made['outcome']['turns'] : made['reasons'];
  return hasShape(choice['need'], 'number') && Array.isArray(told) && told.every(isObject);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hasShape(value: unknown, shape: string): boolean {
  if (!shape.endsWith('[]')) return typeof value === shape;
  return Array.isArray(value) && value.every((one) => typeof one === shape.slice(0, -2));
}
