import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import {
  emptyLedger,
  publish,
  readCrossTable,
  ruleSets,
  strictest,
  type CrossTable,
  type DisclosureRules,
  type ReleaseLedger,
} from '@meedoen/publication';
import { didYouMean } from '../nearest.ts';
import { printCsv, printJson, type Format } from '../print.ts';
import { parseJson } from '../read-input.ts';
import { Refusal } from '../refusal.ts';
import { today } from '../today.ts';
import { refusePersons } from './names-of-people.ts';
import { accept, cellRefusal, completeRows, valuesOf, type Rows } from './rows.ts';
import { withData } from './with-data.ts';

export function publishVerb(evidence: Command): void {
  withData(evidence.command('publish'))
    .description('A table that may leave the house: small cells hidden, audited, and checked against earlier releases.')
    .requiredOption(
      '--by <columns>',
      'what to count by, with commas; levels from wide to narrow with a /: region/town,sex',
    )
    .option('--count <column>', 'how many people the row stands for; without it each row is a person')
    .option('--amount <column>', 'also publish this sum; each row is then a person')
    .option('--total <word>', 'how margins are called, where the table has them', 'total')
    .option(
      '--rules <set>',
      `${ruleSets.map(({ id }) => id).join(', ')}, or a JSON file with rules of your own`,
      strictest.id,
    )
    .option('--shares-of <column>', 'shares over this column, of bases that are large enough')
    .option('--id <id>', 'how the release is called', 'release')
    .option('--population <words>', 'who is counted', 'everybody in the file')
    .option('--period <words>', 'the day or month it describes', 'not said')
    .option('--ledger <file>', 'all earlier releases; this one is added to it, or it is made')
    .option('--part-of <ids>', 'earlier releases that count these people and others')
    .option('--holds <ids>', 'earlier releases that count only people counted here')
    .option('--changed-from <ids>', 'earlier releases of much the same people at another time')
    .addHelpText(
      'after',
      `
Example: people by town and outcome, as of October
  $ meedoen evidence publish --data towns.csv --by town,outcome --count people --id 2026-10 --ledger ledger.json
Hidden cells are empty in the CSV and null in the JSON, whatever the reason. The ledger holds published numbers only.`,
    )
    .action(run);
}

type Options = {
  data: string;
  format: Format;
  by: string;
  count?: string;
  amount?: string;
  total: string;
  rules: string;
  sharesOf?: string;
  id: string;
  population: string;
  period: string;
  ledger?: string;
  partOf?: string;
  holds?: string;
  changedFrom?: string;
};

async function run(options: Options): Promise<void> {
  if (options.ledger === undefined) return release(options);
  const unlock = lock(options.ledger);
  try {
    await release(options);
  } finally {
    unlock();
  }
}

