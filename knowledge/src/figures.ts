import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { formatProblem, type Day, type Problem } from '@meedoen/units';
import { shortWords } from './sentences.ts';
import { openYaml, problemAt, type Entry } from './yaml-file.ts';

/** One number with everything that makes it honest (nl: cijfer). It has a value, or a range, or only a sign. */
export type Figure = {
  id: string;
  /** The research note it was carried over from; null when we read the source ourselves. */
  fact: string | null;
  theme: FigureTheme;
  /** Figures of one series have one population and one definition: a line may run through them, and only them. */
  series: string | null;
  measure: Words;
  population: Words;
  /** ISO 8601: '2022-11-01', '2026-01', '2024-Q1', '2017/2021'; null where the source does not say. */
  period: string | null;
  qualifier: Qualifier | null;
  size: FigureSize;
  unit: FigureUnit;
  kind: FigureKind;
  confidence: FigureConfidence;
  study: Study | null;
  source: { name: string; url: string | null; date: string };
  note: Words | null;
  /** Figures that weaken this one; they belong on the same screen. */
  against: readonly string[];
  checkedOn: Day;
};

export type Words = Readonly<{ nl: string; en: string }>;
export type FigureSize =
  | { kind: 'value'; value: number }
  | { kind: 'range'; low: number; high: number }
  | { kind: 'sign'; sign: 'positive' | 'negative' };
export type Study = {
  design: Words;
  /** ISO 3166 code; null for several countries. */
  country: string | null;
  n: number | null;
  interval: { low: number; high: number } | 'not reported';
};

export const figureThemes = ['doors', 'work', 'waiting', 'studies', 'money', 'wellbeing'] as const;
export type FigureTheme = (typeof figureThemes)[number];
export const figureUnits = [
  'percent',
  'percentage points',
  'persons',
  'requests',
  'permits',
  'weeks',
  'months',
  'years',
  'euros',
  'million euros',
  'mark out of 10',
] as const;
export type FigureUnit = (typeof figureUnits)[number];
export const qualifiers = ['about', 'over', 'nearly', 'up to', 'at least', 'on average'] as const;
export type Qualifier = (typeof qualifiers)[number];
export const figureKinds = ['observation', 'causal', 'simulation', 'claim'] as const;
export type FigureKind = (typeof figureKinds)[number];

/** How near to the source a figure was read. `paper_claim`: only the policy paper says so. */
export const figureConfidences = ['primary', 'secondary', 'general_knowledge', 'paper_claim'] as const;
export type FigureConfidence = (typeof figureConfidences)[number];

/** What the policy paper says, in our words, and what the figures make of it (nl: bewering). */
export type Claim = {
  id: string;
  fact: string;
  direction: number;
  verdict: ClaimVerdict;
  claim: Words;
  why: Words;
  /** Corrections that stand beside the claim whenever it is shown. */
  mind: readonly Words[];
  figures: readonly string[];
};

export const claimVerdicts = [
  'supported',
  'supported-with-caveats',
  'mixed',
  'plausible',
  'changing',
  'outdated',
  'contested',
  'not-identified',
  'not-verified',
] as const;
export type ClaimVerdict = (typeof claimVerdicts)[number];

export type Figures = { figures: readonly Figure[]; claims: readonly Claim[] };

/** May a scenario reckon with this figure? What only the paper says, never. */
export function mayComputeWith(figure: Figure): boolean {
  return figure.confidence !== 'paper_claim' && figure.kind !== 'claim' && figure.size.kind !== 'sign';
}

/** Must a label stand beside this figure that says how little we know of its source? */
export function needsLabel(figure: Figure): boolean {
  return figure.confidence === 'general_knowledge' || figure.confidence === 'paper_claim';
}

/** All figures and claims of the folder `figures`; throws when our own files are broken. */
export function loadFigures(folder: string): Figures {
  const { figures, problems } = readFigures(folder);
  if (problems.length > 0) throw new Error(problems.map(formatProblem).join('\n'));
  return figures;
}

/** What is wrong in the folder `figures`, with file, line and column. */
export function checkFigures(folder: string): Problem[] {
  return readFigures(folder).problems;
}

function readFigures(folder: string): { figures: Figures; problems: Problem[] } {
  const problems: Problem[] = [];
  const figures: Figure[] = [];
  const claims: Claim[] = [];
  const references: { entry: Entry; key: string; ids: readonly string[] }[] = [];

  for (const file of yamlFilesOf(folder)) {
    const root = openYaml(join(folder, file), `figures/${file}`, problems);
    const checkedOn = root.day('checked_on');
    if (file === 'claims.yaml') {
      for (const entry of root.list('claims')) {
        const claim = claimOf(entry);
        refuseDouble(entry, claim.id, claims);
        claims.push(claim);
        references.push({ entry, key: 'figures', ids: claim.figures });
      }
    } else {
      for (const entry of root.list('figures')) {
        const figure = figureOf(entry, checkedOn);
        refuseDouble(entry, figure.id, figures);
        figures.push(figure);
        references.push({ entry, key: 'against', ids: figure.against });
      }
    }
    root.end();
  }
  if (figures.length === 0)
    problems.push(problemAt({ file: 'figures' }, 'There is no figure here. Put the files back.'));

  // Only now, because a figure may point to one in a later file.
  const known = new Set(figures.map(({ id }) => id));
  for (const { entry, key, ids } of references) {
    for (const id of ids)
      if (!known.has(id)) entry.wrong(key, `No figure has the id "${id}". Correct it, or add the figure.`);
  }
  return { figures: { figures, claims }, problems };
}

