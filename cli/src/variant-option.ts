import { loadCorpus, parseReplacement, type Corpus, type Reading, type Replacement } from '@meedoen/rights';
import { layers, type Layer } from '@meedoen/units';
import { knownName } from './known-name.ts';
import { corpusOf } from './laws.ts';
import { readInput } from './read-input.ts';
import { Refusal } from './refusal.ts';

/** The law of one or more readings, with the replacement files of the user's own put into it. */
export type Readings = { readonly corpus: Corpus; readonly readings: readonly Reading[] };

/**
 * Each name as a reading: a policy variant of ours, the path of a replacement file of the user's own (it may have the
 * same id and variant as one of ours), or a layer such as `applied`: the law as it is, in that sense.
 */
export async function readingsOf(
  option: string,
  names: readonly string[],
  lawsFolder: string | undefined,
  layer: Layer = 'applied',
): Promise<Readings> {
  const ours = await corpusOf(lawsFolder);
  const own: Replacement[] = [];
  const readings: Reading[] = [];
  for (const name of names) {
    if (isPath(name)) {
      if (!own.some(({ id }) => id === name)) own.push(await replacementIn(name));
      readings.push({ layer, variant: name });
    } else if (isLayer(name)) readings.push({ layer: name, variant: null });
    else readings.push({ layer, variant: knownName(option, name, [...variantsOf(ours), ...layers, 'FILE.yaml']) });
  }
  if (own.length === 0) return { corpus: ours, readings };
  const { corpus, problems } = loadCorpus({ ...ours, replacements: [...ours.replacements, ...own] });
  if (problems.length > 0) throw new Refusal(problems);
  return { corpus, readings };
}

/** The corpus and the reading of `--variant` and `--layer`. */
export async function readingOf(
  variant: string | undefined,
  layer: Layer,
  lawsFolder: string | undefined,
): Promise<{ readonly corpus: Corpus; readonly reading: { readonly layer: Layer; readonly variant: string | null } }> {
  if (variant === undefined) return { corpus: await corpusOf(lawsFolder), reading: { layer, variant: null } };
  if (isLayer(variant)) throw new Refusal(`--variant ${variant}: this is a layer. Write --layer ${variant}.`);
  const { corpus, readings } = await readingsOf('--variant', [variant], lawsFolder, layer);
  return { corpus, reading: { layer, variant: readings[0]!.variant ?? null } };
}

function variantsOf({ replacements }: Corpus): string[] {
  return [...new Set(replacements.flatMap(({ variant }) => variant ?? []))];
}

function isPath(name: string): boolean {
  return name.includes('/') || /\.ya?ml$/i.test(name);
}

function isLayer(name: string): name is Layer {
  return (layers as readonly string[]).includes(name);
}

/** Under its path, so that it stands beside ours even as a changed copy of one. */
async function replacementIn(path: string): Promise<Replacement> {
  const { text, name } = await readInput(path);
  const parsed = parseReplacement(text, name);
  if (!parsed.ok) throw new Refusal(parsed.problems);
  return { ...parsed.value, id: path, variant: path };
}
