/**
 * @file `golongrl data diff`: what changed between two versions of a dataset.
 */

import type { Command } from 'commander';
import { signedCount } from '../../format.ts';
import { printable } from '../../printable.ts';
import { diffDatasets } from '../../refinement/diff-datasets.ts';
import { type Review, readReviews } from '../../samples/reviews.ts';
import { sampleCount, samplesOf } from '../../samples/samples-of.ts';
import { taskIds } from '../../tasks/task.ts';
import { textTable } from '../../text-table.ts';
import { choice, type Format, formats } from '../shared/options.ts';
import type { ProgressLine } from '../shared/progress-line.ts';
import type { Terminal } from '../shared/terminal.ts';
import { counted, watching } from '../shared/watching.ts';

/** Shown of one kind. */
const mostShown = 40;

/** Reviews of either version, the later word where both speak, with what became of the sample. */
async function reviewsOf(before: string, after: string, removed: readonly string[]) {
  const all = new Map<string, Review>();
  for (const place of [before, after])
    for (const [id, review] of await readReviews(place)) if ((all.get(id)?.at ?? '') <= review.at) all.set(id, review);
  const gone = new Set(removed);
  return [...all.values()].map((review) => ({ ...review, removed: gone.has(review.sample) }));
}

type Reviewed = Awaited<ReturnType<typeof reviewsOf>>;

function reviewLines(reviews: Reviewed): string[] {
  if (reviews.length === 0) return [];
  const count = (verdict: Review['verdict']) => reviews.filter((review) => review.verdict === verdict).length;
  const dropped = reviews.filter(({ verdict, removed }) => verdict === 'reject' && removed).length;
  const told = reviews.map(
    ({ sample, verdict = 'note', note, removed }) =>
      `  ${verdict.padEnd(6)} ${printable(sample)}${removed ? ' (removed)' : ''}${note === undefined ? '' : `  ${printable(note.replace(/\s+/g, ' ').slice(0, 120))}`}`,
  );
  return [
    '',
    `Reviewed: ${count('accept')} accepted, ${count('reject')} rejected (${dropped} of them removed), ${count(undefined)} with a note alone`,
    ...told.slice(0, mostShown),
    ...(told.length > mostShown ? [`  and ${told.length - mostShown} more: --format json has all`] : []),
  ];
}

async function run(
  before: string,
  after: string,
  { format }: { readonly format: Format },
  terminal: Terminal,
): Promise<void> {
  const read = async (line: ProgressLine, what: string, place: string) =>
    counted(line, what, samplesOf(place), await sampleCount(place));
  const diff = await watching(terminal, format, async (line) =>
    diffDatasets(await read(line, 'Read before', before), await read(line, 'Read after', after)),
  );
  const reviews = await reviewsOf(before, after, diff.removed);
  if (format === 'json') terminal.out(`${JSON.stringify({ ...diff, reviews })}\n`);
  if (format !== 'human') return;
  const rows = taskIds.map((task) => {
    const { before: old, after: young } = diff.tasks[task];
    return [
      task,
      ...[old.samples, young.samples].map(String),
      signedCount(young.samples - old.samples),
      ...[old.tokens, young.tokens].map(String),
      signedCount(young.tokens - old.tokens),
    ];
  });
  const { added, removed, changed, unchanged } = diff;
  terminal.out(
    `${added.length} added, ${removed.length} removed, ${changed.length} changed, ${unchanged} unchanged\n\n${textTable(
      [['', 'samples', 'now', '', 'tokens', 'now', ''], ...rows],
    )}\n${reviewLines(reviews)
      .map((line) => `${line}\n`)
      .join('')}`,
  );
}

/** Differences are no failure: the exit code stays 0. */
export function registerDiff(command: Command, terminal: Terminal): void {
  command
    .argument('<before>', 'dataset directory, or a file of native samples')
    .argument('<after>', 'dataset directory, or a file of native samples')
    .option('--format <name>', formats.join(' | '), choice('--format', formats), 'human')
    .action((before: string, after: string, flags: { readonly format: Format }) => run(before, after, flags, terminal));
}
