import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatProblem } from '@meedoen/units';
import { expect, test } from 'vitest';
import { checkGlossary, glossaryCommand, glossaryOf, loadCodeTerms } from './glossary.ts';

const root = join(import.meta.dirname, '../..');
const words = join(root, 'knowledge/words');

test('GLOSSARY.md is up to date', () => {
  expect(checkGlossary(words, join(root, 'GLOSSARY.md')).map(formatProblem)).toEqual([]);
});

test('a glossary that is behind says which line, and which command mends it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'glossary-'));
  const file = join(folder, 'GLOSSARY.md');
  try {
    expect(checkGlossary(words, file)[0]?.message).toContain('There is no GLOSSARY.md');
    writeFileSync(file, glossaryOf(words).replace('# Glossary', '# Words'));
    expect(checkGlossary(words, file).map(formatProblem)).toEqual([
      `GLOSSARY.md:1:1: GLOSSARY.md is behind the words of knowledge/words. Make it again: ${glossaryCommand}`,
    ]);
    writeFileSync(file, `${glossaryOf(words)}one line too many`);
    expect(checkGlossary(words, file)).toHaveLength(1);
    writeFileSync(file, glossaryOf(words));
    expect(checkGlossary(words, file)).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('one name stands for one thing', () => {
  const copy = mkdtempSync(join(tmpdir(), 'glossary-'));
  try {
    cpSync(words, copy, { recursive: true });
    const file = join(copy, 'code-terms.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('name: Step,', 'name: Condition,'));
    expect(checkGlossary(copy, join(root, 'GLOSSARY.md')).map(formatProblem)).toEqual([
      expect.stringMatching(/words\/code-terms\.yaml:\d+:\d+: "Condition" stands here twice/),
    ]);
  } finally {
    rmSync(copy, { recursive: true });
  }
});

test('every type of the glossary is really a type of its room', () => {
  for (const { name, room } of loadCodeTerms(words).filter((term) => /^[A-Z]/.test(term.name))) {
    const files = globSync([`engines/${room}/src/**/*.ts`, `${room}/src/**/*.ts`], { cwd: root });
    const used = files.some((file) =>
      new RegExp(`export (type|class) ${name}\\b`).test(readFileSync(join(root, file), 'utf8')),
    );
    expect(used, `${name} in ${room}`).toBe(true);
  }
});
