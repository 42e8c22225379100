import { viewOfFiles } from './evaluate-law.ts';
import type { LawFile } from './law-file.ts';
import { stepFor } from './scenario-steps.ts';
import { ScenarioWorld, type Table } from './scenario-world.ts';
import { StepFailure } from './step-failure.ts';

/** A scenario of a feature file, with its background and the values of its outline filled in. */
export type Scenario = {
  readonly name: string;
  readonly tags: readonly string[];
  readonly steps: readonly ScenarioStep[];
};
export type ScenarioStep = {
  readonly text: string;
  /** The cells of the table beneath the step, row by row; null if there is none. */
  readonly table: Table | null;
  readonly line: number;
};

export type ScenarioOutcome =
  | { readonly outcome: 'passed' | 'skipped' }
  | { readonly outcome: 'failed'; readonly line: number; readonly step: string; readonly message: string };

/** Runs one law scenario on a list of law files; the state is fresh each time. What is tagged `@wip` is skipped. */
export function runScenario(laws: readonly LawFile[], { tags, steps }: Scenario): ScenarioOutcome {
  if (tags.includes('@wip')) return { outcome: 'skipped' };
  const world = new ScenarioWorld(viewOfFiles(laws));
  for (const { text, table, line } of steps) {
    const run = stepFor(text);
    const failed = { outcome: 'failed', line, step: text } as const;
    if (!run)
      return {
        ...failed,
        message: 'This is no sentence of a law scenario. Look for a word too many or a missing quote.',
      };
    try {
      run(world, table);
    } catch (error) {
      if (!(error instanceof StepFailure)) throw error;
      return { ...failed, message: error.message };
    }
  }
  return { outcome: 'passed' };
}
