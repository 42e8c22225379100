import { type Parsed } from '@meedoen/units';
import { compareNames, type Name } from './name.ts';
import { refuse, type Refused } from './refusal.ts';

/** Agree, pass, disagree (nl: eens, geen mening, oneens). */
export type Vote = 1 | 0 | -1;

/**
 * Votes in the order in which they were given, in columns: `person[i]` and `statement[i]` point into the lists
 * of names. A later vote of the same person on the same statement replaces the earlier one.
 */
export type VoteLog = {
  readonly people: ArrayLike<Name>;
  readonly statements: ArrayLike<Name>;
  readonly person: ArrayLike<number>;
  readonly statement: ArrayLike<number>;
  readonly vote: ArrayLike<number>;
};

/**
 * Who voted what: one row for each person and one column for each statement with a vote, both in the order of
 * their names, so that the order in which votes came in is forgotten.
 *
 * A vote takes two bytes: `3 × column + vote + 1`. Row `p` is `cells[starts[p]]` up to `cells[starts[p + 1]]`,
 * by column.
 */
export type Votes = {
  readonly people: readonly Name[];
  readonly statements: readonly Name[];
  readonly starts: Uint32Array;
  readonly cells: Uint16Array;
};

export const mostPeople = 1_000_000;
/** What fits in two bytes a vote, rounded down; Polis stops at 10,000. */
export const mostStatements = 20_000;

export const noVotes: Votes = { people: [], statements: [], starts: new Uint32Array(1), cells: new Uint16Array(0) };

/** The last vote of each person on each statement. O(votes + people + statements). */
export function gatherVotes(log: VoteLog): Parsed<Votes> {
  const refused = refuseNames('people', log.people, mostPeople) ?? refuseNames('statements', log.statements, 2 ** 31);
  if (refused) return refused;
  const events = log.vote.length;
  if (log.person.length !== events || log.statement.length !== events) {
    return refuse(
      'votes-uneven',
      { people: log.person.length, statements: log.statement.length, votes: events },
      `There are ${log.person.length} people, ${log.statement.length} statements and ${events} votes in the columns: give one of each per vote.`,
    );
  }
  const perPerson = new Uint32Array(log.people.length);
  const perStatement = new Uint32Array(log.statements.length);
  for (let i = 0; i < events; i++) {
    const person = log.person[i]!;
    const statement = log.statement[i]!;
    const vote = log.vote[i]!;
    if (!(vote === 1 || vote === 0 || vote === -1)) return refuseVote(i, vote);
    // Written so that NaN and halves are refused too.
    if (!(perPerson[person]! >= 0)) return refuseIndex('person', i, person, perPerson.length);
    if (!(perStatement[statement]! >= 0)) return refuseIndex('statement', i, statement, perStatement.length);
    perPerson[person]!++;
    perStatement[statement]!++;
  }

  const rows = rankNames(log.people, perPerson);
  const columns = rankNames(log.statements, perStatement);
  if (columns.names.length > mostStatements) return refuseTooMany('statements', columns.names.length, mostStatements);

  // Two stable counting sorts, by column and then by row, leave each row in column order and, within a
  // cell, in the order of voting: the last of equals is the vote that counts.
  const next = firstPlaces(columns.counts);
  const rowOf = new Uint32Array(events);
  const cellOf = new Uint16Array(events);
  for (let i = 0; i < events; i++) {
    const column = columns.rank[log.statement[i]!]!;
    const place = next[column]!++;
    rowOf[place] = rows.rank[log.person[i]!]!;
    cellOf[place] = 3 * column + log.vote[i]! + 1;
  }
  const starts = firstPlaces(rows.counts);
  const sorted = new Uint16Array(events);
  const free = starts.slice();
  for (let i = 0; i < events; i++) sorted[free[rowOf[i]!]!++] = cellOf[i]!;

  return {
    ok: true,
    value: { people: rows.names, statements: columns.names, ...keepLast(starts, sorted) },
  };
}

/**
 * Votes that came in since. The same matrix, to the bit, as gathering the two logs at once.
 * O(votes) copying, without sorting what was there.
 */
