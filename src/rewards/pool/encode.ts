/**
 * @file A job as bytes. It is serialised before it enters a queue: what cannot be (nesting deeper than the stack, a cycle) is
 * that job's verdict, and nothing that stands in a queue can fail on its way to a thread.
 */
import { messageOf } from '../../errors.ts';
import { isLarge, type JobResult, type RewardJob, taskOf, unanswered } from './job.ts';

/** A job ready for a thread. */
export interface EncodedJob {
  /** JSON in UTF-8. */
  readonly bytes: Uint8Array;
  /** Large jobs travel alone, and never in the way of ordinary ones. */
  readonly large: boolean;
  /** Task key of a result without verdict. */
  readonly task: string;
}

/** The bytes of a job, or its verdict where it has none. */
export function encodeJob(job: RewardJob): EncodedJob | JobResult {
  const task = taskOf(job);
  try {
    return { bytes: Buffer.from(JSON.stringify(job)), large: isLarge(job), task };
  } catch (error) {
    const why = messageOf(error);
    return unanswered(task, 'error', `the row cannot be written as JSON: ${why}`);
  }
}

/** Tells an encoded job from what else may stand in its place, a job or a result. */
export const isEncoded = (value: object): value is EncodedJob => 'bytes' in value;

/** JSON is read without recursion, so that nesting cannot stop a thread. */
export const decodeJob = (bytes: Uint8Array): RewardJob => JSON.parse(Buffer.from(bytes).toString()) as RewardJob;
