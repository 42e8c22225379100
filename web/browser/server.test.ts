import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from 'node:net';
import { startWeb, type RunningWeb } from './world.ts';

/** The server by itself, without a database: reading must work all the same. */
let web: RunningWeb;
beforeAll(async () => {
  web = await startWeb({ MEEDOEN_DATABASE: 'postgres://nobody@127.0.0.1:1/none' });
});
afterAll(async () => {
  expect(await web.stop(), 'SIGTERM ends it properly').toBe(0);
});

test('pages are compressed and carry their safeguards', async () => {
  const page = await fetch(`${web.url}/nl/works`, { headers: { 'accept-encoding': 'br' } });
  const headers = Object.fromEntries(page.headers);
  expect(headers).toMatchObject({
    'content-encoding': 'br',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'x-frame-options': 'DENY',
  });
  expect(headers['content-security-policy']).toContain("default-src 'self'");
  expect(headers['content-security-policy']).not.toContain('unsafe');
  expect(headers['strict-transport-security'], 'only behind https').toBeUndefined();
});

test('without its database it still reads, and says what is missing', async () => {
  const page = await fetch(`${web.url}/en/help`);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('We cannot reach the list of help nearby right now.');
  const ready = await fetch(`${web.url}/ready`);
  expect([ready.status, await ready.json()]).toEqual([503, { database: 'down' }]);
  const health = await fetch(`${web.url}/health`);
  expect([health.status, health.headers.get('x-meedoen')]).toEqual([200, '1']);
});

test('a form from another website is refused, one of ours over plain http is not', async () => {
  const send = (origin: string) =>
    fetch(`${web.url}/nl/questions/document`, {
      method: 'POST',
      body: new URLSearchParams({ answer: 'none' }),
      headers: { origin, accept: 'text/html' },
      redirect: 'manual',
    });
  expect((await send('https://elsewhere.example')).status).toBe(403);
  const ours = await send(web.url);
  expect(ours.status).toBe(303);
  expect(ours.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Lax$/i);
});

test('an address that is too long is refused in the language of the path', async () => {
  const page = await fetch(`${web.url}/nl/help?topic=${'x'.repeat(5000)}`);
  expect(page.status).toBe(414);
  expect(await page.text()).toContain('Dit adres is te lang');
});

test('nonsense on the wire gets a short answer, and the server stays', async () => {
  const answer = await new Promise<string>((resolve) => {
    const socket = connect(Number(new URL(web.url).port), '127.0.0.1', () => socket.write('HELO there\r\n\r\n'));
    socket.on('data', (text) => resolve(text.toString()));
  });
  expect(answer).toContain('400 Bad Request');
  expect((await fetch(`${web.url}/nl`)).status).toBe(200);
});

test('the log tells how the server is doing and nothing about a person', async () => {
  await fetch(`${web.url}/nl/help?topic=violence`, {
    headers: { 'user-agent': 'somebody', cookie: 'meedoen-answers=secret' },
  });
  await fetch(`${web.url}/nl/a-name-somebody-typed-1234`);
  await new Promise((resolve) => setTimeout(resolve, 200));
  const lines = web
    .output()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { event: string; path?: string });
  expect(lines.some(({ event, path }) => event === 'request' && path === '/nl/help')).toBe(true);
  expect(web.output()).not.toMatch(/violence|somebody|127\.0\.0\.1|secret|1234/);
});

test('above its measure it says so at once, in the language of the reader, and stays healthy', async () => {
  const busy = await startWeb({ MEEDOEN_AT_ONCE: '0' });
  const page = await fetch(`${busy.url}/`, { headers: { 'accept-language': 'ar' } });
  expect([page.status, page.headers.get('retry-after')]).toEqual([503, '30']);
  expect(await page.text()).toContain('dir="rtl"');
  expect((await fetch(`${busy.url}/health`)).status).toBe(200);
  await busy.stop();
});

test('a second server on the same port says so and ends with code 3', async () => {
  await expect(startWeb({ PORT: new URL(web.url).port })).rejects.toThrow('code 3');
});

test('it goes when the process that started it goes', async () => {
  const other = await startWeb({});
  const ended = new Promise((resolve) => other.process.once('exit', resolve));
  other.process.disconnect();
  expect(await ended).toBe(0);
});
