import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import {
  checkRound,
  columnRefusal,
  flipTest,
  mechanisms,
  replay,
  replayText,
  type Choice,
  type Match,
  type Mechanism,
  type RoundInput,
} from '@meedoen/places';
import type { Parsed } from '@meedoen/units';
import type { ColumnRefusal, Needed } from './columns-asked.ts';
import { formats, printCsv, printJson, type Format } from './print.ts';
import { readTable, type Row } from './read-table.ts';
import { Refusal } from './refusal.ts';
import { ownCopy } from './words-in-cells.ts';

/** `meedoen places …`: which place suits whom, fairly, within capacity, and why? */
export function placesVerbs(): Command {
  const places = new Command('places').description('Who could go where, by their own wishes and within room, and why.');
  places
    .command('match')
    .description('A proposal for one round: a place for each household, with reasons. A person decides.')
    .requiredOption(
      '--households <file>',
      'CSV with id, need_<service>…, adults, lottery; must and forbidden (places, with ; between) and urgency if you use them',
    )
    .requiredOption('--places <file>', 'CSV with id, cap_<service>…; name if you like')
    .option('--wishes <file>', 'CSV with household, class (1 is best; equal ones share a class) and place')
    .option('--benefit <file>', 'CSV with household, member, place, value, low, high, because and source')
    .addOption(new Option('--mechanism <name>', 'how to choose').choices(mechanisms).makeOptionMandatory())
    .option('--need <share>', 'share of the largest total to keep; the rest may be spent on wishes', share, 0.95)
    .option('--flip <file>', 'the benefit made again with one protected trait changed: refuses if anything moves')
    .option('--quick', 'leave out the losses of places that were not open')
    .option('--replay <file>', 'also write a file that gives the same result again, for appeal')
    .addOption(
      new Option('--format <format>', 'JSON of everything, or CSV with a row a household')
        .choices(formats)
        .default('json'),
    )
    .addHelpText(
      'after',
      `
Example: 6 households, 3 towns, and what each of them reads
  $ meedoen places match --households cli/examples/households.csv --places cli/examples/places.csv --wishes cli/examples/wishes.csv --mechanism priority --format csv
Columns about nationality, origin, sex, religion or first language are refused. A tie of lottery numbers too: draw again.`,
    )
    .action(matchVerb);
  places
    .command('replay')
    .description('Carry out a file of --replay again: is the result the same to the byte, and if not, who moved?')
    .argument('<file>', 'as match wrote it; or with one input changed, to see what that would have changed')
    .action((file: string) => {
      if (!existsSync(file)) throw new Refusal(`${file} does not exist. Check the name.`);
      const { same, moved, match } = orRefuse(replay(readFileSync(file, 'utf8')), () => ({ name: file, lines: [] }));
      printJson({ same, moved, placed: match.placed, waiting: match.waiting });
    });
  return places;
}

type MatchOptions = {
  households: string;
  places: string;
  wishes?: string;
  benefit?: string;
  mechanism: Mechanism;
  need: number;
  flip?: string;
  quick?: true;
  replay?: string;
  format: Format;
};

async function matchVerb(options: MatchOptions): Promise<void> {
  if (options.replay !== undefined && existsSync(options.replay)) {
    throw new Refusal(`${options.replay} exists already, and a file for appeal is not overwritten. Give another name.`);
  }
  const { rows: places, lines: placeLines, services } = await placesOf(options.places);
  const { rows: households, lines: householdLines } = await householdsOf(options.households, services);
  const wishes = options.wishes === undefined ? nothing : await wishesOf(options.wishes);
  const benefit = options.benefit === undefined ? nothing : await benefitOf(options.benefit);
  const input: RoundInput = { services, places, households, wishes: wishes.rows, benefit: benefit.rows };
  const choice: Choice = {
    mechanism: options.mechanism,
    need: options.need,
    ...(options.quick && { exactLosses: false }),
  };
  const fileOf = (table: string): ReadFrom => {
    if (table === 'places') return { name: options.places, lines: placeLines };
    if (table === 'wishes') return { name: options.wishes!, lines: wishes.lines };
    if (table === 'benefit') return { name: options.benefit!, lines: benefit.lines };
    return { name: options.households, lines: householdLines };
  };

  if (options.flip !== undefined) {
    const again = await benefitOf(options.flip);
    const before = orRefuse(checkRound(input), fileOf);
    const flipped = orRefuse(checkRound({ ...input, benefit: again.rows }), (table) =>
      table === 'benefit' ? { name: options.flip!, lines: again.lines } : fileOf(table),
    );
    const found = orRefuse(flipTest(before, flipped, choice), fileOf);
    if (!found.passed) {
      throw new Refusal(
        `${options.flip}: ${found.valuesMoved} values move, by at most ${found.largestChange}, and ${found.householdsMoved.length} households would go elsewhere. Something in them stands for a protected trait: make the values without it.`,
      );
    }
  }
  const { text, match } = orRefuse(replayText(input, choice), fileOf);
  if (options.replay !== undefined) writeFileSync(options.replay, text, { flag: 'wx' });
  if (options.format === 'csv') printCsv(rowsOf(match));
  else printJson(match);
}

/** The rows of a file, and the line each began on. */
type Table<R> = { readonly rows: R[]; readonly lines: number[] };
const nothing: Table<never> = { rows: [], lines: [] };

/** Where rows came from, for who must mend one. */
type ReadFrom = { readonly name: string; readonly lines: readonly number[] };

