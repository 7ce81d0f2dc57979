/**
 * @file `npm run check:studio`: every screen of the studio in headless Chromium (CHROMIUM names another): on a run of many steps, live while steps are
 * written, on a run whose every field is hostile, as a bundle from a file; with keys alone, in both themes, on a phone, and under axe. With
 * `--quickstart`, also on a quickstart while it trains (some minutes). `--part NAME` (screens, keys, reading, live, places, hostile, bundles) runs
 * one part alone. Exits with 1 if something is not as it should be.
 */
import { spawn } from 'node:child_process';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { writeSyntheticRun } from '../../bench/studio/synthetic-run.ts';
import { RunDirectory } from '../../src/runs/run-directory.ts';
import { writeFileAtomic } from '../../src/storage/files.ts';
import { writeRecord } from '../../src/storage/record.ts';
import { explorerPage } from '../../src/studio/bundle/explorer-page.ts';
import { writeBundle } from '../../src/studio/bundle/write-bundle.ts';
import { runId } from '../../src/studio/runs/find-runs.ts';
import { startStudio } from '../../src/studio/server.ts';
import { hostile, writeHostileRun } from './hostile-run.ts';
import { openBrowser, openPage, visit, type Watched } from './open-browser.ts';
import type { PageDocument } from './page-globals.ts';
import { type CheckedPlaces, checkReview, openSample, placeScreens, writePlaces } from './place-checks.ts';
import { writeStudioDataset } from './write-places.ts';

// Of the page, where the functions given to `evaluate` run.
declare const document: PageDocument;
declare const window: object;
declare const location: { readonly hash: string };
declare const innerWidth: number;
declare const innerHeight: number;

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const { values } = parseArgs({ options: { quickstart: { type: 'boolean' }, part: { type: 'string' } } });
/** Without --part, all of them. */
const isAsked = (part: string): boolean => values.part === undefined || values.part === part;
let failures = 0;
function demand(ok: boolean, what: string): void {
  if (!ok) failures++;
  say(`  ${ok ? 'ok  ' : 'FAIL'}  ${what}`);
}

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds, in words. */
async function axeFindings(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  return await page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120)} (${nodes.length})`);
  });
}

async function clean(watched: Watched, what: string): Promise<void> {
  const pwned = await watched.page.evaluate(() => (window as unknown as { pwned?: unknown }).pwned);
  demand(pwned === undefined, `${what}: nothing of the data ran`);
  demand(
    watched.errors.length === 0,
    `${what}: no error${watched.errors.length > 0 ? `: ${watched.errors.slice(0, 3).join(' | ')}` : ''}`,
  );
  demand(watched.foreign.length === 0, `${what}: nothing left the machine`);
  watched.errors.length = 0;
}

/** Every screen of a run, with what must be seen there. */
async function screensOf(page: Page, base: string, id: string): Promise<void> {
  const run = `#/run/${id}`;
  await visit(page, base, '#/', '.runs .name, .findings');
  await visit(page, base, run, '.plot canvas');
  await visit(page, base, `${run}/rollouts`, 'a.line');
  const href = await page.getAttribute('a.line', 'href');
  await visit(page, base, href ?? '', '.group-table .advantage.on');
  const reader = await page.getAttribute('.head .end a.button', 'href');
  await visit(page, base, reader ?? '', '.reader .block');
  await visit(page, base, `${run}/evaluation`, '.heat-map, .empty');
  await visit(page, base, '#/explorer', '.estimators');
}

/** A screen in front of a person: no findings of axe, and nothing wider than the window. */
async function checkScreen({ page }: Watched, name: string, what: string): Promise<void> {
  await page.waitForTimeout(150);
  const findings = await axeFindings(page);
  demand(
    findings.length === 0,
    `${name}: ${what} without findings of axe${findings.length > 0 ? `: ${findings.join('; ')}` : ''}`,
  );
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  demand(wide <= 0, `${name}: ${what} fits the width`);
}

const looks = [
  ['light', 1440, 900],
  ['dark', 1440, 900],
  ['light', 390, 844],
] as const;

