import { expect, test } from 'vitest';
import { siteOf } from './site.ts';

test.each([
  {
    url: 'http://localhost:3000/nl',
    chosen: null,
    site: { origin: 'http://localhost:3000', passkeyName: 'localhost' },
  },
  { url: 'http://127.0.0.1:3000/nl', chosen: null, site: { origin: 'http://127.0.0.1:3000', passkeyName: null } },
  { url: 'http://192.168.1.4:3000/nl', chosen: null, site: null },
  { url: 'https://anything.example/nl', chosen: null, site: null },
  {
    url: 'https://meedoen.example/nl',
    chosen: 'https://meedoen.example',
    site: { origin: 'https://meedoen.example', passkeyName: 'meedoen.example' },
  },
  { url: 'http://meedoen.example/nl', chosen: 'https://meedoen.example', site: null },
  { url: 'http://localhost:3000/nl', chosen: 'https://meedoen.example', site: null },
  { url: 'https://localhost.evil.example/nl', chosen: null, site: null },
])('$url with $chosen', ({ url, chosen, site }) => {
  expect(siteOf(new URL(url), chosen)).toEqual(site);
});
