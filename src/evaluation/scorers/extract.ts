/**
 * @file The answer of a response, one reading a benchmark, as the reference's scripts read it; all work on characters, none runs
 * anything. `strict` readings are the benchmarks' own matter, because they depend on what the prompt asked for.
 */
import { strip } from '../../rewards/text.ts';
import { space, splitLines, stripCharacters } from './python-text.ts';

/** Drops closed thinking, then everything up to the first `</think>` that is left (reference `mrcr_eval.py`). */
export function withoutThinking(response: string): string {
  const open = response.replace(/<think>[\s\S]*?<\/think>/g, '');
  const at = open.indexOf('</think>');
  return strip(at < 0 ? open : open.slice(at + '</think>'.length));
}

/** The same but up to the last `</think>` (reference `score_frame.py`). */
export function withoutThinkingToLast(response: string): string {
  return afterLastThinking(response.replace(/<think>[\s\S]*?<\/think>/g, ''));
}

/** What follows the last `</think>`, stripped (CorpusQA, LongBench v1, LongMemEval). */
export function afterLastThinking(response: string): string {
  return strip(response.slice(Math.max(0, response.lastIndexOf('</think>') + (response.includes('</think>') ? 8 : 0))));
}

const corpusAnswer = new RegExp(`[Tt]he answer is:?[${space}]*([^\\n]*)`);

/** The rest of the line after the first "the answer is" (reference `corpusqa_eval.py`). */
export function corpusqaAnswer(visible: string): string {
  return strip(corpusAnswer.exec(visible)?.[1] ?? visible);
}

const therefore = new RegExp(`therefore,?[${space}]*the answer is:?[${space}]*([^\\n]+)`, 'iu');

/** The last line with "Therefore, the answer is", else the last line that says anything (reference `lbv1qa_eval.py`). */
export function longbenchAnswer(visible: string): string {
  const lines = splitLines(visible);
  const said = lines.map((line) => therefore.exec(line)?.[1]).findLast((found) => found !== undefined);
  const last = lines.map(strip).findLast((line) => line !== '');
  if (said === undefined && last === undefined) return strip(visible);
  const text = stripCharacters(stripCharacters(stripCharacters(strip(said ?? last ?? ''), '"'), "'"), '.', 'right');
  return text.startsWith('(') && text.endsWith(')') ? strip(text.slice(1, -1)) : text;
}

/** What follows the last "the answer is"; empty where nobody says so (reference `frames_adapter.py`). */
export function framesAnswer(visible: string): string {
  const text = visible.replaceAll('*', '');
  const at = text.lastIndexOf('the answer is');
  return at < 0 ? '' : strip(stripCharacters(strip(text.slice(at + 'the answer is'.length)), '.'));
}

/** The rest of the line after the last "the answer is", whatever its case: where `strict` looks. Undefined where nobody says so. */
export function lastStatement(visible: string): string | undefined {
  const last = [...visible.matchAll(/the answer is:?/gi)].at(-1);
  if (last === undefined) return undefined;
  const rest = visible.slice(last.index + last[0].length);
  return strip(rest.trimStart().split('\n')[0] ?? '');
}
