/** @file Who gets through the guard, in process; `npm run check:browser` asks a real browser. */
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { type GuardOptions, guard } from './guard.ts';

const token = 'tml-right';
const bearer = { Authorization: `Bearer ${token}` };
const json = { 'Content-Type': 'application/json' };

async function ask(
  headers: Record<string, string>,
  { method = 'POST', path = '/', ...options }: GuardOptions & { method?: string; path?: string } = {},
): Promise<Response> {
  const app = new Hono();
  app.use(guard({ hosts: ['127.0.0.1'], token, ...options }, ['/healthz']));
  app.all('*', (context) => context.text('in'));
  return app.request(path, { method, headers: { Host: '127.0.0.1:5000', ...headers } });
}

const cases: readonly (readonly [string, Record<string, string>, Parameters<typeof ask>[1], number])[] = [
  ['a client', { ...json, ...bearer }, {}, 200],
  ['the Tinker SDK', { ...json, 'X-API-Key': token }, {}, 200],
  ['protobuf', { 'Content-Type': 'application/x-protobuf', ...bearer }, {}, 200],
  ['no token', json, {}, 401],
  ['another token', { ...json, Authorization: 'Bearer tml-wrong' }, {}, 401],
  ['an empty token', { ...json, 'X-API-Key': '' }, {}, 401],
  ['the token in the address', json, { path: `/?token=${token}` }, 401],
  ['health without a token', {}, { method: 'GET', path: '/healthz' }, 200],
  ['health by a rebound name', { Host: 'evil.example' }, { method: 'GET', path: '/healthz' }, 403],
  ['a rebound name, though the token is right', { ...json, ...bearer, Host: 'evil.example:5000' }, {}, 403],
  ['a name that only begins like ours', { ...json, ...bearer, Host: '127.0.0.1.evil.example' }, {}, 403],
  ['another address', { ...json, ...bearer, Host: '10.0.0.1' }, {}, 403],
  ['localhost, by a forwarded port', { ...json, ...bearer, Host: 'localhost:9999' }, {}, 200],
  ['IPv6 loopback', { ...json, ...bearer, Host: '[::1]:5000' }, {}, 200],
  ['a page', { ...json, ...bearer, Origin: 'https://evil.example' }, {}, 403],
  ['a page of a file', { ...json, ...bearer, Origin: 'null' }, {}, 403],
  ['a page of another port', { ...json, ...bearer, Origin: 'http://127.0.0.1:5001' }, {}, 403],
  ['an image of a page', { 'Sec-Fetch-Site': 'cross-site', ...bearer }, { method: 'GET' }, 403],
  ['an address typed in', { 'Sec-Fetch-Site': 'none', ...bearer }, { method: 'GET' }, 200],
  ['a form', { 'Content-Type': 'text/plain', ...bearer }, {}, 415],
  ['no type at all', bearer, {}, 415],
  ['a name that was allowed', { ...json, ...bearer, Host: 'gpu7:5000' }, { hosts: ['0.0.0.0', 'gpu7'] }, 200],
  ['an address, where all are bound', { ...json, ...bearer, Host: '10.0.0.1' }, { hosts: ['0.0.0.0'] }, 200],
  ['a name, where all are bound', { ...json, ...bearer, Host: 'evil.example' }, { hosts: ['0.0.0.0'] }, 403],
];

test.each(cases)('%s', async (_, headers, options, status) => {
  const response = await ask(headers, options);
  expect(response.status).toBe(status);
  expect(response.headers.get('Access-Control-Allow-Origin')).toBeNull();
  expect(await response.text()).not.toContain(token);
});

test('a page is let in by name only, and must ask before it sends', async () => {
  const allowOrigins = ['https://good.example'];
  const preflight = await ask({ Origin: 'https://good.example' }, { method: 'OPTIONS', allowOrigins });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('Access-Control-Allow-Origin')).toBe('https://good.example');
  const sent = await ask({ Origin: 'https://good.example', ...json }, { allowOrigins });
  expect(sent.status).toBe(401);
  expect((await ask({ Origin: 'https://evil.example' }, { method: 'OPTIONS', allowOrigins })).status).toBe(403);
});
