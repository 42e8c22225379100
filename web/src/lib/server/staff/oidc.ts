import type { Answered, OidcIdentity } from '@meedoen/store';
import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import {
  authorizationCodeGrant,
  AuthorizationResponseError,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { log } from '../log.ts';
import { answeredTo, recall, remember, untilWhen, type Asked, type WhyAsked } from './ceremony.ts';
import { configurationOf, providers, type Provider } from './providers.ts';
import { shortText } from './short-text.ts';
import { siteOf } from './site.ts';

/** Who shows again who they are does so at the provider now: a sign-in of a while ago does not count. */
const againInSeconds = 120;

/** Send somebody to their provider; the way back is `comeBack`. */
export async function goToProvider(event: RequestEvent, why: WhyAsked, to: string): Promise<never> {
  const site = siteOf(event.url);
  const provider = providerOf(event);
  if (site === null) error(404, 'Staff do not sign in at this address.');
  const asked: Asked['oidc'] = {
    provider: provider.id,
    state: randomState(),
    nonce: randomNonce(),
    verifier: randomPKCECodeVerifier(),
    why,
    language: event.locals.language,
    to,
    until: untilWhen(new Date()),
  };
  const configuration = await configurationOf(provider).catch(() => null);
  if (configuration === null) {
    log('oidc_unreachable', { provider: provider.id });
    redirect(303, problemPage(asked, 'unreachable'));
  }
  remember(event, 'oidc', asked);
  const age = mostAge(provider, why);
  const address = buildAuthorizationUrl(configuration, {
    redirect_uri: wayBack(site.origin, provider),
    scope: 'openid profile',
    state: asked.state,
    nonce: asked.nonce,
    code_challenge: await calculatePKCECodeChallenge(asked.verifier),
    code_challenge_method: 'S256',
    ...(provider.acr.length > 0 ? { acr_values: provider.acr.join(' ') } : {}),
    ...(age === null ? {} : { max_age: String(age) }),
    ...(why.kind === 'again' ? { prompt: 'login' } : {}),
  });
  redirect(303, address.href, { external: [address.origin] });
}

export type CameBack = {
  asked: Asked['oidc'];
  identity: OidcIdentity;
  answered: Answered;
  /** What the provider calls them, to begin with. */
  nameShown: string;
  /** Less certain than this provider must be: they may not come in. */
  tooWeak: boolean;
};

export const oidcProblems = [
  'late',
  'cancelled',
  'failed',
  'unreachable',
  'weak',
  'unknown',
  'taken',
  'other',
] as const;
export type OidcProblem = (typeof oidcProblems)[number];

/** Who came back from their provider, when state, nonce, code, token and time hold; else goes to the page that says what to do. */
export async function comeBack(event: RequestEvent): Promise<CameBack> {
  const provider = providerOf(event);
  const site = siteOf(event.url);
  const asked = recall(event, 'oidc', new Date());
  const refuse = (problem: OidcProblem): never =>
    redirect(303, problemPage(asked ?? { language: event.locals.language, why: { kind: 'sign in' }, to: '' }, problem));
  if (site === null || asked === null || asked.provider !== provider.id) return refuse('late');

  const age = mostAge(provider, asked.why);
  try {
    const tokens = await authorizationCodeGrant(
      await configurationOf(provider),
      new URL(event.url.pathname + event.url.search, site.origin),
      {
        expectedState: asked.state,
        expectedNonce: asked.nonce,
        pkceCodeVerifier: asked.verifier,
        idTokenExpected: true,
        ...(age === null ? {} : { maxAge: age }),
      },
    );
    const claims = tokens.claims()!;
    const names = [claims['name'], claims['preferred_username']].filter((value) => typeof value === 'string');
    return {
      asked,
      identity: { issuer: claims.iss, subject: claims.sub },
      answered: answeredTo(asked.nonce, asked.until),
      nameShown: names.map((name) => shortText(name, 80)).find((name) => name !== null) ?? provider.name,
      tooWeak: provider.acr.length > 0 && !provider.acr.some((acr) => acr === claims['acr']),
    };
  } catch (problem) {
    if (problem instanceof AuthorizationResponseError && problem.error === 'access_denied') return refuse('cancelled');
    const { name, code } = problem as { name?: string; code?: string };
    log('oidc_refused', { provider: provider.id, reason: code ?? name ?? 'unknown' });
    return refuse('failed');
  }
}

/** Where somebody reads what went wrong, and can try again from where they were. */
export function problemPage(
  { language, why, to }: Pick<Asked['oidc'], 'language' | 'why' | 'to'>,
  problem: OidcProblem,
): string {
  const page = why.kind === 'again' ? 'again' : 'sign-in';
  return `/${language}/staff/${page}?problem=${problem}&to=${encodeURIComponent(to)}`;
}

function mostAge({ maxAgeInSeconds }: Provider, why: WhyAsked): number | null {
  return why.kind === 'again' ? againInSeconds : maxAgeInSeconds;
}

/** One address for all languages, because it must be known at the provider to the letter. */
function wayBack(origin: string, { id }: Provider): string {
  return `${origin}/nl/staff/oidc/${id}/back`;
}

function providerOf({ params }: RequestEvent): Provider {
  const provider = providers.find(({ id }) => id === params['provider']);
  if (provider === undefined) error(404, 'No such provider.');
  return provider;
}
