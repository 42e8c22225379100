import { Command } from 'commander';
import { isAbsolute, join, relative } from 'node:path';
import { checkKnowledge, knowledgeFolder } from '@meedoen/knowledge';
import { Refusal } from './refusal.ts';

/** `meedoen knowledge …`: the laws, figures and words themselves. */
export function knowledgeVerbs(): Command {
  const knowledge = new Command('knowledge').description(
    'The laws, figures, words and places that the answers rest on.',
  );
  knowledge
    .command('check')
    .description('Check every file: form, sources, dates, references.')
    .option('--knowledge <folder>', 'another knowledge folder than ours')
    .addHelpText(
      'after',
      `
Example:
  $ meedoen knowledge check
  Every file holds.
A fault is told as file:line:column and what to do; then the exit code is 2.`,
    )
    .action(async ({ knowledge: folder = knowledgeFolder() }: { knowledge?: string }) => {
      const problems = await checkKnowledge(folder);
      // A path that a terminal can open from here.
      const here = (file = ''): string => (isAbsolute(file) ? file : join(relative(process.cwd(), folder), file));
      if (problems.length > 0) {
        throw new Refusal(
          problems.map((problem) => ({ ...problem, at: { ...problem.at, file: here(problem.at?.file) } })),
        );
      }
      console.error('Every file holds.');
    });
  return knowledge;
}