/** Screens of what is no run, under axe in all looks; a review by keys. */
async function checkPlaces(browser: Browser, address: string, base: string, places: CheckedPlaces): Promise<void> {
  for (const [scheme, width, height] of looks) {
    const watched = await openPage(browser, scheme, width, height);
    await watched.page.goto(address);
    const name = `${scheme}, ${width} pixels`;
    for (const [what, place, seen] of placeScreens(places)) {
      await visit(watched.page, base, place, seen);
      await checkScreen(watched, name, what);
    }
    if (width > 1000) {
      await openSample(watched.page, base, places);
      await checkScreen(watched, name, 'sample');
    }
    await clean(watched, `${name}, places`);
    await watched.page.close();
  }
  const watched = await checkReview(browser, { address, base, places, demand });
  await clean(watched, 'a review');
  await watched.page.close();
}

/** Every screen of places whose every field is hostile. */
async function checkHostilePlaces(
  browser: Browser,
  address: string,
  base: string,
  places: CheckedPlaces,
): Promise<void> {
  const watched = await openPage(browser);
  await watched.page.goto(address);
  await watched.page.waitForSelector('.places .name');
  for (const [, place, seen] of placeScreens(places)) await visit(watched.page, base, place, seen);
  await watched.page.click('.reader .outline button >> nth=0');
  await visit(watched.page, base, `#/evaluation/${runId(places.low)}?against=${runId(places.high)}`, '.flip-head');
  await watched.page.click('.flip-head >> nth=0');
  await watched.page.waitForSelector('.pair .member .body');
  await openSample(watched.page, base, places, 'is:written');
  await watched.page.fill('#note', hostile);
  await watched.page.keyboard.press('Tab');
  await watched.page.waitForSelector('.notes .badge.warn:text("note")');
  await visit(watched.page, base, `#/dataset/${runId(places.dataset)}`, 'a.line');
  await clean(watched, 'every screen of hostile places');
  await watched.page.close();
}

async function checkScreens(browser: Browser, address: string, base: string, id: string, other: string): Promise<void> {
  for (const [scheme, width, height] of looks) {
    const watched = await openPage(browser, scheme, width, height);
    await watched.page.goto(address);
    const name = `${scheme}, ${width} pixels`;
    await visit(watched.page, base, `#/run/${id}/group/5/0`, '.group-table .advantage.on');
    const reader = (await watched.page.getAttribute('.head .end a.button', 'href')) ?? '';
    const places = [
      ['runs', '#/', '.runs .name'],
      ['curves', `#/run/${id}`, '.plot canvas'],
      ['rollouts', `#/run/${id}/rollouts`, 'a.line'],
      ['group', `#/run/${id}/group/5/0`, '.group-table .advantage.on'],
      ['reader', reader, '.reader .block'],
      ['evaluation', `#/run/${other}/evaluation`, '.heat-map'],
      ['comparison', `#/compare?runs=${id},${other}`, '.plot canvas'],
      ['explorer', '#/explorer', '.estimators'],
    ] as const;
    for (const [what, place, seen] of places) {
      await visit(watched.page, base, place, seen);
      await checkScreen(watched, name, what);
    }
    await clean(watched, name);
    await watched.page.close();
  }
}

