/**
 * @file What a person says of the samples of a dataset: `reviews.jsonl` beside it, a sample a line. Ids are contents, so a review outlives the build: the
 * same sample has the same id in every build, and one that was rejected is left out of the next.
 */
import { statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { InputError } from '../errors.ts';
import { readJournal, writeJournal } from '../storage/journal.ts';
import type { JournalKind } from '../storage/journal-line.ts';

/** Rejected samples are left out of builds; accepted ones, and those with a note alone, stay. */
export const reviewVerdicts = ['accept', 'reject'] as const;

const reviewSchema = z.strictObject({
  sample: z.string().min(1).describe('Id of the sample.'),
  verdict: z.enum(reviewVerdicts).optional(),
  note: z.string().optional(),
  at: z.string().describe('When it was said, ISO 8601.'),
});
/** One line; without a verdict it is a note. */
export type Review = z.infer<typeof reviewSchema>;

/** In the folder of the dataset. A build neither writes nor removes it. */
export const reviewsFile = 'reviews.jsonl';

const kind: JournalKind<Review> = {
  name: 'a review of a sample',
  code: 'review-invalid',
  hint: 'Mend the line, or delete it: {"sample":ID,"verdict":"accept"|"reject","note":TEXT,"at":TIME}.',
  line: reviewSchema,
  whole: true,
};

const isFolder = (place: string): boolean => statSync(place, { throwIfNoEntry: false })?.isDirectory() === true;

/** The last word on each sample, by its id; none where there are no reviews. @throws InputError naming the line that is none */
export async function readReviews(dataset: string): Promise<Map<string, Review>> {
  if (!isFolder(dataset)) return new Map();
  const reviews = await readJournal(path.join(dataset, reviewsFile), kind);
  return new Map(reviews.map((review) => [review.sample, review]));
}

/** Writes all of them, atomically. @throws ResourceError when the disk is full */
export async function writeReviews(dataset: string, reviews: Iterable<Review>): Promise<void> {
  await writeJournal(path.join(dataset, reviewsFile), reviews);
}

/**
 * Takes the reviews of another dataset, or a file of them, over into the folder of a build. Where both speak of a sample, the later one counts.
 *
 * @throws InputError where there are none
 */
export async function takeReviews(from: string, dataset: string): Promise<number> {
  const file = isFolder(from) ? path.join(from, reviewsFile) : from;
  if (statSync(file, { throwIfNoEntry: false }) === undefined)
    throw new InputError(
      'no-reviews',
      `${file}: there are no reviews`,
      'The studio writes them: golongrl studio --review',
    );
  const all = await readReviews(dataset);
  for (const review of await readJournal(file, kind))
    if ((all.get(review.sample)?.at ?? '') <= review.at) all.set(review.sample, review);
  await writeReviews(dataset, all.values());
  return all.size;
}

/** Ids that a person rejected. */
export async function rejectedSamples(dataset: string): Promise<ReadonlySet<string>> {
  const reviews = await readReviews(dataset);
  return new Set([...reviews.values()].flatMap(({ sample, verdict }) => (verdict === 'reject' ? [sample] : [])));
}
