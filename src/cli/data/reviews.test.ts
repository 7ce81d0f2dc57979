/** @file What a person rejected, at the command line: a build leaves it out, a diff shows it. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type Review, writeReviews } from '../../samples/reviews.ts';
import type { Sample } from '../../samples/sample.ts';
import { samplesOf } from '../../samples/samples-of.ts';
import { createProgram } from '../main.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'golongrl-reviewed-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function run(...args: string[]): Promise<string> {
  let out = '';
  const program = createProgram({ out: (text) => (out += text), err: () => undefined, columns: undefined });
  await program.parseAsync(['node', 'golongrl', 'data', ...args]);
  return out;
}

async function samplesIn(place: string): Promise<Sample[]> {
  const samples: Sample[] = [];
  for await (const sample of samplesOf(place)) samples.push(sample);
  return samples;
}

test('a build with --reviews leaves out what was rejected elsewhere, and a diff says which', async () => {
  const [first, second] = [path.join(folder, 'first'), path.join(folder, 'second')];
  const size = ['--short', '9', '--long', '0', '--format', 'quiet'];
  await run('build', '--out', first, ...size);
  const samples = await samplesIn(first);
  const [bad, good] = samples;
  if (bad === undefined || good === undefined) throw new Error('no samples');
  const at = '2026-12-01T00:00:00.000Z';
  await writeReviews(first, [
    { sample: bad.id, verdict: 'reject', note: 'two answers', at },
    { sample: good.id, verdict: 'accept', at },
  ]);
  await run('build', '--out', second, '--reviews', first, ...size);
  expect((await samplesIn(second)).map(({ id }) => id)).toEqual(
    samples.map(({ id }) => id).filter((id) => id !== bad.id),
  );
  expect(readFileSync(path.join(second, 'README.md'), 'utf8')).toMatch(/1 samples that a person rejected/);
  const human = await run('diff', first, second);
  expect(human).toMatch(/Reviewed: 1 accepted, 1 rejected \(1 of them removed\), 0 with a note alone/);
  expect(human).toContain(`reject ${bad.id} (removed)  two answers`);
  const { reviews } = JSON.parse(await run('diff', first, second, '--format', 'json')) as {
    reviews: (Review & { readonly removed: boolean })[];
  };
  expect(reviews.map(({ verdict, removed }) => [verdict, removed])).toEqual([
    ['reject', true],
    ['accept', false],
  ]);
});