async function checkKeys(browser: Browser, address: string, base: string, id: string): Promise<void> {
  const watched = await openPage(browser);
  const { page } = watched;
  await page.goto(address);
  await page.waitForSelector('.runs .name');
  await visit(page, base, `#/run/${id}`, '.plot canvas');
  await page.keyboard.press('r');
  await page.waitForSelector('a.line');
  await page.keyboard.press('/');
  await page.keyboard.type('task:T7 reward<0.5');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => location.hash.includes('T7'));
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => {
    const tasks = [...document.querySelectorAll('a.line .task')];
    return tasks.length > 0 && tasks.every((each) => each.textContent === 'T7');
  });
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.member.selected');
  await page.keyboard.press('e');
  await page.waitForFunction(() => location.hash.includes('estimator='));
  demand(true, 'keys alone: curves, rollouts, a query, a group, another estimator');
  await page.keyboard.press('p');
  // Marks come a moment after the text.
  await page.waitForSelector('.notes ol button');
  await page.keyboard.press('n');
  await page.waitForSelector('mark.evidence.current');
  const shown = await page.evaluate(() => {
    const box = document.querySelector('mark.evidence.current')?.getBoundingClientRect();
    return box !== undefined && box.top > 48 && box.bottom < innerHeight;
  });
  demand(shown, 'keys alone: the reader shows the evidence');
  await page.keyboard.press('?');
  await page.waitForSelector('dialog[open] kbd');
  demand((await page.locator('dialog kbd').count()) > 6, 'keys alone: the keys of the screen are listed');
  await clean(watched, 'keys alone');
  await page.close();
}

async function checkReading(browser: Browser, address: string, base: string, id: string): Promise<void> {
  const watched = await openPage(browser);
  const { page } = watched;
  await page.goto(address);
  await visit(page, base, `#/run/${id}/rollouts?q=${encodeURIComponent('reward:1')}`, 'a.line');
  await page.click('a.line >> nth=0');
  await page.waitForSelector('.member.selected');
  await page.click('.member.selected >> text=find it in the prompt');
  await page.waitForSelector('.quote-link');
  await page.click('.quote-link');
  await page.waitForSelector('mark.quote.current');
  demand(
    (await page.textContent('mark.quote.current'))?.includes('harpoon') === true ||
      (await page.locator('mark.quote.current').count()) > 0,
    'a sentence of an answer leads to its source',
  );
  const whole = await page.evaluate(async () => {
    const text = document.querySelector('.reader .text');
    if (text === null) return 0;
    text.scrollTop = text.scrollHeight;
    await new Promise((resolve) => setTimeout(resolve, 400));
    return document.querySelectorAll('.reader .block').length;
  });
  demand(whole > 0 && whole < 60, 'the reader holds only what is in sight');
  demand((await page.locator('.minimap .window').count()) === 1, 'the map shows what is in sight');
  await clean(watched, 'reading');
  await page.close();
}

/** A build that begins while the list is open, goes on, and ends with a dataset. */
async function checkBuilding(page: Page, base: string, folder: string): Promise<void> {
  await visit(page, base, '#/', '.runs .name');
  const settings = { seed: 1, sizes: { train: 1, heldout: 1, long: 1 }, mixture: { preset: 'paper', samples: 40 } };
  await writeRecord(path.join(folder, 'build.json'), { version: '0', documents: 'x', settings });
  await writeFile(path.join(folder, 'places.jsonl'), '{}\n{}\n');
  const sees = (text: string) =>
    page.waitForSelector(`text=${text}`, { timeout: 20_000 }).then(
      () => true,
      () => false,
    );
  demand(await sees('being built: 2 of 40'), 'a build that begins is seen in the list');
  await page.click('a.name:has-text("fresh")');
  await appendFile(path.join(folder, 'places.jsonl'), '{}\n');
  demand(await sees('being built: 3 of 40'), 'a build is seen to go on');
  await rm(folder, { recursive: true });
  await writeStudioDataset(folder);
  demand(
    await sees('40 of 40 samples').then((seen) => seen && page.locator('a.line').count().then(Boolean)),
    'its samples are seen when it ends',
  );
  await rm(folder, { recursive: true });
}

async function checkLive(browser: Browser, address: string, base: string, folder: string): Promise<void> {
  const watched = await openPage(browser);
  const run = new RunDirectory(folder);
  await run.update({ status: 'running' });
  await watched.page.goto(address);
  await visit(watched.page, base, `#/run/${runId(folder)}`, '.plot canvas');
  await watched.page.waitForTimeout(1200);
  const metrics = await run.readMetrics();
  const last = metrics.at(-1);
  if (last === undefined) throw new Error('no step');
  await run.appendMetrics({ ...last, step: last.step + 1 });
  const seen = await watched.page
    .waitForFunction((step) => document.querySelector('.figures')?.textContent?.includes(String(step)), last.step + 1, {
      timeout: 15_000,
    })
    .then(
      () => true,
      () => false,
    );
  demand(seen, 'a step is seen when it is written, without asking again');
  await checkBuilding(watched.page, base, path.join(path.dirname(folder), 'fresh'));
  await clean(watched, 'live');
  await watched.page.close();
}

