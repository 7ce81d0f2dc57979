/**
 * @file Samples to audit from a place on disk: a dataset directory of golongrl, or rows of any trainer: native samples, records
 * with `data_source`, `reward_model` and `extra_info`, or rows with a prompt and a gold whose metric is given.
 */
import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '../errors.ts';
import { isRecord } from '../json.ts';
import { parseJson } from '../records/parse-json.ts';
import { readFileRows, rowError } from '../records/read-rows.ts';
import { QuarantineError, type RowValue } from '../records/reader.ts';
import { parseRewardSpec } from '../rewards/parse-spec.ts';
import type { RewardSpec } from '../rewards/reward.ts';
import { upstreamReward } from '../rewards/upstream.ts';
import { samplesOf } from '../samples/samples-of.ts';
import { manifestFile } from '../samples/write-dataset.ts';
import type { Metric } from '../tasks/task.ts';
import { type AuditSource, sourceOfSample } from './item.ts';

const bad = (message: string): InputError => new InputError('row-invalid', message);

/** Columns of CSV hold objects as JSON text. */
function unpacked(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return parseJson(value);
  } catch (error) {
    if (error instanceof QuarantineError) return value;
    throw error;
  }
}

/** The text of a prompt that is one, or a list of messages. */
function promptText(value: unknown): string {
  const prompt = unpacked(value);
  if (typeof prompt === 'string') return prompt;
  if (!Array.isArray(prompt)) return '';
  return prompt.map((message) => (isRecord(message) ? String(message.content ?? '') : '')).join('\n\n');
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined;

/** The last paragraph of a prompt, where questions stand. */
const lastParagraph = (prompt: string): string =>
  prompt
    .trimEnd()
    .split(/\n\s*\n/)
    .at(-1)
    ?.slice(-4000) ?? '';

interface Reward {
  readonly spec: RewardSpec;
  readonly generator: string;
}

const goldFields = ['gold', 'answer', 'ground_truth', 'golden_label', 'solution', 'target'] as const;

function plainReward(row: RowValue, metric: Metric | undefined): Reward {
  const field = goldFields.find((name) => row[name] !== undefined && row[name] !== null);
  if (field === undefined) throw bad(`expected reward, data_source, or one of ${goldFields.join(', ')}`);
  if (metric === undefined) throw bad('the row names no metric: give one with --metric');
  const value = unpacked(row[field]);
  const gold = Array.isArray(value) ? value.map(String) : [String(value)];
  return { spec: { metric, gold, language: 'en' }, generator: text(row.data_source) ?? text(row.source) ?? 'rows' };
}

function rewardOfRow(row: RowValue, metric: Metric | undefined): Reward {
  const reward = unpacked(row.reward);
  if (isRecord(reward)) {
    const provenance = unpacked(row.provenance);
    const generator = isRecord(provenance) ? text(provenance.generator) : undefined;
    return { spec: parseRewardSpec(reward, bad), generator: generator ?? text(row.data_source) ?? 'rows' };
  }
  const model = unpacked(row.reward_model);
  const truth = unpacked(row.ground_truth) ?? (isRecord(model) ? unpacked(model.ground_truth) : undefined);
  const extra = unpacked(row.extra_info);
  const source = text(row.data_source);
  if (source === undefined || metric !== undefined) return plainReward({ ...row, ground_truth: truth }, metric);
  const extra_info = isRecord(extra) ? extra : {};
  const { spec } = upstreamReward({ data_source: source, solution_str: '', ground_truth: truth, extra_info });
  return { spec, generator: [source, text(extra_info.reward_mode)].filter((part) => part !== undefined).join(': ') };
}

/** A row of whatever trainer. @throws InputError saying what it lacks. */
export function sourceOfRow(row: RowValue, metric?: Metric): AuditSource {
  const { spec, generator } = rewardOfRow(row, metric);
  const extra = unpacked(row.extra_info);
  const prompt = promptText(row.prompt ?? row.messages ?? row.input ?? row.question);
  const stated = text(row.question) ?? (isRecord(extra) ? text(extra.question) : undefined);
  const question = stated ?? lastParagraph(prompt);
  const id = text(row.id) ?? (isRecord(extra) ? text(extra.sample_id) : undefined);
  return {
    id:
      id ??
      createHash('sha256')
        .update(`${prompt}\u0000${spec.gold.join('\n')}`)
        .digest('hex')
        .slice(0, 16),
    task: text(row.task) ?? spec.metric,
    generator,
    spec: spec.question === undefined && question !== '' ? { ...spec, question } : spec,
    question,
    prompt,
  };
}

/** What rows do not say of themselves. */
export interface ReadSourcesOptions {
  /** Of rows that name none. */
  readonly metric?: Metric | undefined;
  /** Told of each row that is no sample. Without it the first one is thrown. */
  readonly onSkip?: (line: number | undefined, reason: string) => void;
}

/** A folder may be one of documents: what is asked of them is audited, not they. */
const noDataset = (place: string): InputError =>
  new InputError(
    'dataset-missing',
    `${place}: is a folder without ${manifestFile}, expected a dataset or a file of rows`,
    `Of documents, build a dataset first: golongrl data build --docs ${place} --preset balanced --samples 450 --out DATASET, then golongrl audit DATASET.`,
  );

/**
 * The samples of a dataset directory, or of a file of rows in any format that golongrl/records reads.
 *
 * @throws InputError when the place cannot be read.
 */
export async function* sourcesOf(place: string, options: ReadSourcesOptions = {}): AsyncGenerator<AuditSource> {
  if (statSync(place, { throwIfNoEntry: false })?.isDirectory() === true) {
    if (!existsSync(path.join(place, manifestFile))) throw noDataset(place);
    for await (const sample of samplesOf(place)) yield sourceOfSample(sample);
    return;
  }
  for await (const item of readFileRows(place, { otherwise: 'jsonl' })) {
    if (item.type !== 'row') {
      if (options.onSkip === undefined || item.line === undefined) throw rowError(item);
      options.onSkip(item.line, item.reason);
      continue;
    }
    try {
      yield sourceOfRow(item.value, options.metric);
    } catch (error) {
      if (options.onSkip === undefined || !(error instanceof Error)) throw error;
      options.onSkip(item.line, error.message);
    }
  }
}
