/**
 * @file `npm run check:studio-questions`: ten questions a person asks of a run, and three of data and benchmarks, each answered from the first screen in at
 * most five clicks, with a picture of the answer in docs/studio/ (`--question 4-` asks one alone). The run is a synthetic one whose stories are known (bench/studio/synthetic-run.ts), beside a second
 * that was set otherwise. Exits with 1 where an answer takes more clicks or is not on the screen.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { writeSyntheticRun } from '../../bench/studio/synthetic-run.ts';
import { RunDirectory } from '../../src/runs/run-directory.ts';
import { startStudio } from '../../src/studio/server.ts';
import { openBrowser, openPage } from './open-browser.ts';
import { writePlaces } from './place-checks.ts';

/** A page on which each click, and each line typed, counts. */
class Clicks {
  readonly page: Page;
  count = 0;
  constructor(page: Page) {
    this.page = page;
  }
  async click(selector: string): Promise<void> {
    this.count++;
    await this.page.click(selector);
    await this.page.waitForTimeout(350);
  }
  async choose(selector: string, index: number): Promise<void> {
    this.count++;
    await this.page.selectOption(selector, { index });
    await this.page.waitForTimeout(600);
  }
  async type(selector: string, text: string): Promise<void> {
    this.count++;
    await this.page.fill(selector, text);
    await this.page.press(selector, 'Enter');
    await this.page.waitForTimeout(600);
  }
}

interface Question {
  readonly name: string;
  readonly asked: string;
  readonly steps: (go: Clicks) => Promise<void>;
  /** Must be seen at the end. */
  readonly seen: string;
}

const run = 'a.name:has-text("first")';
const rollouts = 'nav >> text=Rollouts';

const questions: readonly Question[] = [
  {
    name: '1-stopped-learning',
    asked: 'Which task stopped learning, and what do its answers look like?',
    steps: async (go) => {
      await go.click(run);
      await go.click('li:has-text("T7") >> text=rollouts');
    },
    seen: 'a.line:has-text("T7")',
  },
  {
    name: '2-gaming',
    asked: 'Is it gaming T9? What do its well-paid answers say?',
    steps: async (go) => {
      await go.click(run);
      await go.click(rollouts);
      await go.type('#query', 'task:T9 reward:1 step:30..');
      await go.click('a.line >> nth=0');
    },
    seen: '.member.selected:has-text("key points")',
  },
  {
    name: '3-this-prompt-over-steps',
    asked: 'What did later steps change for this prompt?',
    steps: async (go) => {
      await go.click(run);
      await go.click(rollouts);
      await go.click('a.line >> nth=3');
      await go.click('.draws .columns a >> nth=-1');
    },
    seen: '.draws a[aria-current="page"] >> nth=-1',
  },
  {
    name: '4-where-in-the-book',
    asked: 'Where in the book stood the answer?',
    steps: async (go) => {
      await go.click(run);
      await go.click(rollouts);
      await go.click('a.line >> nth=0');
      await go.click('text=Read the prompt');
      await go.click('.notes ol button');
    },
    seen: 'mark.evidence.current',
  },
  {
    name: '5-why-this-advantage',
    asked: 'Why this advantage, and what would GRPO have given?',
    steps: async (go) => {
      await go.click(run);
      await go.click(rollouts);
      await go.type('#query', 'is:trained task:T4');
      await go.click('a.line >> nth=0');
      await go.click('.group-table thead button >> text="grpo"');
    },
    seen: 'button[aria-pressed="true"]:has-text("grpo")',
  },
  {
    name: '6-truncation',
    asked: 'Are answers cut more and more, and which?',
    steps: async (go) => {
      await go.click(run);
      await go.click('li:has-text("answers are cut") >> text=rollouts >> nth=0');
    },
    seen: 'a.line:has-text("cut")',
  },
  {
    name: '7-two-settings',
    asked: 'What was set otherwise in the other run, and did it help?',
    steps: async (go) => {
      await go.click('[aria-label$="first"]');
      await go.click('[aria-label$="second"]');
      await go.click('a.button:has-text("Compare")');
    },
    seen: 'td:has-text("advantage.type")',
  },
  {
    name: '8-two-answers',
    asked: 'What distinguishes a right answer from a wrong one of the same prompt?',
    steps: async (go) => {
      await go.click(run);
      await go.click(rollouts);
      await go.click('a.line >> nth=0');
      await go.click('.member:has(.score:text-is("0.000")) >> nth=0 >> text=diff');
      await go.click('.members .member:has(.score:text-is("1.000")) >> nth=0 >> text=diff');
    },
    seen: '[aria-label="Difference"] ins',
  },
  {
    name: '9-flips',
    asked: 'Which held-out samples did training change?',
    steps: async (go) => {
      await go.click(run);
      await go.click('nav >> text=Evaluation');
      await go.click('.flip summary >> nth=0');
    },
    seen: '.flip[open] .pair',
  },
  {
    name: '10-half-right',
    asked: 'Which rollouts were paid in part, and why?',
    steps: async (go) => {
      await go.click(run);
      await go.click(rollouts);
      await go.click('.histogram button >> nth=10');
      await go.click('a.line >> nth=0');
    },
    seen: '.member.selected footer',
  },
  {
    name: '11-is-the-key-right',
    asked: 'Is the key of this written sample right, and what did the judge say?',
    steps: async (go) => {
      await go.click('a.name:has-text("dataset")');
      await go.click('.facet button:has-text("llm-year")');
      await go.click('a.line >> nth=1');
      await go.click('.notes ol button >> nth=0');
    },
    seen: '.notes:has-text("word for word"):has(.words)',
  },
  {
    name: '12-where-it-fails',
    asked: 'At which length and depth does the model fail, and how?',
    steps: async (go) => {
      await go.click('a.name:has-text("low")');
      await go.click('td.heat button >> nth=0');
      await go.click('a.line >> nth=0');
    },
    seen: '.member:has-text("The judge")',
  },
  {
    name: '13-benchmark-flips',
    asked: 'Is the second evaluation better, and which items flipped?',
    steps: async (go) => {
      await go.click('a.name:has-text("low")');
      await go.choose('select >> nth=-1', 1);
      await go.click('.flip-head >> nth=0');
      await go.page.locator('.pairs').scrollIntoViewIfNeeded();
    },
    seen: '.pair .member >> nth=1',
  },
];

