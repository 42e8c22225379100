import type { RequestEvent } from '@sveltejs/kit';

/** Where the pages for staff begin, in the language of the page. */
export function staffHome({ locals }: Pick<RequestEvent, 'locals'>): string {
  return `/${locals.language}/staff`;
}

/** Where to go on to after signing in: only an address of a page for staff, else their start page. */
export function goOnTo(event: RequestEvent, wish: FormDataEntryValue | null | undefined): string {
  return typeof wish === 'string' && /^\/[a-z]{2}\/staff(\/[A-Za-z0-9/_-]*)?$/.test(wish) ? wish : staffHome(event);
}