export function addVotes(before: Votes, log: VoteLog): Parsed<Votes> {
  const gathered = gatherVotes(log);
  if (!gathered.ok) return gathered;
  const after = gathered.value;
  if (after.people.length === 0) return { ok: true, value: before };
  if (before.people.length === 0) return gathered;
  if (typeof before.people[0] !== typeof after.people[0]) return refuseMixed('people');
  if (typeof before.statements[0] !== typeof after.statements[0]) return refuseMixed('statements');

  const people = unite(before.people, after.people);
  const statements = unite(before.statements, after.statements);
  if (people.names.length > mostPeople) return refuseTooMany('people', people.names.length, mostPeople);
  if (statements.names.length > mostStatements) {
    return refuseTooMany('statements', statements.names.length, mostStatements);
  }
  const columnsStay = statements.names.length === before.statements.length;

  const starts = new Uint32Array(people.names.length + 1);
  const cells = new Uint16Array(before.cells.length + after.cells.length);
  let end = 0;
  let read = 0;
  // Old rows in which nothing changed are copied many at once: those from `waiting` up to `read`.
  let waiting = 0;
  const copyWaiting = (): void => cells.set(before.cells.subarray(waiting, read), end - (read - waiting));
  for (let row = 0; row < people.names.length; row++) {
    const old = people.inFirst[row]!;
    const recent = people.inSecond[row]!;
    const oldEnd = old < 0 ? read : before.starts[old + 1]!;
    if (recent < 0 && columnsStay) {
      end += oldEnd - read;
      read = oldEnd;
    } else {
      copyWaiting();
      let j = recent < 0 ? 0 : after.starts[recent]!;
      const jEnd = recent < 0 ? 0 : after.starts[recent + 1]!;
      while (read < oldEnd || j < jEnd) {
        const mine = read < oldEnd ? moved(before.cells[read]!, statements.ofFirst) : 65535;
        const theirs = j < jEnd ? moved(after.cells[j]!, statements.ofSecond) : 65535;
        const mineColumn = column(mine);
        const theirColumn = column(theirs);
        if (mineColumn <= theirColumn) read++;
        if (theirColumn <= mineColumn) j++;
        cells[end++] = theirColumn <= mineColumn ? theirs : mine;
      }
      waiting = read;
    }
    starts[row + 1] = end;
  }
  copyWaiting();
  return {
    ok: true,
    value: { people: people.names, statements: statements.names, starts, cells: cells.slice(0, end) },
  };
}

/** The votes of the people for whom `keep` says so; statements left without a vote go. */
export function votesOf(votes: Votes, keep: (row: number) => boolean): Votes {
  const rows = votes.people.map((_, row) => row).filter(keep);
  const used = new Uint8Array(votes.statements.length);
  for (const row of rows) {
    for (let i = votes.starts[row]!; i < votes.starts[row + 1]!; i++) used[column(votes.cells[i]!)] = 1;
  }
  const rank = new Uint32Array(votes.statements.length);
  const statements = votes.statements.filter((_, at) => used[at] === 1);
  for (let at = 0, seen = 0; at < used.length; at++) rank[at] = used[at] ? seen++ : 0;

  const starts = new Uint32Array(rows.length + 1);
  rows.forEach((row, at) => (starts[at + 1] = starts[at]! + votes.starts[row + 1]! - votes.starts[row]!));
  const cells = new Uint16Array(starts[rows.length]!);
  rows.forEach((row, at) => {
    let end = starts[at]!;
    for (let i = votes.starts[row]!; i < votes.starts[row + 1]!; i++) cells[end++] = moved(votes.cells[i]!, rank);
  });
  return { people: rows.map((row) => votes.people[row]!), statements, starts, cells };
}

/** The column of a cell. */
export function column(cell: number): number {
  return Math.trunc(cell / 3);
}

/** The vote in a cell. */
export function voteIn(cell: number): Vote {
  return ((cell % 3) - 1) as Vote;
}

function moved(cell: number, columns: Uint32Array): number {
  return 3 * columns[column(cell)]! + (cell % 3);
}

/** Of cells with the same row and column, only the last stays. */
function keepLast(starts: Uint32Array, cells: Uint16Array): Pick<Votes, 'starts' | 'cells'> {
  const rows = starts.length - 1;
  const kept = new Uint32Array(rows + 1);
  let end = 0;
  for (let row = 0; row < rows; row++) {
    const stop = starts[row + 1]!;
    for (let i = starts[row]!; i < stop; i++) {
      if (i + 1 < stop && column(cells[i]!) === column(cells[i + 1]!)) continue;
      cells[end++] = cells[i]!;
    }
    kept[row + 1] = end;
  }
  return { starts: kept, cells: end === cells.length ? cells : cells.slice(0, end) };
}

