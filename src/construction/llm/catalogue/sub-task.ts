/**
 * @file What a named sub-task of T1 to T9 is to the LLM track: the words that ask a model for it, what it is written over, a worked
 * example, the checks of its drafts and its share of a task's drafts. One file a task holds them as data.
 */
import type { TaskId } from '../../../tasks/task.ts';
import type { QuestionLanguage } from '../../questions/language.ts';
import type { Written } from '../draft.ts';

/** Kinds of facts that the document layer finds and a draft can be offered. */
export type FactKind =
  | 'field'
  | 'row'
  | 'event'
  | 'quantity'
  | 'definition'
  | 'reference'
  | 'quotation'
  | 'turn'
  | 'heading'
  | 'step'
  | 'sentence';

/**
 * What is held against a draft beside what its task demands:
 * `apart` facts of two paragraphs or more; `each-document` a fact of every document; `by-date`, `by-value`,
 * `by-place`, `by-count` the order of the key follows from its values, the last by how often its words stand in the documents; `listed` the items stand in the question; `labels` so do the labels.
 */
export type SubTaskCheck =
  | 'apart'
  | 'each-document'
  | 'by-date'
  | 'by-value'
  | 'by-place'
  | 'by-count'
  | 'listed'
  | 'labels';

/** What is asked of a model, followed by what all sub-tasks of a task say of the form. */
export const wishWith =
  (form: Readonly<Record<QuestionLanguage, string>>) =>
  (en: string, zh: string): Readonly<Record<QuestionLanguage, string>> => ({
    en: `${en} ${form.en}`,
    zh: `${zh}${form.zh}`,
  });

/** What sub-tasks of matching and ordering say beforehand: most drafts of theirs that fail can be answered from common sense. */
export const unforeseen: Readonly<Record<QuestionLanguage, string>> = {
  en: 'The exercise is answered by readers without the documents first and thrown away when they come near. So common sense must not find the key: choose things of one kind with neutral names, none of which suggests its own place, and what goes against expectation; leave out sizes, prices, ages, causes and habits that anybody can estimate.',
  zh: '题目先由没有文档的读者作答，他们若接近答案，题目即作废。所以不能凭常识得出答案：选同类而名称中性、看不出归属或位次的项，选出人意料的内容；不要用人人都能估计的大小、价钱、年代、因果与惯例。',
};

/** One sub-task. A change of anything that a prompt shows raises `version`. */
export interface SubTask {
  /** Kebab-case, unique over all tasks. */
  readonly id: string;
  readonly version: number;
  readonly task: TaskId;
  /** As the paper and its benchmark name it. */
  readonly title: Readonly<Record<QuestionLanguage, string>>;
  /** What the model is to write. */
  readonly wish: Readonly<Record<QuestionLanguage, string>>;
  /** What makes it hard. */
  readonly difficulty: Readonly<Record<QuestionLanguage, string>>;
  /** How the answer is to be written, where the task's own sentence does not say it. */
  readonly contract?: Readonly<Record<QuestionLanguage, string>>;
  /** Names of `documentCriteria`; a document that meets one serves. Without them: any that serves the task. */
  readonly criteria?: readonly string[];
  /** Facts without which a document cannot serve it: so many of these kinds together, or so many figures of one unit that differ. */
  readonly needs?: { readonly kinds: readonly FactKind[]; readonly atLeast: number } | { readonly alike: number };
  /** Documents that the question is about. */
  readonly documents: 1 | 2 | 3;
  /** Facts to offer, the likeliest first. */
  readonly facts: readonly FactKind[];
  readonly checks: readonly SubTaskCheck[];
  /** Share of the task's drafts, relative to the others of the task. */
  readonly quota: number;
  /** Over `exampleText`, in the form of the task. */
  readonly example: Written;
}
