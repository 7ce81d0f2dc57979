/**
 * @file `npm run bench:studio`: the studio's server on a run of 1,000 steps of 1,024 rollouts with prompts of 128K tokens, as a process of its own, and
 * headless Chromium on it: time to the first screen, to a filter of a million rows, to a prompt of a megabyte; frames while scrolling; memory.
 * `--run DIR` takes a run that `synthetic-run.ts` wrote before; `--steps N` makes a smaller one.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { runId } from '../../src/studio/runs/find-runs.ts';
import { openBrowser, openPage } from '../../test/studio/open-browser.ts';
import type { PageDocument } from '../../test/studio/page-globals.ts';
import { writeSyntheticRun } from './synthetic-run.ts';

// Of the page, where the functions given to `evaluate` run.
declare const document: PageDocument;
declare const location: { hash: string };
declare const seenAt: (selector: string) => number;
declare const requestAnimationFrame: (then: (value: unknown) => void) => void;

const { values } = parseArgs({ options: { run: { type: 'string' }, steps: { type: 'string', default: '1000' } } });
const say = (name: string, figure: string, target = ''): void =>
  void process.stdout.write(`${name.padEnd(62)} ${figure.padStart(16)}  ${target}\n`);
const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`;
const median = (list: readonly number[]): number =>
  [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? Number.NaN;

/** Runs in each page before its own scripts; as a text, since what compiles this file would add helpers that no page has. */
const noteFirstSights = `
  const first = new Map();
  const look = () => {
    for (const selector of ['.runs .name', '.plot canvas', 'a.line'])
      if (!first.has(selector) && document.querySelector(selector) !== null) first.set(selector, performance.now());
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  globalThis.seenAt = (selector) => first.get(selector) ?? Number.NaN;
`;

