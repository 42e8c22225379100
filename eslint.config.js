import parser from '@typescript-eslint/parser';
import svelte from 'eslint-plugin-svelte';

/** Only the templates: everything else is oxlint's. Refuses {@html}, unsafe links and what Svelte warns for. */
export default [
  ...svelte.configs.recommended,
  { files: ['**/*.svelte', '**/*.svelte.ts'], languageOptions: { parserOptions: { parser } } },
  {
    files: ['**/*.svelte'],
    rules: {
      'svelte/no-at-html-tags': 'error',
      'svelte/no-target-blank': 'error',
      // Our pages link to other languages and to laws; SvelteKit's resolve() knows neither.
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
  { ignores: ['**/*.ts', '**/*.js', '**/build/**', '**/.svelte-kit/**'] },
];
