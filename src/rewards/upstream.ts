/**
 * @file The record layout of the released dataset and of verl: `data_source` and `extra_info.reward_mode` decide the reward,
 * never the sub-task name alone (T8.1 to T8.3 are SubEM under `longbench_pro` and math_verify elsewhere).
 */

import { InputError, unknownValue } from '../errors.ts';
import { isRecord } from '../json.ts';
import { type Metric, metrics } from '../tasks/task.ts';
import type { RewardSpec } from './reward.ts';

/** The LongBench-Pro sub-tasks that each metric grades. */
const subTasksOf: Readonly<Partial<Record<Metric, readonly string[]>>> = {
  Accuracy: [
    'T3.1 Multi-Doc Integration QA',
    'T3.2 Single-Hop Fact QA',
    'T11.1 Long-Range Entity & Commitment Tracking',
    'T11.2 Short-Range Reference Resolution & State Query',
  ],
  F1_Score: [
    'T5.1 Full-Sentence Citation Alignment',
    'T5.2 Key-Statement Citation Alignment',
    'T6.2 Targeted Subset Cluster Identification',
    'T7.1 Global Conflict & Inconsistency Localization',
    'T7.2 Targeted Rule or Condition Violation Detection',
    'T7.3 Comprehensive Error & Anomaly Sweep',
    'T9.1 Dependency-Aware Multi-Version Impact Analysis',
    'T9.2 Localized Interface Change Detection',
  ],
  SubEM: [
    'T6.1 Large-Scale Document Clustering',
    'T8.1 Structured Multi-Source Consistency Verification',
    'T8.2 Single-Source Targeted Aggregation',
    'T8.3 Long-Context Procedural State Tracking',
    'T10.1 Large-Scale In-Context Rule Induction',
    'T10.2 Targeted Example-Based Rule Induction',
  ],
  NDCG: ['T1.1 Global Cohesive Retrieval', 'T1.2 Key-Snippet Retrieval'],
  Pairwise_Accuracy: [
    'T2.1 Global Timeline Reconstruction',
    'T2.2 Local Causal Chain Sorting',
    'T6.3 Global Frequency Analysis',
  ],
  Summary: ['T4.1 Global-Coverage Constrained Summary', 'T4.2 Query-Focused Summary'],
};

/** By full name and by the name without its number: `T3.2 Single-Hop Fact QA`, `Single-Hop Fact QA`. */
const subTaskMetrics: ReadonlyMap<string, Metric> = new Map(
  metrics.flatMap((metric) =>
    (subTasksOf[metric] ?? []).flatMap((name) => [name, name.slice(name.indexOf(' ') + 1)].map((one) => [one, metric])),
  ),
);

/** A row of the upstream layout, as a trainer hands it to `compute_score`. */
export interface UpstreamRow {
  readonly data_source: string;
  readonly solution_str: string;
  /** A string, a `{golden_label}` or `{doc_ids, summary}` record, or a list whose last element is one. */
  readonly ground_truth: unknown;
  readonly extra_info?: { readonly reward_mode?: string | null; readonly [key: string]: unknown } | null;
}

/** How a row is to be scored. */
export interface UpstreamReward {
  readonly spec: RewardSpec;
  /** `selection` is Accuracy by the reference's phrase instead of the answer area. */
  readonly kind: Metric | 'selection';
  /** The task key of the TMN estimators: the sub-task's metric, else `reward_mode` itself, else the metric. */
  readonly task: string;
  /** The list around the ground truth, which the IoU reference does not unwrap and so never matches. */
  readonly wrapped: boolean;
}

/** The metric of a LongBench-Pro sub-task; a metric's own name stands for itself. */
export function subTaskMetric(rewardMode: string): Metric | undefined {
  return subTaskMetrics.get(rewardMode) ?? metrics.find((metric) => metric === rewardMode);
}

function kindOf(dataSource: string): Metric | 'selection' | undefined {
  if (dataSource.includes('math_longcot_math_verify')) return 'math_verify';
  switch (dataSource) {
    case 'EM':
      return 'EM';
    case 'selection':
      return 'selection';
    case 'multitableqa_pretraining':
      return 'IoU';
    case 'math_dapo_math_verify':
      return 'math_verify';
    default:
      return undefined;
  }
}

const knownSources = ['longbench_pro', 'EM', 'selection', 'math_longcot_math_verify', 'multitableqa_pretraining'];

/** Enough of a wrong name to suggest the right one. */
const shortened = (name: string): string => name.slice(0, 120);

function goldLabel(truth: unknown): string {
  if (typeof truth === 'string') return truth;
  const label = isRecord(truth) ? truth.golden_label : undefined;
  if (typeof label === 'string') return label;
  throw new InputError(
    'row-ground-truth',
    `ground_truth: got ${JSON.stringify(truth)?.slice(0, 120)}, expected {"golden_label": "..."}`,
  );
}

/** @throws UsageError for an unknown data source or sub-task, InputError for a ground truth of another form. */
export function upstreamReward(row: UpstreamRow): UpstreamReward {
  const wrapped = Array.isArray(row.ground_truth);
  const truth: unknown = Array.isArray(row.ground_truth) ? row.ground_truth.at(-1) : row.ground_truth;
  const mode = row.extra_info?.reward_mode ?? undefined;
  const question = row.extra_info?.question;
  const asked = typeof question === 'string' && question !== '' ? { question } : {};
  if (row.data_source === 'longbench_pro') {
    const metric = subTaskMetric(mode ?? '');
    if (metric === undefined)
      throw unknownValue('extra_info.reward_mode', shortened(mode ?? ''), Object.values(subTasksOf).flat());
    const lines = isRecord(truth) ? truth.doc_ids : undefined;
    if (!Array.isArray(lines) || lines.some((line) => typeof line !== 'string'))
      throw new InputError(
        'row-ground-truth',
        `ground_truth: got ${JSON.stringify(truth)?.slice(0, 120)}, expected {"doc_ids": [strings], "summary": language}`,
      );
    const language = isRecord(truth) && truth.summary === 'Chinese' ? 'zh' : 'en';
    return { spec: { metric, gold: lines as string[], language, ...asked }, kind: metric, task: metric, wrapped };
  }
  const kind = kindOf(row.data_source);
  if (kind === undefined) throw unknownValue('data_source', shortened(row.data_source), knownSources);
  const metric = kind === 'selection' ? 'Accuracy' : kind;
  return { spec: { metric, gold: [goldLabel(truth)], language: 'en', ...asked }, kind, task: mode || metric, wrapped };
}
