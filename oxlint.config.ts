import { defineConfig, type OxlintOverride } from 'oxlint';
import { rows, standingRooms, type Room } from './scripts/house.ts';

/**
 * The walls of the house, made from each room's package.json: that list is the architecture, and nothing repeats it.
 * An override replaces a rule, so every room gets its whole list of refusals.
 */
const rooms = standingRooms(import.meta.dirname);

const deep = {
  group: ['../../**', '@meedoen/*/**'],
  message: 'Enter a room by its front door, and a neighbour file by its own name: no deep imports.',
};

function forbiddenRooms(room: Room): { group: string[]; message: string }[] {
  const others = rows.flatMap((row): readonly string[] => row.rooms).filter((name) => !room.mayUse.includes(name));
  return [
    {
      group: others.map((name) => `@meedoen/${name}`),
      message: `${room.name} may use ${room.mayUse.join(', ') || 'no other room'}: an import points to a lower row of the house.`,
    },
  ];
}

const outside = {
  group: ['node:*', 'vitest', 'fast-check'],
  message: 'Below the line everything is pure: the shell reads and passes the value.',
};

const walls = rooms.map((room): OxlintOverride => ({
  files: [`${room.folder}/**/*.{ts,js,mjs,svelte}`],
  rules: { 'no-restricted-imports': ['error', { patterns: [deep, ...forbiddenRooms(room)] }] },
}));

/** A room may lend a side door to tests; tests may use their room's `test/` and borrow the browser. */
const testWalls = rooms.map((room): OxlintOverride => ({
  files: [`${room.folder}/**/*.test.ts`, `${room.folder}/**/testing.ts`, `${room.folder}/browser/**`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          { ...deep, group: [...deep.group, '!@meedoen/*/testing', '!../../scripts/chromium.ts', '!../../test/**'] },
          ...forbiddenRooms(room),
        ],
      },
    ],
  },
}));

const clock = 'The shell knows the day and passes it in: see Day in @meedoen/units.';
const pureRooms = rooms
  .filter((room) => room.pure)
  .map((room): OxlintOverride => ({
    files: [`${room.folder}/src/**/*.ts`],
    excludeFiles: ['**/*.test.ts'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [deep, outside, ...forbiddenRooms(room)] }],
      // The compiler refuses most of these by itself, until a dependency brings Node's or the browser's types along.
      'no-restricted-globals': [
        'error',
        ...['Date', 'Temporal', 'performance'].map((name) => ({ name, message: clock })),
        ...[
          'globalThis',
          'window',
          'self',
          'document',
          'navigator',
          'process',
          'Buffer',
          'require',
          'fetch',
          'crypto',
        ].map((name) => ({ name, message: 'Below the line nothing is read from the world around.' })),
        ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'].map((name) => ({ name, message: clock })),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Chance comes in as `random`.' },
        { object: 'Intl', property: 'DateTimeFormat', message: clock },
      ],
      'no-console': 'error',
    },
  }));

export default defineConfig({
  plugins: ['typescript', 'unicorn', 'oxc', 'import'],
  options: { typeAware: true },
  categories: { correctness: 'error' },
  rules: {
    'import/no-cycle': 'error',
    'no-eval': 'error',
    'no-new-func': 'error',
    eqeqeq: 'error',
    'no-var': 'error',
    'prefer-const': 'error',
    // Our objects of functions are closures: they have no `this` to lose.
    'typescript/unbound-method': 'off',
    // Coefficients stand as the paper prints them.
    'no-loss-of-precision': 'off',
    'typescript/no-explicit-any': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    'typescript/consistent-type-imports': [
      'error',
      { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
    ],
    'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
  },
  ignorePatterns: ['web/.svelte-kit/**', '**/build/**'],
  overrides: [...walls, ...testWalls, ...pureRooms],
});
