import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { meedoen } from '../testing.ts';

const lessons = 'cli/examples/lessons.csv';
const plan = {
  decidedOn: '2026-01-05',
  question: 'Who finds work sooner?',
  population: 'Everybody who began lessons.',
  method: 'risks',
  columns: { time: 'days', cause: 'cause', group: 'lesson' },
  stopping: 'One look after a year.',
};

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'meedoen-report-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function risks(...words: string[]): ReturnType<typeof meedoen> {
  const asked = ['--time', 'days', '--cause', 'cause', '--names', 'work,left', '--group', 'lesson'];
  return meedoen(['evidence', 'risks', '--data', lessons, ...asked, ...words]);
}

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

test('a page beside the JSON: the same command gives the same bytes, and names file, hash and plan', async () => {
  const [path, plans] = [join(folder, 'lessons.html'), file('plan.json', plan)];
  const first = await risks('--report', path, '--plan', plans, '--language', 'nl');
  expect(first.code).toBe(0);
  expect(first.stderr).toContain(`Wrote ${path}.`);
  const page = readFileSync(path, 'utf8');
  expect(page).toContain('<html lang="nl">');
  expect(page).toContain('Zoals gepland op 2026-01-05.');
  expect(page).not.toContain(folder);
  const told = JSON.parse(first.stdout) as { plan: { hash: string; asPlanned: boolean } };
  expect(told.plan).toMatchObject({ asPlanned: true, changes: [], decidedOn: '2026-01-05' });
  expect(page).toContain(told.plan.hash);
  await risks('--report', path, '--plan', plans, '--language', 'nl');
  expect(readFileSync(path, 'utf8')).toBe(page);
  expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

test('the same plan in another layout has the same hash; another group column is a change, with its reason', async () => {
  const hashes = [];
  for (const text of [
    JSON.stringify(plan),
    JSON.stringify(Object.fromEntries(Object.entries(plan).reverse()), null, 4),
  ]) {
    const { stdout } = await risks('--plan', file('layout.json', text));
    hashes.push((JSON.parse(stdout) as { plan: { hash: string } }).plan.hash);
  }
  expect(hashes[0]).toBe(hashes[1]);
  const other = file('other.json', { ...plan, columns: { ...plan.columns, group: 'town' } });
  const { stdout } = await risks('--plan', other, '--because', 'Towns were not recorded.');
  expect(JSON.parse(stdout)).toMatchObject({
    plan: {
      asPlanned: false,
      because: 'Towns were not recorded.',
      changes: [{ message: 'group: planned was town, done was lesson.' }],
    },
  });
});

test('what a policy changed, as a page: the headline is that of the JSON', async () => {
  const path = join(folder, 'towns.html');
  const columns = ['--unit', 'town', '--period', 'year', '--outcome', 'in_work', '--first-treated', 'lessons_from'];
  const { code, stdout } = await meedoen([
    'evidence',
    'did',
    '--data',
    'cli/examples/towns.csv',
    ...columns,
    '--report',
    path,
  ]);
  expect(code).toBe(0);
  const { simple } = JSON.parse(stdout) as { simple: { estimate: number } };
  expect(readFileSync(path, 'utf8')).toContain(
    `Where the policy came, “in_work” was on average ${Number(simple.estimate.toPrecision(3))} higher than`,
  );
});

test('a jump at a threshold as a page, each check that could be made a row of its table', async () => {
  const path = join(folder, 'scores.html');
  const asked = ['--running', 'score', '--outcome', 'days_to_work', '--cutoff', '50', '--says', 'days to work'];
  const { code, stdout } = await meedoen([
    'evidence',
    'rd',
    '--data',
    'cli/examples/scores.csv',
    ...asked,
    '--report',
    path,
  ]);
  expect(code).toBe(0);
  const told = JSON.parse(stdout) as {
    estimate: number;
    checks: Record<'widths' | 'donuts' | 'placeboCutoffs', unknown[]>;
  };
  const page = readFileSync(path, 'utf8');
  const size = Number(Math.abs(told.estimate).toPrecision(3));
  expect(page).toContain(`Just past the threshold “days to work” is ${size} lower than just before it.`);
  const { widths, donuts, placeboCutoffs } = told.checks;
  expect(page.match(/<th scope="row">/g)).toHaveLength(1 + widths.length + donuts.length + placeboCutoffs.length);
});

const cohorts = [
  '--cohorts',
  'cli/examples/cohorts.json',
  '--cohort',
  'cohort',
  '--on',
  'age,town',
  '--weight',
  'people',
];

test('two cohorts as a page; for times there is none, and it says so before it reads anything', async () => {
  const path = join(folder, 'cohorts.html');
  const asked = ['evidence', 'compare', '--data', 'cli/examples/cohorts.csv', ...cohorts, '--report', path];
  expect((await meedoen([...asked, '--outcome', 'work', '--language', 'nl'])).code).toBe(0);
  expect(readFileSync(path, 'utf8')).toContain('gemiddeld 0,0776 lager bij “Ukraine” dan bij “asylum”.');
  const times = await meedoen([...asked, '--time', 'age', '--cause', 'work', '--horizon', '30']);
  expect({ code: times.code, stdout: times.stdout }).toEqual({ code: 2, stdout: '' });
  expect(times.stderr).toMatch(/--report: a page is there for --outcome only/);
});

test('a picture by itself, for a slide', async () => {
  const path = join(folder, 'lessons.svg');
  expect((await risks('--report', path)).code).toBe(0);
  expect(readFileSync(path, 'utf8')).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
});

test.each([
  {
    story: 'another kind of file',
    words: ['--report', 'out.pdf'],
    says: /--report out\.pdf: let the name end in \.html or \.svg/,
  },
  {
    story: 'a folder that is not there',
    words: ['--report', '/no/such/folder/a.html'],
    says: /cannot be written \(ENOENT\)/,
  },
  { story: 'a reason without a plan', words: ['--because', 'x'], says: /name it with --plan/ },
])('refused: $story', async ({ words, says }) => {
  const { code, stdout, stderr } = await risks(...words);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(says);
});

test('a plan with a typing error is refused with file and pointer, and no page is written', async () => {
  const [path, wrong] = [join(folder, 'never.html'), file('wrong.json', { ...plan, horison: 365 })];
  const { code, stderr } = await risks('--report', path, '--plan', wrong);
  expect(code).toBe(2);
  expect(stderr).toMatch(/wrong\.json: \/horison: A plan has no part "horison"/);
  expect(existsSync(path)).toBe(false);
});

test('a page that nobody gave a noun is Dutch down to the event', async () => {
  const data = file('spells.csv', 'days,work\n3,1\n5,0\n8,1\n');
  const path = join(folder, 'unnamed.html');
  const asked = ['--time', 'days', '--event', 'work', '--language', 'nl', '--report', path];
  expect((await meedoen(['evidence', 'survival', '--data', data, ...asked])).code).toBe(0);
  expect(readFileSync(path, 'utf8')).toContain('<h1>Hoe lang duurt het tot de gebeurtenis?</h1>');
});

test('groups that name people are refused; rows of one person may be clustered by them', async () => {
  const data = file('people.csv', 'days,work,naam\n3,1,Sam\n5,0,Noor\n8,1,Sam\n9,1,Noor\n');
  const asked = ['evidence', 'survival', '--data', data, '--time', 'days', '--event', 'work'];
  const told = await meedoen([...asked, '--group', 'naam']);
  expect(told.code).toBe(2);
  expect(told.stderr).toContain('column "naam" names people. A result never tells of one person');
  expect((await meedoen([...asked, '--cluster', 'naam'])).code).toBe(0);
});

// R survival 3.5-3: coxph(Surv(t, e) ~ x, weights = w, robust = TRUE)
test('weights that are inverse probabilities give the estimates and robust errors of R', async () => {
  const rows = ['2,1,1,1.5', '3,1,0,0.5', '3,0,1,2', '4,1,1,0.8', '5,1,0,1.2', '6,0,0,1', '7,1,0,0.7', '8,1,1,1.3'];
  const data = file('weighted.csv', ['t,e,x,w', ...rows].join('\n'));
  const asked = ['--time', 't', '--event', 'e', '--on', 'x', '--weight', 'w'];
  const told = await meedoen(['evidence', 'cox', '--data', data, ...asked, '--weights', 'sampling']);
  const [term] = (JSON.parse(told.stdout) as { terms: { estimate: number; se: number }[] }).terms;
  expect(term!.estimate).toBeCloseTo(-0.063545292075, 9);
  expect(term!.se).toBeCloseTo(0.893855450483, 9);
  // Counted as copies, Efron’s ties need whole numbers.
  expect((await meedoen(['evidence', 'cox', '--data', data, ...asked])).stderr).toContain('must be whole numbers');
});
