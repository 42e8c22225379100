// Feature files (Gherkin) as scenarios: backgrounds put before, outlines written out.
import { glob, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AstBuilder, compile, GherkinClassicTokenMatcher, Parser } from '@cucumber/gherkin';
import { IdGenerator, type GherkinDocument, type Step } from '@cucumber/messages';
import type { Scenario } from '@meedoen/rights';
import type { Problem } from '@meedoen/units';
import { readInput } from './read-input.ts';
import { Refusal } from './refusal.ts';

/** A scenario with the place where it stands. */
export type PlacedScenario = Scenario & { readonly file: string; readonly line: number; readonly tier: string };

/** The scenarios of a feature file, or every problem in it. */
export function parseFeature(text: string, file: string): PlacedScenario[] {
  const newId = IdGenerator.incrementing();
  const document = documentOf(text, file, newId);
  const lines = linesOf(document);
  return compile(document, file, newId).map(({ name, tags, steps, location, astNodeIds }) => {
    const names = tags.map((tag) => tag.name);
    return {
      file,
      line: location?.line ?? lines.get(astNodeIds[0] ?? '') ?? 1,
      name,
      tier: names.find((tag) => tag.startsWith('@tier:'))?.slice('@tier:'.length) ?? 'core',
      tags: names,
      steps: steps.map((step) => ({
        text: step.text,
        table: step.argument?.dataTable?.rows.map(({ cells }) => cells.map(({ value }) => value)) ?? null,
        line: lines.get(step.astNodeIds[0] ?? '') ?? 1,
      })),
    };
  });
}

function documentOf(text: string, file: string, newId: IdGenerator.NewId): GherkinDocument {
  try {
    return new Parser(new AstBuilder(newId), new GherkinClassicTokenMatcher()).parse(text);
  } catch (error) {
    throw new Refusal(problemsOf(error).map((problem) => ({ ...problem, at: { ...problem.at, file } })));
  }
}

type GherkinError = Error & { readonly location?: { line: number; column?: number }; readonly errors?: GherkinError[] };

function problemsOf(error: unknown): Problem[] {
  const { errors, location, message } = error as GherkinError;
  if (errors && errors.length > 0) return errors.flatMap(problemsOf);
  const at = location ? { line: location.line, ...(location.column ? { column: location.column } : {}) } : {};
  const plain = message.replace(/^\(\d+:\d+\): /, '');
  return [{ at, what: 'gherkin-syntax', words: {}, message: `This is not a feature file (Gherkin): ${plain}.` }];
}

/** The line of every step and scenario, by its id. */
function linesOf({ feature }: GherkinDocument): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  const add = (steps: readonly Step[]): void => steps.forEach(({ id, location }) => lines.set(id, location.line));
  const children = feature?.children.flatMap((child) => [child, ...(child.rule?.children ?? [])]) ?? [];
  for (const { background, scenario } of children) {
    if (background) add(background.steps);
    if (!scenario) continue;
    lines.set(scenario.id, scenario.location.line);
    add(scenario.steps);
  }
  return lines;
}

/** All scenarios of feature files, and of those in folders at any depth. */
export async function featuresIn(paths: readonly string[]): Promise<PlacedScenario[]> {
  const scenarios: PlacedScenario[] = [];
  for (const path of paths) {
    const files = (await stat(path).catch(() => null))?.isDirectory()
      ? (await Array.fromAsync(glob('**/*.feature', { cwd: path }))).sort().map((file) => join(path, file))
      : [path];
    if (files.length === 0) throw new Refusal(`${path}: there is no feature file (*.feature) in this folder.`);
    for (const file of files) scenarios.push(...parseFeature((await readInput(file)).text, file));
  }
  return scenarios;
}
