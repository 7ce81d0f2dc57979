/**
 * @file Single values: the piece of an answer that states them, without fence, JSON, box and explanation.
 */

import { boxesOf } from '../math/extract-boxes.ts';
import { looseJson } from './loose-json.ts';

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

/** An answer without the fence, or the JSON object, that holds it. */
export function unwrapped(answer: string): string {
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
