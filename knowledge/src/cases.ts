import { join } from 'node:path';
import { layers, type Day, type Layer, type Problem } from '@meedoen/units';
import { parseSituation, verdicts, type Corpus, type Situation, type Verdict } from '@meedoen/rights';
import { yamlFiles } from './law-files.ts';
import { openYaml, parseEntry, type Entry } from './yaml-file.ts';

/** A worked situation: a person, a day, and what the answers must be (nl: gouden geval). */
export type Case = {
  readonly file: string;
  readonly story: string;
  /** What the person knows; parsed against the fact table. */
  readonly situation: Situation;
  readonly on: Day;
  readonly layer: Layer;
  readonly variant: string | null;
  /** The fact ids that this case shows at work. */
  readonly proves: readonly string[];
  readonly expect: readonly Expected[];
};

/** What one answer must be; what is left out here may be anything. */
export type Expected = {
  readonly right: string;
  readonly verdict: Verdict;
  readonly from?: string | null;
  readonly until?: string | null;
  readonly first?: readonly string[];
  readonly missing?: readonly string[];
  readonly notMet?: readonly string[];
  readonly terms?: Readonly<Record<string, string | number | boolean | null>>;
  readonly cites?: readonly string[];
};

/** All cases of the folder `cases`. */
export function readCases(folder: string, corpus: Corpus): { cases: Case[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const cases = yamlFiles(folder, 'cases').flatMap((name) =>
    casesOf(openYaml(join(folder, name), name, problems), name, corpus),
  );
  return { cases, problems };
}

export function checkCases(folder: string, corpus: Corpus): Problem[] {
  return readCases(folder, corpus).problems;
}

/** The cases in one text; tests plant their faults here. */
export function parseCases(text: string, file: string, corpus: Corpus): { cases: Case[]; problems: Problem[] } {
  const problems: Problem[] = [];
  return { cases: casesOf(parseEntry(text, file, problems), file, corpus), problems };
}

function casesOf(root: Entry, file: string, corpus: Corpus): Case[] {
  const cases = root.list('cases').map((entry): Case => {
    const on = entry.day('on');
    const facts = entry.record('facts');
    const parsed = parseSituation(corpus.facts, { facts: facts.values() }, on);
    if (!parsed.ok) {
      for (const { message, at } of parsed.problems) facts.wrong(at?.pointer?.split('/')[2], message);
    }
    const proves = entry.texts('proves');
    if (proves.length === 0) entry.wrong('proves', 'Name the facts this case proves: proves: [work-001].');
    const found: Case = {
      file,
      story: entry.text('story'),
      situation: parsed.ok ? parsed.situation : { facts: {} },
      on,
      layer: entry.has('layer') ? entry.oneOf('layer', layers) : 'applied',
      variant: entry.maybeText('variant'),
      proves,
      expect: expectedOf(entry.record('expect'), corpus),
    };
    if (found.variant && !corpus.replacements.some(({ variant }) => variant === found.variant)) {
      entry.wrong('variant', `There is no variant "${found.variant}" in the folder replacements.`);
    }
    entry.end();
    return found;
  });
  root.end();
  return cases;
}

function expectedOf(entry: Entry, corpus: Corpus): Expected[] {
  return entry.keys().map((right): Expected => {
    if (!corpus.rights.some(({ id }) => id === right)) entry.wrong(right, `There is no right "${right}".`);
    // Short form: `paid-work: yes`.
    if (!entry.isRecord(right)) return { right, verdict: entry.oneOf(right, verdicts) };
    const answer = entry.record(right);
    const expected: Expected = {
      right,
      verdict: answer.oneOf('verdict', verdicts),
      ...(answer.has('from') && { from: answer.maybeText('from') }),
      ...(answer.has('until') && { until: answer.maybeText('until') }),
      ...(answer.has('first') && { first: answer.texts('first') }),
      ...(answer.has('missing') && { missing: answer.texts('missing') }),
      ...(answer.has('not_met') && { notMet: answer.texts('not_met') }),
      ...(answer.has('terms') && { terms: answer.record('terms').values() }),
      ...(answer.has('cites') && { cites: answer.texts('cites') }),
    };
    answer.end();
    return expected;
  });
}
