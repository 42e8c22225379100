import { chosenOrigin } from '../settings.ts';

/** Where staff sign in: the origin that passkeys and providers are bound to. */
export type Site = {
  origin: string;
  /** The name passkeys are made for; null on a bare address (127.0.0.1), for which browsers make none. */
  passkeyName: string | null;
};

/**
 * The chosen origin, or this machine. Never whatever address a request says it came to: on a network somebody could
 * choose that. Null: nobody can sign in until MEEDOEN_ORIGIN is set, because without https a session can be read.
 */
export function siteOf(url: URL, chosen: string | null = chosenOrigin): Site | null {
  if (chosen !== null) return url.origin === chosen ? { origin: chosen, passkeyName: nameOf(new URL(chosen)) } : null;
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  return isHere ? { origin: url.origin, passkeyName: nameOf(url) } : null;
}

function nameOf({ hostname }: URL): string | null {
  return /^[\d.]+$|^\[/.test(hostname) ? null : hostname;
}