async function checkBundle(browser: Browser, run: string, root: string): Promise<void> {
  const out = path.join(root, `${path.basename(run)}-bundle`);
  await writeBundle({ folder: run, out });
  const watched = await openPage(browser);
  const base = pathToFileURL(path.join(out, 'index.html')).href;
  await watched.page.goto(base);
  await screensOf(watched.page, base, runId(run));
  await clean(watched, `the bundle of ${path.basename(run)} from a file`);
  await watched.page.close();
}

/** A dataset and two evaluations as bundles: lists, a query, a sample with its proof, flips, from files. */
async function checkPlaceBundles(browser: Browser, { dataset, low, high }: CheckedPlaces, root: string): Promise<void> {
  const out = path.join(root, 'place-bundles');
  await writeBundle({ folder: dataset, out: path.join(out, 'dataset'), samples: 30 });
  await writeBundle({ folder: low, out: path.join(out, 'low'), against: [high] });
  const watched = await openPage(browser);
  const { page } = watched;
  await page.goto(pathToFileURL(path.join(out, 'dataset', 'index.html')).href);
  await page.waitForSelector('a.line');
  demand((await page.textContent('.notice'))?.includes('30 of 40') === true, 'a bundle says what it leaves out');
  await page.click('.facet button:has-text("llm-year")');
  await page.waitForFunction(() => document.querySelectorAll('a.line').length === 11);
  await page.click('a.line >> nth=0');
  await page.click('.notes ol button >> nth=0');
  await page.waitForSelector('mark.evidence.current');
  demand((await page.textContent('.notes'))?.includes('word for word') === true, "a bundled sample: the judge's words");
  await page.goto(pathToFileURL(path.join(out, 'low', 'index.html')).href);
  await page.waitForSelector('td.heat button');
  await page.selectOption('select >> nth=-1', { index: 1 });
  await page.click('.flip-head >> nth=0');
  await page.waitForSelector('.pair .member >> nth=1');
  demand(
    (await page.textContent('.pair'))?.includes('[[A]]') === true,
    'a bundled evaluation: flips, with both answers',
  );
  await page.click('td.heat button >> nth=0');
  await page.click('a.line >> nth=0');
  await page.waitForSelector('.member .body');
  await clean(watched, 'bundles of a dataset and of evaluations from files');
  await page.close();
}

async function checkExplorerPage(browser: Browser, root: string): Promise<void> {
  const file = path.join(root, 'explorer.html');
  await writeFileAtomic(file, await explorerPage());
  const watched = await openPage(browser);
  await watched.page.goto(pathToFileURL(file).href);
  await watched.page.waitForSelector('.estimators');
  await watched.page.fill('#groups', 'EM: 1 0 0 0');
  await watched.page.waitForFunction(() => document.querySelectorAll('.estimators tbody tr').length === 4);
  demand(
    (await watched.page.textContent('.estimators tbody tr'))?.includes('+1.50') === true,
    'the explorer as one page computes',
  );
  await clean(watched, 'the explorer as one page');
  await watched.page.close();
}

/** Before this check names a cache of its own: the engine of a quickstart lies in the user's. */
const userEnvironment = { ...process.env };

/** Milliseconds until a quickstart is a run, and until its first step, on a machine that is busy with other things. */
const [startTimeout, stepTimeout] = [120_000, 1_200_000];

