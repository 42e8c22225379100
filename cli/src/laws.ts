import { glob, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { knowledgeFolder, readLawFiles } from '@meedoen/knowledge';
import { loadCorpus, parseLaw, type Corpus, type LawFile } from '@meedoen/rights';
import { type Problem } from '@meedoen/units';
import { Refusal } from './refusal.ts';

/** Every law file in a folder, at any depth; refuses when one of them has a fault. */
export async function lawsIn(folder: string): Promise<LawFile[]> {
  const facts = await stat(folder).catch(() => null);
  if (!facts?.isDirectory())
    throw new Refusal(`--laws ${folder}: there is no such folder. Name the folder that holds the law files.`);
  const laws: LawFile[] = [];
  const problems: Problem[] = [];
  for (const path of (await Array.fromAsync(glob('**/*.{yaml,yml}', { cwd: folder }))).sort()) {
    const file = join(folder, path);
    const parsed = parseLaw(await readFile(file, 'utf8'), file);
    if (parsed.ok) laws.push(parsed.value);
    else problems.push(...parsed.problems);
  }
  if (problems.length > 0) throw new Refusal(problems);
  if (laws.length === 0) throw new Refusal(`--laws ${folder}: there is no law file (*.yaml) in this folder.`);
  return laws;
}

/** Our rights, facts and replacements on our own laws, or on those in a folder. */
export async function corpusOf(lawsFolder: string | undefined): Promise<Corpus> {
  const { parts } = readLawFiles(knowledgeFolder());
  // Our own files are checked by `knowledge check`; what is broken in them answers "unknown" here.
  if (lawsFolder === undefined) return loadCorpus(parts).corpus;
  const { corpus, problems } = loadCorpus({ ...parts, laws: await lawsIn(lawsFolder) });
  if (problems.length > 0) throw new Refusal(problems);
  return corpus;
}