function yamlFilesOf(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((file) => file.endsWith('.yaml'))
      .toSorted();
  } catch {
    return [];
  }
}

function refuseDouble(entry: Entry, id: string, earlier: readonly { id: string }[]): void {
  if (earlier.some((other) => other.id === id)) entry.wrong('id', `The id "${id}" is used twice. Give each its own.`);
}

function figureOf(entry: Entry, checkedOn: Day): Figure {
  const figure: Figure = {
    id: idOf(entry),
    fact: entry.maybeText('fact'),
    theme: entry.oneOf('theme', figureThemes),
    series: entry.maybeText('series'),
    measure: shortWords(entry.record('measure')),
    population: shortWords(entry.record('population')),
    period: periodOf(entry, 'period'),
    qualifier: entry.has('qualifier') ? entry.oneOf('qualifier', qualifiers) : null,
    size: sizeOf(entry),
    unit: entry.oneOf('unit', figureUnits),
    kind: entry.oneOf('kind', figureKinds),
    confidence: entry.oneOf('confidence', figureConfidences),
    study: studyOf(entry.maybeRecord('study')),
    source: { name: '', url: null, date: '' },
    note: maybeWords(entry, 'note'),
    against: entry.texts('against', { optional: true }),
    checkedOn,
  };
  const source = entry.record('source');
  figure.source = { name: source.text('name'), url: source.maybeUrl('url'), date: periodOf(source, 'date') ?? '' };
  source.end();

  // Each of these would let a number look surer than it is.
  if (figure.confidence === 'paper_claim' && figure.kind !== 'claim') {
    entry.wrong('kind', 'What only the policy paper says is a claim. Write "kind: claim".');
  }
  if (figure.kind === 'claim' && figure.confidence !== 'paper_claim') {
    entry.wrong('confidence', 'A claim has the confidence paper_claim; a checked number is an observation.');
  }
  if (figure.source.url === null && figure.confidence !== 'paper_claim') {
    source.wrong('url', 'A figure needs the address of its source.');
  }
  if ((figure.kind === 'causal' || figure.kind === 'simulation') && figure.study === null) {
    entry.wrong('kind', 'A study needs "study:" with its design, country, n and interval.');
  }
  if (figure.kind === 'observation' && figure.study !== null) {
    entry.wrong('study', 'An observation has no study design. Take "study:" out, or change the kind.');
  }
  if (figure.against.includes(figure.id)) entry.wrong('against', 'A figure cannot stand against itself.');
  entry.end();
  return figure;
}

function claimOf(entry: Entry): Claim {
  const claim = {
    id: idOf(entry),
    fact: entry.text('fact'),
    direction: entry.number('direction'),
    verdict: entry.oneOf('verdict', claimVerdicts),
    claim: shortWords(entry.record('claim')),
    why: shortWords(entry.record('why')),
    mind: entry.list('mind', { optional: true }).map(shortWords),
    figures: entry.texts('figures'),
  };
  if (![1, 2, 3, 4, 5].includes(claim.direction))
    entry.wrong('direction', 'The paper has five directions: write 1, 2, 3, 4 or 5.');
  entry.end();
  return claim;
}

function idOf(entry: Entry): string {
  const id = entry.text('id');
  if (id !== '' && !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))
    entry.wrong('id', `Write the id "${id}" in kebab-case, such as "work-permits-2025".`);
  return id;
}

function maybeWords(entry: Entry, key: string): Words | null {
  const words = entry.maybeRecord(key);
  return words && shortWords(words);
}

function sizeOf(entry: Entry): FigureSize {
  const value = entry.maybeNumber('value');
  const low = entry.maybeNumber('low');
  const high = entry.maybeNumber('high');
  const sign = entry.has('sign') ? entry.oneOf('sign', ['positive', 'negative']) : null;
  const given = [value !== null, low !== null || high !== null, sign !== null].filter(Boolean).length;
  if (given !== 1)
    entry.wrong(undefined, 'Give one of: "value", "low" with "high", or "sign" when the size is not known.');
  if (sign !== null) return { kind: 'sign', sign };
  if (value !== null) return { kind: 'value', value };
  if (low === null || high === null || low > high)
    entry.wrong('low', 'A range needs "low" and "high", the lower one first.');
  return { kind: 'range', low: low ?? 0, high: high ?? 0 };
}

function studyOf(entry: Entry | null): Study | null {
  if (entry === null) return null;
  const n = entry.maybeNumber('n');
  if (n !== null && (!Number.isInteger(n) || n < 1))
    entry.wrong('n', '"n" is a number of people, or null when it is not known.');
  const study: Study = {
    design: shortWords(entry.record('design')),
    country: entry.maybeText('country'),
    n,
    interval: 'not reported',
  };
  if (entry.isRecord('interval')) {
    const interval = entry.record('interval');
    study.interval = { low: interval.number('low'), high: interval.number('high') };
    interval.end();
  } else {
    entry.oneOf('interval', ['not reported']);
  }
  entry.end();
  return study;
}

const isoPeriod = /^\d{4}(-(Q[1-4]|(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?))?$/;

function periodOf(entry: Entry, key: string): string | null {
  const text = entry.maybeText(key);
  if (!entry.has(key)) entry.wrong(key, `"${key}" is missing here. Write null when the source does not say.`);
  if (text !== null && !text.split('/').every((part) => isoPeriod.test(part))) {
    entry.wrong(key, `Write "${key}" as '2026', '2026-01', '2026-Q1', '2026-01-31' or two of them with a slash.`);
  }
  return text;
}