/** A real quickstart, watched while it trains. */
async function checkQuickstart(browser: Browser, root: string): Promise<void> {
  const out = path.join(root, 'quickstart');
  const child = spawn(
    process.execPath,
    ['bin/golongrl.js', 'quickstart', '--steps', '4', '--limit', '24', '--out', out],
    { stdio: ['ignore', 'ignore', 'inherit'], env: userEnvironment },
  );
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const studio = await startStudio({ folders: [root], token: 'check' });
  const watched = await openPage(browser);
  try {
    await watched.page.goto(studio.address);
    const place = `#/run/${runId(out)}`;
    // Opened as soon as the run is there, long before its first step; from then on nobody asks again.
    await watched.page.waitForSelector('.runs .name:has-text("quickstart")', { timeout: startTimeout });
    await visit(watched.page, studio.url, `/${place}`, '.head .badge');
    await watched.page.waitForSelector('.plot canvas', { timeout: stepTimeout });
    demand(
      (await watched.page.textContent('.head .badge'))?.includes('running') === true,
      'a quickstart is seen while it trains',
    );
    await visit(watched.page, studio.url, `/${place}/rollouts`, 'a.line');
    demand((await ended) === 0, 'the quickstart ends well');
    await visit(watched.page, studio.url, `/${place}`, '.plot canvas');
    await watched.page.waitForFunction(
      () => document.querySelector('.head .badge')?.textContent?.includes('done'),
      undefined,
      { timeout: 20_000 },
    );
    await screensOf(watched.page, `${studio.url}/`, runId(out));
    await clean(watched, 'a quickstart, while it trains and after');
  } finally {
    child.kill();
    await watched.page.close();
    await studio.close();
  }
}

async function main(browser: Browser): Promise<void> {
  const root = await mkdtemp(path.join(tmpdir(), 'golongrl-studio-check-'));
  process.env.GOLONGRL_CACHE = path.join(root, 'cache');
  try {
    say('a run of 40 steps');
    const run = await writeSyntheticRun(path.join(root, 'runs', 'synthetic'), {
      steps: 40,
      groups: 18,
      members: 4,
      prompts: 6,
      tokens: 20_000,
    });
    const hostileRun = await writeHostileRun(path.join(root, 'runs', 'hostile'));
    const places = await writePlaces(path.join(root, 'places'));
    const hostilePlaces = await writePlaces(path.join(root, 'hostile'), (word) => `${word} ${hostile}`);
    const folders = ['runs', 'places', 'hostile'].map((name) => path.join(root, name));
    const studio = await startStudio({ folders, token: 'check', review: true });
    const base = `${studio.url}/`;
    try {
      if (isAsked('screens')) await checkScreens(browser, studio.address, base, runId(run), runId(hostileRun));
      if (isAsked('keys')) await checkKeys(browser, studio.address, base, runId(run));
      if (isAsked('reading')) await checkReading(browser, studio.address, base, runId(run));
      if (isAsked('live')) await checkLive(browser, studio.address, base, run);
      if (isAsked('places')) await checkPlaces(browser, studio.address, base, places);
      if (isAsked('hostile')) {
        say('a hostile run');
        const watched = await openPage(browser);
        await watched.page.goto(studio.address);
        await screensOf(watched.page, base, runId(hostileRun));
        await watched.page.goto(`${base}#/compare?runs=${runId(run)},${runId(hostileRun)}`);
        await watched.page.waitForSelector('.plot canvas');
        await clean(watched, 'every screen of a hostile run');
        await watched.page.close();
        await checkHostilePlaces(browser, studio.address, base, hostilePlaces);
      }
    } finally {
      await studio.close();
    }
    if (isAsked('bundles')) {
      say('bundles');
      await checkBundle(browser, run, root);
      await checkBundle(browser, hostileRun, root);
      await checkPlaceBundles(browser, places, root);
      await checkExplorerPage(browser, root);
    }
    if (values.quickstart === true) {
      say('a quickstart');
      await checkQuickstart(browser, root);
    }
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

const browser = await openBrowser();
if (browser === undefined) say('skipped: no Chromium on this machine (install one, or name it in CHROMIUM)');
else {
  try {
    await main(browser);
  } finally {
    await browser.close();
  }
  say(failures === 0 ? 'passed' : `FAILED: ${failures}`);
  process.exitCode = failures === 0 ? 0 : 1;
}
