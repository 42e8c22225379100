import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '@meedoen/units';
import { parseFactTable, parseLaw, parseReplacement, parseRightsTable } from '@meedoen/rights';
import type { CorpusParts, FactTable, LawFile, ParsedFile, Replacement, RightsTable } from '@meedoen/rights';
import { rightDomains } from './topics.ts';
import { openYaml, problemAt } from './yaml-file.ts';

/** What lies in the folders laws, replacements, rights and situation; with problems the parts that could be read. */
export function readLawFiles(folder: string): { parts: CorpusParts; problems: Problem[] } {
  const problems: Problem[] = [];
  const keep = <T>(parsed: ParsedFile<T>): T[] => {
    if (parsed.ok) return [parsed.value];
    problems.push(...parsed.problems);
    return [];
  };
  const read = <T>(name: string, parse: (text: string, file: string) => ParsedFile<T>): T[] => {
    if (existsSync(join(folder, name))) return keep(parse(readFileSync(join(folder, name), 'utf8'), name));
    problems.push(problemAt({ file: name }, 'This file is missing. Put it back.'));
    return [];
  };
  const lawNames = yamlFiles(folder, 'laws');
  if (lawNames.length === 0) problems.push(problemAt({ file: 'laws' }, 'There is no law here. Put the folder back.'));
  const laws: LawFile[] = lawNames.flatMap((name) => read(name, parseLaw));
  const replacements: Replacement[] = yamlFiles(folder, 'replacements').flatMap((name) => read(name, parseReplacement));
  // By domain in our order, and last what lies here under another name, so that nothing is left out unsaid.
  const tables = new Set([...rightDomains.map((domain) => `rights/${domain}.yaml`), ...yamlFiles(folder, 'rights')]);
  const rights: RightsTable = [...tables].flatMap((name) => read(name, parseRightsTable).flat());
  const facts: FactTable = read('situation/facts.yaml', parseFactTable)[0] ?? { facts: [], contradictions: [] };
  const known = openYaml(join(folder, 'laws-known.yaml'), 'laws-known.yaml', problems);
  const knownFrom = known.day('known_from');
  known.end();
  return { parts: { laws, replacements, rights, facts, knownFrom }, problems };
}

/** The YAML files below a folder of ours, by their path inside `folder`, in a fixed order. */
export function yamlFiles(folder: string, below: string): string[] {
  const start = join(folder, below);
  if (!existsSync(start)) return [];
  return readdirSync(start, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => `${below}/${name.replaceAll('\\', '/')}`)
    .sort();
}