async function release(options: Options): Promise<void> {
  const { count, amount, ledger: ledgerFile, id, population, period } = options;
  const by = listOf(options.by).map((column) => column.split('/').map((level) => level.trim()));
  const rules = rulesOf(options.rules);
  const ledger = ledgerFile === undefined ? emptyLedger : readLedger(ledgerFile);
  const numeric = [count, amount].filter((name) => name !== undefined);
  const rows = await completeRows(options.data, [...by.flat(), ...numeric], numeric);
  for (const column of by.flat()) refusePersons(rows, column);
  const { table, withMargins } = tableOf(rows, by, options);

  const links = { partOf: options.partOf, holds: options.holds, changedFrom: options.changedFrom };
  const published = accept(
    publish(table, {
      about: {
        id,
        publishedOn: String(today()),
        population,
        period,
        ...Object.fromEntries(Object.entries(links).flatMap(([key, ids]) => (ids ? [[key, listOf(ids)]] : []))),
      },
      rules,
      ledger,
      hash: (text) => createHash('sha256').update(text).digest('hex'),
      ...(options.sharesOf !== undefined && { sharesOf: options.sharesOf }),
    }),
    rows,
  );
  if (ledgerFile !== undefined) writeWhole(ledgerFile, `${JSON.stringify(published.ledger)}\n`);

  const cells = published.cells.map(({ categories, count: people, amount: sum, share }) => ({
    ...Object.fromEntries(
      by.flatMap((levels, d) => levels.map((level, depth) => [level, categories[d]![depth] ?? options.total])),
    ),
    [count ?? 'count']: people,
    ...(amount !== undefined && { [amount]: sum ?? null }),
    ...(options.sharesOf !== undefined && { share: share ?? null }),
  }));
  if (options.format === 'csv') {
    const { cells: size, audit } = published.report;
    console.error(`${size.hidden} of ${size.all} cells are hidden; ${audit.checked} had to stay vague, and do.`);
    return printCsv(cells);
  }
  printJson({
    rows: rows.lines.length,
    dropped: rows.dropped,
    marginsChecked: withMargins,
    cells,
    report: published.report,
  });
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** The table from its detailed rows; margins that stand in the file are checked against their sums. */
function tableOf(
  rows: Rows,
  by: readonly string[][],
  { count, amount, total }: Options,
): { table: CrossTable; withMargins: boolean } {
  const labels = by.map((levels) => levels.map((level) => textsOf(rows, level)));
  const people = count === undefined ? null : valuesOf(rows, count, readCount);
  const sums = amount === undefined ? null : valuesOf(rows, amount, readAmount);
  const detailed: number[] = [];
  const margins: number[] = [];
  for (let row = 0; row < rows.lines.length; row++) {
    (labels.some((levels) => levels.some((texts) => texts[row] === total)) ? margins : detailed).push(row);
  }
  if (detailed.length === 0) {
    throw new Refusal(
      `${rows.name}: every row is a margin (“${total}”). Give the cells they add up too, or another --total.`,
    );
  }
  const read = readCrossTable({
    by: labels.map((levels, d) => ({
      name: by[d]!.at(-1)!,
      levels: levels.map((texts) => detailed.map((row) => texts[row]!)),
    })),
    ...(people && { counts: detailed.map((row) => people[row]!) }),
    ...(sums && amount !== undefined && { amounts: { name: amount, values: detailed.map((row) => sums[row]!) } }),
  });
  if (!read.ok && typeof read.problem.words['row'] === 'number') {
    // Counted among detailed rows; the file has margins between them.
    const column =
      String(read.problem.words['column']) === 'count' ? (count ?? by[0]![0]!) : String(read.problem.words['column']);
    const message = read.problem.message.replace(/^Row \d+, column [^:]*/, `column ${column}`);
    throw cellRefusal(rows, column, detailed[read.problem.words['row'] - 1]!, message);
  }
  const table = accept(read, rows);
  checkMargins(rows, by, labels, margins, people, table, total, count);
  return { table, withMargins: margins.length > 0 };
}

function checkMargins(
  rows: Rows,
  by: readonly string[][],
  labels: readonly (readonly string[])[][],
  margins: readonly number[],
  people: Float64Array | null,
  table: CrossTable,
  total: string,
  count: string | undefined,
): void {
  const nameOf = (paths: readonly (readonly string[])[]): string => JSON.stringify(paths);
  const sizes = table.dimensions.map(({ categories }) => categories.length);
  const cellOf = new Map<string, number>();
  const pathsOf = (cell: number): string[][] => {
    const paths: string[][] = [];
    for (let d = sizes.length - 1, rest = cell; d >= 0; rest = Math.floor(rest / sizes[d]!), d--) {
      paths.unshift([...table.dimensions[d]!.categories[rest % sizes[d]!]!.path]);
    }
    return paths;
  };
  const shape = (paths: readonly (readonly string[])[]): string => paths.map((path) => path.length).join();
  table.counts.forEach((_, cell) => void cellOf.set(nameOf(pathsOf(cell)), cell));
  const given = new Set<number>();
  const shapes = new Set<string>();
  for (const row of margins) {
    const paths = labels.map((levels) => {
      const texts = levels.map((level) => level[row]!);
      const end = texts.indexOf(total);
      return end < 0 ? texts : texts.slice(0, end);
    });
    const column = count ?? by[0]![0]!;
    if (people === null) {
      throw cellRefusal(
        rows,
        column,
        row,
        `this row is a margin, and without --count each row is a person. Name the column of counts.`,
      );
    }
    const cell = cellOf.get(nameOf(paths));
    if (cell === undefined || table.counts[cell] !== people[row]) {
      const adds = cell === undefined ? 0 : table.counts[cell]!;
      throw cellRefusal(
        rows,
        column,
        row,
        `column ${column}: this margin says ${people[row]!}, and its cells add up to ${adds}. Mend the one that is wrong, or leave the margins out.`,
      );
    }
    given.add(cell);
    shapes.add(shape(paths));
  }
  for (const [cell] of table.counts.entries()) {
    const paths = pathsOf(cell);
    if (!shapes.has(shape(paths)) || given.has(cell)) continue;
    const words = by.flatMap((levels, d) => levels.map((level, depth) => `${level} ${paths[d]![depth] ?? total}`));
    throw new Refusal(
      `${rows.name}: the margin ${words.join(', ')} is missing, and others like it are there. Add it, or leave the margins out.`,
    );
  }
}

function textsOf(rows: Rows, column: string): string[] {
  const { words, word } = rows.columns.get(column)!;
  return Array.from(word.values, (at) => words.texts[at]!);
}

function readCount(text: string): number | string {
  if (/^\d+$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
  if (text === '') return 'this cell is empty. Write how many people, or 0.';
  if (/^-\d/.test(text)) return `${text} people cannot be. Write a whole number from 0 on.`;
  if (/^\d+[.,]\d+$/.test(text)) {
    return `"${text}" is no whole number of people. Write it without a comma or point, such as ${text.replace(/[.,]/, '')} for thousands.`;
  }
  return `"${text}" is not a number of people. Write a whole number from 0 on.`;
}

function readAmount(text: string): number | string {
  const value = Number(text);
  if (text !== '' && Number.isFinite(value)) return value;
  const comma = /^-?\d+,\d+$/.test(text)
    ? `Write it with a point: ${text.replace(',', '.')}.`
    : 'Write a number from 0 on.';
  return `"${text}" is not an amount. ${comma}`;
}

function rulesOf(name: string): DisclosureRules {
  const known = ruleSets.find(({ id }) => id === name);
  if (known) return known;
  if (!existsSync(name)) {
    const ids = ruleSets.map(({ id }) => id);
    throw new Refusal(`--rules ${name}: no such set or file.${didYouMean(name, ids)} Known: ${ids.join(', ')}.`);
  }
  const own = parseJson({ name, text: readFileSync(name, 'utf8') });
  const refuse = (why: string): Refusal => new Refusal(`${name}: ${why}`);
  if (typeof own !== 'object' || own === null || Array.isArray(own)) throw refuse('write rules as a JSON object.');
  for (const [key, value] of Object.entries(own)) {
    if (!(key in strictest)) throw refuse(`"${key}" is no rule.${didYouMean(key, Object.keys(strictest))}`);
    const whole = ['fewest', 'width', 'shareBase', 'roundTo'].includes(key);
    if (whole && !(Number.isSafeInteger(value) && (value as number) >= 1))
      throw refuse(`"${key}" is a whole number from 1.`);
    const share = (one: unknown, most: number): boolean => typeof one === 'number' && one > 0 && one <= most;
    if (key === 'groupShare' && value !== null && !share(value, 1))
      throw refuse('"groupShare" lies between 0 and 1, or is null.');
    if (key === 'pPercent' && value !== null && !share(value, 100))
      throw refuse('"pPercent" lies between 0 and 100, or is null.');
    const isDominance = (one: unknown): boolean => {
      const { contributors, share: part } = (one ?? {}) as Record<string, unknown>;
      return (contributors === 1 || contributors === 2) && share(part, 1);
    };
    if (key === 'dominance' && !(Array.isArray(value) && value.every(isDominance))) {
      throw refuse('"dominance" is a list such as [{ "contributors": 1, "share": 0.5 }].');
    }
  }
  // What a file does not say stays as strict as ours.
  return { ...strictest, id: name, ...own };
}

/** One publisher at a time, from reading the ledger to writing it: of two at once, the later would forget the earlier. */
function lock(file: string): () => void {
  const path = `${file}.lock`;
  try {
    writeFileSync(path, `${process.pid}\n`, { flag: 'wx' });
  } catch (problem) {
    const { code } = problem as NodeJS.ErrnoException;
    throw new Refusal(
      code === 'EEXIST'
        ? `${file}: somebody else is publishing with this ledger. Try again when they are done; if nobody is, remove ${path}.`
        : `${file}: the ledger cannot be written (${code}). Nothing was published; check the folder.`,
    );
  }
  return () => rmSync(path, { force: true });
}

function readLedger(file: string): ReleaseLedger {
  if (!existsSync(file)) return emptyLedger;
  return parseJson({ name: file, text: readFileSync(file, 'utf8') }) as ReleaseLedger;
}

/** All of it or nothing: a ledger cut off half-way would forget releases. */
function writeWhole(file: string, text: string): void {
  const beside = `${file}.${process.pid}.new`;
  try {
    writeFileSync(beside, text, { flush: true });
    renameSync(beside, file);
  } catch (problem) {
    rmSync(beside, { force: true });
    throw new Refusal(
      `${file}: the ledger cannot be written (${(problem as NodeJS.ErrnoException).code}). Nothing was published; check the folder.`,
    );
  }
}
