/**
 * @file P3, open-source track: a row of the released layout (`Kwai-Klear/GoLongRL`, verl's columns) as a native sample. The reward is
 * decided by `data_source` and `reward_mode`, the task by `ability`. Rows that golongrl wrote itself come back as the samples they
 * were; whether somebody changed them since is checked by their id.
 */

import { z } from 'zod';
import { sha256 } from '../../corpus/make-document.ts';
import { GolongrlError } from '../../errors.ts';
import { isRecord } from '../../json.ts';
import type { Row } from '../../records/reader.ts';
import { type Profile, type RewardSpec, type UpstreamReward, upstreamReward } from '../../rewards/index.ts';
import { statedLetter } from '../../rewards/metrics/accuracy.ts';
import { type Sample, sampleSchema } from '../../samples/sample.ts';
import { nativePrompt } from '../../samples/upstream.ts';
import { type Metric, type TaskId, taskIds, tasks } from '../../tasks/task.ts';
import { sampleId } from '../make-sample.ts';
import { checkReward, importedSample } from './admit.ts';
import { checkReleased } from './compatibility.ts';
import { type CompatibilityCode, Refusal } from './refusal.ts';

const rowSchema = z.object({
  data_source: z.string(),
  prompt: z.preprocess(
    (value) => (typeof value === 'string' ? [{ role: 'user', content: value }] : value),
    z.array(z.object({ role: z.string(), content: z.string() })).min(1),
  ),
  ability: z.string().nullish(),
  reward_model: z.object({ ground_truth: z.unknown() }),
  extra_info: z.record(z.string(), z.unknown()).nullish(),
});
type ReleasedRow = z.infer<typeof rowSchema>;

/** How rows of the released layout are imported; `licence` is an SPDX identifier or `unknown`. */
export interface ReleasedOptions {
  /** Name of the dataset, for provenance. */
  readonly dataset: string;
  readonly licence: string;
  readonly profiles: readonly Profile[];
  /** Findings of the compatibility filter that flag a row instead of setting it aside. */
  readonly keep?: readonly CompatibilityCode[];
}

