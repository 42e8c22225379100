// The sentences of a law scenario and what each does: the step forms of the RegelRecht feature files.
import { parseDay } from '@meedoen/units';
import { readCell } from './cell.ts';
import { markingModes } from './markings.ts';
import { resolveNote } from './resolve-note.ts';
import type { ScenarioWorld, Table } from './scenario-world.ts';
import { StepFailure } from './step-failure.ts';
import type { Value } from './value.ts';

type Step = {
  readonly sentence: RegExp;
  readonly run: (world: ScenarioWorld, words: readonly string[], table: Table | null) => void;
};

/** What to do for a sentence; null if it is none of ours. */
export function stepFor(sentence: string): ((world: ScenarioWorld, table: Table | null) => void) | null {
  for (const { sentence: pattern, run } of longestFirst) {
    const match = pattern.exec(sentence);
    if (match) return (world, table) => run(world, match.slice(1), table);
  }
  return null;
}

/** `"{x}"` takes a quoted text (which may hold quotes), `{x}` a number. */
function step(form: string, run: Step['run']): Step {
  const pattern = form
    .replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`)
    .replaceAll(/"\{\w+\}"/g, '"(.*?)"')
    .replaceAll(/\{\w+\}/g, String.raw`([-+]?\d+(?:\.\d+)?)`);
  return { sentence: new RegExp(`^${pattern}$`), run };
}

const steps: readonly Step[] = [
  // Given
  step('the calculation date is "{date}"', (world, [date = '']) => {
    const parsed = parseDay(date);
    if (!parsed.ok) throw new StepFailure(parsed.problem.message);
    world.on = parsed.value;
  }),
  step('law "{law}" is loaded', (world, [law = '']) => world.mustHave(law)),
  step('parameter "{name}" is "{value}"', (world, [name = '', value = '']) => world.parameter(name, readCell(value))),
  step('parameter "{name}" is {value}', (world, [name = '', value = '']) => world.parameter(name, readCell(value))),
  step('the following parameters:', (world, _, table) => {
    for (const row of rowsOf(table)) world.parameter(row[0] ?? '', readCell(row[1] ?? ''));
  }),
  step('the following "{source}" data with key "{key}":', (world, [name = '', key = ''], table) =>
    world.source({ name, key, law: null, rows: recordsOf(table) }),
  ),
  step(
    'the following "{source}" data with key "{key}" for law "{law}":',
    (world, [name = '', key = '', law = ''], table) => world.source({ name, key, law, rows: recordsOf(table) }),
  ),
  step('parameter "{name}" is the collection:', (world, [name = ''], table) =>
    world.parameter(
      name,
      recordsOf(table).map((row) => {
        const element = new Map<string, Value>();
        for (const [field, value] of row) if (value !== undefined) element.set(field, value);
        return element;
      }),
    ),
  ),
  step('the untranslatable mode is "{mode}"', (world, [mode = '']) => {
    const known = markingModes.find((one) => one === mode);
    if (!known) throw new StepFailure(`There is no untranslatable mode "${mode}". Known: ${markingModes.join(', ')}.`);
    world.markings = known;
  }),
  step('a law with the following articles:', (world, _, table) => {
    const [header = [], ...rows] = rowsOf(table).map((row) => row.map((cell) => cell.trim()));
    const [number, text] = [header.indexOf('number'), header.indexOf('text')];
    world.articles = rows.map((row) => ({ number: row[number] ?? '', text: row[text] ?? '' }));
  }),
  step('a note selecting "{quote}"', (world, [quote = '']) => {
    world.note = { quote, prefix: '', suffix: '' };
  }),
  step('a note selecting "{quote}" with prefix "{prefix}" and suffix "{suffix}"', (world, words) => {
    const [quote = '', prefix = '', suffix = ''] = words;
    world.note = { quote, prefix, suffix };
  }),
  // Hints may help to find a place quickly; they never decide, and we do not need them.
  step('the note hints article "{article}"', () => {}),
  step('the note hints article "{article}" at position {start} to {end}', () => {}),

  // When
  step('I evaluate "{output}" of "{law}"', (world, [output = '', law = '']) => world.evaluate(law, [output], true)),
  step('I evaluate outputs "{outputs}" of "{law}"', (world, [outputs = '', law = '']) =>
    world.evaluate(law, namesIn(outputs), false),
  ),
  step('the note is resolved', (world) => {
    world.resolution = resolveNote(world.articles, world.note);
  }),

  // Then
  step('the execution succeeds', (world) => {
    if (world.failure) throw new StepFailure(`The execution fails: ${world.failure.message}`);
    world.mustHaveEvaluated();
  }),
  step('the execution fails', (world) => void world.mustHaveFailed()),
  step('the execution fails with "{message}"', (world, [message = '']) => {
    const found = world.mustHaveFailed();
    if (!found.toLowerCase().includes(message.toLowerCase()))
      throw new StepFailure(`The execution fails with another message: ${found}`);
  }),
  step('output "{output}" is true', (world, [output = '']) => world.mustBe(output, true)),
  step('output "{output}" is false', (world, [output = '']) => world.mustBe(output, false)),
  step('output "{output}" equals {value}', (world, [output = '', value = '']) =>
    world.mustBe(output, readCell(value), value),
  ),
  step('output "{output}" equals "{value}"', (world, [output = '', value = '']) =>
    world.mustBe(output, value.trim() === '' ? value : readCell(value), value),
  ),
  step('output "{output}" is null', (world, [output = '']) => world.mustBe(output, null)),
  step('output "{output}" is absent', (world, [output = '']) => world.mustBe(output, null)),
  step('output "{output}" is unknown', (world, [output = '']) => world.mustBeUnknown(output, null)),
  step('output "{output}" is unknown for lack of "{name}"', (world, [output = '', name = '']) =>
    world.mustBeUnknown(output, name),
  ),
  step('output "{output}" contains "{value}"', (world, [output = '', value = '']) => world.mustContain(output, value)),
  step('output "{output}" is tainted as untranslatable', (world, [output = '']) => world.mustBeUntranslatable(output)),
  step('the result contains exactly the outputs "{outputs}"', (world, [outputs = '']) =>
    world.mustGiveExactly(namesIn(outputs)),
  ),
  step('output "{output}" has direct provenance', (world, [output = '']) => world.mustComeFrom(output, 'direct')),
  step('output "{output}" has reactive provenance', (world, [output = '']) => world.mustComeFrom(output, 'reactive')),
  step('output "{output}" has override provenance', (world, [output = '']) => world.mustComeFrom(output, 'override')),
  step('the note resolves to article "{article}"', (world, [article = '']) => {
    const { resolution } = world;
    if (!('article' in resolution)) throw new StepFailure(`The note is ${resolution.kind}.`);
    if (resolution.article !== article) throw new StepFailure(`The note resolves to article ${resolution.article}.`);
  }),
  step('the note is an exact match', (world) => noteMustBe(world, 'exact')),
  step('the note is a fuzzy match', (world) => noteMustBe(world, 'fuzzy')),
  step('the note is orphaned', (world) => noteMustBe(world, 'orphaned')),
  step('the note is ambiguous', (world) => noteMustBe(world, 'ambiguous')),
];

// A quoted text may hold quotes, so that a short form also fits the sentences of a longer one.
const longestFirst = [...steps].sort((a, b) => b.sentence.source.length - a.sentence.source.length);

function noteMustBe({ resolution }: ScenarioWorld, kind: string): void {
  if (resolution.kind !== kind) throw new StepFailure(`The note is ${resolution.kind}.`);
}

function namesIn(list: string): readonly string[] {
  return list
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
}

function rowsOf(table: Table | null): Table {
  if (!table) throw new StepFailure('This step needs a table beneath it.');
  return table;
}

/** The rows of a table with a header. */
function recordsOf(table: Table | null): readonly ReadonlyMap<string, Value | undefined>[] {
  const [header = [], ...rows] = rowsOf(table);
  return rows.map((row) => new Map(header.map((field, column) => [field.trim(), readCell(row[column] ?? '')])));
}
