import type { Cookies } from '@sveltejs/kit';

/** The cookies of a browser, for tests: which were asked for, and which outlive it. */
export function deviceForTests(given: Readonly<Record<string, string>> = {}) {
  const kept = new Map(Object.entries(given).map(([name, value]) => [name, { value, long: false }]));
  const asked = new Set<string>();
  const cookies: Pick<Cookies, 'get' | 'set' | 'delete'> = {
    get: (name) => {
      asked.add(name);
      return kept.get(name)?.value;
    },
    set: (name, value, options) => void kept.set(name, { value, long: options?.maxAge !== undefined }),
    delete: (name) => void kept.delete(name),
  };
  return {
    cookies: cookies as Cookies,
    url: new URL('https://meedoen.example/nl'),
    asked,
    long: () => [...kept].flatMap(([name, one]) => (one.long ? [name] : [])).sort(),
  };
}
