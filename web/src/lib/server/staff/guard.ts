import { redirect, type RequestEvent } from '@sveltejs/kit';
import type { SignedIn } from '@meedoen/store';
import { log } from '../log.ts';
import { isRecent, may } from './may.ts';
import { staffHome } from './staff-address.ts';
import { isStaffRoute, staffRoutes, type StaffRule } from './staff-routes.ts';

export type Verdict = 'may' | 'sign in' | 'sign in again' | 'refused';

/** May somebody ask this of a route with this rule? No rule: nobody may. */
export function judge(
  rule: StaffRule | undefined,
  staff: SignedIn | null,
  request: { method: string; params: Readonly<Record<string, string | undefined>>; now: Date },
): Verdict {
  if (rule === undefined) return 'refused';
  if (rule === 'anyone') return 'may';
  if (staff === null) return 'sign in';
  if (rule === 'signed in') return 'may';
  const where = rule.where?.(request.params);
  if (!rule.roles.some((role) => may(staff, role, where))) return 'refused';
  const changes = request.method !== 'GET' && request.method !== 'HEAD';
  const mustBeRecent = rule.recent === 'always' || (rule.recent === 'to change' && changes);
  return mustBeRecent && !isRecent(staff, request.now) ? 'sign in again' : 'may';
}

/**
 * The one guard for everything under /staff, before any page, action or file of it runs. Null: go on. Otherwise the
 * answer: the sign-in page, or 403 in words.
 */
export async function guard(event: RequestEvent): Promise<Response | null> {
  const route = event.route.id;
  if (!isStaffRoute(route)) return null;
  event.locals.offline = false;
  event.setHeaders({ 'cache-control': 'no-store' });
  if (!comesFromOurselves(event)) return refused(event);

  const rule = staffRoutes[route];
  if (rule === undefined) log('staff_route_without_row', { route });
  const { method } = event.request;
  const verdict = judge(rule, event.locals.staff, { method, params: event.params, now: new Date() });
  if (verdict === 'may') return null;
  if (verdict === 'refused') return refused(event);
  if (route.endsWith('.json') || route.endsWith('.csv')) return new Response('Sign in first.\n', { status: 401 });
  const page = verdict === 'sign in' ? 'sign-in' : 'again';
  redirect(303, `${staffHome(event)}/${page}?to=${encodeURIComponent(event.url.pathname)}`);
}

/** A change must come from a page of ours, whatever its content type: SvelteKit itself looks at forms only. */
function comesFromOurselves({ request, url }: RequestEvent): boolean {
  return request.method === 'GET' || request.method === 'HEAD' || request.headers.get('origin') === url.origin;
}

/** The refusal as a page in the reader's language; an error thrown in a hook would be shown without any. */
async function refused(event: RequestEvent): Promise<Response> {
  const page = await event.fetch(`${staffHome(event)}/refused`, { headers: { accept: 'text/html' } });
  return new Response(page.body, { status: 403, headers: page.headers });
}
