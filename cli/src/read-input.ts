import { open } from 'node:fs/promises';
import { Refusal } from './refusal.ts';

const usualInBytes = 1_000_000;

export type Input = { text: string; /** How messages call it. */ name: string };

/** Read a text file, or stdin for `-`; refuses what is missing, no file, too large or not UTF-8. */
export async function readInput(path: string, largestInBytes: number = usualInBytes): Promise<Input> {
  const name = path === '-' ? 'stdin' : path;
  const bytes =
    path === '-' ? await readAtMost(process.stdin, name, largestInBytes) : await readFile(path, largestInBytes);
  try {
    return { name, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    throw new Refusal(`${name}: this is not UTF-8 text. Save the file as UTF-8 and try again.`);
  }
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

async function readFile(path: string, largestInBytes: number): Promise<Uint8Array> {
  const file = await open(path).catch((problem: NodeJS.ErrnoException) => {
    throw new Refusal(
      problem.code === 'ENOENT'
        ? `${path}: there is no such file. Check the name and the folder you are in.`
        : `${path}: this file cannot be read (${problem.code ?? problem.message}). Check its permissions.`,
    );
  });
  try {
    const facts = await file.stat();
    if (facts.isDirectory()) throw new Refusal(`${path}: this is a folder. Name a file in it.`);
    if (facts.size > largestInBytes) throw tooLarge(path, largestInBytes);
    return await readAtMost(file.createReadStream({ autoClose: false }), path, largestInBytes);
  } finally {
    await file.close();
  }
}

async function readAtMost(
  stream: AsyncIterable<Uint8Array>,
  name: string,
  largestInBytes: number,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of stream) {
    size += part.length;
    if (size > largestInBytes) throw tooLarge(name, largestInBytes);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function tooLarge(name: string, largestInBytes: number): Refusal {
  return new Refusal(
    `${name}: larger than ${largestInBytes / 1_000_000} MB, which no such file needs to be. Check that you named the right one.`,
  );
}

/** `line:column` out of what JSON.parse says; the end of the text where it names no place. */
function placeOf(problem: unknown, text: string): string {
  const [, line, column] = /line (\d+) column (\d+)/.exec(String(problem)) ?? [];
  if (line && column) return `${line}:${column}`;
  const lines = text.trimEnd().split('\n');
  return `${lines.length}:${lines.at(-1)!.length + 1}`;
}
