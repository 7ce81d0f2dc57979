/**
 * @file Samples in the record layout of the released dataset and of verl: `data_source`, `prompt` messages, `ability`,
 * `reward_model`, `extra_info`. `reward_mode` is always set: an empty task key would merge unlike tasks.
 */
import { type TaskId, tasks } from '../tasks/task.ts';
import type { Sample } from './sample.ts';

export interface UpstreamRecord {
  readonly data_source: string;
  readonly prompt: readonly { readonly role: 'user'; readonly content: string }[];
  readonly ability: string;
  readonly reward_model: {
    readonly style: 'rule';
    readonly ground_truth: {
      /** Gold answer lines. */
      readonly doc_ids: readonly string[];
      /** The gold as one string. */
      readonly golden_label: string;
      /** The language, by the layout's convention: `English` or `Chinese`. */
      readonly summary: string;
    };
  };
  readonly extra_info: {
    readonly index: number;
    readonly split: string;
    readonly reward_mode: string;
    readonly question: string;
    readonly ability: string;
    readonly sample_id: string;
    readonly rendering: string;
    readonly tokens: number;
    readonly cluster: string;
    /** The whole provenance as JSON text, so that the column has one type. */
    readonly provenance: string;
  };
}

/** Where each task's reward is dispatched to. `longbench_pro` dispatches by the sub-task's name to the task's metric. */
const dispatch: Readonly<Record<TaskId, { readonly source: string; readonly mode: string }>> = {
  T1: { source: 'EM', mode: 'EM' },
  T2: { source: 'longbench_pro', mode: 'T3.2 Single-Hop Fact QA' },
  T3: { source: 'longbench_pro', mode: 'T6.2 Targeted Subset Cluster Identification' },
  T4: { source: 'math_longcot_math_verify', mode: 'math_verify' },
  T5: { source: 'multitableqa_pretraining', mode: 'IoU' },
  T6: { source: 'longbench_pro', mode: 'T6.1 Large-Scale Document Clustering' },
  T7: { source: 'longbench_pro', mode: 'T1.1 Global Cohesive Retrieval' },
  T8: { source: 'longbench_pro', mode: 'T2.1 Global Timeline Reconstruction' },
  T9: { source: 'longbench_pro', mode: 'T4.2 Query-Focused Summary' },
};

/** The reference reads T1 as all that follows the thinking, and T5 between tags: their prompts must ask for that. */
const upstreamFormats: Readonly<Partial<Record<TaskId, string>>> = {
  T1: 'Answer with the exact value alone, on one line.',
  T5: 'Answer with one JSON object in tags: <answer>{"columns": [...], "data": [[...]]}</answer>.',
};

/** The prompt with the answer format that the upstream layout scores. */
function upstreamPrompt(sample: Sample): string {
  const native = tasks[sample.task].answerFormat;
  const format = upstreamFormats[sample.task];
  if (format === undefined || !sample.prompt.endsWith(native)) return sample.prompt;
  return sample.prompt.slice(0, -native.length) + format;
}

/** @param index The record's place in its file. */
export function toUpstreamRecord(sample: Sample, index: number): UpstreamRecord {
  const { ability } = tasks[sample.task];
  const { source, mode } = dispatch[sample.task];
  const { gold, language } = sample.reward;
  return {
    data_source: source,
    prompt: [{ role: 'user', content: upstreamPrompt(sample) }],
    ability,
    reward_model: {
      style: 'rule',
      ground_truth: {
        doc_ids: gold,
        golden_label: gold.join('\n'),
        summary: language === 'zh' ? 'Chinese' : 'English',
      },
    },
    extra_info: {
      index,
      split: sample.split,
      reward_mode: mode,
      question: sample.question,
      ability,
      sample_id: sample.id,
      rendering: sample.rendering,
      tokens: sample.tokens,
      cluster: sample.cluster,
      provenance: JSON.stringify(sample.provenance),
    },
  };
}
