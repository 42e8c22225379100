import { defineParams } from '@sveltejs/kit/params';
import { isLanguage } from '#lib/language/languages.ts';

export const params = defineParams({
  language: (text) => (isLanguage(text) ? text : undefined),
  fact: (text) => (/^[a-z][A-Za-z0-9]{0,40}$/.test(text) ? text : undefined),
});
