/**
 * @file The judge: it sees the documents, the rules of the task, the question and two or three keys in an order that a seed draws, the key of
 * the draft and others that are wrong by one thing, none of them with reasons beside it. It reasons before each verdict. How many of the
 * keys are right it is not told. A summary is judged claim by claim, each by its quote, and by the key points that it makes.
 */
import { z } from 'zod';
import type { Document } from '../../corpus/document.ts';
import type { ChatMessage } from '../../llm/chat-model.ts';
import { type TaskId, tasks } from '../../tasks/task.ts';
import type { QuestionLanguage } from '../questions/language.ts';
import type { SubTask } from './catalogue/sub-task.ts';
import { asked, delimited } from './prompts.ts';

/** Name of a criterion: a field of the verdict. */
export const criterionNames = [
  'answerUniqueness',
  'distractorQuality',
  'hallucination',
  'taskCompliance',
  'languageConsistency',
] as const;

/** One of the five. */
export type Criterion = (typeof criterionNames)[number];

/** What 1, 3 and 5 points of a criterion mean. */
const anchors: Readonly<Record<QuestionLanguage, Readonly<Record<Criterion, string>>>> = {
  en: {
    answerUniqueness:
      '1: several keys are defensible, or none; 3: one key, if a reader guesses what is meant; 5: the wording leaves one key (a summary: it says what a good one must hold, and its limit)',
    distractorQuality:
      '1: wrong options or items are absurd, or one of them is right too; 3: they are told apart without the documents; 5: only the documents tell them apart (5 where there are none)',
    hallucination:
      '1: the question takes something for granted that the documents deny or lack; 3: a detail is not quite theirs; 5: all that it takes for granted stands there',
    taskCompliance:
      '1: another kind of exercise, or answered without the documents; 3: the kind, but one place suffices or the form of the answer is unclear; 5: the kind as described, form and unit stated',
    languageConsistency: '1: another language than the documents; 3: mixed; 5: the same, in sound sentences',
  },
  zh: {
    answerUniqueness:
      '1：有多个或没有站得住的答案；3：须猜测题意才只有一个；5：题面只容一个答案（摘要题：写明应包含什么及字数）',
    distractorQuality:
      '1：错误选项荒谬，或其中也有正确的；3：不看文档也能排除；5：只有凭文档才能区分（没有选项则为 5）',
    hallucination: '1：问题的前提与文档相悖或文档没有；3：个别细节不尽相符；5：全部前提都见于文档',
    taskCompliance:
      '1：不是所述类型，或不看文档即可作答；3：类型相符，但一处即可作答或作答格式不清；5：完全符合所述类型，格式与单位清楚',
    languageConsistency: '1：与文档语言不同；3：混杂；5：一致且通顺',
  },
};

const points = z.object({ reason: z.string().trim().min(1).max(600), points: z.int().min(1).max(5) });
const criteriaSchema = z.object({
  answerUniqueness: points,
  distractorQuality: points,
  hallucination: points,
  taskCompliance: points,
  languageConsistency: points,
});

const keyVerdict = z.object({
  reason: z.string().trim().min(1).max(1200),
  verdict: z.enum(['right', 'wrong']),
});
const summaryVerdict = z.object({
  claims: z
    .array(
      z.object({
        claim: z.string().trim().min(1).max(300),
        quote: z
          .string()
          .max(400)
          .describe('What supports or contradicts it, word for word; empty where nothing does.'),
        supported: z.boolean(),
      }),
    )
    .min(1)
    .max(40),
  points: z.array(z.object({ point: z.int().positive(), covered: z.boolean() })).max(20),
});

/** One key as a judge sees it. */
export interface KeyVerdict {
  readonly reason?: string;
  readonly verdict?: 'right' | 'wrong';
  readonly claims?: readonly { readonly claim: string; readonly quote: string; readonly supported: boolean }[];
  readonly points?: readonly { readonly point: number; readonly covered: boolean }[];
}

/** A judge's answer in the right form; `mark` has to be that of the documents. */
export interface Verdict {
  readonly mark: string;
  readonly keys: readonly KeyVerdict[];
  readonly criteria: Readonly<Record<Criterion, { readonly reason: string; readonly points: number }>>;
}

