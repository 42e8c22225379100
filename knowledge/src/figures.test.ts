import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatProblem } from '@meedoen/units';
import { describe, expect, test } from 'vitest';
import { checkFigures, loadFigures, mayComputeWith, needsLabel, type Figure } from './figures.ts';

const folder = join(import.meta.dirname, '../figures');
const { figures, claims } = loadFigures(folder);

test('our own figures have nothing to mend', () => {
  expect(checkFigures(folder).map(formatProblem)).toEqual([]);
});

test('every figure says where it comes from, when, and how sure it is', () => {
  for (const figure of figures) {
    expect(figure.source.name, figure.id).not.toBe('');
    expect(figure.source.date, figure.id).toMatch(/^\d{4}/);
    if (figure.confidence === 'paper_claim') expect(figure.source.url, figure.id).toBeNull();
    else expect(figure.source.url, figure.id).toMatch(/^https:\/\//);
  }
});

test('what only the paper says is never reckoned with, and always labelled', () => {
  const onlyThePaper = figures.filter(({ confidence }) => confidence === 'paper_claim');
  expect(onlyThePaper.map(({ id }) => id)).toEqual([
    'claim-saving-first',
    'claim-saving-second',
    'claim-saving-third',
    'claim-efficiency-discount',
  ]);
  for (const figure of onlyThePaper) expect([mayComputeWith(figure), needsLabel(figure)]).toEqual([false, true]);
});

test('a line may only run through one population, one unit and one kind', () => {
  const series = Map.groupBy(
    figures.filter((figure) => figure.series !== null),
    (figure) => figure.series,
  );
  for (const [name, members] of series) {
    expect(new Set(members.map(({ unit, kind }) => `${unit} ${kind}`)).size, `${name}`).toBe(1);
  }
  const populations = series.get('ukraine-nationals-work')?.map(({ population }) => population.en);
  expect(new Set(populations).size).toBe(1);
});

test('the two famous forty per cents never stand without their three corrections', () => {
  for (const id of ['ukraine-40-percent-after-6-months', 'asylum-40-percent-after-5-years']) {
    expect(claims.find((claim) => claim.id === id)?.mind).toHaveLength(3);
  }
});

test('work first and language first stand against each other', () => {
  const against = (id: string) => figures.find((figure) => figure.id === id)?.against;
  expect(against('study-work-first-denmark')).toContain('study-language-france');
  expect(against('study-language-france')).toContain('study-work-first-denmark');
});

describe('a broken file is refused with its line', () => {
  const good = readFileSync(join(folder, 'waiting.yaml'), 'utf8');

  test.each([
    {
      story: 'an address without https',
      from: 'https://nltimes.nl',
      to: 'http://nltimes.nl',
      says: /waiting\.yaml:\d+:\d+: "url" should be a full address that starts with https/,
    },
    {
      story: 'no confidence',
      from: '    confidence: general_knowledge\n',
      to: '',
      says: /"confidence" is missing here/,
    },
    { story: 'a made-up unit', from: 'unit: weeks', to: 'unit: fortnights', says: /"fortnights" is no known unit/ },
    {
      story: 'a misspelled key',
      from: 'qualifier: over',
      to: 'qualifyer: over',
      says: /"qualifyer" is not known here/,
    },
    {
      story: 'a value and a range',
      from: 'value: 17',
      to: 'value: 17\n    low: 1\n    high: 2',
      says: /Give one of: "value"/,
    },
    {
      story: 'against a figure that is not there',
      from: 'unit: weeks',
      to: 'unit: weeks\n    against: [nobody]',
      says: /No figure has the id "nobody"/,
    },
    { story: 'a month that does not exist', from: 'period: 2026-01', to: 'period: 2026-13', says: /Write "period" as/ },
    {
      story: 'the same id twice',
      from: 'id: wait-bsn-2022',
      to: 'id: wait-home-2025',
      says: /"wait-home-2025" is used twice/,
    },
    {
      story: 'not YAML at all',
      from: 'figures:',
      to: 'figures: [',
      says: /waiting\.yaml:\d+:\d+: This is not valid YAML/,
    },
  ])('$story', ({ from, to, says }) => {
    expect(good).toContain(from);
    const broken = mkdtempSync(join(tmpdir(), 'figures-'));
    try {
      writeFileSync(join(broken, 'waiting.yaml'), good.replace(from, to));
      const problems = checkFigures(broken);
      expect(problems.map(formatProblem).join('\n')).toMatch(says);
      expect(problems[0]?.at?.line).toBeGreaterThan(0);
      expect(() => loadFigures(broken)).toThrow();
    } finally {
      rmSync(broken, { recursive: true });
    }
  });
});

// The research notes stand beside the repository, not in it. With them, every number is compared; without, this is skipped.
const notes = join(import.meta.dirname, '../../../shared/data/facts');
const withNotes = existsSync(join(notes, 'facts.json'));

type Note = {
  id: string;
  value?: number;
  low?: number;
  high?: number;
  sign?: string;
  confidence: string;
  qualifier?: string;
};

describe.skipIf(!withNotes)(
  `the numbers are those of the research notes${withNotes ? '' : ' (skipped: ../shared/data/facts is not here)'}`,
  () => {
    const read = (file: string) => JSON.parse(readFileSync(join(notes, file), 'utf8')) as Note[];
    const notesById = withNotes ? new Map(read('facts.json').map((note) => [note.id, note])) : new Map<string, Note>();
    // The two waits for a number and a home come from the rights notes, where they are part of a sentence.
    const elsewhere = ['bsn-001', 'house-007'];

    test('every number, its range, its sureness and its "about"', () => {
      for (const figure of figures) {
        if (figure.fact === null || elsewhere.includes(figure.fact)) continue;
        const note = notesById.get(figure.fact);
        expect(note, figure.id).toBeDefined();
        const size = { value: note?.value ?? null, low: note?.low ?? null, high: note?.high ?? null };
        expect(sizeOf(figure), figure.id).toEqual(size);
        expect(figure.confidence, figure.id).toBe(note?.confidence);
        // "approx.", "around", "almost" and "just under" are the notes' other words for two of ours.
        if (note?.qualifier) expect(figure.qualifier, figure.id).not.toBeNull();
      }
    });

    test('every claim is there, with its own verdict', () => {
      const theirs = JSON.parse(readFileSync(join(notes, 'claims.json'), 'utf8')) as { id: string; status: string }[];
      expect(claims.map(({ fact }) => fact)).toEqual(theirs.map(({ id }) => id));
      const words: Record<string, RegExp> = {
        supported: /^supported/,
        'supported-with-caveats': /^supported, (with caveats|different)/,
        mixed: /^mixed/,
        plausible: /^plausible/,
        changing: /changing$/,
        outdated: /outdated|not for 2025/,
        contested: /^contested/,
        'not-identified': /^not identified/,
        'not-verified': /^not verified/,
      };
      for (const [index, claim] of claims.entries())
        expect(theirs[index]?.status, claim.id).toMatch(words[claim.verdict] as RegExp);
    });
  },
);

function sizeOf({ size }: Figure) {
  const nothing = { value: null, low: null, high: null };
  if (size.kind === 'value') return { ...nothing, value: size.value };
  return size.kind === 'range' ? { ...nothing, low: size.low, high: size.high } : nothing;
}
