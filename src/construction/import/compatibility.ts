/**
 * @file P3, open-source track: which answers of a foreign dataset fit a task (paper section 3.3: T1 keeps only short reference spans).
 * Limits are data; the reward itself is checked apart (`admit.ts`). Rows of the released dataset have passed a filter already, whose
 * limits are unpublished: the limits for them are wider, and what lies between both is a flag.
 */
import { textWords } from '../../corpus/make-document.ts';
import { statedLetter } from '../../rewards/metrics/accuracy.ts';
import { type Metric, type TaskId, tasks } from '../../tasks/task.ts';
import { findWhole, folded } from '../whole-words.ts';
import { optionCount } from './option-count.ts';
import { type CompatibilityCode, Refusal } from './refusal.ts';

/** Limits on the gold of one task; bounds are inclusive. */
export interface AnswerRule {
  /** How many answer lines. */
  readonly lines: readonly [least: number, most: number];
  /** Words and characters of a line. */
  readonly words: readonly [least: number, most: number];
  readonly characters: number;
  /** The line stands in the context: word for word, or but for case, spacing and punctuation. */
  readonly span?: 'exact' | 'folded';
  /** Lines may be equal: they answer one question each. */
  readonly repeats?: true;
  /** A line may hold line ends: it is one number, table or summary. */
  readonly lineEnds?: true;
}

/** Limits on the gold, by task. */
export type AnswerRules = Readonly<Record<TaskId, AnswerRule>>;

const line = { words: [1, 40], characters: 240 } as const;

/** For datasets that a mapping brings in. */
export const answerRules: AnswerRules = {
  T1: { lines: [1, 1], words: [1, 8], characters: 60, span: 'exact' },
  T2: { lines: [1, 1], words: [1, 1], characters: 1 },
  T3: { lines: [1, 30], ...line },
  T4: { lines: [1, 20], words: [1, 12], characters: 80 },
  T5: { lines: [1, 1], words: [1, 100_000], characters: 500_000 },
  T6: { lines: [2, 60], ...line },
  T7: { lines: [3, 60], ...line },
  T8: { lines: [3, 60], ...line },
  T9: { lines: [1, 3], words: [20, 400], characters: 6000 },
};

const wideLine = { words: [1, 200], characters: 2000 } as const;

/** For rows of the released layout. */
export const releasedRules: AnswerRules = {
  T1: { lines: [1, 1], words: [1, 20], characters: 200, span: 'folded' },
  T2: answerRules.T2,
  T3: { lines: [1, 1000], ...wideLine },
  T4: { lines: [1, 1000], ...wideLine, repeats: true, lineEnds: true },
  T5: { ...answerRules.T5, lineEnds: true },
  T6: { lines: [1, 1000], ...wideLine, repeats: true },
  T7: { lines: [1, 1000], ...wideLine },
  T8: { lines: [2, 1000], ...wideLine },
  T9: { lines: [1, 20], words: [5, 4000], characters: 40_000, lineEnds: true },
};

/** What a task may be graded by beside its own metric: the layout grades T8.1 to T8.3 of LongBench-Pro line by line. */
const otherMetrics: Readonly<Partial<Record<TaskId, readonly Metric[]>>> = { T4: ['SubEM'] };

/** The gold of a row with what it is judged against. */
export interface Answer {
  readonly task: TaskId;
  readonly gold: readonly string[];
  readonly context: string;
  readonly language: 'en' | 'zh';
}

/** One limit that an answer does not keep; `message` says what was got and what was expected. */
export interface Finding {
  readonly code: CompatibilityCode;
  readonly message: string;
}

function lineFindings(text: string, { task, context, language }: Answer, rule: AnswerRule): Finding[] {
  const { words, characters, span, lineEnds } = rule;
  const found: Finding[] = [];
  const add = (code: CompatibilityCode, message: string): void =>
    void found.push({ code, message: `${task}: ${message}` });
  const size = textWords(text, language);
  if (text.length > characters || size > words[1])
    add(
      'answer-too-long',
      `got ${size} words, ${text.length} characters, expected at most ${words[1]} and ${characters}`,
    );
  if (size < words[0]) add('answer-too-short', `got ${size} words, expected at least ${words[0]}`);
  if (lineEnds !== true && text.includes('\n')) add('answer-line-end', 'an answer line holds a line end');
  if (/\[Answer\]|\[答案\]/.test(text)) add('answer-form', 'the gold holds the mark that stands before an answer');
  const absent =
    (span === 'exact' && findWhole(context, text) < 0) ||
    (span === 'folded' && findWhole(folded(context), folded(text)) < 0);
  if (absent) add('answer-not-in-context', `"${text.slice(0, 80)}" does not stand in the context`);
  return found;
}

/** What speaks against an answer under the rules. */
export function answerFindings(answer: Answer, rules: AnswerRules): Finding[] {
  const { task, gold } = answer;
  const rule = rules[task];
  const [least, most] = rule.lines;
  const found: Finding[] = [];
  if (gold.length < least || gold.length > most)
    found.push({
      code: 'answer-lines',
      message: `${task}: got ${gold.length} answer lines, expected ${least} to ${most}`,
    });
  if (rule.repeats !== true && new Set(gold.map((text) => text.toLowerCase())).size < gold.length)
    found.push({ code: 'answer-repeated', message: `${task}: two answer lines are equal` });
  return [...found, ...gold.flatMap((text) => lineFindings(text, answer, rule))];
}

/** @throws Refusal naming the limit. */
export function checkAnswer(answer: Answer): void {
  const [first] = answerFindings(answer, answerRules);
  if (first !== undefined) throw new Refusal(first.code, first.message);
}

/** T2: the gold is the letter of an option that the prompt offers. */
function choiceFindings({ gold: [first = ''], context }: Answer): Finding[] {
  const letter = statedLetter(first);
  if (letter === undefined)
    return [{ code: 'answer-form', message: `T2: got "${first.slice(0, 60)}", expected the letter of an option` }];
  const options = optionCount(context);
  if (options === 0)
    return [{ code: 'options-missing', message: 'T2: the prompt has no options A, B, ... that could be recognised' }];
  if (letter.charCodeAt(0) - 65 < options) return [];
  return [{ code: 'answer-form', message: `T2: got ${letter}, and the prompt has ${options} options` }];
}

/**
 * The flags of a released row: rules for new data that it does not keep, and those that `keep` names.
 *
 * @param answer The context is the whole prompt.
 * @throws Refusal naming the first limit for released rows that is not kept.
 */
export function checkReleased(answer: Answer, metric: Metric, keep: readonly CompatibilityCode[]): CompatibilityCode[] {
  const { task } = answer;
  const found: Finding[] = [];
  if (metric !== tasks[task].metric && otherMetrics[task]?.includes(metric) !== true)
    found.push({
      code: 'reward-mismatch',
      message: `${task} is graded by ${tasks[task].metric}, this row by ${metric}`,
    });
  found.push(...(task === 'T2' ? choiceFindings(answer) : answerFindings(answer, releasedRules)));
  const [refused] = found.filter(({ code }) => !keep.includes(code));
  if (refused !== undefined) throw new Refusal(refused.code, refused.message);
  const soft = task === 'T2' ? [] : answerFindings(answer, answerRules);
  return [...new Set([...found, ...soft].map(({ code }) => code))];
}
