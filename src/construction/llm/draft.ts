/**
 * @file What a language model is asked to write for each task, and the form that it must have. `check-draft.ts` checks what is written.
 */
import { z } from 'zod';
import type { TaskId } from '../../tasks/task.ts';

const line = z.string().trim().min(1).max(400);

/** What a model writes for any task; `writtenSchemaOf` narrows it to one. */
export const writtenSchema = z.strictObject({
  question: z.string().trim().min(8).max(1500),
  answer: z.array(line).max(60).describe('The key, one item a line.'),
  distractors: z.array(line).max(4).describe('Plausible wrong options; only for multiple choice.'),
  expression: z.string().max(300).describe('Arithmetic over figures of the document; only for calculations.'),
  evidence: z.array(line).min(1).max(30).describe('Verbatim quotes that prove the key.'),
  rationale: z.string().trim().min(1).max(3000).describe('Why the key is right and why the wrong options tempt.'),
});

/** A draft in the right form, not checked yet. */
export type Written = z.infer<typeof writtenSchema>;

/** Items of the key: at least and at most. */
export const keyItems: Readonly<Record<TaskId, readonly [number, number]>> = {
  T1: [1, 1],
  T2: [1, 1],
  T3: [2, 60],
  T4: [1, 1],
  T5: [1, 1],
  T6: [2, 60],
  T7: [4, 60],
  T8: [4, 60],
  T9: [1, 1],
};
/** Tasks whose one item is a sentence or a table rather than a span. */
const longKeys: readonly TaskId[] = ['T5', 'T9'];

/** The form of a draft of one task: a server that decodes by schema cannot write a key of another shape. */
export function writtenSchemaOf(task: TaskId) {
  const [least, most] = keyItems[task];
  const item = z
    .string()
    .trim()
    .min(1)
    .max(longKeys.includes(task) ? 2500 : 400);
  return writtenSchema.extend({
    answer: z.array(item).min(least).max(most),
    distractors: z
      .array(line)
      .min(task === 'T2' ? 3 : 0)
      .max(task === 'T2' ? 3 : 0),
    expression: task === 'T4' ? z.string().min(3).max(300) : z.literal(''),
  });
}

/** The wishes that differ by task. */
export const taskWishes: Readonly<Record<TaskId, string>> = {
  T1: 'Ask for one exact span of at most eight words that stands in the document once. `answer` holds that span.',
  T2: 'Ask a question that needs two places of the document. `answer` holds the right option; `distractors` holds three wrong options of the same kind and length, taken from the document, that somebody who read only part of it would choose.',
  T3: 'Ask for all items of the document that meet a condition: at least two. `answer` holds every one, as the document spells it.',
  T4: 'Ask for one number that must be calculated from at least two figures of the document. `answer` holds the number alone; `expression` the arithmetic, with + - * / and parentheses, over figures as the document has them.',
  T5: 'Ask for a small table of facts. `answer` holds one line: {"columns": [...], "data": [[...]]} as JSON text, with cells as the document spells them.',
  T6: 'Give short quotes of the document labels in your question (F1, F2, ...) and ask which name, place or heading belongs to each. `answer` holds lines like "F1: name", as the document spells the names.',
  T7: 'Ask to rank at least four items of the document by a quantity that the document states, without ties. `answer` holds the items, best first, as the document spells them.',
  T8: 'Ask to put at least four events or items of the document into the order in which they happened. `answer` holds them in that order, each in words of the document. Do not list them in your question.',
  T9: 'Ask for a summary of the document, or of one theme of it, with a limit of words. `answer` holds one line: a summary of 30 to 250 words in your own words.',
};
