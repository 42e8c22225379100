import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { StoreRefusal } from './refusal.ts';

/**
 * The file of a backup:
 *
 *     MEEDOEN BACKUP 1⏎            what it is, and the version of this format
 *     <sha256 of the next line>⏎
 *     {"schemaVersion":6,…}⏎       the header, padded with spaces to a fixed place
 *     <gzip>                       {"table":"organization","columns":["id",…]}⏎ ["01a2…","…",null]⏎ … {"end":true}⏎
 *
 * Values are written as PostgreSQL prints them, so every type comes back as it was, on any server. The header holds
 * the length and the SHA-256 of the gzip, so that a flipped bit, a missing tail or an added one is seen before anything
 * is touched.
 */
const magic = 'MEEDOEN BACKUP';
const formatVersion = 1;
export const headerBytes = 65_536;

export type BackupHeader = {
  schemaVersion: number;
  madeAt: string;
  rows: Readonly<Record<string, number>>;
  contentBytes: number;
  contentSha256: string;
};

export type TableLine = { table: string; columns: readonly string[] };
export type RowLine = readonly (string | null)[];

export function headerText(header: BackupHeader): string {
  const json = JSON.stringify(header);
  const begin = `${magic} ${formatVersion}\n${sha256(json)}\n`;
  const text = begin + json;
  const bytes = Buffer.byteLength(text);
  if (bytes >= headerBytes) throw new RangeError('The header of the backup is too long.');
  return `${text}${' '.repeat(headerBytes - bytes - 1)}\n`;
}

/** Read and check the header; refuses what is not ours, newer, or broken. */
export async function readHeader(file: string): Promise<BackupHeader> {
  const handle = await openToRead(file);
  let text: string;
  let size: number;
  try {
    const buffer = Buffer.alloc(headerBytes);
    const { bytesRead } = await handle.read(buffer, 0, headerBytes, 0);
    text = buffer.toString('utf8', 0, bytesRead);
    ({ size } = await handle.stat());
  } catch (cause) {
    throw new StoreRefusal('backup_refused', `${file} cannot be read (${(cause as Error).message}).`, { cause });
  } finally {
    await handle.close();
  }

  if (size === 0) throw new StoreRefusal('backup_refused', `${file} is empty. Choose another backup.`);
  const named = /^MEEDOEN BACKUP (\d{1,6})\n/.exec(text);
  if (named === null) {
    throw new StoreRefusal(
      'backup_refused',
      `${file} is not a backup of Meedoen. Choose a file made by "meedoen db backup".`,
    );
  }
  if (Number(named[1]) > formatVersion) {
    throw new StoreRefusal(
      'backup_newer',
      `${file} was made by a newer Meedoen (format ${named[1]}, this version reads up to ${formatVersion}). Update Meedoen first.`,
    );
  }
  const [, sum, rest] = text.split('\n', 3) as [string, string?, string?];
  const json = rest?.trimEnd() ?? '';
  if (
    Buffer.byteLength(text) !== headerBytes ||
    sum !== sha256(json) ||
    headerText(JSON.parse(json) as BackupHeader) !== text
  ) {
    throw broken(file, 'its first part has changed');
  }
  const header = JSON.parse(json) as BackupHeader;
  const missing = headerBytes + header.contentBytes - size;
  if (missing > 0) throw broken(file, `the last ${missing} bytes are missing`);
  if (missing < 0) throw broken(file, `${-missing} bytes were added at its end`);
  return header;
}

/** Every line of the content, as it streams by; refuses at the end when its sum is not that of the header. */
export async function* linesOf(file: string, header: BackupHeader): AsyncGenerator<TableLine | RowLine> {
  const hash = createHash('sha256');
  const gunzip = createGunzip();
  const source = createReadStream(file, { start: headerBytes });
  source.on('data', (part) => hash.update(part));
  const bytes = source.pipe(gunzip);
  // pipe() does not pass a failure on.
  source.on('error', (problem) => gunzip.destroy(problem));

  let ended = false;
  let unfinished: Buffer[] = [];
  let lineNumber = 0;
  try {
    for await (const part of bytes as AsyncIterable<Buffer>) {
      let from = 0;
      for (let at = part.indexOf(10); at !== -1; at = part.indexOf(10, from)) {
        unfinished.push(part.subarray(from, at));
        const line: unknown = JSON.parse(Buffer.concat(unfinished).toString());
        unfinished = [];
        from = at + 1;
        lineNumber += 1;
        if (ended) throw broken(file, 'it goes on after its end');
        if (isEnd(line)) ended = true;
        else if (isTable(line) || isRow(line)) yield line;
        else throw broken(file, `line ${lineNumber} of its content is no row`);
      }
      if (from < part.length) unfinished.push(part.subarray(from));
    }
  } catch (problem) {
    if (problem instanceof SyntaxError || isOfZlib(problem)) throw broken(file, 'its content has changed', problem);
    throw problem;
  } finally {
    source.destroy();
    gunzip.destroy();
  }
  if (hash.digest('hex') !== header.contentSha256) throw broken(file, 'its content has changed');
  if (!ended || unfinished.length > 0) throw broken(file, 'its content stops half way');
}

/** Bytes of gzipped lines, for writing. */
export function bytesOf(lines: AsyncIterable<string>): Readable {
  return Readable.from(lines, { objectMode: true, highWaterMark: 1 });
}

export function broken(file: string, how: string, cause?: unknown): StoreRefusal {
  return new StoreRefusal(
    'backup_broken',
    `${file} is damaged: ${how}. Nothing was changed. Use another copy of this backup, or an older one.`,
    { cause },
  );
}

async function openToRead(file: string): Promise<FileHandle> {
  try {
    const handle = await open(file, 'r');
    if ((await handle.stat()).isFile()) return handle;
    await handle.close();
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new StoreRefusal(
      'backup_refused',
      code === 'ENOENT'
        ? `There is no file ${file}. Look whether its name is right.`
        : `${file} cannot be read (${(cause as Error).message}).`,
      { cause },
    );
  }
  throw new StoreRefusal('backup_refused', `${file} is not a file. Choose a file made by "meedoen db backup".`);
}

function isEnd(line: unknown): boolean {
  return typeof line === 'object' && line !== null && (line as { end?: unknown }).end === true;
}

function isTable(line: unknown): line is TableLine {
  const { table, columns } = (line ?? {}) as Partial<TableLine>;
  return typeof table === 'string' && Array.isArray(columns) && columns.every((column) => typeof column === 'string');
}

function isRow(line: unknown): line is RowLine {
  return Array.isArray(line) && line.every((value) => value === null || typeof value === 'string');
}

function isOfZlib(problem: unknown): boolean {
  const { code } = problem as { code?: unknown };
  return typeof code === 'string' && code.startsWith('Z_');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