function rowsOf(match: Match): Record<string, string | number>[] {
  const told = match.kind === 'priority' ? match.outcome.turns : match.reasons;
  return told.map((one) => {
    const others = one.alternatives.map((other) => {
      const why = 'notGiven' in other ? other.notGiven : (other.notOpen ?? 'open');
      return `${other.place} ${why}`;
    });
    return {
      household: one.household,
      turn: one.turn,
      place: one.place ?? '',
      class: one.class ?? '',
      open: 'menu' in one ? one.menu.join(';') : '',
      others: others.join(';'),
    };
  });
}

async function rowsIn<R>(
  path: string,
  needed: Needed,
  optional: readonly string[],
  read: (row: Row) => R,
): Promise<Table<R>> {
  const table: Table<R> = { rows: [], lines: [] };
  await readTable(path, needed, optional, (row) => {
    table.rows.push(read(row));
    table.lines.push(row.line);
  });
  return table;
}

async function placesOf(path: string): Promise<Table<RoundInput['places'][number]> & { services: string[] }> {
  let services: string[] = [];
  const table = await rowsIn(
    path,
    (names, refusal) => {
      services = names.filter((name) => name.startsWith('cap_')).map((name) => name.slice('cap_'.length));
      refuseOthers(names, ['id', 'name', ...services.map((one) => `cap_${one}`)], refusal);
      return [['id'], ...(services.length === 0 ? [['cap_dwelling']] : services.map((one) => [`cap_${one}`]))];
    },
    ['name'],
    (row) => {
      const id = ownCopy(row.cell('id'));
      const room = services.map((one) => numberIn(row, `cap_${one}`));
      return { id, name: ownCopy(row.optional('name') ?? id), room };
    },
  );
  return { ...table, services };
}

function householdsOf(path: string, services: readonly string[]): Promise<Table<RoundInput['households'][number]>> {
  const needs = services.map((one) => `need_${one}`);
  const optional = ['must', 'forbidden', 'urgency'];
  return rowsIn(
    path,
    (names, refusal) => {
      refuseOthers(names, ['id', 'adults', 'lottery', ...needs, ...optional], refusal);
      return [['id'], ['adults'], ['lottery'], ...needs.map((one) => [one])];
    },
    optional,
    (row) => {
      const list = (column: string): string[] =>
        (row.optional(column) ?? '')
          .split(';')
          .map((one) => ownCopy(one.trim()))
          .filter((one) => one !== '');
      const urgency = row.optional('urgency') ?? '';
      return {
        id: ownCopy(row.cell('id')),
        needs: needs.map((one) => numberIn(row, one)),
        adults: numberIn(row, 'adults'),
        must: list('must'),
        forbidden: list('forbidden'),
        urgency: urgency === '' ? 0 : numberFrom(row, 'urgency', urgency),
        lottery: numberIn(row, 'lottery'),
      };
    },
  );
}

function wishesOf(path: string): Promise<Table<RoundInput['wishes'][number]>> {
  return rowsIn(path, exactly(['household', 'class', 'place']), [], (row) => ({
    household: ownCopy(row.cell('household')),
    class: numberIn(row, 'class'),
    place: ownCopy(row.cell('place')),
  }));
}

function benefitOf(path: string): Promise<Table<RoundInput['benefit'][number]>> {
  const columns = ['household', 'member', 'place', 'value', 'low', 'high', 'because', 'source'];
  return rowsIn(path, exactly(columns), [], (row) => ({
    household: ownCopy(row.cell('household')),
    member: ownCopy(row.cell('member')),
    place: ownCopy(row.cell('place')),
    value: numberIn(row, 'value'),
    low: numberIn(row, 'low'),
    high: numberIn(row, 'high'),
    because: ownCopy(row.cell('because')),
    source: ownCopy(row.cell('source')),
  }));
}

function exactly(columns: readonly string[]): Needed {
  return (names, refusal) => {
    refuseOthers(names, columns, refusal);
    return columns.map((one) => [one]);
  };
}

/** What nobody asked for is refused and not ignored: it may be what must never count. */
function refuseOthers(names: readonly string[], known: readonly string[], refusal: ColumnRefusal): void {
  for (const [at, name] of names.entries()) {
    const why = columnRefusal(name, known);
    // A header of one column has another separator; the reader says so.
    if (why !== null && names.length > 1) throw refusal(why.problem.message, at);
  }
}

function numberIn(row: Row, column: string): number {
  return numberFrom(row, column, row.cell(column));
}

function numberFrom(row: Row, column: string, text: string): number {
  if (!/^-?\d+(\.\d+)?$/.test(text)) {
    throw new Refusal([row.problem(column, `"${text}" is no number. Write it like 3 or 0.25, with a point.`)]);
  }
  return Number(text);
}

function share(text: string): number {
  const value = Number(text);
  if (!(value >= 0 && value <= 1) || text.trim() === '') throw new InvalidArgumentError('Write a share from 0 to 1.');
  return value;
}

/** The engine names the table and the row; people read the name of the file and its line. */
function orRefuse<T>(parsed: Parsed<T>, fileOf: (table: string) => ReadFrom): T {
  if (parsed.ok) return parsed.value;
  const { problem } = parsed;
  const { column, row } = problem.words;
  const [table, name] = typeof column === 'string' ? column.split('.') : [];
  const { name: file, lines } = fileOf(table ?? '');
  const line = name !== undefined && typeof row === 'number' ? lines[row - 1] : undefined;
  if (line === undefined) throw new Refusal([{ ...problem, at: { file } }]);
  const message = problem.message.replace(`Row ${row}, column ${column}`, `column ${name}`);
  throw new Refusal([{ ...problem, message, at: { file, line } }]);
}
