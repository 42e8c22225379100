import { error, redirect } from '@sveltejs/kit';
import type { WhyAsked } from '#lib/server/staff/ceremony.ts';
import { isRecent } from '#lib/server/staff/may.ts';
import { goToProvider } from '#lib/server/staff/oidc.ts';
import { goOnTo, staffHome } from '#lib/server/staff/staff-address.ts';
import { isTicket } from '#lib/server/staff/ticket.ts';
import type { RequestHandler } from './$types';

/**
 * A link and not a form, because our pages let forms go nowhere but here. It changes nothing: it remembers on the
 * device what was asked, and goes to the provider.
 */
export const GET: RequestHandler = async (event) => {
  const { url, locals } = event;
  const { staff } = locals;
  const asked = url.searchParams.get('for') ?? 'sign in';
  let why: WhyAsked;
  if (asked === 'sign in') why = { kind: 'sign in' };
  else if (asked === 'invitation') why = { kind: 'invitation', token: url.searchParams.get('secret') ?? '' };
  else if (staff === null) redirect(303, `${staffHome(event)}/sign-in`);
  else if (asked === 'again') why = { kind: 'again', session: staff.session.id };
  else if (asked === 'add') {
    // Somebody else's page must not make a member of staff link a stranger's account to their own.
    if (!isRecent(staff, new Date()) || !isTicket(staff, url.searchParams.get('ticket')))
      error(403, 'Ask on your own page.');
    why = { kind: 'add', session: staff.session.id };
  } else error(400, 'Go back and choose again.');
  return goToProvider(event, why, goOnTo(event, url.searchParams.get('to')));
};
