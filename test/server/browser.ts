/**
 * @file `npm run check:browser`: pages in headless Chromium (the system's; CHROMIUM names another) against both servers on
 * loopback. A page of another origin, and one whose name was rebound to the server's address, try to read and to change; nothing may
 * come of it, with a token or without. A page of an allowed origin may. Exits with 1 if not; skipped where there is no Chromium.
 */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { startEngineServer } from '../../src/server/engine/server.ts';
import { startRewardServer } from '../../src/server/rewards/server.ts';

const candidates = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executablePath = candidates.find((path) => path !== undefined && existsSync(path));
const say = (text: string): void => void process.stdout.write(`${text}\n`);
let failures = 0;
function demand(ok: boolean, what: string): void {
  if (!ok) failures++;
  say(`  ${ok ? 'ok  ' : 'FAIL'}  ${what}`);
}

/** One attempt of a page: how it sends, and what it would learn. */
interface Attempt {
  readonly name: string;
  readonly path: string;
  readonly init?: { method?: string; mode?: 'no-cors' | 'cors'; headers?: Record<string, string>; body?: string };
}
interface Outcome {
  readonly name: string;
  /** What the page could read; undefined when the browser told it nothing. */
  readonly read: string | undefined;
}

const json = { 'Content-Type': 'application/json' };
const item = '{"items":[{"data_source":"EM","ground_truth":"a","response":"a"}]}';
const rewardAttempts: readonly Attempt[] = [
  { name: 'GET /healthz', path: '/healthz' },
  { name: 'GET /metrics', path: '/metrics' },
  { name: 'a form-like POST', path: '/v1/score', init: { method: 'POST', mode: 'no-cors', body: item } },
  { name: 'a POST of JSON', path: '/v1/score', init: { method: 'POST', headers: json, body: item } },
];
const engineAttempts: readonly Attempt[] = [
  { name: 'GET /', path: '/' },
  { name: 'GET capabilities', path: '/api/v1/get_server_capabilities' },
  { name: 'a form-like POST', path: '/api/v1/create_session', init: { method: 'POST', mode: 'no-cors', body: '{}' } },
  { name: 'a POST of JSON', path: '/api/v1/create_session', init: { method: 'POST', headers: json, body: '{}' } },
  {
    name: 'a DELETE',
    path: '/api/v1/training_runs/x/checkpoints/weights/y',
    init: { method: 'DELETE' },
  },
];

/** Opens a page and lets it try, as its own scripts would. */
async function tryFrom(
  browser: Browser,
  page: string,
  server: string,
  attempts: readonly Attempt[],
): Promise<Outcome[]> {
  const tab = await browser.newPage();
  try {
    await tab.goto(page);
    return await tab.evaluate(
      ([base, list]) =>
        Promise.all(
          list.map(async ({ name, path, init }) => {
            try {
              const response = await fetch(base + path, init);
              const text = await response.text();
              return { name, read: response.ok && text !== '' ? text : undefined };
            } catch {
              return { name, read: undefined };
            }
          }),
        ),
      [server, attempts] as const,
    );
  } finally {
    await tab.close();
  }
}

/** A site of somebody else's, on this machine. */
async function startSite(): Promise<{ port: number; close: () => void }> {
  const site = createServer((_, response) => response.setHeader('Content-Type', 'text/html').end('<h1>a page</h1>'));
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  const address = site.address();
  return { port: typeof address === 'object' && address ? address.port : 0, close: () => site.close() };
}

async function scored(url: string, token: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`, { headers: { 'X-API-Key': token } })).text();
  return Number(/samples_total\{status="ok"\} (\d+)/.exec(text)?.[1]);
}

async function check(browser: Browser, token: string | undefined): Promise<void> {
  say(token === undefined ? 'without a token' : 'with a token that the page does not have');
  const site = await startSite();
  const checkpoints = await mkdtemp(join(tmpdir(), 'golongrl-browser-'));
  // What the DELETE is after.
  const manifest = join(checkpoints, 'x', 'weights', 'y', 'manifest.json');
  await mkdir(dirname(manifest), { recursive: true });
  await writeFile(manifest, '{}');
  const model = fileURLToPath(new URL('../../models/micro', import.meta.url));
  const allowOrigins = [`http://good.example:${site.port}`];
  const reward = await startRewardServer({ port: 0, workers: 2, token, allowOrigins });
  const engine = await startEngineServer({
    model,
    name: 'micro',
    checkpoints,
    port: 0,
    threads: 1,
    token,
    allowOrigins,
  });
  try {
    for (const [name, server, attempts] of [
      ['reward server', reward.url, rewardAttempts],
      ['engine server', engine.url, engineAttempts],
    ] as const) {
      const { port } = new URL(server);
      const sides = [
        ['a page of another origin', `http://evil.example:${site.port}/`, server],
        // The page comes from the site; then its name points here. The server's own port is then of the same origin.
        ['a page by a rebound name', `http://rebound.example:${port}/`, `http://rebound.example:${port}`],
      ] as const;
      for (const [who, page, base] of sides) {
        for (const { name: what, read } of await tryFrom(browser, page, base, attempts))
          demand(
            read === undefined,
            `${name}, ${who}: ${what}${read === undefined ? '' : ` read ${read.slice(0, 80)}`}`,
          );
      }
      const untouched = name === 'reward server' ? (await scored(server, token ?? '')) === 0 : existsSync(manifest);
      demand(untouched, `${name}: nothing was ${name === 'reward server' ? 'scored' : 'deleted'}`);
      const [health] = await tryFrom(browser, `http://good.example:${site.port}/`, server, [
        { name: 'health', path: name === 'reward server' ? '/healthz' : '/api/v1/healthz' },
      ]);
      demand(health?.read !== undefined, `${name}: a page of an allowed origin reads the health`);
    }
  } finally {
    await Promise.all([reward.close(), engine.close()]);
    await rm(checkpoints, { recursive: true, force: true });
    site.close();
  }
}

if (executablePath === undefined) {
  say('skipped: no Chromium on this machine (install one, or name it in CHROMIUM)');
} else {
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--host-resolver-rules=MAP evil.example 127.0.0.1, MAP good.example 127.0.0.1, MAP rebound.example 127.0.0.1',
    ],
  });
  say(`Chromium ${browser.version()}`);
  try {
    await check(browser, undefined);
    await check(browser, 'tml-browser');
  } finally {
    await browser.close();
  }
  say(failures === 0 ? 'passed' : `FAILED: ${failures}`);
  process.exitCode = failures === 0 ? 0 : 1;
}