/** A list or record that a column holds as JSON text; other text as it is. */
function unpacked(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[{[]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

/** Columns may hold JSON text, and `ground_truth` may be a column of its own. */
function parse(value: Row['value']): ReleasedRow {
  const { prompt, reward_model, ground_truth, extra_info, ...rest } = value;
  const messages = unpacked(prompt);
  const model = unpacked(reward_model);
  const parsed = rowSchema.safeParse({
    ...rest,
    // A text that happens to be JSON of something else is the question itself.
    prompt: Array.isArray(messages) ? messages : prompt,
    reward_model: ground_truth === undefined ? model : { ground_truth, ...(isRecord(model) ? model : {}) },
    extra_info: unpacked(extra_info),
  });
  if (parsed.success) return parsed.data;
  const missing = [...new Set(parsed.error.issues.map(({ path: [column] }) => String(column)))];
  const there = Object.keys(value).slice(0, 20).join(', ');
  throw new Refusal('field-missing', `no fit ${missing.join(', ')} among its columns ${there}`);
}

function taskOf({ ability, extra_info }: ReleasedRow): TaskId {
  const named = ability ?? extra_info?.ability;
  const found = taskIds.find((task) => tasks[task].ability === named);
  if (found !== undefined) return found;
  throw new Refusal('unknown-ability', `ability: got ${JSON.stringify(named)}, expected one of the nine`);
}

/** A system message stands above the user's; other forms are no single question. */
function promptOf({ prompt }: ReleasedRow): string {
  const roles = prompt.map(({ role }) => role).join(' ');
  if (roles !== 'user' && roles !== 'system user')
    throw new Refusal(
      'prompt-form',
      `got messages of ${roles}, expected one of the user, after one of the system or not`,
    );
  return prompt.map(({ content }) => content).join('\n\n');
}

/** The record that lists and JSON texts wrap; the last element of a list counts. */
function wrappedTruth(value: unknown): unknown {
  if (Array.isArray(value)) return wrappedTruth(value.at(-1));
  if (isRecord(value)) return 'golden_label' in value || 'doc_ids' in value ? value : undefined;
  const inner = unpacked(value);
  return inner === value ? undefined : wrappedTruth(inner);
}

/** The record of the truth, or a plain label as it is. */
const truthOf = ({ reward_model: { ground_truth } }: ReleasedRow): unknown =>
  wrappedTruth(ground_truth) ?? (Array.isArray(ground_truth) ? ground_truth.at(-1) : ground_truth);

function rewardOf(row: ReleasedRow, truth: unknown): UpstreamReward {
  const mode = row.extra_info?.reward_mode;
  const extra_info = { reward_mode: typeof mode === 'string' ? mode : null };
  try {
    return upstreamReward({ data_source: row.data_source, solution_str: '', ground_truth: truth, extra_info });
  } catch (error) {
    if (!(error instanceof GolongrlError)) throw error;
    throw new Refusal(error.code === 'row-ground-truth' ? 'gold-form' : 'unknown-reward', error.message);
  }
}

/** Gold lines without loss: one string of several lines is the list it was joined from, where the row has that list. */
function goldOf({ spec }: UpstreamReward, truth: unknown): string[] {
  const lines = isRecord(truth) && Array.isArray(truth.doc_ids) ? truth.doc_ids.map(String) : [];
  const label = isRecord(truth) ? truth.golden_label : truth;
  const gold = lines.length > 0 && lines.join('\n') === label ? lines : [...spec.gold];
  if (gold.length === 0 || gold.every((line) => line.trim() === ''))
    throw new Refusal('gold-form', 'the gold is empty');
  return gold;
}

/** Spaces around a line mean nothing, and a stated choice is its letter: `The correct answer is (B)`. */
function standardGold(lines: readonly string[], metric: Metric): { gold: string[]; changes: string[] } {
  const gold = lines.map((line) => {
    const text = line.trim();
    return metric === 'Accuracy' ? (statedLetter(text) ?? text) : text;
  });
  return { gold, changes: gold.some((line, i) => line !== lines[i]) ? ['gold-form'] : [] };
}

/** What `toUpstreamRecord` puts into `extra_info`. */
const ownExtraSchema = z.object({
  sample_id: z.string(),
  split: sampleSchema.shape.split,
  rendering: sampleSchema.shape.rendering,
  question: z.string(),
  tokens: z.int(),
  cluster: z.string(),
  provenance: z.string(),
});
const ownProvenanceSchema = sampleSchema.shape.provenance.extend({
  rationale: z.string(),
  caseSensitive: z.boolean().optional(),
  candidates: z.int().positive().optional(),
  floor: z.number().optional(),
});

/** The sample that the row was written from; undefined for rows of others. */
function ownSample(row: ReleasedRow, task: TaskId, spec: RewardSpec): Sample | undefined {
  const extra = ownExtraSchema.safeParse(row.extra_info);
  if (!extra.success) return undefined;
  let stored: unknown;
  try {
    stored = JSON.parse(extra.data.provenance);
  } catch {
    return undefined;
  }
  const known = ownProvenanceSchema.safeParse(stored);
  if (!known.success) return undefined;
  const { rationale, caseSensitive, candidates, floor, ...provenance } = known.data;
  const { sample_id: id, split, rendering, question, tokens, cluster } = extra.data;
  const written = promptOf(row);
  const { metric, gold, language } = spec;
  const prompt = [nativePrompt(written, task, language), written].find(
    (text) => text !== undefined && sampleId(task, text, gold) === id,
  );
  if (prompt === undefined)
    throw new Refusal('altered', `sample ${id}: prompt or gold are not what golongrl wrote under this id`);
  const reward = {
    metric,
    gold: [...gold],
    language,
    ...(caseSensitive === undefined ? {} : { caseSensitive }),
    ...(candidates === undefined ? {} : { candidates }),
    ...(floor === undefined ? {} : { floor }),
  };
  return { id, task, prompt, reward, question, rationale, rendering, split, cluster, tokens, provenance };
}

const mark = /\[Answer\]|\[答案\]/;

/** The prompt asks for the answer after the mark, as every native prompt does. */
function standardPrompt(text: string, task: TaskId, language: 'en' | 'zh'): { prompt: string; changes: string[] } {
  if (mark.test(text)) return { prompt: text, changes: [] };
  const format = language === 'zh' ? tasks[task].answerFormatZh : tasks[task].answerFormat;
  return { prompt: `${text}\n${format}`, changes: ['answer-format'] };
}

/** @throws Refusal when the row cannot become a sample. */
export function releasedSample({ id, value }: Row, { dataset, licence, profiles, keep = [] }: ReleasedOptions): Sample {
  const row = parse(value);
  const task = taskOf(row);
  const truth = truthOf(row);
  const reward = rewardOf(row, truth);
  const language = isRecord(truth) && truth.summary === 'Chinese' ? 'zh' : 'en';
  const spec: RewardSpec = { metric: reward.spec.metric, gold: goldOf(reward, truth), language };
  const own = ownSample(row, task, spec);
  if (own !== undefined) {
    checkReward(own.reward, own.provenance.imported?.profiles ?? profiles);
    return own;
  }
  const written = promptOf(row);
  const { gold, changes: goldChanges } = standardGold(spec.gold, spec.metric);
  const standard: RewardSpec = { ...spec, gold };
  const flags = checkReleased({ task, gold, context: written, language }, spec.metric, keep);
  checkReward(standard, profiles);
  const { prompt, changes } = standardPrompt(written, task, language);
  const { question, split, reward_mode: rewardMode } = row.extra_info ?? {};
  const source = sha256(prompt);
  // The phrase that `selection` reads is no longer asked for.
  const kept =
    reward.kind === 'selection' || typeof rewardMode !== 'string' ? {} : { dataSource: row.data_source, rewardMode };
  return importedSample({
    task,
    prompt,
    spec: standard,
    question: typeof question === 'string' ? question : '',
    rationale: '',
    split: split === 'heldout' || split === 'test' || split === 'validation' ? 'heldout' : 'train',
    cluster: `${dataset}/${source.slice(0, 16)}`,
    documents: [{ id: `${dataset}/${source.slice(0, 16)}`, sha256: source, source: dataset, licence }],
    evidence: [],
    imported: {
      dataset,
      row: id,
      ...kept,
      changes: [...changes, ...goldChanges],
      ...(flags.length === 0 ? {} : { flags }),
      profiles: [...profiles],
    },
  });
}
