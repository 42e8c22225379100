import { defineParams } from '@sveltejs/kit/params';
import { isLanguage } from '#lib/language/languages.ts';

export const params = defineParams({
  language: (text) => (isLanguage(text) ? text : undefined),
  topic: (text) => (/^[a-z][a-z-]{0,40}$/.test(text) ? text : undefined),
  right: (text) => (/^[a-z0-9][a-z0-9-]{0,60}$/.test(text) ? text : undefined),
  law: (text) => (/^[a-z0-9_]{1,80}$/.test(text) ? text : undefined),
  article: (text) => (/^[a-z0-9.-]{1,80}$/.test(text) ? text : undefined),
  question: (text) => (/^[a-z][a-z0-9-]{0,39}$/.test(text) ? text : undefined),
  town: (text) => (/^(GM\d{4}|[a-z][a-z-]{0,39})$/.test(text) ? text : undefined),
  release: (text) => (/^\d{4}-\d\d-\d\d$/.test(text) ? text : undefined),
  file: (text) => (/^[a-z]+\.(csv|json|jsonld|parquet)$/.test(text) ? text : undefined),
  place: (text) =>
    /^(GM\d{4}|platform|(location|organisation):[A-Za-z0-9-]{1,64}|[a-z][a-z-]{0,39})$/.test(text) ? text : undefined,
  decision: (text) => (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text) ? text : undefined),
  conversation: (text) => (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text) ? text : undefined),
  statement: (text) => (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text) ? text : undefined),
  provider: (text) => (/^[a-z][a-z0-9-]{0,30}$/.test(text) ? text : undefined),
  secret: (text) => (/^[\w-]{43}$/.test(text) ? text : undefined),
  person: (text) => (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text) ? text : undefined),
  fact: (text) => (/^[a-z][A-Za-z0-9]{0,40}$/.test(text) ? text : undefined),
});
