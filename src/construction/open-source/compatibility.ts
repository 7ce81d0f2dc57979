/**
 * @file P3, open-source track: which answers of a foreign dataset fit a task (paper section 3.3: T1 keeps only short reference spans).
 * Limits are data; the reward itself is checked apart (`admit.ts`).
 */

import type { TaskId } from '../../tasks/task.ts';
import { lengthOf } from '../reading/cut-units.ts';
import { Refusal } from './refusal.ts';

export interface AnswerRule {
  /** How many answer lines. */
  readonly least: number;
  readonly most: number;
  /** Words and characters of a line. */
  readonly words: readonly [least: number, most: number];
  readonly characters: number;
  /** The line stands in the context word for word. */
  readonly span?: true;
}

const line = { words: [1, 40], characters: 240 } as const;

export const answerRules: Readonly<Record<TaskId, AnswerRule>> = {
  T1: { least: 1, most: 1, words: [1, 8], characters: 60, span: true },
  T2: { least: 1, most: 1, words: [1, 1], characters: 1 },
  T3: { least: 1, most: 30, ...line },
  T4: { least: 1, most: 20, words: [1, 12], characters: 80 },
  T5: { least: 1, most: 1, words: [1, 100_000], characters: 500_000 },
  T6: { least: 2, most: 60, ...line },
  T7: { least: 3, most: 60, ...line },
  T8: { least: 3, most: 60, ...line },
  T9: { least: 1, most: 3, words: [20, 400], characters: 6000 },
};

/** @throws Refusal naming the limit. */
export function checkAnswer(task: TaskId, gold: readonly string[], context: string, language: 'en' | 'zh'): void {
  const { least, most, words, characters, span } = answerRules[task];
  const lines = gold.length;
  if (lines < least || lines > most)
    throw new Refusal('answer-form', `${task}: got ${lines} answer lines, expected ${least} to ${most}`);
  if (new Set(gold.map((text) => text.toLowerCase())).size < lines)
    throw new Refusal('answer-form', `${task}: two answer lines are equal`);
  for (const text of gold) {
    const size = lengthOf(text, language);
    if (text.length > characters || size > words[1])
      throw new Refusal(
        'answer-too-long',
        `${task}: got ${size} words, ${text.length} characters, expected at most ${words[1]} and ${characters}`,
      );
    if (size < words[0]) throw new Refusal('answer-form', `${task}: got ${size} words, expected at least ${words[0]}`);
    if (text.includes('\n')) throw new Refusal('answer-form', `${task}: an answer line holds a line end`);
    if (span && !context.includes(text))
      throw new Refusal('answer-not-in-context', `${task}: "${text}" does not stand in the context`);
  }
}
