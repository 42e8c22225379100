import { describe, expect, test } from 'vitest';
import { valueOf } from '../test/reference.ts';
import { chance } from '@meedoen/numbers';
import { readCrossTable, type CrossTable } from './cross-table.ts';
import { strictest } from './disclosure-rules.ts';
import { publish, type Publication, type PublishOptions } from './publish.ts';
import { checkLedger, type ReleaseAbout, type ReleaseLedger } from './release-ledger.ts';

/** Not a cryptographic hash: enough to see a change in a test. */
const hash = (text: string): string => {
  let state = 0x811c9dc5;
  for (const sign of text) state = Math.imul(state ^ sign.codePointAt(0)!, 0x01000193);
  return (state >>> 0).toString(16);
};

/** Towns by whether people found work. */
function towns(counts: Record<string, [work: number, none: number]>): CrossTable {
  const rows = Object.entries(counts).flatMap(([town, [work, none]]) => [
    { town, outcome: 'work', count: work },
    { town, outcome: 'no work', count: none },
  ]);
  return valueOf(
    readCrossTable({
      by: [
        { name: 'town', levels: [rows.map(({ town }) => town)] },
        { name: 'outcome', levels: [rows.map(({ outcome }) => outcome)] },
      ],
      counts: rows.map(({ count }) => count),
    }),
  );
}
const about = (id: string, more: Partial<ReleaseAbout> = {}): ReleaseAbout => ({
  id,
  publishedOn: '2026-11-25',
  population: 'newcomers',
  period: '2026-10',
  ...more,
});
const exactly = { ...strictest, roundTo: 1 };
const release = (table: CrossTable, options: Omit<PublishOptions, 'hash'>): Publication =>
  valueOf(publish(table, { rules: exactly, ...options, hash }));
const countOf = ({ cells }: Publication, ...labels: string[]): number | null =>
  cells.find(({ categories }) => categories.map(([label = 'total']) => label).join() === labels.join())!.count;

const october = towns({ Aa: [40, 60], Bo: [31, 52], Ce: [64, 47] });

describe('one table', () => {
  test('nothing small: all is shown, rounded, with shares of 100 people and more', () => {
    const { cells, report } = release(october, { about: about('a'), rules: strictest, sharesOf: 'outcome' });
    expect(cells.map(({ count }) => count)).toEqual([295, 160, 135, 100, 60, 40, 85, 50, 30, 110, 45, 65]);
    expect(cells.map(({ share }) => share ?? null).slice(3, 9)).toEqual([1, 0.6, 0.4, null, null, null]);
    expect(report).toMatchObject({
      cells: { all: 12, hidden: 0 },
      peopleInHiddenCells: 0,
      audit: { checked: 0, narrowest: null },
    });
  });
  test('a small cell takes others with it', () => {
    const small = towns({ Aa: [4, 60], Bo: [31, 52], Ce: [64, 47] });
    const published = release(small, { about: about('a') });
    expect(countOf(published, 'Aa', 'work')).toBeNull();
    expect(published.report.cells.hidden).toBe(4);
    expect(published.report.audit.narrowest).toBeGreaterThanOrEqual(10);
  });
  test('too few people for any table', () => {
    const none = publish(towns({ Aa: [1, 2], Bo: [1, 0] }), { about: about('a'), hash });
    expect(none).toMatchObject({ ok: false, problem: { what: 'nothing-to-show' } });
  });
});

