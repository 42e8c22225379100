/// <reference lib="webworker" />
import { version } from '$app/env';

/**
 * Reading without internet. What may stay on a device that others may hold too:
 *   kept    the stylesheet and the reading pages below, as everybody sees them: they are asked for without the
 *           cookie, so no copy ever holds an answer
 *   never   questions of a person, answers, what was announced "for you", the file, the phone numbers, error pages
 * `Clear-Site-Data` and the wipe page remove the copies and this worker itself.
 */
declare const self: ServiceWorkerGlobalScope;

const readingPages = ['', '/words', '/help', '/works', '/about', '/offline', '/check-in/offline'];
const languages = /^\/(nl|en|ar|ti|uk|tr|fa|ru)(?=\/|$)/;
const files = /^\/(_app\/immutable\/|(sw-register|outbox)\.js$)/;

/** Each build has its own copies: a page and its stylesheet always belong together. */
const cacheName = `meedoen ${version}`;

self.addEventListener('install', () => void self.skipWaiting());

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== cacheName).map((name) => caches.delete(name)))),
  );
  event.waitUntil(self.clients.claim());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (request.mode === 'navigate') event.respondWith(navigate(event, url));
  else if (files.test(url.pathname)) event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)));
});

async function navigate(event: FetchEvent, url: URL): Promise<Response> {
  const language = languages.exec(url.pathname)?.[1];
  try {
    const answer = await fetch(event.request);
    if (answer.ok && language && (isReadingPage(url.pathname) || isCheckIn(url.pathname)))
      event.waitUntil(keepPages(language));
    return answer;
  } catch (problem) {
    const kept = isReadingPage(url.pathname) && (await caches.match(url.pathname));
    const offline = kept || (await caches.match(`/${language ?? 'nl'}/offline`));
    if (offline) return offline;
    throw problem;
  }
}

function isReadingPage(path: string): boolean {
  return languages.test(path) && readingPages.includes(path.replace(languages, ''));
}

/** Who answers this month may want to go on where there is no internet: the page for that comes along. */
function isCheckIn(path: string): boolean {
  return path.replace(languages, '').startsWith('/check-in');
}

/** The reading pages of the chosen language, once; nothing for who asked to save data. */
async function keepPages(language: string): Promise<void> {
  const saveData = (navigator as { connection?: { saveData?: boolean } }).connection?.saveData;
  const cache = await caches.open(cacheName);
  for (const page of saveData ? ['', '/offline'] : readingPages) {
    const path = `/${language}${page}`;
    if (await cache.match(path)) continue;
    const answer = await fetch(path, { credentials: 'omit' });
    if (!answer.ok || answer.headers.get('cache-control')?.includes('no-store')) continue;
    for (const [, file = ''] of (await answer.clone().text()).matchAll(/(?:href|src)="(\/[^"]+\.(?:css|js))"/g)) {
      if (!(await cache.match(file))) await cache.add(file);
    }
    await cache.put(path, answer);
  }
}
