import { Command, InvalidArgumentError, Option } from 'commander';
import {
  analyse,
  bridges,
  commonGround,
  fewestVoters,
  gatherVotes,
  partitionBy,
  secondOpinion,
  tally,
  type Analysis,
  type Bridge,
  type CommonGround,
  type Name,
  type Partition,
  type SecondOpinion,
  type Tally,
  type Votes,
} from '@meedoen/voices';
import { type Parsed, type Problem } from '@meedoen/units';
import { formats, printCsv, printJson, type Format } from './print.ts';
import { readTable, type TableFile } from './read-table.ts';
import { mostProblems, Refusal, refuseAll } from './refusal.ts';
import { ownCopy, WordsInCells } from './words-in-cells.ts';

/** What a column is called, first by us, then by Polis or others. */
const personColumn = ['voter-id', 'participant', 'person'];
const statementColumn = ['comment-id', 'statement'];

/** `meedoen voices …`: what do people want together? */
export function voicesVerbs(): Command {
  const voices = new Command('voices').description(
    'What do we want together? Groups of opinion, and what bridges them.',
  );
  voices
    .command('analyse')
    .description('Groups, consensus and bridges of one conversation, from its votes (a Polis export will do).')
    .requiredOption(
      '--votes <file>',
      'CSV with comment-id, voter-id and vote (1, 0, -1); a timestamp orders them; - for stdin',
    )
    .option(
      '--statements <file>',
      'CSV with comment-id and moderated (-1 rejected); is-meta 1 for those about the conversation',
    )
    .option('--sides <file>', 'CSV with voter-id and side, as people declared it')
    .option('--groups <file>', 'CSV with participant and group-id: use these groups in place of ours')
    .option('--group-count <number>', 'how many groups to find, in place of the most convincing number', wholeNumber)
    .option('--fewest <number>', 'votes of each side below which nothing is said', wholeNumber, fewestVoters)
    .addOption(
      new Option('--format <format>', 'JSON of everything, or CSV with a row a statement')
        .choices(formats)
        .default('json'),
    )
    .addHelpText(
      'after',
      `
Example: 24 people of two sides on five statements
  $ meedoen voices analyse --votes cli/examples/votes.csv --sides cli/examples/sides.csv --group-count 2 --format csv
"bridge" is the lowest over the declared sides and the groups found, empty while a side has too few votes.`,
    )
    .action(analyseVerb);
  return voices;
}

type AnalyseOptions = {
  votes: string;
  statements?: string;
  sides?: string;
  groups?: string;
  groupCount?: number;
  fewest: number;
  format: Format;
};

async function analyseVerb(options: AnalyseOptions): Promise<void> {
  const listed = options.statements === undefined ? null : await statementsIn(options.statements);
  const { votes, votesFile, peopleAreNumbers } = await votesIn(options.votes, listed);

  const partition = async (path: string | undefined, group: readonly string[]): Promise<Partition | undefined> =>
    path === undefined ? undefined : await partitionIn(path, group, votes, peopleAreNumbers);
  const sides = await partition(options.sides, ['side']);
  const groups = await partition(options.groups, ['group-id', 'group']);

  const analysis = orRefuse(
    analyse(votes, {
      rejected: listed?.rejected ?? [],
      meta: listed?.meta ?? [],
      ...(groups && { groups }),
      ...(options.groupCount !== undefined && { groupCount: options.groupCount }),
    }),
    votesFile,
  );
  const bySide = sides && tally(votes, sides);
  const declared = bySide && orRefuse(bridges(bySide, options.fewest), { name: options.sides! });
  const found =
    analysis.groups.groups.length > 1 ? orRefuse(bridges(analysis.byGroup, options.fewest), votesFile) : undefined;
  const between = { ...(declared && { sides: declared }), ...(found && { groups: found }) };
  const ground = commonGround(Object.values(between), analysis.out);
  const opinion = secondOpinion(votes, analysis.out, analysis.map.components[0]);

  if (options.format === 'csv') printCsv(statementRows(analysis, ground, opinion));
  else printJson(everything(analysis, Object.keys(between), ground, opinion));
}

type Listed = { known: ReadonlySet<string>; rejected: Name[]; meta: Name[] };

