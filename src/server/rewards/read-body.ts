/**
 * @file A body to jobs: of a route, of a profile, within limits. Pure, so that it runs in the server's thread for small bodies
 * and in another for large ones.
 */
import { InputError, messageOf } from '../../errors.ts';
import { isRecord } from '../../json.ts';
import { type JobResult, type RewardJob, unanswered } from '../../rewards/pool/job.ts';
import type { Profile } from '../../rewards/reward.ts';
import { countValues } from '../count-values.ts';
import { batchJobs, openRlhfJobs, slimeJob } from './rows.ts';

/** Last part of the path: native, OpenRLHF or slime. */
export type Route = 'score' | 'get_reward' | 'rm';

/** How a body is to be read; plain data, because it travels to a thread. */
export interface ReadAs {
  readonly route: Route;
  readonly profile: Profile;
  /** Most items of a request. */
  readonly maxItems: number;
}

/** A body that cannot be read as the route's. */
export interface Refused {
  readonly status: 400 | 413 | 503;
  readonly reason: string;
}

/** A job, or the result of an item that is none. */
export type Item = { readonly job: RewardJob } | { readonly result: JobResult };

/** Most values of a body: fifty for each item of the largest batch. */
const mostValues = 1_000_000;

const saying = ({ message, hint }: InputError): string => (hint === undefined ? message : `${message}. ${hint}`);

function jobsOf(body: unknown, { route, profile }: ReadAs): (RewardJob | InputError)[] {
  switch (route) {
    case 'score':
      return batchJobs(body, profile);
    case 'get_reward':
      return openRlhfJobs(body, profile);
    case 'rm':
      return [slimeJob(body, profile)];
  }
}

/** Items of a body before they are read, as far as it has any. */
export function itemCount(body: unknown): number {
  const list = isRecord(body) ? (body.items ?? body.query) : undefined;
  return Array.isArray(list) ? list.length : 1;
}

/** A text as JSON. */
export function parseBody(bytes: Buffer): { readonly json: unknown } | Refused {
  if (countValues(bytes, mostValues) > mostValues)
    return { status: 413, reason: `the body has more than ${mostValues} values` };
  try {
    return { json: JSON.parse(bytes.toString()) };
  } catch {
    return { status: 400, reason: 'the body is not JSON' };
  }
}

/** One entry for each item, in order; an item that cannot be read is its own result and fails nothing else. */
export function readItems(json: unknown, as: ReadAs): Item[] | Refused {
  const count = itemCount(json);
  if (count > as.maxItems) return { status: 413, reason: `${count} items, at most ${as.maxItems} are taken at once` };
  try {
    return jobsOf(json, as).map((job) =>
      job instanceof InputError ? { result: unanswered('', 'error', saying(job)) } : { job },
    );
  } catch (error) {
    return { status: 400, reason: messageOf(error) };
  }
}
