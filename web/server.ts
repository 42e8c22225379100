/**
 * The web server: SvelteKit's handler with what a server on the open internet needs around it. Start it with
 * `node web/server.ts` after `npm run build -w web`; it listens on HOST:PORT and stops on SIGTERM, SIGINT or when the
 * process that started it goes away.
 */
import compression from 'compression';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { languages, languagesFor, directionOf } from './src/lib/language/languages.ts';
import { log } from './src/lib/server/log.ts';

const room = import.meta.dirname;
const environment = process.env;
const port = Number(environment['PORT'] ?? 3000);
const host = environment['HOST'] ?? '127.0.0.1';
/** Behind a proxy that ends https and is the only way in, its word about the protocol counts. */
const trustsProxy = environment['MEEDOEN_TRUST_PROXY'] === '1';

const mostConnections = 800;
/** Above this many answers in the making we say "very busy" at once, instead of letting everybody wait. */
const mostAtOnce = Number(environment['MEEDOEN_AT_ONCE'] ?? 200);
const longestAddress = 2048;
const secondsToFinish = 10;

// What adapter-node reads when it is loaded. It takes every request for https unless a header says otherwise, and then
// refuses a form sent over plain http (the origins differ). So we say, on every request, what the connection really is.
const protocolHeader = 'x-meedoen-protocol';
environment['PROTOCOL_HEADER'] = protocolHeader;
// The address of who asks, for the crowd at one address: what the proxy wrote last, never what a visitor wrote before it.
if (trustsProxy) environment['ADDRESS_HEADER'] ??= 'x-forwarded-for';
environment['BODY_SIZE_LIMIT'] ??= '128K';
environment['MEEDOEN_DATA'] ??= join(room, '..', '.meedoen');

type Handler = (request: IncomingMessage, response: ServerResponse, next: () => void) => unknown;
const built = join(room, 'build', 'handler.js');
const { handler } = (await import(built)) as { handler: Handler };
const compress = compression({ threshold: 512 });

let atOnce = 0;

const server = createServer({
  maxHeaderSize: 32 * 1024,
  headersTimeout: 15_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 10_000,
});
server.maxConnections = mostConnections;

server.on('request', (request, response) => {
  const began = performance.now();
  const secure = trustsProxy && request.headers['x-forwarded-proto'] === 'https';
  request.headers[protocolHeader] = secure ? 'https' : 'http';
  safeguard(response, secure);

  const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
  if (path === '/health') {
    response
      .writeHead(200, { 'content-type': 'text/plain', 'cache-control': 'no-store', 'x-meedoen': '1' })
      .end('ok\n');
    return;
  }
  if ((request.url ?? '').length > longestAddress) return refuse(request, response, 414);
  if (atOnce >= mostAtOnce) {
    response.setHeader('retry-after', '30');
    return refuse(request, response, 503);
  }

  atOnce += 1;
  response.once('close', () => {
    atOnce -= 1;
    // A path can hold the name of a question, never an answer; the query string could, so it stays out.
    log('request', {
      method: request.method ?? '',
      path: knownPath(path),
      status: response.statusCode,
      milliseconds: Math.round(performance.now() - began),
    });
  });
  compress(request, response, () => {
    void handler(request, response, () => refuse(request, response, 404));
  });
});

/** Headers that hold for everything we send, pages and files. The pages' Content-Security-Policy is SvelteKit's (vite.config.ts). */
function safeguard(response: ServerResponse, secure: boolean): void {
  response.setHeader('x-content-type-options', 'nosniff');
  // Not `no-referrer`: with that, browsers send `Origin: null` with a form, and honest people are refused.
  response.setHeader('referrer-policy', 'same-origin');
  response.setHeader('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()');
  response.setHeader('cross-origin-opener-policy', 'same-origin');
  response.setHeader('cross-origin-resource-policy', 'same-origin');
  response.setHeader('x-frame-options', 'DENY');
  if (secure) response.setHeader('strict-transport-security', 'max-age=63072000; includeSubDomains');
}

/** Paths of ours as they are; anything else could hold whatever somebody typed, so only its first step is told. */
function knownPath(path: string): string {
  return /^\/[a-z]{2}(\/[a-zA-Z-]{1,40}){0,3}(\.json)?$/.test(path) || path === '/' ? path : '(other)';
}

/** A page for when SvelteKit is not asked: it must cost nothing, so it is made once a language. */
function refuse(request: IncomingMessage, response: ServerResponse, status: 404 | 414 | 503): void {
  const first = request.url?.split(/[/?]/)[1] ?? '';
  const language =
    languages.find((known) => known === first) ?? languagesFor(request.headers['accept-language'] ?? null)[0] ?? 'nl';
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'",
    'cache-control': 'no-store',
  });
  response.end(refusals.get(`${language} ${status}`));
  request.resume();
}

const refusals = new Map(
  languages.flatMap((language) => {
    const errors = { ...errorTexts('en'), ...errorTexts(language) };
    return ([404, 414, 503] as const).map((status): [string, string] => [
      `${language} ${status}`,
      `<!doctype html><html lang="${language}" dir="${directionOf(language)}"><meta charset="utf-8">` +
        `<meta name="viewport" content="width=device-width"><title>Meedoen</title>` +
        `<h1>${errors[`title-${status}`]}</h1><p>${errors[`text-${status}`]}</p>` +
        `<p><a href="/${language}">${errors['to-start']}</a></p></html>`,
    ]);
  }),
);

function errorTexts(language: string): Record<string, string> {
  try {
    const file = join(room, 'messages', language, 'site.json');
    return (JSON.parse(readFileSync(file, 'utf8')) as { error: Record<string, string> }).error;
  } catch {
    return {}; // Not translated yet: English stands in.
  }
}

server.on('clientError', (problem: NodeJS.ErrnoException, socket) => {
  if (!socket.writable) return;
  const status = problem.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request';
  socket.end(
    `HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-type: text/plain\r\n\r\nMeedoen: ${status.slice(4)}. Go to the start page.\n`,
  );
});

server.on('error', (problem: NodeJS.ErrnoException) => {
  log('server_failed', { code: problem.code ?? 'unknown', port });
  process.exit(problem.code === 'EADDRINUSE' ? 3 : 1);
});

server.listen(port, host, () => {
  const address = server.address();
  const chosen = address && typeof address === 'object' ? address.port : port;
  const url = `http://${host === '127.0.0.1' || host === '0.0.0.0' || host === '::' ? 'localhost' : host}:${chosen}`;
  log('listening', { url });
  process.send?.({ ready: url });
});

let stopping = false;
/** Finish what was begun, take nothing new, and go; after ten seconds go anyway. */
function stop(reason: string): void {
  if (stopping) return;
  stopping = true;
  log('stopping', { reason });
  setTimeout(() => process.exit(0), secondsToFinish * 1000).unref();
  server.close(() => {
    process.emit('sveltekit:shutdown' as never, reason as never);
    setTimeout(() => process.exit(0), 200);
  });
  server.closeIdleConnections();
}
process.on('SIGTERM', () => stop('SIGTERM'));
process.on('SIGINT', () => stop('SIGINT'));
process.on('disconnect', () => stop('disconnect'));
