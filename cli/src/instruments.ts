import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { longestMonth, turnsOf } from '@meedoen/experience';
import { instrumentFiles, languages, loadInstruments, operatorFolder } from '@meedoen/knowledge';
import type { Language, WordedQuestionnaire } from '@meedoen/knowledge';
import { knownName } from './known-name.ts';
import { formats, printCsv, printJson, type Format } from './print.ts';
import { Refusal, refuseAll } from './refusal.ts';
import { fromXlsform, type Given } from './xlsform/from-xlsform.ts';
import { toXlsform } from './xlsform/to-xlsform.ts';
import { readWorkbook, writeWorkbook } from './xlsform/workbook.ts';

/** `meedoen instruments …`: what people are asked, and forms to and from other tools. */
export function instrumentsVerbs(): Command {
  const instruments = new Command('instruments').description(
    'What people are asked: our questionnaires and your own forms.',
  );
  instruments
    .command('list')
    .description('Every questionnaire, in how many languages, and how many questions a month it can have.')
    .addOption(new Option('--format <format>', 'JSON, or CSV with a row each').choices(formats).default('json'))
    .addHelpText(
      'after',
      `
Example:
  $ meedoen instruments list --format csv
"waits" says that its official words are loaded by who runs the platform: see import.`,
    )
    .action(({ format }: { format: Format }) => listVerb(format));
  instruments
    .command('check')
    .argument('[form]', 'an XLSForm (.xlsx) to look at; without it, all questionnaires that are loaded')
    .description('Can these be asked here? Nothing is written.')
    .addHelpText(
      'after',
      `
Examples:
  $ meedoen instruments check
  Every questionnaire holds.
  $ meedoen instruments check form.xlsx --id my-form --owner "University of Voorbeeldstad" --terms "CC BY 4.0"
A fault is told with its sheet and cell, and what to do; then the exit code is 2.`,
    );
  instruments
    .command('export')
    .argument('<id>', 'such as monthly')
    .requiredOption('--out <file>', 'the .xlsx file to write')
    .description('Write a questionnaire as an XLSForm, for ODK, KoboToolbox and others.')
    .addHelpText(
      'after',
      `
Example:
  $ meedoen instruments export monthly --out monthly.xlsx
Columns and sheets that begin with "meedoen" hold what XLSForm has no word for. Leave them, and import gives the same back.`,
    )
    .action((id: string, { out }: { out: string }) => exportVerb(id, out));
  instruments
    .command('import')
    .argument('<form>', 'an XLSForm (.xlsx)')
    .description('Load a form of your own, or an official one, into the folder MEEDOEN_INSTRUMENTS.')
    .option('--to <folder>', 'another folder than MEEDOEN_INSTRUMENTS')
    .addHelpText(
      'after',
      `
Examples:
  $ meedoen instruments import form.xlsx --id my-form --form-version 1 \\
      --owner "University of Voorbeeldstad" --terms "CC BY 4.0" --to forms
  $ meedoen instruments import official.xlsx --id mhi-5 --language en
An instrument that waits for its words (see list) brings its scoring with it. What a form asks that cannot be asked here is refused
with its cell; what is left out, such as the device of who answers, is told.`,
    );
  for (const name of ['check', 'import']) {
    const verb = instruments.commands.find((command) => command.name() === name)!;
    verb
      .option('--id <id>', 'its name here, in place of form_id')
      .option('--form-version <number>', 'its version, in place of the one in the form', wholeNumber)
      .option('--owner <name>', 'whose form it is')
      .option('--terms <text>', 'under what terms you may use it')
      .addOption(new Option('--language <code>', 'the language of columns without one').choices(languages));
  }
  instruments.commands.find((command) => command.name() === 'check')!.action(checkVerb);
  instruments.commands.find((command) => command.name() === 'import')!.action(importVerb);
  return instruments;
}

type Said = { id?: string; formVersion?: number; owner?: string; terms?: string; language?: Language };

function listVerb(format: Format): void {
  const { instruments, problems } = loadInstruments();
  refuseAll(problems);
  const rows = [
    ...instruments.asked.map(({ questionnaire, texts, from }) => ({ questionnaire, texts, from: from as string })),
    ...instruments.unworded.map(({ questionnaire }) => ({ questionnaire, texts: {}, from: 'waits' })),
  ].map(({ questionnaire, texts, from }) => ({
    id: questionnaire.id,
    version: questionnaire.version,
    from,
    questions: questionnaire.questions.length,
    mostInAMonth: longestMonth(questionnaire).questions,
    turns: turnsOf(questionnaire),
    languages: Object.keys(texts).join(' '),
    owner: questionnaire.terms.owner,
    terms: questionnaire.terms.text,
  }));
  if (format === 'csv') printCsv(rows);
  else printJson(rows);
}

