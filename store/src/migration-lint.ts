import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '@meedoen/units';
import { migrationName } from './migration-files.ts';

/**
 * The rules by which our migrations also hold on a distributed PostgreSQL, which we cannot install for every test.
 * Each rule is a row: what is refused, and what to write instead.
 */
const refused: readonly { rule: string; found: RegExp; instead: string }[] = [
  {
    rule: 'no-sequence',
    found: /\b(small|big)?serial[248]?\b|\bas\s+identity\b|\bcreate\s+(temp\w*\s+)?sequence\b|\bnextval\s*\(/i,
    instead: 'Ids are UUIDv7 made by our code (uuid NOT NULL): a sequence is one bottleneck for all nodes.',
  },
  {
    rule: 'no-trigger',
    found:
      /\b(create|alter)\s+(or\s+replace\s+)?(constraint\s+|event\s+)?trigger\b|\bcreate\s+(or\s+replace\s+)?rule\b/i,
    instead: 'Write what must happen in the same transaction in our code: triggers do not run on distributed tables.',
  },
  {
    rule: 'no-procedure',
    found: /\bcreate\s+(or\s+replace\s+)?(function|procedure|aggregate)\b|\bplpgsql\b|(^|;)\s*do\b|\$\w*\$|\bcall\b/i,
    instead: 'Keep the logic in TypeScript; PL/pgSQL has no place in what must be right.',
  },
  {
    rule: 'no-exclusion',
    found: /\bexclude\s+(using\b|\()/i,
    instead: 'Exclusion constraints do not exist on distributed tables; put what must be unique in the key.',
  },
  {
    rule: 'no-deferrable',
    found: /\bdeferrable\b|\binitially\s+deferred\b/i,
    instead: 'Deferrable constraints do not exist on distributed tables; write rows in the order of their references.',
  },
  {
    rule: 'timestamptz-only',
    found: /\btimestamp\b(?!\s*(\(\d\)\s*)?with\s+time\s+zone)|\btime\b(?!\s+zone)|\btimetz\b/i,
    instead: 'Write timestamptz for a moment, date for a day, and text with a CHECK for local opening hours.',
  },
  {
    rule: 'no-enum-type',
    found: /\bcreate\s+(type|domain)\b|\bas\s+enum\b/i,
    instead:
      'Write an enumeration as text with CHECK (… IN (…)): a type cannot be changed without a lock on all nodes.',
  },
  {
    rule: 'no-bigint',
    found: /\b(bigint|int8)\b/i,
    instead: 'JavaScript cannot hold every bigint; write integer, numeric or uuid.',
  },
  {
    rule: 'no-volatile-default',
    found:
      /\b(now|random|clock_timestamp|statement_timestamp|transaction_timestamp|gen_random_uuid|uuidv4|uuidv7|uuid_generate_v\d\w*)\s*\(|\bcurrent_(timestamp|date|time)\b|\blocal(time|timestamp)\b/i,
    instead: 'Pass times and ids in from our code: each node would make its own.',
  },
  { rule: 'no-merge', found: /\bmerge\s+into\b/i, instead: 'Write INSERT … ON CONFLICT.' },
  {
    rule: 'no-session-tools',
    found: /\b(listen|unlisten|notify)\b|\bpg_notify\b|\bpg_(try_)?advisory_/i,
    instead: 'LISTEN, NOTIFY and advisory locks do not hold behind poolers and on several nodes; lock a row.',
  },
  {
    rule: 'no-transaction',
    found: /(^|;)\s*(begin|commit|rollback|savepoint|start\s+transaction|end)\b|\bconcurrently\b|\bvacuum\b/i,
    instead: 'The migrator puts each migration in one transaction, with its own row of bookkeeping.',
  },
  {
    rule: 'no-special-tables',
    found: /\bunlogged\b|\b(temp|temporary)\s+table\b|\binherits\s*\(|\bpartition\s+(by|of)\b|\btablespace\b/i,
    instead: 'Plain tables only: these lose data in a crash, or differ between servers.',
  },
  {
    rule: 'baseline-15',
    found: /\bvirtual\b|\bwithout\s+overlaps\b|\bnot\s+enforced\b|\bjson_table\s*\(/i,
    instead: 'We write SQL that PostgreSQL 15 knows.',
  },
  { rule: 'plain-names', found: /"/, instead: 'Names are lower_case and unquoted.' },
  {
    rule: 'one-change-a-step',
    found: /\bif\s+(not\s+)?exists\b/i,
    instead: 'The migrator knows what is there; IF EXISTS hides a difference.',
  },
];

const destructive =
  /\bdrop\s+(table|column|constraint|index|schema)\b|\brename\b|\btruncate\b|\bdelete\s+from\b|\balter\s+column\s+\w+\s+(set\s+data\s+)?type\b|\balter\s+column\s+\w+\s+set\s+not\s+null\b/i;

/** Everything that is wrong in a migrations folder, each with file, line and column. */
export async function lintMigrations(folder: string): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  const entries = (await readdir(folder))
    .filter((file) => file.endsWith('.sql') && file !== 'distribute.citus.sql')
    .sort();
  const ways = (await readdir(join(folder, 'back')).catch(() => [])).filter((file) => file.endsWith('.sql'));
  const tables = new Map<string, TableKind>();
  const where = new Map<string, { file: string; line: number }>();

  for (const [i, file] of entries.entries()) {
    if (!migrationName.test(file.slice(0, -4)))
      problems.push(problem(file, 1, 1, 'file-name', 'Name a migration NNNN-what-it-does.sql.'));
    else if (Number(file.slice(0, 4)) !== i + 1)
      problems.push(
        problem(
          file,
          1,
          1,
          'file-number',
          `The next free number is ${String(i + 1).padStart(4, '0')}; numbers have no gaps and no doubles.`,
        ),
      );
    if (!ways.includes(file)) problems.push(problem(file, 1, 1, 'way-back', `Write the way back in back/${file}.`));
    const before = new Set(tables.keys());
    problems.push(...lintMigration(file, await readFile(join(folder, file), 'utf8'), tables));
    for (const name of tables.keys()) if (!before.has(name)) where.set(name, { file, line: 1 });
  }
  for (const file of ways) {
    if (!entries.includes(file))
      problems.push(problem(`back/${file}`, 1, 1, 'way-back', `There is no migration ${file} to come back from.`));
    else
      problems.push(
        ...lintMigration(`back/${file}`, await readFile(join(folder, 'back', file), 'utf8'), new Map(tables)),
      );
  }

  const distribution = await readFile(join(folder, 'distribute.citus.sql'), 'utf8').catch(() => '');
  for (const [name, kind] of tables) {
    const call = kind === 'reference' ? 'create_reference_table' : 'create_distributed_table';
    if (kind === 'local' || distribution.includes(`${call}('${name}'`)) continue;
    problems.push(
      problem(
        where.get(name)!.file,
        1,
        1,
        'distribution',
        `The table ${name} is missing in distribute.citus.sql: add SELECT ${call}('${name}'…).`,
      ),
    );
  }
  return problems;
}

/** `reference`: a small shared list. `personal`: rows of an owner. `local`: bookkeeping of one database. */
export type TableKind = 'reference' | 'personal' | 'local';

/** What is wrong in one migration; `tables` are those of earlier migrations, to which this one's are added. */
export function lintMigration(file: string, text: string, tables: Map<string, TableKind>): Problem[] {
  const problems: Problem[] = [];
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const firstStep = lines.findIndex((line) => line.startsWith('-- step:'));
  const begin = lines.findIndex((line) => line.trim() !== '' && !line.startsWith('--'));
  if (firstStep === -1 || (begin !== -1 && begin < firstStep)) {
    problems.push(
      problem(file, Math.max(begin, 0) + 1, 1, 'step-comment', 'Begin each statement with a line "-- step: why".'),
    );
    return problems;
  }

  const starts = lines.flatMap((line, at) => (line.startsWith('-- step:') ? [at] : []));
  for (const [i, start] of starts.entries()) {
    const step = lines.slice(start, starts[i + 1] ?? lines.length).join('\n');
    problems.push(...lintStep(file, step, start + 1, tables));
  }
  return problems;
}

function lintStep(file: string, step: string, firstLine: number, tables: Map<string, TableKind>): Problem[] {
  const problems: Problem[] = [];
  const sql = withoutCommentsAndTexts(step);
  const at = (index: number): [number, number] => {
    const before = step.slice(0, index).split('\n');
    return [firstLine + before.length - 1, before.at(-1)!.length + 1];
  };
  const say = (index: number, rule: string, message: string): void => {
    problems.push(problem(file, ...at(index), rule, message));
  };

  if (/^-- step:\s*$/m.test(step.split('\n')[0]!))
    say(0, 'step-comment', 'Say after "-- step:" why this step is there.');
  const statements = [...sql.matchAll(/[^;]*[^;\s][^;]*/g)];
  if (statements.length === 0) say(0, 'one-change-a-step', 'This step has no statement.');
  if (statements.length > 1)
    say(
      statements[1]!.index + statements[1]![0].search(/\S/),
      'one-change-a-step',
      'One statement a step: begin the second with its own "-- step:" line.',
    );

  for (const { rule, found, instead } of refused) {
    const hit = found.exec(sql);
    if (hit !== null) say(hit.index + hit[0].search(/[^\s;]/), rule, instead);
  }

  const alter = /\balter\s+table\s+(\w+)/i.exec(sql);
  if (alter !== null) {
    const comma = topLevelComma(sql.slice(alter.index));
    if (comma !== null) say(alter.index + comma, 'one-change-a-step', 'One change a step: write a second ALTER TABLE.');
    const added =
      /\badd\s+(column\s+)?(?!constraint\b|check\b|unique\b|primary\b|foreign\b)\w+[^,;]*\bnot\s+null\b/i.exec(sql);
    if (added !== null && !/\bdefault\b/i.test(added[0])) {
      say(
        added.index,
        'expand-first',
        'The version before does not fill this column: add it with a DEFAULT or without NOT NULL, fill it in batches, then tighten it.',
      );
    }
  }

  const breaks = destructive.exec(sql);
  if (breaks !== null && !/^-- contract: \S/m.test(step)) {
    say(
      breaks.index,
      'contract-needs-reason',
      'The version before may still use this. Say on a line "-- contract: why" since when nothing does.',
    );
  }

  const create = /\bcreate\s+table\s+(?:if\s+not\s+exists\s+)?(\w+)\s*\(/i.exec(sql);
  if (create !== null) lintTable(step, sql, create, tables, say);
  else
    lintKeys(
      sql,
      tables.get(alter?.[1] ?? /\bcreate\s+unique\s+index\s+\w+\s+on\s+(\w+)/i.exec(sql)?.[1] ?? '') ?? null,
      tables,
      say,
    );
  return problems;
}

function lintTable(
  step: string,
  sql: string,
  create: RegExpExecArray,
  tables: Map<string, TableKind>,
  say: (index: number, rule: string, message: string) => void,
): void {
  const name = create[1]!;
  const said = /^-- table: (reference|personal|local)\b/m.exec(step)?.[1] as TableKind | undefined;
  const hasOwner = /[(,]\s*owner_id\s/i.test(sql);
  if (said === undefined)
    say(
      create.index,
      'table-kind',
      'Say on a line "-- table: reference", "-- table: personal" or "-- table: local" where the rows live.',
    );
  if (said !== undefined && said !== 'personal' && hasOwner)
    say(create.index, 'table-kind', 'A table with owner_id is personal.');
  const kind = hasOwner ? 'personal' : (said ?? 'reference');
  if (kind === 'personal' && !hasOwner)
    say(
      create.index,
      'personal-key',
      'A personal table has owner_id: the contributor, conversation, organisation or town its rows belong to.',
    );
  tables.set(name, kind);

  const key = /\bprimary\s+key\s*\(([^)]*)\)/i.exec(sql);
  const columns = key === null ? [] : key[1]!.split(',').map((column) => column.trim().toLowerCase());
  if (key === null) {
    say(
      create.index,
      `${kind === 'personal' ? 'personal' : 'reference'}-key`,
      kind === 'personal'
        ? 'Write PRIMARY KEY (owner_id, id) as a line of its own.'
        : 'Write PRIMARY KEY (id) as a line of its own.',
    );
  } else if (kind === 'personal' && (columns[0] !== 'owner_id' || columns.length < 2)) {
    say(key.index, 'personal-key', 'The key of a personal table begins with its owner: PRIMARY KEY (owner_id, id).');
  } else if (kind === 'reference' && columns.join() !== 'id') {
    say(key.index, 'reference-key', 'The key of a reference table is PRIMARY KEY (id).');
  }
  lintKeys(sql, kind, tables, say);
}

/** Unique keys and references of a personal table hold within its owner. */
function lintKeys(
  sql: string,
  kind: TableKind | null,
  tables: Map<string, TableKind>,
  say: (index: number, rule: string, message: string) => void,
): void {
  for (const found of sql.matchAll(/\breferences\s+(\w+)\s*(\(([^)]*)\))?/gi)) {
    const [, target, , to] = found;
    const targetKind = tables.get(target!);
    if (targetKind === undefined) say(found.index, 'known-reference', `No earlier step makes the table ${target}.`);
    if (to === undefined) say(found.index, 'known-reference', `Name the columns: REFERENCES ${target} (…).`);
    if (targetKind !== 'personal') continue;
    if (kind !== 'personal')
      say(found.index, 'co-located-reference', 'A shared list cannot refer to rows that live with an owner.');
    else if (to?.split(',')[0]!.trim() !== 'owner_id')
      say(
        found.index,
        'co-located-reference',
        `Refer to rows of the same owner: FOREIGN KEY (owner_id, …) REFERENCES ${target} (owner_id, …).`,
      );
  }
  if (kind !== 'personal') return;
  for (const found of sql.matchAll(
    /\bunique\b(?:\s+nulls\s+not\s+distinct)?(?:\s+index\s+\w+\s+on\s+\w+(?:\s+using\s+\w+)?)?\s*(\(([^)]*)\))?/gi,
  )) {
    const columns = (found[2] ?? '').split(',').map((column) => column.trim().toLowerCase());
    if (!columns.includes('owner_id'))
      say(
        found.index,
        'unique-with-owner',
        'A unique key of a personal table holds owner_id: no node can see all rows.',
      );
  }
}

/** The same text with comments and quoted texts blanked, so that every place keeps its number. */
function withoutCommentsAndTexts(sql: string): string {
  const blank = (text: string): string => text.replaceAll(/[^\n]/g, ' ');
  return sql.replaceAll(/--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'/g, (part) =>
    part.startsWith("'") ? `'${blank(part.slice(1, -1))}'` : blank(part),
  );
}

function topLevelComma(sql: string): number | null {
  let depth = 0;
  for (let i = 0; i < sql.length; i++) {
    if (sql[i] === '(') depth++;
    else if (sql[i] === ')') depth--;
    else if (sql[i] === ',' && depth === 0) return i;
  }
  return null;
}

function problem(file: string, line: number, column: number, rule: string, message: string): Problem {
  return { at: { file, line, column }, what: `migration-${rule}`, words: { rule }, message: `${message} [${rule}]` };
}
