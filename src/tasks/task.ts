/**
 * @file The nine capabilities T1..T9 of the paper: ability, reward metric, answer format.
 * Knows nothing of how samples are made or scored.
 */
import { unknownValue } from '../errors.ts';

/** The nine capabilities, in the paper's order. */
export const taskIds = ['T1', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7', 'T8', 'T9'] as const;

/** Name of a capability, T1 to T9. */
export type TaskId = (typeof taskIds)[number];

/** The natural reward of each capability. The string is also the task key (`reward_mode`) of the TMN estimators. */
export const metrics = [
  'EM',
  'Accuracy',
  'F1_Score',
  'math_verify',
  'IoU',
  'SubEM',
  'NDCG',
  'Pairwise_Accuracy',
  'Summary',
] as const;

/** Name of a reward; see `metrics`. */
export type Metric = (typeof metrics)[number];

/** What a capability is called, how its answers are rewarded, and how prompts ask for them. */
export interface Task {
  readonly id: TaskId;
  /** The `ability` string of the released dataset. */
  readonly ability: string;
  readonly metric: Metric;
  /**
   * Whether the reward reads the lines of an answer in the order given. Free where it counts them wherever they stand: F1 takes them as a
   * set, SubEM (T6) looks for each gold line anywhere, and the IoU of tables takes rows as a set.
   */
  readonly answerOrder: 'free' | 'given';
  /** What follows `[Answer]`, as one English sentence that a prompt can end with. */
  readonly answerFormat: string;
  /** The same for a Chinese prompt, after `[答案]`. */
  readonly answerFormatZh: string;
}

/** The capabilities by id, each with its natural reward. */
export const tasks: Readonly<Record<TaskId, Task>> = {
  T1: {
    id: 'T1',
    ability: 'Precise Long-Range Information Retrieval',
    metric: 'EM',
    answerOrder: 'given',
    answerFormat: 'After [Answer], write the exact value on one line.',
    answerFormatZh: '请在[答案]后用一行写出原文。',
  },
  T2: {
    id: 'T2',
    ability: 'Evidence-Grounded Comprehension and Reasoning',
    metric: 'Accuracy',
    answerOrder: 'given',
    answerFormat: 'After [Answer], write the letter of the right option.',
    answerFormatZh: '请在[答案]后写出正确选项的字母。',
  },
  T3: {
    id: 'T3',
    ability: 'High-Recall Exhaustive Retrieval and Verification',
    metric: 'F1_Score',
    answerOrder: 'free',
    answerFormat: 'After [Answer], write every matching identifier, one on each line.',
    answerFormatZh: '请在[答案]后写出所有符合的编号，每行一个。',
  },
  T4: {
    id: 'T4',
    ability: 'Numerical Extraction and Quantitative Reasoning',
    metric: 'math_verify',
    answerOrder: 'given',
    answerFormat: 'After [Answer], write the number.',
    answerFormatZh: '请在[答案]后写出数字。',
  },
  T5: {
    id: 'T5',
    ability: 'Multi-Table Structured Extraction',
    metric: 'IoU',
    answerOrder: 'free',
    answerFormat: 'After [Answer], write one JSON object {"columns": [...], "data": [[...]]}.',
    answerFormatZh: '请在[答案]后写出一个 JSON 对象 {"columns": [...], "data": [[...]]}。',
  },
  T6: {
    id: 'T6',
    ability: 'Fragment-Level Structured Matching and Induction',
    metric: 'SubEM',
    answerOrder: 'free',
    answerFormat: 'After [Answer], write one line for each fragment.',
    answerFormatZh: '请在[答案]后逐行写出，每项一行。',
  },
  T7: {
    id: 'T7',
    ability: 'Dimension-Quantified Retrieval and Graded Ranking',
    metric: 'NDCG',
    answerOrder: 'given',
    answerFormat: 'After [Answer], write the identifiers, best first, one on each line.',
    answerFormatZh: '请在[答案]后按名次写出编号，每行一个。',
  },
  T8: {
    id: 'T8',
    ability: 'Sequence Reconstruction and Ordering',
    metric: 'Pairwise_Accuracy',
    answerOrder: 'given',
    answerFormat: 'After [Answer], write the identifiers in the right order, one on each line.',
    answerFormatZh: '请在[答案]后按正确顺序写出编号，每行一个。',
  },
  T9: {
    id: 'T9',
    ability: 'Long Document Summarization',
    metric: 'Summary',
    answerOrder: 'given',
    answerFormat: 'After [Answer], write the summary in one paragraph.',
    answerFormatZh: '请在[答案]后用一段话写出摘要。',
  },
};

/** Whether a text is exactly one of T1 to T9; `parseTaskId` is lenient about case and blanks. */
export const isTaskId = (name: string): name is TaskId => taskIds.some((task) => task === name);

/** @throws UsageError with a suggestion when the name is not one of T1..T9. */
export function parseTaskId(text: string): TaskId {
  const id = text.trim().toUpperCase();
  const found = taskIds.find((task) => task === id);
  if (found === undefined) throw unknownValue('task', text, taskIds);
  return found;
}
