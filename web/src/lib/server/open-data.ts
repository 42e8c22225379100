import { createHash } from 'node:crypto';
import { dataColumns, dataCsv, dataRows, type Board } from '@meedoen/board';
import { parseDay } from '@meedoen/units';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { boardOwner, knownTown } from './boards.ts';
import { codebook } from './codebook.ts';
import { fromDatabase } from './database.ts';

export const dataFiles = [
  { name: 'numbers.csv', kind: 'csv', type: 'text/csv; charset=utf-8; header=present' },
  { name: 'numbers.parquet', kind: 'parquet', type: 'application/vnd.apache.parquet' },
  { name: 'board.json', kind: 'json', type: 'application/json' },
  { name: 'codebook.json', kind: 'codebook', type: 'application/json' },
  { name: 'disclosure.json', kind: 'disclosure', type: 'application/json' },
  { name: 'ledger.json', kind: 'ledger', type: 'application/json' },
  { name: 'citation.json', kind: 'citation', type: 'application/vnd.datacite.datacite+json' },
] as const;

export type DataFileKind = (typeof dataFiles)[number]['kind'];
export type DataFile = { name: string; kind: DataFileKind; type: string; bytes: Uint8Array; sha256: string };

/** Files of releases, made once; a release never changes. The oldest go when there are many. */
const made = new Map<string, Promise<readonly DataFile[] | null>>();
const mostKept = 12;

/** All files of a release; null when there is no such release, or nobody can say now. */
export function filesOf(id: string, releasedOn: string): Promise<readonly DataFile[] | null> {
  const key = `${id} ${releasedOn}`;
  let files = made.get(key);
  if (!files) {
    files = makeFiles(id, releasedOn);
    made.set(key, files);
    const forget = (): void => void made.delete(key);
    files.then((found) => found ?? forget(), forget);
    if (made.size > mostKept) made.delete(made.keys().next().value!);
  }
  return files;
}

async function makeFiles(id: string, releasedOn: string): Promise<readonly DataFile[] | null> {
  const on = parseDay(releasedOn);
  if (!on.ok) return null;
  const owner = boardOwner(id);
  const found = await fromDatabase(async (store, database) => ({
    release: await store.boardAt(database, owner, on.value),
    ledger: await store.ledgerOf(database, owner),
  }));
  if (!found?.release) return null;
  const { board, reports, withheld } = found.release;
  const rows = dataRows(board);
  const json = (value: unknown): Uint8Array => Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
  const contents: Record<DataFileKind, Uint8Array> = {
    csv: Buffer.from(dataCsv(rows)),
    parquet: new Uint8Array(
      parquetWriteBuffer({
        columnData: dataColumns.map((name) => {
          const data = rows.map((row) => row[name]);
          const type = name === 'example' ? 'BOOLEAN' : numbers.has(name) ? 'DOUBLE' : 'STRING';
          return { name, data, type, nullable: numbers.has(name) } as const;
        }),
      }),
    ),
    json: json(board),
    codebook: json(await codebook()),
    disclosure: json({
      rules: board.rules,
      soFar: board.disclosure,
      thisRelease: reports,
      withheld: withheld.map(({ table }) => table),
    }),
    // As it stood: later releases add to it.
    ledger: json({
      ...found.ledger,
      releases: found.ledger.releases.filter(({ publishedOn }) => publishedOn <= releasedOn),
    }),
    citation: json(await citation(board, id)),
  };
  return dataFiles.map((file) => {
    const bytes = contents[file.kind];
    return { ...file, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
  });
}

const numbers: ReadonlySet<string> = new Set(['months', 'number', 'lower', 'upper']);

/** What a reader calls a release. */
export async function titleOf({
  town,
  example,
  releasedOn,
}: Pick<Board, 'town' | 'example' | 'releasedOn'>): Promise<string> {
  const name = (await knownTown(town)) ?? 'alle gemeenten';
  return `Meedoen: bord van ${name}, ${releasedOn}${example ? ' (voorbeeld, verzonnen mensen)' : ''}`;
}

/** In the form of DataCite 4.5, ready for whoever gives out a DOI; we have none of our own, so it has no identifier yet. */
async function citation(board: Board, id: string): Promise<unknown> {
  return {
    schemaVersion: 'http://datacite.org/schema/kernel-4',
    types: { resourceTypeGeneral: 'Dataset', resourceType: 'Statistical tables' },
    identifiers: [],
    creators: [{ name: 'Meedoen', nameType: 'Organizational' }],
    publisher: { name: 'Meedoen' },
    titles: [{ title: await titleOf(board), lang: 'nl' }],
    publicationYear: board.releasedOn.slice(0, 4),
    dates: [{ date: board.releasedOn, dateType: 'Issued' }],
    version: board.releasedOn,
    language: 'nl',
    alternateIdentifiers: [
      { alternateIdentifier: `open-data/${id}/${board.releasedOn}`, alternateIdentifierType: 'path' },
    ],
    rightsList: [{ rights: 'CC0 1.0', rightsUri: 'https://creativecommons.org/publicdomain/zero/1.0/' }],
    descriptions: [
      {
        descriptionType: 'Methods',
        lang: 'en',
        description: `${board.example ? 'Synthetic people. ' : ''}Monthly answers of newcomers who chose to answer. Counts below ${board.rules.fewest} are hidden, with complementary suppression audited by linear programming; shown counts are rounded to ${board.rules.roundTo}.`,
      },
    ],
  };
}
