/**
 * @file The form of what a language model writes for each task. Evidence stands before the key and the key before the question, because a
 * model writes in that order: the key then follows from the facts. `check-draft.ts` checks what is written.
 */
import { z } from 'zod';
import type { TaskId } from '../../tasks/task.ts';

const line = z.string().trim().min(1).max(400);
const from = z.array(z.int().positive()).min(1).max(30).describe('Numbers of the facts that prove it, 1 is the first.');

/** A place of the documents and what it states. */
export interface WrittenFact {
  /** Verbatim, or `#n` for a fact that was offered. */
  readonly quote: string;
  readonly says: string;
}

/** One line of the key with the facts that it follows from. */
export interface KeyItem {
  readonly from: readonly number[];
  /** T6: the passage that the label belongs to. */
  readonly fragment?: string | undefined;
  /** T7, T8: what the item is ordered by. */
  readonly value?: string | undefined;
  readonly text?: string | undefined;
  /** T5: the cells of a row. */
  readonly cells?: readonly string[] | undefined;
}

/** A figure of a formula by its name. */
export interface Figure {
  readonly name: string;
  readonly from: readonly number[];
  /** As the document writes it, or the number of the facts in `from`. */
  readonly value: string;
}

/** What a model writes for any task; `writtenSchemaOf` narrows it to one. */
export interface Written {
  readonly facts: readonly WrittenFact[];
  readonly reason: string;
  readonly figures?: readonly Figure[] | undefined;
  /** Arithmetic over the names of the figures. */
  readonly formula?: string | undefined;
  /** Decimals that the key is rounded to; -1 where it is exact. */
  readonly decimals?: number | undefined;
  readonly columns?: readonly string[] | undefined;
  readonly answer: readonly KeyItem[];
  readonly summary?: string | undefined;
  readonly question: string;
  readonly distractors?: readonly { readonly why: string; readonly text: string }[] | undefined;
}

/** Items of the key: at least and at most. */
export const keyItems: Readonly<Record<TaskId, readonly [number, number]>> = {
  T1: [1, 1],
  T2: [1, 1],
  T3: [2, 40],
  T4: [1, 1],
  T5: [2, 40],
  T6: [3, 20],
  T7: [4, 20],
  T8: [4, 20],
  T9: [3, 12],
};

const facts = z
  .array(
    z.object({
      quote: line.describe('Verbatim, from one place; or #n for a fact that was offered.'),
      says: z.string().trim().min(1).max(300),
    }),
  )
  .min(1)
  .max(40)
  .describe('First: the facts that prove the key.');
const reason = z.string().trim().min(1).max(2000).describe('How the key follows from the facts.');
const question = z.string().trim().min(8).max(1500);

function itemOf(task: TaskId) {
  const text = z.string().trim().min(1).max(400);
  switch (task) {
    case 'T5':
      return z.object({ from, cells: z.array(z.string().trim().min(1).max(200)).min(1).max(12) });
    case 'T6':
      return z.object({ from, fragment: z.string().trim().min(2).max(400), text });
    case 'T7':
    case 'T8':
      return z.object({ from, value: z.string().trim().min(1).max(80), text });
    default:
      return z.object({ from, text });
  }
}

/** The form of a draft of one task: a server that decodes by schema cannot write a key of another shape. */
export function writtenSchemaOf(task: TaskId): z.ZodType<Written> {
  const [least, most] = keyItems[task];
  const answer = z.array(itemOf(task)).min(least).max(most);
  const begin = { facts, reason };
  switch (task) {
    case 'T2': {
      const distractor = z.object({ why: z.string().trim().min(1).max(300), text: line });
      return z.object({ ...begin, answer, question, distractors: z.array(distractor).min(3).max(3) });
    }
    case 'T4': {
      const figure = z.object({ name: z.string().regex(/^[a-z][a-z0-9_]*$/i), from, value: z.string().min(1).max(60) });
      const decimals = z.int().min(-1).max(6).describe('-1 where the key is exact.');
      const formula = z.string().min(1).max(300);
      return z.object({ ...begin, figures: z.array(figure).min(1).max(30), formula, decimals, answer, question });
    }
    case 'T5':
      return z.object({
        ...begin,
        columns: z.array(z.string().trim().min(1).max(80)).min(2).max(12),
        answer,
        question,
      });
    case 'T9':
      return z.object({ ...begin, answer, summary: z.string().trim().min(30).max(4000), question });
    default:
      return z.object({ ...begin, answer, question });
  }
}