/** The names with at least one vote, in order, and where each name of the log went. */
function rankNames(
  given: ArrayLike<Name>,
  uses: Uint32Array,
): { names: Name[]; rank: Uint32Array; counts: Uint32Array } {
  const used: number[] = [];
  for (let i = 0; i < uses.length; i++) if (uses[i]! > 0) used.push(i);
  let inOrder = true;
  for (let i = 1; inOrder && i < used.length; i++) inOrder = compareNames(given[used[i - 1]!]!, given[used[i]!]!) < 0;
  if (!inOrder) used.sort((a, b) => compareNames(given[a]!, given[b]!));
  const rank = new Uint32Array(uses.length);
  used.forEach((from, to) => (rank[from] = to));
  return { names: used.map((from) => given[from]!), rank, counts: Uint32Array.from(used, (from) => uses[from]!) };
}

/** Where each bucket begins, and where the last one ends. */
function firstPlaces(counts: Uint32Array): Uint32Array {
  const places = new Uint32Array(counts.length + 1);
  for (let i = 0; i < counts.length; i++) places[i + 1] = places[i]! + counts[i]!;
  return places;
}

type Union = {
  names: Name[];
  /** For each name of the union its place in the first and second list, −1 if it is not there. */
  inFirst: Int32Array;
  inSecond: Int32Array;
  /** For each name of the first and second list its place in the union. */
  ofFirst: Uint32Array;
  ofSecond: Uint32Array;
};

function unite(first: readonly Name[], second: readonly Name[]): Union {
  const names: Name[] = [];
  const most = first.length + second.length;
  const inFirst = new Int32Array(most).fill(-1);
  const inSecond = new Int32Array(most).fill(-1);
  const ofFirst = new Uint32Array(first.length);
  const ofSecond = new Uint32Array(second.length);
  let i = 0;
  let j = 0;
  while (i < first.length || j < second.length) {
    const order = i === first.length ? 1 : j === second.length ? -1 : compareNames(first[i]!, second[j]!);
    const at = names.length;
    names.push(order <= 0 ? first[i]! : second[j]!);
    if (order <= 0) {
      inFirst[at] = i;
      ofFirst[i++] = at;
    }
    if (order >= 0) {
      inSecond[at] = j;
      ofSecond[j++] = at;
    }
  }
  return { names, inFirst, inSecond, ofFirst, ofSecond };
}

type Kind = 'people' | 'statements';

function refuseNames(kind: Kind, names: ArrayLike<Name>, most: number): Refused | undefined {
  if (names.length > most) return refuseTooMany(kind, names.length, most);
  const type = typeof names[0];
  const seen = new Set<Name>();
  for (let i = 0; i < names.length; i++) {
    const name = names[i]!;
    if (typeof name !== type) return refuseMixed(kind);
    if (name === '' || (typeof name === 'number' && !Number.isSafeInteger(name))) {
      return refuse(
        'name-unusable',
        { kind, row: i + 1, name: String(name) },
        `Number ${i + 1} of the ${kind} is called "${name}": give a text that is not empty, or a whole number.`,
      );
    }
    seen.add(name);
    if (seen.size === i) {
      return refuse(
        'name-twice',
        { kind, row: i + 1, name },
        `"${name}" stands twice among the ${kind}: give each of them a name of its own.`,
      );
    }
  }
  return undefined;
}

function refuseMixed(kind: Kind): Refused {
  return refuse(
    'names-mixed',
    { kind },
    `Some ${kind} are called by a number and others by a text: use one kind of name for all.`,
  );
}

function refuseTooMany(kind: Kind, count: number, most: number): Refused {
  return refuse(
    'too-many',
    { kind, count, most },
    `There are ${count} ${kind} and at most ${most} fit: split the conversation.`,
  );
}

function refuseVote(at: number, vote: number): Refused {
  return refuse(
    'vote-unknown',
    { row: at + 1, vote: String(vote) },
    `Vote ${at + 1} is ${vote}: write 1 for agree, 0 for pass or -1 for disagree.`,
  );
}

function refuseIndex(kind: 'person' | 'statement', at: number, index: number, count: number): Refused {
  return refuse(
    `${kind}-unknown`,
    { row: at + 1, index: String(index), count },
    `Vote ${at + 1} is for ${kind} number ${index}, but the list has ${count}, counted from 0: point to a ${kind} in the list.`,
  );
}
