/**
 * @file Single values: the piece of an answer that states them, without fence, JSON, box and explanation. `valueText` is for texts
 * (EM), `mathText` for mathematics, which keeps its LaTeX.
 */
import { looseJson } from './loose-json.ts';
import { boxesOf } from './marks.ts';

const fence = /(?:```|~~~)[^\n`]{0,30}\n([\s\S]*?)(?:\n[ \t]*(?:```|~~~)|$)/;

/** The field of an object that holds the answer. */
function jsonField(text: string): string | undefined {
  if (!/^\s*[[{]/.test(text) || !/[:：]/.test(text)) return undefined;
  const [document] = looseJson(text);
  if (document === undefined || document.value.kind !== 'record') return undefined;
  const { fields } = document.value;
  const field =
    fields.find(([name]) => /^(?:final_?)?(?:answer|result|value|答案)$/i.test(name)) ??
    (fields.length === 1 ? fields[0] : undefined);
  return field?.[1].kind === 'text' ? field[1].text : undefined;
}

function unwrapped(answer: string): string {
  const fenced = fence.exec(answer)?.[1];
  const text = fenced === undefined || fenced.trim() === '' ? answer : fenced;
  return jsonField(text) ?? text;
}

const separators = '\\u2028\\u2029\\x85\\v\\f';
const lineBreak = new RegExp(`\\r?\\n|[${separators}]`);
const introduction = /[:：]\s*$/;

/** The lines of a value: the first that says something, without an introduction, and those right below it. */
export function valueLines(answer: string): string[] {
  const boxes = boxesOf(answer);
  const text = boxes.length > 0 ? boxes.map(({ content }) => content).join('\n') : unwrapped(answer);
  const lines = text.split(lineBreak);
  const from = lines.findIndex((line) => line.trim() !== '');
  if (from < 0) return [];
  const kept: string[] = [];
  for (const line of lines.slice(from)) {
    if (line.trim() === '') {
      if (kept.length === 1 && introduction.test(kept[0] ?? '')) continue;
      break;
    }
    kept.push(line.trim());
  }
  return kept.length > 1 && introduction.test(kept[0] ?? '') ? kept.slice(1) : kept;
}

const statement =
  /^(?:(?:so|thus|therefore|hence),? )?(?:the )?(?:final |correct )?(?:answer|result|value|total)(?: is|:| =)\s*|^(?:最终|正确)?答案(?:是|为)[:：]?\s*/i;

/**
 * The expression of a mathematical answer: the last box, else the first paragraph in one line where it is an environment, else its
 * first line. Several different boxes stand beside each other.
 */
export function mathText(answer: string): string {
  const boxes = [...new Set(boxesOf(answer).map(({ content }) => content.trim()))];
  if (boxes.length > 0) return boxes.length === 1 ? (boxes[0] ?? '') : boxes.join(', ');
  const text = unwrapped(answer);
  if (text.includes('\\begin{') || /^\s*(?:\\\[|\$\$)/.test(text)) return text.trim().replace(/\s*\n\s*/g, ' ');
  const lines = valueLines(answer);
  const first = (lines[0] ?? '').replace(statement, '');
  const bare = lines.slice(1).filter((line) => !/\p{L}{3,}|\p{Script=Han}{2,}/u.test(line));
  if (bare.length === 0 || lines.length > 12) return first;
  // Working, then its result in a line of its own; else several values are no value.
  return bare.at(-1) === lines.at(-1) && lines.slice(0, -1).every((line) => line.includes('='))
    ? (lines.at(-1) ?? '')
    : lines.join(', ');
}
