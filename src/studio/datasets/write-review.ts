/** @file A person's word on a sample, into `reviews.jsonl` of its dataset: the one file that the studio writes, and only when it was started for it. */
import { z } from 'zod';
import { UsageError } from '../../errors.ts';
import { type Review, readReviews, reviewVerdicts, writeReviews } from '../../samples/reviews.ts';
import { inLockedDirectory } from '../../storage/lock.ts';

const wordSchema = z.strictObject({
  verdict: z.enum(reviewVerdicts).nullable(),
  note: z.string().max(4000),
});

/** One writer at a time in this process; the lock keeps other processes out. */
let last: Promise<unknown> = Promise.resolve();

/** @param word As a page sends it; neither verdict nor note takes the review back. @throws UsageError, ResourceError when a build works there */
export function writeReview(dataset: string, sample: string, word: unknown): Promise<Review | undefined> {
  const parsed = wordSchema.safeParse(word);
  if (!parsed.success)
    throw new UsageError('review-invalid', 'A review is {"verdict": "accept" | "reject" | null, "note": text}.');
  const { verdict } = parsed.data;
  const note = parsed.data.note.trim();
  const review: Review | undefined =
    verdict === null && note === ''
      ? undefined
      : {
          sample,
          ...(verdict === null ? {} : { verdict }),
          ...(note === '' ? {} : { note }),
          at: new Date().toISOString(),
        };
  const writing = last.then(() =>
    inLockedDirectory(dataset, async () => {
      const reviews = await readReviews(dataset);
      if (review === undefined) reviews.delete(sample);
      else reviews.set(sample, review);
      await writeReviews(dataset, reviews.values());
      return review;
    }),
  );
  last = writing.catch(() => undefined);
  return writing;
}
