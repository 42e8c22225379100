// 342 towns × 8 statuses × 2 sexes: how long until the table may leave the house, and what does an audit cost beside HiGHS?
import highsLoader from 'highs';
import { audit, publish, readCrossTable, type CellSum, type PublicView } from '@meedoen/publication';
import { chance } from '@meedoen/numbers';
import type { Bench } from '../scripts/bench.ts';

function townTable(towns: number) {
  const draw = chance(20261125);
  const rows: { town: string; status: string; sex: string; count: number }[] = [];
  for (let town = 0; town < towns; town++) {
    const size = Math.exp(5 + 1.2 * draw.normal());
    for (let status = 0; status < 8; status++) {
      for (const sex of ['f', 'm']) {
        const count = Math.floor((2 * size * draw.share()) / (1 + status / 3));
        rows.push({ town: `t${town}`, status: `s${status}`, sex, count });
      }
    }
  }
  const read = readCrossTable({
    by: (['town', 'status', 'sex'] as const).map((name) => ({ name, levels: [rows.map((row) => row[name])] })),
    counts: rows.map(({ count }) => count),
  });
  if (!read.ok) throw new Error(read.problem.message);
  return read.value;
}

/** A two-way table with every third cell hidden, and its margins shown. */
function hiddenTwoWay(rows: number, columns: number): { view: PublicView; hidden: number[] } {
  const draw = chance(7);
  const inner = rows * columns;
  const truth = new Float64Array(inner + rows + columns);
  const sums: CellSum[] = [];
  const hidden: number[] = [];
  for (let cell = 0; cell < inner; cell++) {
    truth[cell] = draw.whole(40);
    truth[inner + Math.floor(cell / columns)]! += truth[cell]!;
    truth[inner + rows + (cell % columns)]! += truth[cell]!;
    if (draw.whole(3) === 0) hidden.push(cell);
  }
  for (let i = 0; i < rows; i++)
    sums.push({ total: inner + i, parts: Array.from({ length: columns }, (_, j) => i * columns + j) });
  for (let j = 0; j < columns; j++) {
    sums.push({ total: inner + rows + j, parts: Array.from({ length: rows }, (_, i) => i * columns + j) });
  }
  const low = truth.slice();
  const high = truth.slice();
  for (const cell of hidden) [low[cell], high[cell]] = [0, Infinity];
  return { view: { low, high, sums, whole: true, truth }, hidden };
}

/** The package is a function in CommonJS, and its types say otherwise. */
const loadHighs = highsLoader as unknown as () => Promise<{ solve(model: string): { ObjectiveValue: number } }>;

function seconds(work: () => void): number {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}

function publishTowns(): number {
  const table = townTable(342);
  return seconds(() => {
    const about = { id: 'bench', publishedOn: '2026-11-25', population: 'all', period: '2026' };
    const release = publish(table, { about, hash: String });
    if (!release.ok) throw new Error(release.problem.message);
  });
}

async function againstHighs(): Promise<number> {
  const { view, hidden } = hiddenTwoWay(40, 12);
  const ours = seconds(() =>
    audit(
      view,
      hidden.map((cell) => ({ cell, width: 10 })),
      'exact',
    ),
  );
  const found = audit(
    view,
    hidden.map((cell) => ({ cell, width: 10 })),
    'exact',
  )!.bounds;
  const highs = await loadHighs();
  const open = new Set(hidden);
  const lines = view.sums.map(({ total, parts }, at) => {
    const unknown = parts.filter((cell) => open.has(cell));
    const shown = parts.reduce((sum, cell) => sum + (open.has(cell) ? 0 : view.low[cell]!), 0);
    return unknown.length
      ? ` c${at}: ${unknown.map((cell) => `x${cell}`).join(' + ')} = ${view.low[total]! - shown}`
      : '';
  });
  const constraints = lines.filter((line) => line !== '').join('\n');
  const theirs = seconds(() => {
    hidden.forEach((cell, at) => {
      for (const [goal, bound] of [
        ['Maximize', found[at]!.upper],
        ['Minimize', found[at]!.lower],
      ] as const) {
        const { ObjectiveValue } = highs.solve(`${goal}\n obj: x${cell}\nSubject To\n${constraints}\nEnd`);
        if (Math.abs(ObjectiveValue - bound) > 1e-6) throw new Error(`cell ${cell}: ${ObjectiveValue} is not ${bound}`);
      }
    });
  });
  return theirs / ours;
}

export const benches: readonly Bench[] = [
  { name: 'publication: 342 towns × 8 × 2, hidden and audited', unit: 's', goal: 'seconds', measure: publishTowns },
  {
    name: 'publication: exact bounds of a 40 × 12 table, HiGHS (wasm) takes',
    unit: '× as long',
    goal: 'above 1, the same bounds',
    measure: againstHighs,
  },
];