/** The form of a verdict over so many keys. */
export function verdictSchemaOf(task: TaskId, keys: number): z.ZodType<Verdict> {
  const key = task === 'T9' ? summaryVerdict : keyVerdict;
  return z.object({
    mark: z.string().max(40).describe('The mark behind the documents.'),
    keys: z.array(key).min(keys).max(keys),
    criteria: criteriaSchema,
  });
}

/** What a judge is shown. */
export interface Judged {
  readonly subTask: SubTask;
  readonly documents: readonly Document[];
  readonly language: QuestionLanguage;
  readonly question: string;
  /** In the order in which they are shown. */
  readonly keys: readonly (readonly string[])[];
  /** T9: what a good summary says. */
  readonly keyPoints: readonly string[];
}

const words = {
  en: {
    task: 'You check an exercise about these documents before it is used. Solve it yourself first; trust none of the keys.',
    kind: 'Kind',
    metric: 'Scored by',
    exercise: 'The exercise:',
    keys: 'Keys to check. Any number of them may be right, also none; a key that is wrong in one item, one figure or one place of an order is wrong. Work out the answer from the documents and compare item by item.',
    summaries:
      'Summaries to check. Split each into its claims, give for each the words of the documents that support it, and say whether they do: a claim with a wrong figure or name is not supported. Then say for each key point whether the summary makes it.',
    points: 'Key points:',
    criteria: 'Then the exercise itself, with 1 to 5 points for each criterion:',
    form: 'Answer with one JSON object: mark (the mark behind the documents); keys (in the order shown, each an object with reason, then verdict "right" or "wrong"); criteria (an object with the five names, each an object with reason, then points).',
    summaryForm:
      'Answer with one JSON object: mark (the mark behind the documents); keys (in the order shown, each an object with claims: [{claim, quote, supported}] and points: [{point, covered}]); criteria (an object with the five names, each an object with reason, then points).',
  },
  zh: {
    task: '请在采用前检查一道关于这些文档的题目。先自己作答，不要轻信任何一个答案。',
    kind: '类型',
    metric: '评分方式',
    exercise: '题目：',
    keys: '待查的答案。其中可能有任意个正确，也可能都不正确；只要有一项、一个数字或一处次序有误，该答案即为错误。请据文档自行得出答案，再逐项比对。',
    summaries:
      '待查的摘要。请把每份摘要拆成若干陈述，逐条写出支持它的原文，并判断是否支持：数字或名称有误的陈述不算支持。再说明每个要点是否写到。',
    points: '要点：',
    criteria: '再就题目本身按以下各项打 1 至 5 分：',
    form: '只用一个 JSON 对象作答：mark（文档后的标记）；keys（按所列次序，每项为对象，先 reason，后 verdict，取 "right" 或 "wrong"）；criteria（以五个名称为键的对象，每项先 reason，后 points）。',
    summaryForm:
      '只用一个 JSON 对象作答：mark（文档后的标记）；keys（按所列次序，每项为对象，含 claims: [{claim, quote, supported}] 与 points: [{point, covered}]）；criteria（以五个名称为键的对象，每项先 reason，后 points）。',
  },
} as const;

/** What a judge is asked, documents first. */
export function judgeMessages({ subTask, documents, language, question, keys, keyPoints }: Judged): ChatMessage[] {
  const own = words[language];
  const { task } = subTask;
  const summary = task === 'T9';
  const shown = keys.map((key, i) => `[${i + 1}]\n${key.join('\n')}`).join('\n');
  const listed = keyPoints.map((point, i) => `${i + 1}. ${point}`).join('\n');
  const parts = [
    delimited(documents, language),
    own.task,
    `${own.kind}: ${subTask.title[language]} (${tasks[task].ability}). ${subTask.wish[language]}\n${own.metric}: ${tasks[task].metric}.`,
    `${own.exercise}\n${asked(question, subTask, language)}`,
    `${summary ? own.summaries : own.keys}\n${shown}`,
    ...(summary ? [`${own.points}\n${listed}`] : []),
    `${own.criteria}\n${criterionNames.map((name) => `- ${name}: ${anchors[language][name]}`).join('\n')}`,
    summary ? own.summaryForm : own.form,
  ];
  return [{ role: 'user', content: parts.join('\n\n') }];
}