describe('together with what was published before', () => {
  const first = release(october, { about: about('oct') });
  // Planted, and red: leave the differences out (the filter, and the running total).
  test('a filter: women of the table before; the 3 men left over are not to be derived', () => {
    const women = towns({ Aa: [37, 45], Bo: [15, 30], Ce: [30, 20] });
    const alone = release(women, { about: about('women', { population: 'women' }) });
    expect(countOf(alone, 'Aa', 'work')).toBe(37);
    const after = release(women, {
      about: about('women', { population: 'women', partOf: ['oct'] }),
      ledger: first.ledger,
    });
    expect(countOf(after, 'Aa', 'work')).toBeNull();
    expect(after.report.audit.togetherWith).toEqual(['oct']);
  });
  test('a running total a month later: two more people found work in Bo', () => {
    const november = towns({ Aa: [55, 75], Bo: [33, 64], Ce: [80, 60] });
    const next = about('nov', { period: '2026-11', holds: ['oct'] });
    const after = release(november, { about: next, ledger: first.ledger });
    expect(countOf(after, 'Bo', 'work')).toBeNull();
    expect(countOf(after, 'Aa', 'work')).not.toBe(41);
  });
  test('nobody new anywhere may be told, ten or more as well', () => {
    const november = towns({ Aa: [40, 60], Bo: [41, 62], Ce: [64, 47] });
    const after = release(november, {
      about: about('nov', { period: '2026-11', changedFrom: ['oct'] }),
      ledger: first.ledger,
    });
    expect(after.report.cells.hidden).toBe(0);
  });
  test('what was hidden in one table is not shown in another of the same people', () => {
    const small = towns({ Aa: [4, 60], Bo: [31, 52], Ce: [64, 47] });
    const hidden = release(small, { about: about('oct') });
    // Planted, and red: forget what must stay vague from before. Without `groupShare: null` these rules hide it themselves.
    const lax = { ...exactly, fewest: 3, width: 3, groupShare: null };
    const again = release(small, { about: about('again'), ledger: hidden.ledger, rules: lax });
    expect(countOf(again, 'Aa', 'work')).toBeNull();
  });
  test('a correction beside the old version is refused: it tells who was added', () => {
    const corrected = publish(towns({ Aa: [41, 60], Bo: [31, 52], Ce: [64, 47] }), {
      about: about('better'),
      rules: exactly,
      ledger: first.ledger,
      hash,
    });
    expect(corrected).toMatchObject({ ok: false, problem: { what: 'contradicts-release' } });
  });
  test('more people in a part than in the whole is refused', () => {
    const many = publish(towns({ Aa: [90, 60], Bo: [31, 52], Ce: [64, 47] }), {
      about: about('women', { population: 'women', partOf: ['oct'] }),
      rules: exactly,
      ledger: first.ledger,
      hash,
    });
    expect(many.ok).toBe(false);
  });
  test.each([
    { story: 'a name that is taken', more: about('oct'), what: 'release-known' },
    {
      story: 'a release nobody knows',
      more: about('x', { population: 'x', partOf: ['sept'] }),
      what: 'release-unknown',
    },
  ])('$story', ({ more, what }) => {
    expect(publish(october, { about: more, ledger: first.ledger, hash })).toMatchObject({
      ok: false,
      problem: { what },
    });
  });
  test('a ledger that was changed is not used', () => {
    const [one] = first.ledger.releases;
    const changed: ReleaseLedger = { version: 1, releases: [{ ...one!, counts: one!.counts.map(() => 100) }] };
    expect(checkLedger(JSON.parse(JSON.stringify(first.ledger)) as ReleaseLedger, hash).ok).toBe(true);
    expect(publish(october, { about: about('x'), ledger: changed, hash })).toMatchObject({
      ok: false,
      problem: { what: 'ledger-changed' },
    });
  });
});

test('60 towns in 6 regions × 8 × 2: protected, whatever the order of rows', () => {
  const draw = chance(7);
  const rows: { region: string; town: string; status: string; sex: string; count: number }[] = [];
  for (let town = 0; town < 60; town++) {
    const size = Math.exp(4 + draw.normal());
    for (let status = 0; status < 8; status++) {
      for (const sex of ['f', 'm']) {
        const count = Math.floor((2 * size * draw.share()) / (1 + status / 3));
        rows.push({ region: `r${town % 6}`, town: `t${town}`, status: `s${status}`, sex, count });
      }
    }
  }
  const tableOf = (all: typeof rows): CrossTable =>
    valueOf(
      readCrossTable({
        by: [
          { name: 'place', levels: [all.map(({ region }) => region), all.map(({ town }) => town)] },
          { name: 'status', levels: [all.map(({ status }) => status)] },
          { name: 'sex', levels: [all.map(({ sex }) => sex)] },
        ],
        counts: all.map(({ count }) => count),
      }),
    );
  const one = release(tableOf(rows), { about: about('a') });
  expect(one.report.audit.narrowest).toBeGreaterThanOrEqual(10);
  expect(one.report.audit.checked).toBeGreaterThan(100);
  expect(release(tableOf(rows.toReversed()), { about: about('a') }).cells).toEqual(one.cells);
}, 30_000);

test('sums are hidden where one person makes most of them, and cannot be derived', () => {
  const rows = [
    ...Array.from({ length: 20 }, (_, at) => ({ town: 'Aa', sector: 'shop', pay: 1000 + at })),
    ...Array.from({ length: 20 }, (_, at) => ({ town: 'Aa', sector: 'farm', pay: at === 0 ? 90_000 : 1500 })),
    ...Array.from({ length: 40 }, (_, at) => ({ town: 'Bo', sector: at % 2 ? 'shop' : 'farm', pay: 2000 + at })),
  ];
  const table = valueOf(
    readCrossTable({
      by: [
        { name: 'town', levels: [rows.map(({ town }) => town)] },
        { name: 'sector', levels: [rows.map(({ sector }) => sector)] },
      ],
      amounts: { name: 'pay', values: rows.map(({ pay }) => pay) },
    }),
  );
  const { cells } = release(table, { about: about('pay') });
  const at = (town: string, sector: string) =>
    cells.find(({ categories: [a, b] }) => a![0] === town && b![0] === sector)!;
  expect(at('Aa', 'farm')).toMatchObject({ amount: null, count: null });
  expect(cells.filter(({ amount }) => amount === null).length).toBeGreaterThan(1);
});
