import { createHash } from 'node:crypto';
import { glob, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { knowledgeFolder, readLawFiles } from '@meedoen/knowledge';
import { loadCorpus, parseLaw, staticProblems, type Corpus, type LawFile } from '@meedoen/rights';
import { type Problem } from '@meedoen/units';
import { Refusal, refuseAll } from './refusal.ts';

/** Every law file in a folder, at any depth; refuses when one of them has a fault. */
export async function lawsIn(folder: string): Promise<LawFile[]> {
  return (await lawTextsIn(folder)).map(({ law }) => law);
}

/** The same with the hash of each file. */
export async function lawTextsIn(folder: string): Promise<{ law: LawFile; hash: string }[]> {
  const facts = await stat(folder).catch(() => null);
  if (!facts?.isDirectory())
    throw new Refusal(`--laws ${folder}: there is no such folder. Name the folder that holds the law files.`);
  const laws: { law: LawFile; hash: string }[] = [];
  const problems: Problem[] = [];
  for (const path of (await Array.fromAsync(glob('**/*.{yaml,yml}', { cwd: folder }))).sort()) {
    const file = join(folder, path);
    const bytes = await readFile(file);
    const parsed = parseLaw(bytes.toString('utf8'), file);
    if (parsed.ok) laws.push({ law: parsed.value, hash: `sha256:${createHash('sha256').update(bytes).digest('hex')}` });
    else if (!isOtherYaml(bytes.toString('utf8'))) problems.push(...parsed.problems);
  }
  problems.push(...twice(laws.map(({ law }) => law)), ...staticProblems(laws.map(({ law }) => law)));
  refuseAll(problems);
  if (laws.length === 0) throw new Refusal(`--laws ${folder}: there is no law file (*.yaml) in this folder.`);
  return laws;
}

/** Versions that stand in two files: nobody can say which of them counts. */
function twice(laws: readonly LawFile[]): Problem[] {
  const seen = new Map<string, LawFile>();
  return laws.flatMap((law) => {
    const key = `${law.id} ${law.validFrom ?? 'undated'}`;
    const other = seen.get(key);
    seen.set(key, other ?? law);
    if (!other) return [];
    const message = `This version of "${law.id}" is also in ${other.file}. Keep one of them.`;
    return [{ at: { file: law.file, line: 1, column: 1 }, what: 'duplicate-version', words: {}, message }];
  });
}

/** Law folders also hold other files, such as notes and settings; a law is known by its layer and its articles. */
function isOtherYaml(text: string): boolean {
  return !/^(regulatory_layer|articles|\$id):/m.test(text);
}

/** Our rights, facts and replacements on our own laws, or on those in a folder, which are known as far as they go. */
export async function corpusOf(lawsFolder: string | undefined): Promise<Corpus> {
  const { parts } = readLawFiles(knowledgeFolder());
  // Our own files are checked by `knowledge check`; what is broken in them answers "unknown" here.
  if (lawsFolder === undefined) return loadCorpus(parts).corpus;
  const { corpus, problems } = loadCorpus({ ...parts, laws: await lawsIn(lawsFolder), knownFrom: null });
  if (problems.length > 0) throw new Refusal(problems);
  return corpus;
}