async function statementsIn(path: string): Promise<Listed> {
  const problems: Problem[] = [];
  const known = new Set<string>();
  const rejected: string[] = [];
  const meta: string[] = [];
  await readTable(path, [statementColumn], ['moderated', 'is-meta'], (row) => {
    const id = ownCopy(row.cell('comment-id'));
    if (known.has(id)) problems.push(row.problem('comment-id', `statement ${id} stands here for the second time.`));
    known.add(id);
    const decision = row.optional('moderated') ?? '';
    if (!['-1', '0', '1', ''].includes(decision))
      problems.push(
        row.problem('moderated', `"${decision}" is no decision: write 1 accepted, 0 not yet, -1 rejected.`),
      );
    if (decision === '-1') rejected.push(id);
    if (['1', 'true'].includes(row.optional('is-meta') ?? '')) meta.push(id);
  });
  refuseAll(problems);
  const areNumbers = [...known].every(isWhole);
  const named = (those: string[]): Name[] => those.map((id) => (areNumbers ? Number(id) : id));
  return { known, rejected: named(rejected), meta: named(meta) };
}

async function votesIn(
  path: string,
  listed: Listed | null,
): Promise<{ votes: Votes; votesFile: TableFile; peopleAreNumbers: boolean }> {
  const problems: Problem[] = [];
  const log = { person: [] as number[], statement: [] as number[], vote: [] as number[], time: [] as number[] };
  const people = new WordsInCells();
  const statements = new WordsInCells();
  const decisions = new WordsInCells();
  const votesFile = await readTable(path, [statementColumn, personColumn, ['vote']], ['timestamp'], (row) => {
    const wrong = (column: string, message: string): void => void problems.push(row.problem(column, message));
    const personAt = row.numberOf(1, people);
    const statementAt = row.numberOf(0, statements);
    const person = people.texts[personAt]!;
    const statement = statements.texts[statementAt]!;
    const vote = decisions.texts[row.numberOf(2, decisions)]!;
    const moment = row.optional('timestamp');
    if (person === '') wrong('voter-id', 'nobody voted here. Give the person a name or number.');
    if (statement === '') wrong('comment-id', 'this vote is on no statement. Give its id.');
    else if (listed && !listed.known.has(statement))
      wrong('comment-id', `statement ${statement} is not in --statements. Add it there.`);
    if (vote !== '1' && vote !== '0' && vote !== '-1')
      wrong('vote', `"${vote}" is no vote: write 1 for agree, 0 for pass or -1 for disagree.`);
    const time = moment === undefined ? 0 : Number(moment);
    if (moment === '' || !Number.isFinite(time))
      wrong('timestamp', `"${moment}" is no time: write milliseconds as a number, or leave the column out.`);
    if (problems.length > mostProblems) refuseAll(problems);
    log.person.push(personAt);
    log.statement.push(statementAt);
    log.vote.push(Number(vote));
    log.time.push(time);
  });
  refuseAll(problems);
  // Of votes at the same moment the later line counts: sorting is stable.
  const order = Uint32Array.from(log.time.keys());
  if (log.time.some((time, i) => i > 0 && time < log.time[i - 1]!)) order.sort((i, j) => log.time[i]! - log.time[j]!);
  const peopleAreNumbers = people.texts.every(isWhole);
  const gathered = gatherVotes({
    people: namesOf(people.texts, peopleAreNumbers),
    // With a list of statements, that list says whether they are numbers, so that both mean the same.
    statements: namesOf(statements.texts, [...(listed?.known ?? statements.texts)].every(isWhole)),
    person: order.map((i) => log.person[i]!),
    statement: order.map((i) => log.statement[i]!),
    vote: Int8Array.from(order, (i) => log.vote[i]!),
  });
  return { votes: orRefuse(gathered, votesFile), votesFile, peopleAreNumbers };
}

async function partitionIn(
  path: string,
  group: readonly string[],
  votes: Votes,
  peopleAreNumbers: boolean,
): Promise<Partition> {
  const problems: Problem[] = [];
  const groupOf = new Map<string, string>();
  const file = await readTable(path, [personColumn, group], [], (row) => {
    const who = ownCopy(row.cell('voter-id'));
    const where = ownCopy(row.cell(group[0]!));
    const earlier = groupOf.get(who);
    if (earlier !== undefined && earlier !== where)
      problems.push(row.problem('voter-id', `${who} is put in "${earlier}" and in "${where}". Choose one.`));
    groupOf.set(who, where);
  });
  refuseAll(problems);
  const told = [...groupOf].filter(([, where]) => where !== '');
  const areNumbers = told.every(([, where]) => isWhole(where));
  const partition = partitionBy(
    votes,
    new Map(told.map(([who, where]) => [peopleAreNumbers ? Number(who) : who, areNumbers ? Number(where) : where])),
  );
  if (partition.groups.length === 0) {
    throw new Refusal(`${file.name}: nobody in this file has voted. Check that it uses the same ids as --votes.`);
  }
  return partition;
}

