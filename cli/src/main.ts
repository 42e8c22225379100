import { Command, CommanderError } from 'commander';
import { StoreRefusal } from '@meedoen/store';
import { databaseVerbs } from './database.ts';
import { evidenceVerbs } from './evidence.ts';
import { instrumentsVerbs } from './instruments.ts';
import { knowledgeVerbs } from './knowledge.ts';
import { Refusal } from './refusal.ts';
import { rightsVerbs } from './rights.ts';
import { serveVerb } from './serve.ts';
import { auditVerbs, staffVerbs } from './staff.ts';
import { version } from './version.ts';
import { placesVerbs } from './places.ts';
import { voicesVerbs } from './voices.ts';

const exitCodes = { ok: 0, ourFault: 1, inputRefused: 2 } as const;

/** Run one command. Sets the exit code: 0 done, 2 the input is refused, 1 our fault. */
export async function main(words: readonly string[]): Promise<void> {
  process.stdout.on('error', leaveQuietly);
  try {
    await commandLine().parseAsync(words, { from: 'user' });
  } catch (problem) {
    process.exitCode = explain(problem);
  } finally {
    // The lifeline to whoever started us must not keep us.
    if (process.connected) process.disconnect();
  }
}

function commandLine(): Command {
  const program = new Command('meedoen')
    .description('Every engine of Meedoen for researchers and other software: files in, JSON out.')
    .version(version)
    .exitOverride()
    .showHelpAfterError('Add --help to see how it works.')
    .addHelpText(
      'after',
      `
Messages go to stderr. Exit codes: 0 done, 2 input refused (the message says where and what to do), 1 our fault.

Example:
  $ meedoen rights answer --situation situation.json --on 2026-11-23`,
    );
  const verbs = [
    rightsVerbs(),
    evidenceVerbs(),
    voicesVerbs(),
    placesVerbs(),
    knowledgeVerbs(),
    instrumentsVerbs(),
    databaseVerbs(),
    serveVerb(),
    staffVerbs(),
    auditVerbs(),
  ];
  for (const verb of verbs) {
    inherit(verb, program);
    program.addCommand(verb);
  }
  return program;
}

/** Commands made apart do not take over the settings of the one they are added to. */
function inherit(command: Command, parent: Command): void {
  command.copyInheritedSettings(parent);
  for (const verb of command.commands) inherit(verb, command);
}

function explain(problem: unknown): number {
  // Commander has printed its message already; help and version end well.
  if (problem instanceof CommanderError) return problem.exitCode === 0 ? exitCodes.ok : exitCodes.inputRefused;
  const expected = problem instanceof Refusal || problem instanceof StoreRefusal;
  console.error(
    expected ? problem.message : `Something went wrong on our side: ${(problem as Error)?.message ?? String(problem)}`,
  );
  if (process.env['MEEDOEN_DEBUG']) console.error(problem);
  else if (!expected)
    console.error('Set MEEDOEN_DEBUG=1 to see where, and please tell us: SECURITY.md and CONTRIBUTING.md say how.');
  return expected ? exitCodes.inputRefused : exitCodes.ourFault;
}

/** `meedoen … | head` closes our output before the end: nothing to complain about. */
function leaveQuietly(problem: NodeJS.ErrnoException): void {
  if (problem.code === 'EPIPE') process.exit(exitCodes.ok);
  throw problem;
}
