/**
 * @file Where the answer stands in a response: the think gate and the answer area.
 * `paper`: reference `get_answer_area` and the gates of `default_compute_score`: exactly one `</think>`, at most one
 * `<think>`; the area follows the last `[Answer]`, else the last `[答案]`, else it is the whole text, thinking included.
 * `hardened`: what follows the last `</think>` (the whole text where there is none), from the last mark of either language on.
 */
import { strip } from './text.ts';

const marks = ['[Answer]', '[答案]'] as const;

/** More marks than this after the thinking are a list of guesses, not an answer. */
export const mostMarks = 4;

function count(text: string, part: string): number {
  let found = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) found++;
  return found;
}

/** Why the reference pays nothing for the form of this response; undefined when its form is right. */
export function thinkGateFailure(response: string): string | undefined {
  const closing = count(response, '</think>');
  if (closing === 0) return 'no </think>';
  if (closing > 1) return `${closing} </think>, expected one`;
  const opening = count(response, '<think>');
  return opening > 1 ? `${opening} <think>, expected at most one` : undefined;
}

/** What follows the last `</think>`; the whole text where there is none. */
export function afterThinking(response: string): string {
  const at = response.lastIndexOf('</think>');
  return at < 0 ? response : response.slice(at + '</think>'.length);
}

/** The reference's answer area of any text. */
export function paperAnswerArea(text: string): string {
  for (const mark of marks) {
    const at = text.lastIndexOf(mark);
    if (at >= 0) return strip(text.slice(at + mark.length));
  }
  return strip(text);
}

/** The hardened answer area: only visible text counts, and only what follows its last mark. */
export function hardenedAnswerArea(response: string): string {
  const visible = afterThinking(response);
  let start = 0;
  for (const mark of marks) {
    const at = visible.lastIndexOf(mark);
    if (at >= 0) start = Math.max(start, at + mark.length);
  }
  return strip(visible.slice(start));
}

/** How many answer marks the visible text holds. */
export function markCount(response: string): number {
  const visible = afterThinking(response);
  return marks.reduce((sum, mark) => sum + count(visible, mark), 0);
}
