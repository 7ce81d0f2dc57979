/**
 * @file The lettered options of a sample, as they stand in its question: `(A) text`, `A. text`, `A) text`, `A: text`, or
 * `text (A), text (B)`; in Chinese with full-width letters and marks too (`A、`, `Ａ．`, `（A）`).
 */
import type { Sample } from '../../samples/sample.ts';

/** A multiple-choice sample taken apart. */
export interface MultipleChoice {
  /** The question before its first option. */
  readonly stem: string;
  /** Texts of the options, A first. */
  readonly options: readonly string[];
  /** Number of the right one, from 0. */
  readonly right: number;
}

const letter = (index: number): string => String.fromCharCode(65 + index);

/** The options of a text: the last run A, B, C ... of at least two. */
function optionsOf(text: string): { stem: string; options: string[] } | undefined {
  const marks = [...text.matchAll(/(?:^|[\s;,。])(?:\(([A-Z])\)|([A-Z])[.):、])\s*/gu)];
  for (let first = marks.length - 1; first >= 0; first--) {
    const run = marks.slice(first);
    if ((run[0]?.[1] ?? run[0]?.[2]) !== 'A') continue;
    const length = run.findIndex((mark, i) => (mark[1] ?? mark[2]) !== letter(i));
    const own = length < 0 ? run : run.slice(0, length);
    if (own.length < 2) continue;
    const options = own.map((mark, i) => {
      const next = own[i + 1]?.index;
      const rest = text.slice(mark.index + mark[0].length, next);
      // The last option ends with its line: the answer format may follow.
      return (next === undefined ? (rest.split('\n')[0] ?? '') : rest).trim().replace(/[;,.]$/, '');
    });
    return { stem: text.slice(0, own[0]?.index), options };
  }
  return undefined;
}

/** The options of a text that ends with `4 (A), 98 (B)?`: letters follow. */
function lettersBehind(text: string): { stem: string; options: string[] } | undefined {
  const line = text.trimEnd();
  if (!/\([A-Z]\)[?.]?$/.test(line)) return undefined;
  const marks = [...line.matchAll(/(?:^|[:,;])\s*([^:;\n()]+?)\s*\(([A-Z])\)/gu)];
  const inOrder = marks.length > 1 && marks.every((mark, i) => mark[2] === letter(i));
  return inOrder
    ? { stem: line.slice(0, marks[0]?.index), options: marks.map((mark) => mark[1]?.trim() ?? '') }
    : undefined;
}

/** Full-width letters and marks as their narrow ones, of which each takes one place too. */
const narrow = (text: string): string =>
  text.replace(/[！-～]/g, (unit) => String.fromCharCode(unit.charCodeAt(0) - 0xfee0));

/** How much of a prompt's end may hold the options when the question lacks them. */
const tail = 4000;

/** Undefined when the sample is no multiple choice, or its options cannot be found. */
export function multipleChoice({ reward, question, prompt }: Sample): MultipleChoice | undefined {
  const gold = narrow(reward.gold[0]?.trim() ?? '');
  if (reward.metric !== 'Accuracy' || !/^[A-Z]$/.test(gold)) return undefined;
  const asked = narrow(question);
  const found = lettersBehind(asked) ?? optionsOf(asked) ?? optionsOf(narrow(prompt.slice(-tail)));
  const right = gold.charCodeAt(0) - 65;
  return found === undefined || right >= found.options.length ? undefined : { ...found, right };
}
