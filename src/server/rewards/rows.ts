/**
 * @file What trainers send, as reward jobs: native items, OpenRLHF's query lists, slime's single samples.
 */

import { InputError, messageOf } from '../../errors.ts';
import { isRecord } from '../../json.ts';
import { parseRewardSpec } from '../../rewards/parse-spec.ts';
import type { RewardJob } from '../../rewards/pool/job.ts';
import { withoutFinalEnds } from '../../rewards/reading/ends.ts';
import type { Profile } from '../../rewards/reward.ts';

const bad = (message: string, hint?: string): InputError => new InputError('item-invalid', message, hint);

/** Levels of lists and objects in an item; what decides a reward has five or so. */
const deepest = 64;

/** Whether lists and objects are nested in one another over more than so many levels. */
function deeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => deeperThan(inner, levels - 1));
}

/**
 * The job of an item: `{reward, response}` natively, or `{data_source, response, ground_truth, extra_info}`; `reward_mode` may
 * stand beside `extra_info`.
 *
 * @throws InputError
 */
export function itemJob(item: unknown, profile: Profile): RewardJob {
  if (!isRecord(item)) throw bad('expected an object');
  if (deeperThan(item, deepest)) throw bad(`nested deeper than ${deepest} levels`);
  const response = item.response ?? item.completion ?? item.solution_str;
  if (typeof response !== 'string') throw bad('response: expected a string');
  if (isRecord(item.reward))
    return { type: 'native', spec: parseRewardSpec(item.reward, bad, item.question), response, profile };
  if (typeof item.data_source !== 'string')
    throw bad('data_source: expected a string', 'Or send {"reward": {"metric", "gold", "language"}}.');
  const extra = isRecord(item.extra_info) ? item.extra_info : {};
  const mode = item.reward_mode ?? extra.reward_mode;
  const row = {
    data_source: item.data_source,
    solution_str: response,
    ground_truth: item.ground_truth,
    extra_info: { ...extra, ...(typeof mode === 'string' ? { reward_mode: mode } : {}) },
  };
  return { type: 'upstream', row, profile };
}

/** Characters of a label's text: it is parsed by itself, and no limit on the values of a body counts there. */
const longestLabel = 1_000_000;

/** A label is an object or its JSON text, with what `itemJob` needs beside the response. */
function labelJob(label: unknown, response: string, profile: Profile): RewardJob {
  let fields = label;
  if (typeof label === 'string') {
    if (label.length > longestLabel) throw bad(`label: ${label.length} characters, at most ${longestLabel} are read`);
    try {
      fields = JSON.parse(label);
    } catch {
      throw bad(
        `label: got the text "${label.slice(0, 80)}"`,
        'Send {"data_source", "ground_truth", "extra_info"} as JSON.',
      );
    }
  }
  if (!isRecord(fields)) throw bad('label: expected an object with "data_source" and "ground_truth", or "reward"');
  return itemJob({ ...fields, response: withoutFinalEnds(response) }, profile);
}

/** As much of a prompt's end as tells it from any other place of the query. */
const promptTail = 64;

/**
 * What follows the prompt. Its beginning may be missing (OpenRLHF cuts long prompts from the left) or altered by the tokenizer,
 * but its last characters stand before the response. The last occurrence counts: text of the prompt is never an answer.
 */
function queryResponse(query: unknown, prompt: unknown): string {
  if (typeof query !== 'string') throw bad('query: expected a string');
  if (typeof prompt !== 'string' || prompt === '') return query;
  if (query.startsWith(prompt)) return query.slice(prompt.length);
  const tail = prompt.slice(-promptTail);
  const at = query.lastIndexOf(tail);
  if (at === -1)
    throw bad(
      `query: its prompt's end ${JSON.stringify(tail)} does not occur in it`,
      'Send prompt and response in one, decoded with special tokens.',
    );
  return query.slice(at + tail.length);
}

/** OpenRLHF: `query` is prompt and response in one, with special tokens. A bad entry is its error. */
export function openRlhfJobs(body: unknown, profile: Profile): (RewardJob | InputError)[] {
  const { query, prompts, labels } = isRecord(body) ? body : {};
  if (!Array.isArray(query) || !Array.isArray(labels) || labels.length !== query.length)
    throw bad('expected {"query": [strings], "prompts": [strings], "labels": [...]} of equal lengths');
  return query.map((text: unknown, i) => {
    const prompt: unknown = Array.isArray(prompts) ? prompts[i] : '';
    return caught(() => labelJob(labels[i], queryResponse(text, prompt), profile));
  });
}

/** slime: one sample. @throws InputError */
export function slimeJob(body: unknown, profile: Profile): RewardJob {
  if (!isRecord(body) || typeof body.response !== 'string') throw bad('expected {"prompt", "response", "label"}');
  return labelJob(body.label, body.response, profile);
}

/** `{items, profile?}`. */
export function batchJobs(body: unknown, profile: Profile): (RewardJob | InputError)[] {
  if (!isRecord(body) || !Array.isArray(body.items)) throw bad('expected {"items": [...]}');
  const asked = body.profile === 'paper' || body.profile === 'hardened' ? body.profile : profile;
  return body.items.map((item: unknown) => caught(() => itemJob(item, asked)));
}

function caught<T>(compute: () => T): T | InputError {
  try {
    return compute();
  } catch (error) {
    // Whatever is wrong with an item is that item's result, never its batch's end.
    return error instanceof InputError ? error : bad(messageOf(error));
  }
}
