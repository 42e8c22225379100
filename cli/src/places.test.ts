import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { meedoen, root } from './testing.ts';

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'meedoen-places-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const example = (name: string): string => join(root, 'cli/examples', name);
const households = ['--households', example('households.csv')];
const places = ['--places', example('places.csv')];
const wishes = ['--wishes', example('wishes.csv')];

test('six households in turn: who must be in the city first, then by lottery; and the replay is the same to the byte', async () => {
  const kept = join(folder, 'replay.json');
  const words = [...households, ...places, ...wishes, '--mechanism', 'priority'];
  const { code, stdout, stderr } = await meedoen(['places', 'match', ...words, '--replay', kept, '--format', 'csv']);
  expect(code, stderr).toBe(0);
  const rows = stdout.trim().split('\r\n').slice(1);
  expect(rows.map((row) => row.split(',').slice(0, 4).join(' '))).toEqual([
    'h3 1 stad 1',
    'h6 2 dorp 1',
    'h2 3 stad 1',
    'h4 4 haven 1',
    'h1 5 haven 2',
    'h5 6 stad 3',
  ]);
  const again = await meedoen(['places', 'replay', kept]);
  expect(JSON.parse(again.stdout)).toMatchObject({ same: true, moved: [], placed: 6, waiting: 0 });
  // Written once: a file for appeal is never overwritten.
  const twice = await meedoen(['places', 'match', ...words, '--replay', kept]);
  expect(twice.stderr).toMatch(/exists already/);
  expect(twice.code).toBe(2);
  const nowhere = await meedoen(['places', 'replay', join(folder, 'nowhere.json')]);
  expect(nowhere.code).toBe(2);
  expect(readFileSync(kept, 'utf8')).toContain('meedoen-places-replay-1');
});

test.each([
  {
    story: 'nationality',
    text: 'id,need_dwelling,adults,lottery,nationality\nh1,1,1,1,x\n',
    said: /:1:33: "nationality" says something about nationality/,
  },
  {
    story: 'an unknown column',
    text: 'id,need_dwelling,adults,lottery,cluster\nh1,1,1,1,x\n',
    said: /"cluster" is not a column this round may use/,
  },
  {
    story: 'a decimal comma',
    text: 'id,need_dwelling,adults,lottery\nh1,"1,5",1,1\n',
    said: /:2:4: "1,5" is no number/,
  },
  {
    story: 'a tie',
    text: 'id,need_dwelling,adults,lottery\nh1,1,1,7\nh2,1,1,7\n',
    said: /given\.csv:3: column lottery: h2 and h1 drew the same number 7/,
  },
  { story: 'semicolons', text: 'id;need_dwelling;adults;lottery\nh1;1;1;7\n', said: /separated by ";"/ },
])('$story is refused with its place', async ({ text, said }) => {
  const given = file('given.csv', text);
  const { code, stderr } = await meedoen(['places', 'match', '--households', given, ...places, '--mechanism', 'mttc']);
  expect(stderr).toMatch(said);
  expect(code).toBe(2);
});

test('values that move with a protected trait are refused', async () => {
  const one = file('one.csv', 'id,need_dwelling,adults,lottery\nh1,1,1,1\n');
  const values = (dorp: string): string =>
    `household,member,place,value,low,high,because,source\n${['dorp', 'haven', 'stad'].map((place) => `h1,m,${place},${place === 'dorp' ? dorp : '0.5'},0,1,school,invented`).join('\n')}\n`;
  const words = ['places', 'match', '--households', one, ...places, '--mechanism', 'optimum'];
  const same = file('same.csv', values('0.9'));
  const fine = await meedoen([...words, '--benefit', same, '--flip', same]);
  expect(fine.code, fine.stderr).toBe(0);
  const precise = (text: string): string => text.replaceAll(',0,1,school', ',0.5,0.9,school');
  const [before, after] = [file('before.csv', precise(values('0.9'))), file('after.csv', precise(values('0.5')))];
  const moved = await meedoen([...words, '--benefit', before, '--flip', after]);
  expect(moved.stderr).toMatch(/1 values move.*stands for a protected trait/);
  expect(moved.code).toBe(2);
});