/** The server alone, so that its memory is its own. */
async function startServer(folder: string, cache: string) {
  const child = spawn(process.execPath, ['--import', 'tsx', path.join(import.meta.dirname, 'serve.ts'), folder], {
    env: { ...process.env, GOLONGRL_CACHE: cache },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const address = await new Promise<string>((resolve) =>
    child.stdout.once('data', (text: Buffer) => resolve(text.toString().trim())),
  );
  const memory = (): number => {
    const status = `/proc/${child.pid}/status`;
    return existsSync(status) ? Number(/VmHWM:\s+(\d+)/.exec(readFileSync(status, 'utf8'))?.[1]) / 1024 : Number.NaN;
  };
  return { address, memory, close: () => child.kill() };
}

/** Milliseconds between frames while `move` goes on. */
async function frames(
  page: Page,
  selector: string,
  pixels: number,
  times: number,
): Promise<{ readonly gaps: number[]; readonly empty: number }> {
  return await page.evaluate(
    async ([where, by, count]) => {
      const element = document.querySelector(where as string);
      const gaps: number[] = [];
      let empty = 0;
      let before = performance.now();
      for (let i = 0; element !== null && i < (count as number); i++) {
        element.scrollTop += by as number;
        await new Promise(requestAnimationFrame);
        const now = performance.now();
        gaps.push(now - before);
        before = now;
        const box = element.getBoundingClientRect();
        // What stands in the middle of the screen: text, or the ground.
        const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
        if (hit === element || hit === null) empty++;
      }
      return { gaps, empty };
    },
    [selector, pixels, times] as const,
  );
}

const fps = (gaps: readonly number[]): string =>
  `${(1000 / (gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length)).toFixed(0)} frames/s`;

async function measure(run: string, cache: string): Promise<void> {
  const first = await startServer(run, cache);
  const token = first.address.split('=')[1] ?? '';
  const ask = async (base: string, place: string) =>
    await (await fetch(`${base.split('#')[0]}api/${place}`, { headers: { Authorization: `Bearer ${token}` } })).json();
  const started = performance.now();
  for (;;) {
    const { indexed } = (await ask(first.address, `runs/${runId(run)}/rollouts?limit=1`)) as {
      indexed: { steps: number; ofSteps: number; rollouts: number };
    };
    // Before the folder is listed there are none of none.
    if (indexed.steps > 0 && indexed.steps === indexed.ofSteps) {
      say('rollouts', indexed.rollouts.toLocaleString('en'));
      break;
    }
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  say('index made for the first time, in the background', seconds(performance.now() - started));
  await new Promise((resolve) => setTimeout(resolve, 1500));
  say('memory of the server, indexing', `${first.memory().toFixed(0)} MB`, 'under 300 MB');
  first.close();

  say('processes that wait for a processor, mean of a minute', (loadavg()[0] ?? 0).toFixed(1));
  const server = await startServer(run, cache);
  const base = `${server.address.split('#')[0]}`;
  const browser = await openBrowser();
  if (browser === undefined) throw new Error('no Chromium on this machine; CHROMIUM names one');
  try {
    const { page } = await openPage(browser);
    // Seen as the page itself sees it, from the start of the navigation: the driver's own looks cost as much on a busy machine.
    const timed = async (name: string, place: string, seen: string, target: string) => {
      await page.goto('about:blank');
      await page.goto(place);
      await page.waitForSelector(seen);
      say(name, seconds(await page.evaluate((selector) => seenAt(selector), seen)), target);
    };
    await page.addInitScript(noteFirstSights);
    await timed('first screen after a start: the list of runs', server.address, '.runs .name', '1 s');
    await timed('the run with its curves', `${base}#/run/${runId(run)}`, '.plot canvas', '1 s');
    await timed('the table of rollouts', `${base}#/run/${runId(run)}/rollouts`, 'a.line', '1 s');
    const queries = [
      'task:T9 reward>0.5',
      'is:truncated -task:T7 step:100..900',
      'state:cut or advantage>1.5',
      'reward>0.2 reward<0.9',
      'task:T1 step:500..',
    ];
    const times: number[] = [];
    for (const query of queries) {
      const start = performance.now();
      const { total } = (await ask(base, `runs/${runId(run)}/rollouts?limit=100&q=${encodeURIComponent(query)}`)) as {
        total: number;
      };
      times.push(performance.now() - start);
      say(`  filter ${query}: ${total.toLocaleString('en')} rows`, seconds(times.at(-1) ?? 0));
    }
    say('filter, median', seconds(median(times)), '0.5 s');
    const sortStart = performance.now();
    await ask(base, `runs/${runId(run)}/rollouts?limit=100&sort=-advantage`);
    say('all rows in the order of the advantage', seconds(performance.now() - sortStart));
    const scroll = await frames(page, '.scroller', 420, 200);
    say('table: scrolling by 15 rows a frame', fps(scroll.gaps));
    say('table: frames without rows', `${scroll.empty} of 200`, 'none');
    const { rows } = (await ask(base, `runs/${runId(run)}/rollouts?limit=1&q=${encodeURIComponent('reward:1')}`)) as {
      rows: { step: number; group: number; prompt: string }[];
    };
    const row = rows[0];
    if (row === undefined) throw new Error('no row');
    const opened: number[] = [];
    for (let i = 0; i < 5; i++) {
      await page.goto(`${base}#/explorer`);
      await page.waitForSelector('.estimators');
      opened.push(
        await page.evaluate(
          async (place) => {
            const start = performance.now();
            location.hash = place;
            while (document.querySelector('.reader .block') === null) await new Promise(requestAnimationFrame);
            return performance.now() - start;
          },
          `#/run/${runId(run)}/read/${row.prompt}?step=${row.step}&group=${row.group}`,
        ),
      );
    }
    const length = await page.textContent('.reader aside');
    say(
      `reader opens (${/[\d,]+ characters/.exec(length ?? '')?.[0] ?? ''}), median of 5`,
      seconds(median(opened)),
      '0.3 s',
    );
    await page.waitForSelector('.reader .notes ol button');
    const reading = await frames(page, '.reader .text', 90, 300);
    say('reader: scrolling by 90 pixels a frame', fps(reading.gaps), '50 frames/s');
    say('reader: slowest of 300 frames', `${Math.max(...reading.gaps).toFixed(0)} ms`);
    say('memory of the server, after all of it', `${server.memory().toFixed(0)} MB`, 'under 300 MB');
  } finally {
    await browser.close();
    server.close();
  }
}

const root = await mkdtemp(path.join(tmpdir(), 'golongrl-bench-studio-'));
try {
  const run =
    values.run ??
    (await writeSyntheticRun(path.join(root, 'run'), {
      steps: Number(values.steps),
      groups: 64,
      members: 16,
      prompts: 64,
      tokens: 240_000,
    }));
  await measure(path.resolve(run), path.join(root, 'cache'));
} finally {
  await rm(root, { recursive: true, force: true });
}
