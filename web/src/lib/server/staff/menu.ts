import type { RequestEvent } from '@sveltejs/kit';
import { may } from './may.ts';

/** The menu of who is signed in: only what their roles open. */
export function menuFor({ locals, url }: RequestEvent): {
  path: string;
  links: { to: string; text: 'home' | 'me' | 'conversations' | 'decisions' | 'people' | 'log' }[];
} {
  const staff = locals.staff!;
  return {
    path: url.pathname,
    links: [
      { to: '', text: 'home' },
      { to: '/me', text: 'me' },
      ...(may(staff, 'municipality-analyst') ? [{ to: '/decisions', text: 'decisions' } as const] : []),
      ...(staff.grants.some(({ role }) => role !== 'organisation-editor')
        ? [{ to: '/conversations', text: 'conversations' } as const]
        : []),
      ...(may(staff, 'steward') ? [{ to: '/people', text: 'people' } as const] : []),
      ...(may(staff, 'steward', { kind: 'platform' }) ? [{ to: '/log', text: 'log' } as const] : []),
    ],
  };
}
