import { defineConfig } from 'vitest/config';

/** One project a room, so that `npx vitest run --project store` runs that room alone. */
export default defineConfig({
  test: {
    // Two at a time: many tests wait for a process or a page, and two cores are what we promise to be quick on.
    maxWorkers: 2,
    projects: [
      // Nothing here waits for anything; the limits are for a machine that does other things at the same time.
      { test: { name: 'engines', include: ['engines/**/*.test.ts'], testTimeout: 30_000 } },
      {
        test: { name: 'knowledge', include: ['knowledge/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 },
      },
      {
        test: {
          name: 'store',
          include: ['store/**/*.test.ts'],
          globalSetup: ['store/src/testing.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      { test: { name: 'cli', include: ['cli/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 } },
      { test: { name: 'tools', include: ['scripts/**/*.test.ts'], testTimeout: 60_000 } },
      {
        test: {
          name: 'web',
          include: ['web/**/*.test.ts'],
          exclude: ['**/node_modules/**', 'web/browser/**'],
          testTimeout: 30_000,
        },
      },
      // The pages in a real Chromium, against the built web: `npm test` builds it first.
      { test: { name: 'browser', include: ['web/browser/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 120_000 } },
    ],
  },
});
