/** @file Reviews of samples: what builds leave out, what is taken over. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeStudioDataset } from '../../test/studio/write-places.ts';
import { readReviews, takeReviews, writeReviews } from './reviews.ts';
import type { Sample } from './sample.ts';
import { samplesOf } from './samples-of.ts';
import { datasetState, writeDataset } from './write-dataset.ts';

const root = mkdtempSync(path.join(tmpdir(), 'golongrl-reviews-'));
const before = path.join(root, 'before');
let samples: Sample[];
beforeAll(async () => {
  await writeStudioDataset(before);
  samples = [];
  for await (const sample of samplesOf(before)) samples.push(sample);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const ids = (list: readonly Sample[]) => list.map(({ id }) => id);
const at = (second: number) => `2026-12-01T00:00:0${second}.000Z`;

test('a build leaves out what a person rejected, says so in the card, and keeps the reviews', async () => {
  const out = path.join(root, 'after');
  const [first, second, third] = ids(samples) as [string, string, string];
  await writeReviews(out, [
    { sample: first, verdict: 'reject', note: 'two answers', at: at(1) },
    { sample: second, verdict: 'accept', at: at(1) },
    { sample: third, note: 'odd', at: at(1) },
  ]);
  expect(await datasetState(out)).toBe('absent');
  await writeDataset(out, samples, { seed: 7, tokenizer: 'estimate' });
  const kept: Sample[] = [];
  for await (const sample of samplesOf(out)) kept.push(sample);
  expect(ids(kept)).toEqual(ids(samples).filter((id) => id !== first));
  expect(readFileSync(path.join(out, 'README.md'), 'utf8')).toMatch(/1 samples that a person rejected/);
  expect((await readReviews(out)).size).toBe(3);
  expect(await datasetState(out)).toBe('complete');
});

test('reviews are taken over into another folder, and of two words the later one counts', async () => {
  const [from, to] = [path.join(root, 'from'), path.join(root, 'to')];
  await writeReviews(from, [
    { sample: 'a', verdict: 'reject', at: at(5) },
    { sample: 'b', verdict: 'reject', at: at(1) },
  ]);
  await writeReviews(to, [
    { sample: 'a', verdict: 'accept', at: at(2) },
    { sample: 'b', verdict: 'accept', at: at(2) },
  ]);
  expect(await takeReviews(path.join(from, 'reviews.jsonl'), to)).toBe(2);
  const taken = await readReviews(to);
  expect([taken.get('a')?.verdict, taken.get('b')?.verdict]).toEqual(['reject', 'accept']);
  await expect(takeReviews(path.join(root, 'nowhere'), to)).rejects.toMatchObject({ code: 'no-reviews' });
});

test('a line that is no review is named', async () => {
  const folder = path.join(root, 'broken');
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'reviews.jsonl'), '{"sample":"a","verdict":"perhaps","at":"now"}\n');
  await expect(readReviews(folder)).rejects.toMatchObject({ code: 'review-invalid' });
});
