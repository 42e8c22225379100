import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { expect, test } from 'vitest';

// With what is now in the rooms `panel`, `trials` and `pooling` it was 71.1 KB, and red.
test('the evidence engine is at most 60 KB when it goes to a browser', async () => {
  const built = (await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: true,
      rolldownOptions: {
        input: join(import.meta.dirname, '../engines/evidence/src/index.ts'),
        preserveEntrySignatures: 'strict',
      },
    },
  })) as Rolldown.RolldownOutput;
  const code = built.output.map((file) => ('code' in file ? file.code : '')).join('');
  // The whole engine, and not a file from which everything was shaken out.
  expect(code).toMatch(/as kaplanMeier\b/);
  expect(gzipSync(code, { level: 9 }).length).toBeLessThanOrEqual(60_000);
});
