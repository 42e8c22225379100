import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { formatProblem } from '@meedoen/units';
import { knowledgeFolder } from './knowledge-folder.ts';
import { checkKnowledge, loadKnowledge } from './load.ts';

// Each fault is planted in a copy of our folder, as somebody who edits a file would make it.
let copy = '';
// Each one reads the whole folder again.
vi.setConfig({ testTimeout: 60_000 });
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'meedoen-knowledge-'));
  for (const name of [
    'laws',
    'replacements',
    'rights',
    'situation',
    'cases',
    'figures',
    'words',
    'help',
    'example-town',
    'instruments',
    'places',
    'laws-known.yaml',
  ]) {
    cpSync(join(knowledgeFolder(), name), join(copy, name), { recursive: true });
  }
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

const wav = 'laws/nl/wet/wet_arbeid_vreemdelingen/2026-06-12.yaml';
const coa = 'laws/nl/ministeriele_regeling/regeling_verstrekkingen_asielzoekers/2005-01-01.yaml';

test.each([
  { story: 'broken YAML', file: coa, from: 'articles:', to: 'articles: [', says: '' },
  {
    story: 'an unknown key in an article',
    file: coa,
    from: '    text: >-',
    to: '    tekst: no\n    text: >-',
    says: 'tekst',
  },
  {
    story: 'a day that does not exist',
    file: coa,
    from: "valid_from: '2005-01-01'",
    to: "valid_from: '2005-02-30'",
    says: '2005-02-30',
  },
  {
    story: 'a law that does not exist',
    file: coa,
    from: 'regulation: vreemdelingenwet_2000',
    to: 'regulation: vreemdelingenwet_1900',
    says: 'vreemdelingenwet_1900',
  },
  {
    story: 'an output that does not exist',
    file: coa,
    from: 'output: is_asielzoeker',
    to: 'output: is_astronaut',
    says: 'is_astronaut',
  },
  {
    story: 'a fact that nobody asks for',
    file: coa,
    from: 'name: coa_opvang',
    to: 'name: coa_opvangg',
    says: 'coa_opvang',
  },
  {
    story: 'an article without a source',
    file: coa,
    from: "    '18': { facts: [vol-003], confidence: older_law_text }\n",
    to: '',
    says: 'needs its source',
  },
  { story: 'a source without facts', file: coa, from: 'facts: [vol-003]', to: 'facts: []', says: 'at least one fact' },
  {
    story: 'a confidence that does not exist',
    file: coa,
    from: 'confidence: older_law_text',
    to: 'confidence: quite',
    says: '"confidence" must be one of',
  },
  {
    story: 'a reading of an article that is not there',
    file: coa,
    from: "    '18': { facts",
    to: "    '19': { facts",
    says: '19',
  },
  {
    story: 'a text that poses as the law',
    file: coa,
    from: 'Kern: wie in de opvang',
    to: 'Wie in de opvang',
    says: 'Kern',
  },
  {
    story: 'a right on an output that is not there',
    file: 'rights/registration.yaml',
    from: 'output: kan_bsn_krijgen',
    to: 'output: kan_vliegen',
    says: 'kan_vliegen',
  },
  {
    story: 'help from nobody we know',
    file: 'rights/driving.yaml',
    from: 'person_who_helps: [driving]',
    to: 'person_who_helps: [magic]',
    says: 'magic',
  },
  {
    story: 'a right in the table of another domain',
    file: 'rights/bank.yaml',
    from: 'domain: bank',
    to: 'domain: driving',
    says: 'Move it to rights/driving.yaml',
  },
  {
    story: 'a right that stands in two tables',
    file: 'rights/driving.yaml',
    from: 'id: exchange-licence',
    to: 'id: bank-account',
    says: 'stands in rights/bank.yaml as well',
  },
  {
    story: 'a question that changes nothing',
    file: 'situation/facts.yaml',
    from: '\ncontradictions:',
    to: '\n  - { id: shoeSize, law_name: schoenmaat, type: number }\ncontradictions:',
    says: 'schoenmaat',
  },
  {
    story: 'a replacement of an article that is not there',
    file: 'replacements/keren-2025-02-04.yaml',
    from: "article: '26'",
    to: "article: '260'",
    says: '260',
  },
  {
    story: 'a case about a right that does not exist',
    file: 'cases/driving.yaml',
    from: '      exchange-licence: yes',
    to: '      exchange-passport: yes',
    says: 'exchange-passport',
  },
  {
    story: 'a case with a choice that does not exist',
    file: 'cases/driving.yaml',
    from: 'licenceCountry: japan',
    to: 'licenceCountry: atlantis',
    says: '',
  },
  {
    story: 'a question that waits for an answer that is not there',
    file: 'instruments/monthly.yaml',
    from: 'begins: { work: [paid] }',
    to: 'begins: { work: [payed] }',
    says: '"payed" is no answer to "work"',
  },
  {
    story: 'a municipality that stands there twice',
    file: 'places/municipalities.yaml',
    from: 'code: GM0034',
    to: 'code: GM0014',
    says: 'GM0014 stands here twice',
  },
])('refuses $story', async ({ file, from, to, says }) => {
  const path = join(copy, file);
  const whole = readFileSync(path, 'utf8');
  expect(whole).toContain(from);
  writeFileSync(path, whole.replace(from, to));
  try {
    const problems = await checkKnowledge(copy);
    const about = problems.filter(({ at, message }) => at?.file === file && message.includes(says));
    expect(problems.map(formatProblem).join('\n')).not.toBe('');
    expect(about.map(formatProblem)[0]).toMatch(new RegExp(`^${file}:\\d+:\\d+: `));
  } finally {
    writeFileSync(path, whole);
  }
});

test('refuses a table of rights that no domain bears, and misses one that lies elsewhere', async () => {
  const [right, wrong] = [join(copy, 'rights/bank.yaml'), join(copy, 'rights/banking.yaml')];
  renameSync(right, wrong);
  try {
    const found = (await checkKnowledge(copy)).map(formatProblem).join('\n');
    expect(found).toContain('rights/bank.yaml: This file is missing');
    writeFileSync(right, '[]\n');
    expect((await checkKnowledge(copy)).map(formatProblem).join('\n')).toContain('Move it to rights/bank.yaml');
  } finally {
    renameSync(wrong, right);
  }
});

test('refuses a law that lies in the wrong place', async () => {
  const [right, wrong] = [join(copy, coa), join(copy, coa.replace('2005-01-01', '2006-01-01'))];
  renameSync(right, wrong);
  try {
    const [problem] = await checkKnowledge(copy);
    expect(problem?.message).toContain('ministeriele_regeling/regeling_verstrekkingen_asielzoekers/2005-01-01.yaml');
  } finally {
    renameSync(wrong, right);
  }
});

test('a broken file is told, and everything else still answers', async () => {
  const path = join(copy, wav);
  const whole = readFileSync(path, 'utf8');
  writeFileSync(path, whole.replace('articles:', 'articles: ['));
  try {
    const { problems, corpus, figures } = await loadKnowledge(copy);
    expect(problems[0]?.at?.file).toBe(wav);
    expect(corpus.laws.length).toBeGreaterThan(20);
    expect(figures.figures.length).toBeGreaterThan(0);
  } finally {
    writeFileSync(path, whole);
  }
});

test('an empty folder is told as such', async () => {
  const empty = mkdtempSync(join(tmpdir(), 'meedoen-nothing-'));
  try {
    const problems = await checkKnowledge(empty);
    expect(problems.map(({ message }) => message).join('\n')).toContain('There is no law here');
  } finally {
    rmSync(empty, { recursive: true });
  }
});
