import { readFileSync } from 'node:fs';
import { allowInsecureRequests, ClientSecretBasic, discovery, None, type Configuration } from 'openid-client';
import { providersFile } from '../settings.ts';

/** An organisation that says who its people are, by OpenID Connect. */
export type Provider = {
  /** In our addresses: `/nl/staff/oidc/<id>/back` is where it sends people back. */
  id: string;
  /** As people know it. */
  name: string;
  issuer: string;
  clientId: string;
  clientSecret: string | null;
  /** How strongly somebody must have shown who they are; any of these. Empty: the provider decides. */
  acr: readonly string[];
  /** How long ago at most; null: the provider decides. */
  maxAgeInSeconds: number | null;
};

/** Those in the file MEEDOEN_OIDC names; read once. A file that is wrong stops the server, with what to do. */
export const providers: readonly Provider[] =
  providersFile === null ? [] : parseProviders(readFileSync(providersFile, 'utf8'), providersFile);

export function parseProviders(text: string, file: string): readonly Provider[] {
  const wrong = (what: string): RangeError => new RangeError(`${file}: ${what} web/README.md shows an example.`);
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch (problem) {
    throw wrong(`this is not JSON (${(problem as Error).message}).`);
  }
  if (!Array.isArray(list)) throw wrong('write a list of providers.');
  return list.map((one: Record<string, unknown>, i): Provider => {
    const at = (name: string): string => `provider ${i + 1}: ${name}`;
    const string = (name: string): string => {
      const value = one[name];
      if (typeof value !== 'string' || value === '') throw wrong(`${at(name)} is missing.`);
      return value;
    };
    const id = string('id');
    if (!/^[a-z][a-z0-9-]{0,30}$/.test(id)) throw wrong(`${at('id')} has letters a–z, digits and hyphens only.`);
    const issuer = string('issuer');
    if (!issuer.startsWith('https://') && !isHere(issuer)) throw wrong(`${at('issuer')} begins with https://.`);
    const { acr = [], maxAgeInSeconds = null, clientSecret = null } = one;
    if (!Array.isArray(acr) || !acr.every((value) => typeof value === 'string'))
      throw wrong(`${at('acr')} is a list of texts.`);
    if (maxAgeInSeconds !== null && !(Number.isInteger(maxAgeInSeconds) && (maxAgeInSeconds as number) > 0))
      throw wrong(`${at('maxAgeInSeconds')} is a whole number above 0.`);
    if (clientSecret !== null && typeof clientSecret !== 'string') throw wrong(`${at('clientSecret')} is a text.`);
    return {
      id,
      name: string('name'),
      issuer,
      clientId: string('clientId'),
      clientSecret,
      acr,
      maxAgeInSeconds: maxAgeInSeconds as number | null,
    };
  });
}

const known = new Map<string, Promise<Configuration>>();

/** What a provider says about itself; asked once, and again after a failure. */
export function configurationOf({ id, issuer, clientId, clientSecret }: Provider): Promise<Configuration> {
  const there = known.get(id);
  if (there) return there;
  const asked = discovery(
    new URL(issuer),
    clientId,
    undefined,
    clientSecret === null ? None() : ClientSecretBasic(clientSecret),
    { timeout: 10, ...(isHere(issuer) ? { execute: [allowInsecureRequests] } : {}) },
  );
  known.set(id, asked);
  asked.catch(() => known.delete(id));
  return asked;
}

/** Without https only on this machine, where nobody can listen in between. */
function isHere(issuer: string): boolean {
  return /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])([:/]|$)/.test(issuer);
}