function everything(
  analysis: Analysis,
  between: string[],
  ground: readonly CommonGround[],
  opinion: SecondOpinion,
): unknown {
  const { votes, map, groups, grouping, representative, majorities, byGroup } = analysis;
  const note = new Map(opinion.statements.map((one) => [one.statement, one]));
  return {
    people: votes.people.length,
    statements: votes.statements.length,
    votes: votes.cells.length,
    singularValues: map.singularValues,
    groups: groups.groups.map((group, g) => ({
      group,
      people: groups.of.reduce((count, of) => count + (of === g ? 1 : 0), 0),
      ...(grouping && { center: [grouping.centerX[g], grouping.centerY[g]] }),
      representative: representative[g],
    })),
    considered: grouping?.considered ?? null,
    squaredError: grouping?.squaredError ?? null,
    majorities,
    commonGround: ground.map(({ statement, lowest, between: all }) => ({
      statement,
      lowest,
      between: Object.fromEntries(between.map((name, at) => [name, shown(all[at]!)])),
    })),
    byStatement: votes.statements.map((statement, at) => ({
      statement,
      leftOut: analysis.out[at] === 1,
      ...counts(analysis.byEverybody, 0, at),
      mean: map.center[at],
      axes: [map.components[0][at], map.components[1][at]],
      place: [map.statementX[at], map.statementY[at]],
      extremity: map.extremity[at],
      groupAwareConsensus: analysis.consensus[at],
      priority: analysis.priorities[at],
      byGroup: groups.groups.map((group, g) => ({ group, ...counts(byGroup, g, at) })),
      secondOpinion: note.get(statement) ?? null,
    })),
    byPerson: votes.people.map((person, row) => ({
      person,
      place: [map.x[row], map.y[row]],
      group: groups.groups[groups.of[row]!] ?? null,
    })),
  };
}

function statementRows(
  { votes, out, byEverybody, consensus, priorities, map }: Analysis,
  ground: readonly CommonGround[],
  opinion: SecondOpinion,
): Record<string, Name | boolean>[] {
  const lowest = new Map(ground.map((one) => [one.statement, one.lowest]));
  const note = new Map(opinion.statements.map((one) => [one.statement, one.intercept]));
  return votes.statements.map((statement, at) => ({
    statement,
    leftOut: out[at] === 1,
    ...counts(byEverybody, 0, at),
    groupAwareConsensus: rounded(consensus[at]!),
    bridge: rounded(lowest.get(statement)),
    communityNotes: rounded(note.get(statement)),
    extremity: rounded(map.extremity[at]!),
    priority: rounded(priorities[at]!),
  }));
}

/** For eyes and spreadsheets: 6 digits; the JSON has them all. Empty where there is none. */
function rounded(value: number | null | undefined): number | '' {
  return value === null || value === undefined ? '' : Number(value.toPrecision(6));
}

function counts(
  { statements, agrees, disagrees, seen }: Tally,
  group: number,
  at: number,
): Record<'agrees' | 'disagrees' | 'votes', number> {
  const i = group * statements.length + at;
  return { agrees: agrees[i]!, disagrees: disagrees[i]!, votes: seen[i]! };
}

function shown(bridge: Bridge): unknown {
  if (!bridge.known) return { known: false, tooFew: bridge.tooFew };
  return { known: true, bridge: bridge.bridge, weakest: bridge.weakest.side, sides: bridge.sides };
}

function namesOf(names: readonly string[], areNumbers: boolean): Name[] {
  return areNumbers ? names.map(Number) : [...names];
}

/** A whole number written as computers write it, so that 007 stays a text and comes back as it was. */
function isWhole(text: string): boolean {
  return /^(0|-?[1-9]\d{0,14})$/.test(text);
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Write a whole number from 0.');
  return Number(text);
}

function orRefuse<T>(parsed: Parsed<T>, { name }: { readonly name: string }): T {
  if (!parsed.ok) throw new Refusal([{ ...parsed.problem, at: { file: name } }]);
  return parsed.value;
}
