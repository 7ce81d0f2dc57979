/** @file The screens of what is no run, in Chromium: datasets and their review, drafts, evaluations of benchmarks, documents. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { runId } from '../../src/studio/runs/find-runs.ts';
import { openPage, visit, type Watched } from './open-browser.ts';
import type { PageDocument } from './page-globals.ts';
import { type Say, writeCorpusFolder, writeEvaluation, writeStudioDataset } from './write-places.ts';

// Of the page, where the functions given to `evaluate` run.
declare const document: PageDocument;
declare const location: { readonly hash: string };

/** Folders of one of each. */
export interface CheckedPlaces {
  readonly dataset: string;
  readonly low: string;
  readonly high: string;
  readonly corpus: string;
  readonly item: string;
}

/** Writes one of each under a folder. */
export async function writePlaces(root: string, say: Say = (word) => word): Promise<CheckedPlaces> {
  const at = (name: string) => path.join(root, name);
  return {
    dataset: await writeStudioDataset(at('dataset'), say),
    low: await writeEvaluation(at('low'), 0.5, say),
    high: await writeEvaluation(at('high'), 0.7, say),
    corpus: await writeCorpusFolder(at('corpus'), say),
    item: say('item-3'),
  };
}

/** Their screens: name, address, what must be seen. */
export function placeScreens({ dataset, low, high, corpus, item }: CheckedPlaces): [string, string, string][] {
  const scored = `benchmark=mrcr&id=${encodeURIComponent(item)}&repeat=0`;
  return [
    ['dataset', `#/dataset/${runId(dataset)}`, 'a.line'],
    ['drafts', `#/dataset/${runId(dataset)}/drafts`, '.flip'],
    ['benchmarks', `#/evaluation/${runId(low)}?against=${runId(high)}`, '.pairs .interval-line'],
    ['scored sample', `#/evaluation/${runId(low)}/sample?${scored}`, '.member .body'],
    ['documents', `#/documents/${runId(corpus)}`, '.runs .name'],
    ['document', `#/documents/${runId(corpus)}/0`, '.reader .block'],
  ];
}

/** The first sample of the list, in the reader. */
export async function openSample(page: Page, base: string, { dataset }: CheckedPlaces, q = ''): Promise<void> {
  await visit(page, base, `#/dataset/${runId(dataset)}?q=${encodeURIComponent(q)}`, 'a.line');
  await page.click('a.line >> nth=0');
  await page.waitForSelector('.reader .block');
  await page.waitForSelector('.notes ol button');
}

type Demand = (ok: boolean, what: string) => void;

/** By keys alone: narrow, open, read the proof, accept, reject the next one with a note, and find both in the file. */
export async function checkReview(
  browser: Browser,
  { address, base, places, demand }: { address: string; base: string; places: CheckedPlaces; demand: Demand },
): Promise<Watched> {
  const watched = await openPage(browser);
  const { page } = watched;
  await page.goto(address);
  await visit(page, base, `#/dataset/${runId(places.dataset)}`, 'a.line');
  await page.keyboard.press('/');
  await page.keyboard.type('is:written');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => location.hash.includes('written'));
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => document.querySelectorAll('a.line').length === 14);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.notes ol button');
  await page.keyboard.press('n');
  await page.waitForSelector('mark.evidence.current');
  const proof = (await page.textContent('mark.evidence.current')) ?? '';
  demand(proof.startsWith('The horse fair of'), 'a sample: its proof is marked where it stands');
  demand((await page.textContent('.notes'))?.includes('word for word') === true, "a sample: the judge's words");
  demand((await page.locator('mark.near').count()) > 0, 'a sample: what is like the evidence is marked');
  const file = path.join(places.dataset, 'reviews.jsonl');
  const reviews = () =>
    readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as object);
  const first = sampleIn(await page.evaluate(() => location.hash));
  await page.keyboard.press('a');
  await page.waitForSelector('.notes .badge.good:text("accept")');
  await page.keyboard.press('j');
  await page.waitForFunction((hash) => !location.hash.includes(hash), first);
  await page.waitForSelector('.notes ol button');
  await page.keyboard.press('x');
  await page.waitForSelector('.notes .badge.bad:text("reject")');
  await page.keyboard.press('m');
  await page.keyboard.type('two answers');
  await page.keyboard.press('Tab');
  await page.waitForFunction(() => document.querySelector('.notes .badge.bad')?.textContent?.includes('✎') === true);
  const said = JSON.stringify(reviews());
  demand(
    reviews().length === 2 && said.includes('accept') && said.includes('two answers'),
    'keys alone: accepted, rejected, noted, and written beside the dataset',
  );
  return watched;
}

/** The id in the address of a sample. */
const sampleIn = (hash: string): string => /sample\/([^?]+)/.exec(hash)?.[1] ?? '';
