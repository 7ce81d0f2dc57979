/**
 * @file Samples in the record layout of the released dataset and of verl: `data_source`, `prompt` messages, `ability`,
 * `reward_model`, `extra_info`. `reward_mode` is always set: an empty task key would merge unlike tasks.
 */
import { type TaskId, taskIds, tasks } from '../tasks/task.ts';
import type { Sample } from './sample.ts';

/** One row of the released dataset; field names are upstream's. */
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
    /**
     * The whole provenance, with the rationale and whatever else the layout has no place for, as JSON text, so that the column
     * has one type.
     */
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

type Language = Sample['reward']['language'];

/** The reference reads T1 as all that follows the thinking, and T5 between tags: their prompts must ask for that. */
const upstreamFormats: Readonly<Partial<Record<TaskId, Readonly<Record<Language, string>>>>> = {
  T1: { en: 'Answer with the exact value alone, on one line.', zh: '只用一行写出原文，不要写别的。' },
  T5: {
    en: 'Answer with one JSON object in tags: <answer>{"columns": [...], "data": [[...]]}</answer>.',
    zh: '用标签写出一个 JSON 对象：<answer>{"columns": [...], "data": [[...]]}</answer>。',
  },
};

const nativeFormat = (task: TaskId, language: Language): string =>
  language === 'zh' ? tasks[task].answerFormatZh : tasks[task].answerFormat;

const replaceEnd = (text: string, end: string, by: string): string | undefined =>
  text.endsWith(end) ? text.slice(0, text.length - end.length) + by : undefined;

/** The prompt with the answer format that the upstream layout scores. */
function upstreamPrompt({ prompt, task, reward: { language } }: Sample): string {
  const format = upstreamFormats[task]?.[language];
  return format === undefined ? prompt : (replaceEnd(prompt, nativeFormat(task, language), format) ?? prompt);
}

/** Undoes `toUpstreamRecord`'s change of the prompt; undefined where the prompt does not end as it would leave it. */
export function nativePrompt(prompt: string, task: TaskId, language: Language): string | undefined {
  const native = nativeFormat(task, language);
  return replaceEnd(prompt, upstreamFormats[task]?.[language] ?? native, native);
}

/** An imported row keeps its own dispatch; otherwise that of the task whose metric the sample has. */
function dispatchOf({ task, reward, provenance: { imported } }: Sample): { source: string; mode: string } {
  if (imported?.dataSource !== undefined && imported.rewardMode !== undefined)
    return { source: imported.dataSource, mode: imported.rewardMode };
  const graded = tasks[task].metric === reward.metric ? task : taskIds.find((id) => tasks[id].metric === reward.metric);
  return dispatch[graded ?? task];
}

/**
 * The sample as a record of the released dataset.
 *
 * @param index The record's place in its file.
 */
export function toUpstreamRecord(sample: Sample, index: number): UpstreamRecord {
  const { ability } = tasks[sample.task];
  const { source, mode } = dispatchOf(sample);
  const { gold, language, caseSensitive, candidates, floor } = sample.reward;
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
      provenance: JSON.stringify({
        ...sample.provenance,
        rationale: sample.rationale,
        ...(caseSensitive === undefined ? {} : { caseSensitive }),
        ...(candidates === undefined ? {} : { candidates }),
        ...(floor === undefined ? {} : { floor }),
      }),
    },
  };
}
