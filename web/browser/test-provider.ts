import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

/** An organisation's OpenID provider on this machine, which lets anybody in as whom they type, as strongly as they choose. */
export type TestProvider = {
  issuer: string;
  /** Begin to answer, for the web server at this address. */
  knowClient(redirectUri: string): void;
  stop(): Promise<void>;
};

export const client = { id: 'meedoen', secret: 'a secret that only these tests use' };

export async function startTestProvider(): Promise<TestProvider> {
  let answer: (request: IncomingMessage, response: ServerResponse) => void = (_, response) => response.end();
  const server = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // Another name than the web's `localhost`: it must be another site, as it is in life.
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    issuer,
    knowClient(redirectUri) {
      const provider = new Provider(issuer, {
        clients: [
          {
            client_id: client.id,
            client_secret: client.secret,
            redirect_uris: [redirectUri],
            token_endpoint_auth_method: 'client_secret_basic',
          },
        ],
        acrValues: ['low', 'high'],
        claims: { openid: ['sub'], profile: ['name'], acr: null, auth_time: null },
        conformIdTokenClaims: false,
        cookies: { keys: ['only for tests'] },
        features: { devInteractions: { enabled: false } },
        interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
        pkce: { required: () => true },
        findAccount: (_: unknown, id: string) => ({
          accountId: id,
          claims: () => ({ sub: id, name: id === 'nameless' ? undefined : `${id} van de gemeente` }),
        }),
      });
      const oidc = provider.callback();
      answer = (request, response) => {
        if (request.url?.startsWith('/interaction/')) void interact(provider, request, response);
        else oidc(request, response);
      };
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** The pages of the provider: who are you, how strongly, and since when? */
async function interact(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { prompt, params } = await provider.interactionDetails(request, response);
  if (request.method === 'GET') {
    response.writeHead(200, { 'content-type': 'text/html' }).end(
      `<!doctype html><title>Provider</title><form method="post">
        <input name="account" value=""><input name="acr" value="high"><input name="since" value="0">
        <button name="do" value="in">In</button><button name="do" value="stop">Stop</button></form>`,
    );
    return;
  }
  let body = '';
  for await (const part of request) body += String(part);
  const typed = new URLSearchParams(body);
  if (typed.get('do') === 'stop') {
    return provider.interactionFinished(request, response, { error: 'access_denied' });
  }
  const accountId = typed.get('account')!;
  const grant = new provider.Grant({ accountId, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  const ts = Math.floor(Date.now() / 1000) - Number(typed.get('since'));
  await provider.interactionFinished(request, response, {
    ...(prompt.name === 'login' ? { login: { accountId, acr: typed.get('acr'), ts, remember: false } } : {}),
    consent: { grantId: await grant.save() },
  });
}
