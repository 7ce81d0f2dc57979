/**
 * @file Where the answer of a response stands for the reference (`paper`): the think gate and the answer area. `hardened` has a reader
 * of its own (reading/reading.ts). Reference `get_answer_area` and the gates of `default_compute_score`: exactly one `</think>`, at most one
 * `<think>`; the area follows the last `[Answer]`, else the last `[答案]`, else it is the whole text, thinking included.
 */
import { strip } from './text.ts';

const marks = ['[Answer]', '[答案]'] as const;

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
