/**
 * @file Large evaluations: scoring 10,000 cached samples again, the report of 10,000 samples and how fast a browser opens it, and
 * memory while 1 GB of contexts streams through. Needs a quiet machine; a Chromium is used where there is one.
 *
 *   npx tsx bench/evaluation/scale.ts [samples, default 10000] [megabytes of contexts, default 1000]
 */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { EvaluationDirectory } from '../../src/evaluation/run/evaluation-directory.ts';
import { runEvaluation } from '../../src/evaluation/run/run-evaluation.ts';
import { evaluationSettingsSchema } from '../../src/evaluation/run/settings.ts';
import type { ChatModel } from '../../src/llm/chat-model.ts';
import { random } from '../../src/random.ts';
import { writeEvaluationReport } from '../../src/report/evaluation/write-evaluation-report.ts';
import { makeLargeFile, makeSuite } from '../../test/evaluation/make-suite.ts';

const [samples, megabytes] = [Number(process.argv[2] ?? 10_000), Number(process.argv[3] ?? 1000)];
const folder = await mkdtemp(path.join(tmpdir(), 'golongrl-scale-'));
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const seconds = (start: number): string => `${((performance.now() - start) / 1000).toFixed(2)} s`;

/** Answers at once; long enough an answer that the cache has some weight. */
const model: ChatModel = {
  name: 'instant',
  complete: async ({ seed = 0 }) => {
    const draw = random('scale', seed);
    const text = `${'Let me think about this step by step. '.repeat(draw.integer(5, 80))}\nTherefore, the answer is ${draw.integer(1, 99)}.\nANSWER: ${draw.pick([...'ABCD'])}`;
    return { text, toolCalls: [], finish: 'stop', promptTokens: 9, completionTokens: 9 };
  },
};

async function manySamples(): Promise<void> {
  const suite = path.join(folder, 'suite');
  const names = ['docmath', 'longbench-v2', 'frames', 'corpusqa', 'longbench-qa'];
  // Four, one, one, four and five subsets: fifteen of so many items.
  await makeSuite(suite, { items: Math.min(180, Math.ceil(samples / 15)), characters: 8000 });
  const settings = evaluationSettingsSchema.parse({
    benchmarks: names.map((name) => ({ name, path: path.join(suite, name) })),
    model: 'instant',
    url: 'none',
    repeats: Math.max(1, Math.ceil(samples / 15 / 180)),
  });
  const out = path.join(folder, 'many');
  const options = { out, settings, versions: {}, model };
  const first = await runEvaluation(options);
  const count = first.benchmarks.reduce((sum, entry) => sum + entry.samples, 0);
  let start = performance.now();
  await runEvaluation({ ...options, rescore: true });
  say(`scored again: ${count} cached samples in ${seconds(start)}`);
  start = performance.now();
  const report = await writeEvaluationReport(new EvaluationDirectory(out));
  say(`report written in ${seconds(start)}: ${((await stat(report)).size / 1e6).toFixed(1)} MB`);
  await openInBrowser(report);
}

async function openInBrowser(report: string): Promise<void> {
  const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
  if (executablePath === undefined) {
    say('no Chromium: the report was not opened');
    return;
  }
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
    const start = performance.now();
    await page.goto(pathToFileURL(report).href);
    await page.waitForSelector('#sample-detail pre');
    say(`open in Chromium, a sample shown: ${seconds(start)}; ${await page.locator('#sample-count').textContent()}`);
    await page.screenshot({ path: 'runs/evaluation-report.png', fullPage: true }).catch(() => undefined);
  } finally {
    await browser.close();
  }
}

async function manyContexts(): Promise<void> {
  const place = path.join(folder, 'large');
  await mkdir(place, { recursive: true });
  const items = await makeLargeFile(path.join(place, 'qasper.jsonl'), megabytes * 1e6);
  const settings = evaluationSettingsSchema.parse({
    benchmarks: [{ name: 'longbench-qa', path: place }],
    model: 'instant',
    url: 'none',
  });
  const memory: number[] = [];
  const watch = setInterval(() => memory.push(process.memoryUsage().rss / 1e6), 200);
  const start = performance.now();
  await runEvaluation({ out: path.join(folder, 'large-run'), settings, versions: {}, model });
  clearInterval(watch);
  const part = (from: number, to: number): number => {
    const own = memory.slice(Math.floor(memory.length * from), Math.floor(memory.length * to)).sort((a, b) => a - b);
    return Math.round(own[Math.floor(own.length / 2)] ?? 0);
  };
  say(
    `${megabytes} MB in ${items} contexts: ${seconds(start)}; memory, median of the second fifth ${part(0.2, 0.4)} MB, of the last ${part(0.8, 1)} MB, most ${Math.round(Math.max(...memory))} MB`,
  );
}

try {
  await manySamples();
  await manyContexts();
} finally {
  await rm(folder, { recursive: true, force: true });
}
