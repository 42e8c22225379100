import { createReadStream } from 'node:fs';
import { Refusal } from './refusal.ts';

const largestInBytes = 1_000_000;

export type Input = { text: string; /** How messages call it. */ name: string };

/** Read a small text file, or stdin for `-`; refuses what is missing, no file, larger than 1 MB or not UTF-8. */
export async function readInput(path: string): Promise<Input> {
  let text = '';
  for await (const piece of readPieces(path, largestInBytes)) text += piece;
  return { name: nameOf(path), text };
}

/** How messages call a file. */
export function nameOf(path: string): string {
  return path === '-' ? 'stdin' : path;
}

/** A text file of any size, or stdin for `-`, piece by piece; refuses what `readInput` refuses. */
export async function* readPieces(path: string, atMostInBytes = Infinity): AsyncGenerator<string> {
  const name = nameOf(path);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (bytes?: Uint8Array): string => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
    } catch {
      throw new Refusal(`${name}: this is not UTF-8 text. Save the file as UTF-8 and try again.`);
    }
  };
  const stream: AsyncIterable<Uint8Array> =
    path === '-' ? process.stdin : createReadStream(path, { highWaterMark: 1 << 20 });
  let size = 0;
  try {
    for await (const bytes of stream) {
      size += bytes.length;
      if (size > atMostInBytes) {
        throw new Refusal(
          `${name}: larger than ${atMostInBytes / 1_000_000} MB, which no such file needs to be. Check that you named the right one.`,
        );
      }
      yield decode(bytes);
    }
  } catch (problem) {
    if (problem instanceof Refusal) throw problem;
    const { code, message } = problem as NodeJS.ErrnoException;
    if (code === 'ENOENT')
      throw new Refusal(`${name}: there is no such file. Check the name and the folder you are in.`);
    if (code === 'EISDIR') throw new Refusal(`${name}: this is a folder. Name a file in it.`);
    throw new Refusal(`${name}: this file cannot be read (${code ?? message}). Check its permissions.`);
  }
  yield decode();
}

/** The JSON in a text; a fault is told with its line and column. */
export function parseJson({ text, name }: Input): unknown {
  try {
    return JSON.parse(text);
  } catch (problem) {
    throw new Refusal(
      `${name}:${placeOf(problem, text)}: this is not JSON. Look for a missing comma, quote or bracket just before this place.`,
    );
  }
}

/** `line:column` out of what JSON.parse says; the end of the text where it names no place. */
function placeOf(problem: unknown, text: string): string {
  const [, line, column] = /line (\d+) column (\d+)/.exec(String(problem)) ?? [];
  if (line && column) return `${line}:${column}`;
  const lines = text.trimEnd().split('\n');
  return `${lines.length}:${lines.at(-1)!.length + 1}`;
}
