import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit/hooks';
import { directionOf, isLanguage, languagesFor, type Language } from '#lib/language/languages.ts';
import { resolveMarks } from '#lib/language/marks.ts';
import { cookieName, monthInSeconds, readAnswers, writeAnswers, type KeptAnswers } from '#lib/server/answers-cookie.ts';
import { connect, disconnect } from '#lib/server/database.ts';
import { knowledge } from '#lib/server/knowledge.ts';
import { log } from '#lib/server/log.ts';
import { secret } from '#lib/server/secret.ts';
import { layAnchorsDaily } from '#lib/server/staff/daily-anchor.ts';
import { guard } from '#lib/server/staff/guard.ts';
import { readSession } from '#lib/server/staff/staff-session.ts';
import { today } from '#lib/server/settings.ts';

export const init: ServerInit = async () => {
  const { problems } = await knowledge();
  if (problems.length > 0) log('knowledge_problems', { count: problems.length });
  await connect();
  layAnchorsDaily();
  process.once('sveltekit:shutdown', () => void disconnect());
};

export const handle: Handle = async ({ event, resolve }) => {
  const { corpus } = await knowledge();
  event.locals.language = languageOf(event.url.pathname, event.request.headers.get('accept-language'));
  event.locals.offline = true;
  event.locals.answers = readAnswers(event.cookies.get(cookieName), secret, corpus.facts, today());

  event.locals.staff = await readSession(event);
  const refusal = await guard(event);
  if (refusal) return refusal;

  let page = '';
  const response = await resolve(event, {
    // The page is put together whole, because a mark may begin in one chunk and end in the next.
    transformPageChunk: ({ html, done }) => {
      page += html;
      return done ? finish(page, event.locals) : '';
    },
  });
  const html = response.headers.get('content-type')?.startsWith('text/html') ?? false;
  if (html && event.locals.answers.problem) {
    response.headers.append('set-cookie', mendedCookie(event.locals.answers, event.url.protocol === 'https:'));
  }
  // Pages may differ by the answers on the device: no cache in between may keep one. The service worker asks for
  // the pages it keeps without the answers (see src/service-worker).
  if (html && !response.headers.has('cache-control')) response.headers.set('cache-control', 'private, no-cache');
  return response;
};

function languageOf(path: string, accepted: string | null): Language {
  const first = path.split('/')[1];
  return isLanguage(first) ? first : (languagesFor(accepted)[0] ?? 'nl');
}

function finish(page: string, { language, offline }: App.Locals): string {
  const spoken = resolveMarks(page, language)
    .replace('%meedoen.language%', language)
    .replace('%meedoen.direction%', directionOf(language));
  return offline ? spoken : spoken.replace('<script src="/sw-register.js" defer></script>', '');
}

/** What could not be used is taken off the device in the same answer that says so. */
function mendedCookie({ situation, keptFor, problem }: KeptAnswers, secure: boolean): string {
  const rules = `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  if (problem !== 'outdated') return `${cookieName}=; Max-Age=0; ${rules}`;
  const age = keptFor === 'month' ? `; Max-Age=${monthInSeconds}` : '';
  return `${cookieName}=${writeAnswers(situation, keptFor, secret)}; ${rules}${age}`;
}

/** People see a calm page in their language (+error.svelte); the log gets the kind of error and the route, never the address. */
export const handleError: HandleServerError = ({ kind, error, event }) => {
  if (kind === 'unknown') {
    const stack = error instanceof Error ? (error.stack ?? error.name) : 'not an error';
    log('error', { route: event.route.id ?? 'none', stack: stack.slice(0, 2000) });
  }
};
