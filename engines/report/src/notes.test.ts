import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { comparePlan, parsePlan } from '@meedoen/evidence';
import { dutchNotes } from './notes-nl.ts';
import { sayNotes, sayProblem } from './notes.ts';

const engines = join(import.meta.dirname, '../..');

/** What a source file can say: each key with the words it brings, and whether it is a refusal. */
type Key = { file: string; key: string; words: string[]; refusal: boolean };

function keysIn(file: string): Key[] {
  const source = ts.createSourceFile(file, readFileSync(join(engines, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const found: Key[] = [];
  const names = (object: ts.Node | undefined): string[] =>
    object && ts.isObjectLiteralExpression(object) ? object.properties.map(({ name }) => name?.getText() ?? '') : [];
  const visit = (node: ts.Node): void => {
    const call = ts.isCallExpression(node) ? node.expression.getText() : '';
    if (ts.isCallExpression(node) && (call === 'refuse' || call === 'miss')) {
      const [what, , words] = node.arguments;
      if (what && ts.isStringLiteral(what))
        found.push({ file, key: what.text, words: names(words), refusal: call === 'refuse' });
    }
    if (ts.isObjectLiteralExpression(node)) {
      const part = (name: string): ts.Node | undefined =>
        node.properties.find(
          (one): one is ts.PropertyAssignment => ts.isPropertyAssignment(one) && one.name.getText() === name,
        )?.initializer;
      const what = part('what');
      // Also `a ? 'one' : 'other'`.
      const keys = what && ts.isConditionalExpression(what) ? [what.whenTrue, what.whenFalse] : [what];
      for (const key of keys) {
        if (key && ts.isStringLiteral(key))
          found.push({ file, key: key.text, words: names(part('words')), refusal: false });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const files = globSync('{evidence,panel,trials,pooling}/src/*.ts', { cwd: engines })
  .filter((file) => !file.endsWith('.test.ts'))
  .toSorted();
const all = files.flatMap(keysIn);

/** Doors at which a file is refused before there is a page. */
const doors = new Set(['plan-not-usable', 'trial-plan-not-usable', 'signatures-not-usable', 'instrument-not-usable']);
const notes = all.filter(({ key, refusal }) => !refusal && !doors.has(key));

/** Refusals that a page shows in place of a part of its answer: a comparison, a weighting. */
const within = [
  'balance',
  'cohorts',
  'maximise',
  'logistic',
  'least-squares',
  'covariates',
  'cohort-means',
  'non-response',
];
const shown = all.filter(({ file, refusal }) => refusal && within.some((name) => file.endsWith(`/${name}.ts`)));

describe('a Dutch page is Dutch', () => {
  test('the scan sees what the engines say', () => {
    expect(notes.length).toBeGreaterThan(60);
    expect(shown.length).toBeGreaterThan(10);
  });

  // Planted, and red: a note with a new key; a note's Dutch taken out.
  test.each([...notes, ...shown].map(({ key, file }) => [key, file] as const))('%s (%s) has Dutch words', (key) => {
    expect(dutchNotes[key]).toBeDefined();
  });

  test('every word a Dutch sentence asks for is one that its key brings', () => {
    for (const [key, dutch] of Object.entries(dutchNotes)) {
      if (typeof dutch !== 'string') continue;
      const brought = all.filter((one) => one.key === key && (!one.refusal || one.words.length > 0));
      const asked = [...dutch.matchAll(/\{(\w+)%?\}/g)].map(([, name]) => name!);
      // Where several files say it, one that brings them is enough: `no-events` is a note of curves and a refusal elsewhere.
      const enough = asked.length === 0 || brought.some(({ words }) => asked.every((name) => words.includes(name)));
      expect(enough, `${key} asks for ${asked.join(', ')}`).toBe(true);
    }
  });

  test('no sentence is left that nothing says', () => {
    const said = new Set(all.map(({ key }) => key));
    expect(Object.keys(dutchNotes).filter((key) => !said.has(key))).toEqual([]);
  });
});

describe('with the numbers of the note', () => {
  test('as Dutch writes them', () => {
    const words = { unit: 'Utah', share: 0.3342 };
    const note = { what: 'one-control-dominates', words, message: 'Utah makes 33 % of the mixture.' };
    expect(sayProblem('nl', note)).toBe('Utah is 33,4 % van de mengeling: de uitkomst leunt op wat daar gebeurde.');
    expect(sayProblem('en', note)).toBe(note.message);
  });

  test.each([
    { words: { gaps: 3, unseen: 0 }, nl: /^3 keer was iemand tussen twee rijen uit beeld: alsof/ },
    { words: { gaps: 3, unseen: 2 }, nl: /uit beeld, en kwam 2 keer in een andere toestand terug: alsof/ },
  ])('gaps, $words.unseen of them unseen moves', ({ words, nl }) => {
    expect(sayProblem('nl', { what: 'gaps', words, message: '' })).toMatch(nl);
  });

  test.each([
    [
      { because: 'effective-size', effectiveShare: 0.12, characteristic: 'age', difference: 1.4, overlapWouldDo: 0 },
      '12 %',
    ],
    [{ because: 'one-person', largestShare: 0.08, characteristic: '', difference: 0, overlapWouldDo: 1 }, '8 %'],
    [{ because: 'support', outsideSupport: 0.6, characteristic: 'age', difference: 1.4, overlapWouldDo: 0 }, '60 %'],
    [{ because: 'separation', column: 'town', reference: 'a', compared: 'b' }, 'town'],
  ] as const)('too different: %o', (words, holds) => {
    const said = sayProblem('nl', { what: 'groups-too-different', words, message: '' });
    expect(said).toContain(holds);
    expect(said).not.toMatch(/[{}]/);
  });

  test('a plan that was changed', () => {
    const plan = parsePlan({
      decidedOn: '2026-01-05',
      question: 'q',
      population: 'p',
      method: 'cox',
      columns: { time: 'days' },
      stopping: 's',
    });
    if (!plan.ok) throw new Error(plan.problem.message);
    const { changes } = comparePlan(plan.value, {
      method: 'survival',
      columns: { time: 'days' },
      covariates: ['age'],
      horizon: null,
    });
    expect(sayNotes('nl', changes)).toEqual([
      'methode: gepland was cox, gedaan is survival.',
      'kenmerken: gepland was niets, gedaan is age.',
    ]);
  });

  test('each once', () => {
    const note = { what: 'transfer', words: {}, message: 'x' };
    expect(sayNotes('en', [note, note])).toEqual(['x']);
  });
});