/** Evaluations before and after, so that samples flip. */
async function addEvaluations(folder: string, gain: number): Promise<void> {
  const directory = new RunDirectory(folder);
  const rows = (after: boolean) =>
    Array.from({ length: 90 }, (_, i) => {
      const right = after ? i % 10 < 4 + gain : i % 10 < 4 && i % 7 !== 0;
      return {
        sample: `held-${i}`,
        task: `T${(i % 9) + 1}`,
        cluster: `book-${i % 15}`,
        question: `How many ounces did harpoon ${i} weigh?`,
        characters: [900, 20_000, 90_000, 300_000, 600_000][i % 5] ?? 900,
        gold: [String(1000 + i)],
        rollout: 0,
        text: `It weighed ${right ? 1000 + i : 17} ounces.</think>\n[Answer]\n${right ? 1000 + i : 17}`,
        score: right ? 1 : 0,
        status: 'ok',
        state: 'answered',
        format: 'exact',
        extracted: String(right ? 1000 + i : 17),
        reason: right ? 'states the gold' : 'another value',
        tokens: 20,
        stopReason: 'stop',
      };
    });
  await directory.writeEvaluation('before-sampled', rows(false));
  await directory.writeEvaluation('after-sampled', rows(true));
}

const { values } = parseArgs({ options: { question: { type: 'string' } } });
const pictures = path.join(import.meta.dirname, '..', '..', 'docs', 'studio');
const root = await mkdtemp(path.join(tmpdir(), 'golongrl-studio-questions-'));
process.env.GOLONGRL_CACHE = path.join(root, 'cache');
const browser = await openBrowser();
let failures = 0;
try {
  const size = { steps: 50, groups: 27, members: 6, prompts: 12, tokens: 30_000 };
  const first = await writeSyntheticRun(path.join(root, 'first'), size);
  const second = await writeSyntheticRun(path.join(root, 'second'), { ...size, steps: 30 });
  const directory = new RunDirectory(second);
  await directory.writeConfig((await directory.readConfig()).replace('tmn-reweight', 'grpo'));
  await addEvaluations(first, 3);
  await addEvaluations(second, 1);
  await writePlaces(path.join(root, 'data'));
  const studio = await startStudio({ folders: [root], token: 'questions' });
  for (const [i, { name, asked, steps, seen }] of questions.entries()) {
    if (browser === undefined) break;
    if (!name.startsWith(values.question ?? '')) continue;
    const { page, errors } = await openPage(browser, i % 3 === 2 ? 'dark' : 'light', 1360, 850);
    await page.goto(studio.address);
    await page.waitForSelector('a.name');
    const go = new Clicks(page);
    const answered = await steps(go)
      .then(() => page.waitForSelector(seen, { timeout: 8000 }))
      .then(
        () => true,
        (error: unknown) => String(error).split('\n')[0],
      );
    await page.waitForTimeout(400);
    await page.screenshot({ path: path.join(pictures, `${name}.jpg`), type: 'jpeg', quality: 72 });
    const ok = answered === true && go.count <= 5 && errors.length === 0;
    if (!ok) failures++;
    process.stdout.write(
      `${ok ? 'ok  ' : 'FAIL'}  ${go.count} clicks  ${asked}${answered === true ? '' : `  ${answered}`}\n`,
    );
    await page.close();
  }
  await studio.close();
} finally {
  await browser?.close();
  await rm(root, { recursive: true, force: true });
}
if (browser === undefined)
  process.stdout.write('skipped: no Chromium on this machine (install one, or name it in CHROMIUM)\n');
process.exitCode = failures === 0 ? 0 : 1;