async function checkVerb(form: string | undefined, said: Said): Promise<void> {
  if (form === undefined) {
    refuseAll(loadInstruments().problems);
    console.error('Every questionnaire holds.');
    return;
  }
  const { worded } = await read(form, said);
  console.error(`${form}: can be asked here as ${worded.questionnaire.id}, version ${worded.questionnaire.version}.`);
}

async function exportVerb(id: string, out: string): Promise<void> {
  const { instruments } = loadInstruments();
  const waits = instruments.unworded.find(({ questionnaire }) => questionnaire.id === id);
  if (waits) {
    throw new Refusal(
      `${id}: its words are not ours to give. Ask ${waits.questionnaire.terms.owner} for the official form: ${waits.questionnaire.terms.url}`,
    );
  }
  knownName(
    'export',
    id,
    instruments.asked.map(({ questionnaire }) => questionnaire.id),
  );
  const worded = instruments.asked.find(({ questionnaire }) => questionnaire.id === id)!;
  try {
    await writeWorkbook(out, toXlsform(worded));
  } catch (problem) {
    throw new Refusal(
      `${out}: cannot be written (${(problem as NodeJS.ErrnoException).code ?? String(problem)}). Name a file in a folder that is there.`,
    );
  }
  console.error(
    `${out}: ${id}, version ${worded.questionnaire.version}, in ${Object.keys(worded.texts).length} languages.`,
  );
}

async function importVerb(form: string, { to, ...said }: Said & { to?: string }): Promise<void> {
  const folder = to === undefined ? operatorFolder() : resolve(to);
  if (folder === null) {
    throw new Refusal(
      'Where should it go? Set MEEDOEN_INSTRUMENTS to the folder of your forms, or name one: --to FOLDER',
    );
  }
  const { worded, files } = await read(form, said);
  await mkdir(folder, { recursive: true });
  const { id } = worded.questionnaire;
  // Words of an earlier version in a language that this one has no more would be words of another form.
  const old = (await readdir(folder)).filter(
    (name) =>
      name === `${id}.yaml` || (name.startsWith(`${id}.`) && name.split('.').length === 3 && name.endsWith('.yaml')),
  );
  for (const name of old) await rm(join(folder, name));
  for (const { name, text } of files) await writeFile(join(folder, name), text);
  console.error(
    `${join(folder, `${id}.yaml`)}: ${worded.questionnaire.questions.length} questions in ${files.length - 1} languages.`,
  );
  if (to !== undefined && operatorFolder() !== folder) console.error(`Set MEEDOEN_INSTRUMENTS=${folder} to ask it.`);
}

/** The form as files of ours, which were read back and hold; what was left out is told on stderr. */
async function read(
  form: string,
  { id, formVersion, owner, terms, language }: Said,
): Promise<{ worded: WordedQuestionnaire; files: { name: string; text: string }[] }> {
  const sheets = await readWorkbook(form);
  const ours = loadInstruments(null).instruments;
  const named = id ?? sheets.get('settings')?.rows[0]?.cells.get('form_id');
  if (ours.asked.some(({ questionnaire }) => questionnaire.id === named)) {
    throw new Refusal(`${form}: Meedoen asks a "${named}" of its own. Give yours another name: --id my-${named}`);
  }
  const known = ours.unworded.find(({ questionnaire }) => questionnaire.id === named);
  const given: Given = {
    ...(id !== undefined && { id }),
    ...(known
      ? { version: known.questionnaire.version, known }
      : formVersion !== undefined && { version: formVersion }),
    ...(owner !== undefined && { owner }),
    ...(terms !== undefined && { terms }),
    ...(language !== undefined && { language }),
  };
  const { worded, problems, notes } = fromXlsform(form, sheets, given);
  refuseAll(problems);
  const files = instrumentFiles(worded!);
  const folder = await mkdtemp(join(tmpdir(), 'meedoen-form-'));
  try {
    for (const { name, text } of files) await writeFile(join(folder, name), text);
    // What only the whole can tell, such as nine questions in one month; its lines are not those of the form.
    refuseAll(loadInstruments(folder).problems.map((problem) => ({ ...problem, at: { file: form } })));
  } finally {
    await rm(folder, { recursive: true });
  }
  for (const note of notes) console.error(`${basename(form)}: ${note}`);
  return { worded: worded!, files };
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('Write a whole number from 1.');
  return Number(text);
}
