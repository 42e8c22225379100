import { join } from 'node:path';
import { formatProblem, type Day, type Problem } from '@meedoen/units';
import { figureConfidences, type FigureConfidence } from './figures.ts';
import { openYaml } from './yaml-file.ts';

/** A municipality (nl: gemeente): a town people choose, and count in. */
export type Municipality = {
  /** As CBS writes it: 'GM0344'. */
  readonly code: string;
  readonly name: string;
  readonly province: Province;
  /** Everybody who lived there on `asOf`. */
  readonly people: number;
};

export const provinces = [
  'Groningen',
  'Fryslân',
  'Drenthe',
  'Overijssel',
  'Flevoland',
  'Gelderland',
  'Utrecht',
  'Noord-Holland',
  'Zuid-Holland',
  'Zeeland',
  'Noord-Brabant',
  'Limburg',
] as const;
export type Province = (typeof provinces)[number];

export type Municipalities = {
  /** In the order of their names, as Dutch people look them up. */
  readonly list: readonly Municipality[];
  /** The day the people were counted. */
  readonly asOf: Day;
  /** The years for which these are the municipalities; of later changes we know nothing. */
  readonly setOf: string;
  readonly source: { readonly name: string; readonly url: string; readonly confidence: FigureConfidence };
};

/** The municipalities of the folder `places`; throws when our own file is broken. */
export function loadMunicipalities(folder: string): Municipalities {
  const { municipalities, problems } = readMunicipalities(folder);
  if (problems.length > 0) throw new Error(problems.map(formatProblem).join('\n'));
  return municipalities;
}

/** What is wrong in the folder `places`, with file, line and column. */
export function checkMunicipalities(folder: string): Problem[] {
  return readMunicipalities(folder).problems;
}

function readMunicipalities(folder: string): { municipalities: Municipalities; problems: Problem[] } {
  const problems: Problem[] = [];
  const root = openYaml(join(folder, 'municipalities.yaml'), 'places/municipalities.yaml', problems);
  root.day('checked_on');
  const asOf = root.day('as_of');
  const setOf = root.text('set_of');
  const confidence = root.oneOf('confidence', figureConfidences);
  const source = root.record('source');
  const list: Municipality[] = [];
  const codes = new Set<string>();
  for (const entry of root.list('municipalities')) {
    const one: Municipality = {
      code: entry.text('code'),
      name: entry.text('name'),
      province: entry.oneOf('province', provinces),
      people: entry.number('people'),
    };
    if (!/^GM\d{4}$/.test(one.code))
      entry.wrong('code', `Write the code as CBS does, such as GM0344, not "${one.code}".`);
    if (codes.has(one.code)) entry.wrong('code', `${one.code} stands here twice. One row for each municipality.`);
    codes.add(one.code);
    // What became part of another is in no row of its own any more.
    for (const code of entry.texts('merged_from', { optional: true })) {
      if (code !== one.code && codes.has(code)) entry.wrong('merged_from', `${code} has a row of its own already.`);
      codes.add(code);
    }
    if (list.some(({ name }) => name === one.name)) entry.wrong('name', `"${one.name}" stands here twice.`);
    if (!Number.isInteger(one.people) || one.people < 0) entry.wrong('people', 'People are a whole number.');
    entry.end();
    list.push(one);
  }
  const municipalities: Municipalities = {
    list: list.toSorted((a, b) => named(a).localeCompare(named(b), 'nl')),
    asOf,
    setOf,
    source: { name: source.text('name'), url: source.url('url'), confidence },
  };
  source.end();
  root.end();
  return { municipalities, problems };
}

/** 's-Gravenhage is looked up under the G. */
function named({ name }: Municipality): string {
  return name.replace(/^'s-/, '');
}
