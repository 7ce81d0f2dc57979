/**
 * @file The plain extractor: what can be said to a question by looking at a few lines and understanding nothing: the cell whose heading the
 * question names, the number beside its words, the lines that share them. One answer for each kind of reward.
 */
import type { Metric } from '../../tasks/task.ts';
import { wordsOf } from './passages.ts';

/** What an extractor looks at. */
export interface Excerpt {
  /** Lines of the passages, in the order of the text. */
  readonly lines: readonly string[];
  readonly question: string;
  /** Letter to text, of a choice. */
  readonly options: Readonly<Record<string, string>>;
}

const rule = /^[\s|:+=-]+$/;
const cellsOf = (line: string): string[] =>
  line.includes('|')
    ? line
        .replace(/^\s*\||\|\s*$/g, '')
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim())
    : [];

const figure = /[-−]?[$€£¥]?\d[\d,]*(?:\.\d+)?%?/g;
const numberOf = (text: string): number => Number(text.replace(/[^\d.−-]/g, '').replace('−', '-'));
const figuresOf = (line: string): string[] => [...line.matchAll(figure)].map(([found]) => found);

/** Share of the question's words that stand in a text. */
function overlap(text: string, asked: ReadonlySet<string>): number {
  const words = new Set(wordsOf(text));
  let shared = 0;
  for (const word of asked) if (words.has(word)) shared++;
  return shared / Math.max(1, asked.size);
}

interface Line {
  readonly text: string;
  readonly cells: readonly string[];
  /** The heading of its table, where it stands in one. */
  readonly head: readonly string[];
  readonly score: number;
}

function read({ lines, question }: Excerpt): Line[] {
  const asked = new Set(wordsOf(question));
  let head: readonly string[] = [];
  let before = '';
  return lines.flatMap((text) => {
    if (rule.test(text) && text.includes('-')) {
      head = cellsOf(before);
      return [];
    }
    const cells = cellsOf(text);
    if (cells.length === 0) head = [];
    before = text;
    return text.trim() === '' ? [] : [{ text, cells, head, score: overlap(text, asked) }];
  });
}

const best = <T>(items: readonly T[], score: (item: T) => number): T | undefined =>
  items.reduce<T | undefined>((top, item) => (top === undefined || score(item) > score(top) ? item : top), undefined);

/** Of a row, the cell under the heading that shares most with the question. */
function cellOf({ cells, head }: Line, asked: ReadonlySet<string>): string | undefined {
  if (cells.length < 2) return undefined;
  const columns = cells.map((cell, i) => ({ cell, fit: i === 0 ? -1 : overlap(head[i] ?? '', asked) }));
  return best(columns, ({ fit }) => fit)?.cell;
}

/** A name, date or number of a line that the question does not have; the one next to a word of the question. */
function freshValue({ text }: Line, question: string): string | undefined {
  const wantsNumber =
    /how (?:many|much|long|old|far)|what (?:year|number|figure|amount|percentage)|多少|几|哪一年|数/i.test(question);
  const found = wantsNumber
    ? figuresOf(text)
    : (text.match(
        /\p{Lu}[\p{L}\p{N}'’-]*(?: (?:of |the )?\p{Lu}[\p{L}\p{N}'’-]*)*|[“"「《][^”"」》]{2,60}[”"」》]|\d[\d,.]*\d|\d/gu,
      ) ?? []);
  const fresh = found.filter((value) => !question.includes(value));
  return fresh.at(-1);
}

const rowLines = (lines: readonly Line[]): Line[] => lines.filter(({ cells }) => cells.length >= 2);

/** What stands first in a row or line: what a list would name. */
const nameOf = ({ cells, text }: Line): string =>
  cells[0] ?? /^\s*(?:[-*•]|\(?\d+[.)]|#+)?\s*([^:：,，.。|]{1,60})/.exec(text)?.[1]?.trim() ?? text.trim();

function listOf(lines: readonly Line[], most: number): string[] {
  const good = lines.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score);
  return [...new Set(good.slice(0, most).map(nameOf))];
}

/** A sum, a difference or a ratio, by the words of the question, of the figures on the best lines. */
function reckon(lines: readonly Line[], question: string): string {
  const ordered = [...lines].sort((a, b) => b.score - a.score);
  const asked = new Set(wordsOf(question));
  const values = ordered.slice(0, 8).flatMap((line) => {
    const cell = cellOf(line, asked);
    const figures = figuresOf(cell ?? line.text).map(numberOf);
    return figures.filter(Number.isFinite).slice(0, 1);
  });
  const [first = 0, second = 0] = values;
  if (/total|sum|altogether|combined|合计|总|共/i.test(question)) return String(values.reduce((a, v) => a + v, 0));
  if (/differ|more than|less than|exceed|gap|相差|多多少|差/i.test(question)) return String(Math.abs(first - second));
  if (/percent|growth|grew|share|%|增长|占|百分/i.test(question) && second !== 0)
    return (100 * (first / second - 1)).toFixed(1);
  if (/average|mean|平均/i.test(question))
    return values.length === 0 ? '' : (values.reduce((a, v) => a + v, 0) / values.length).toFixed(1);
  if (/ratio|times|倍|比/i.test(question) && second !== 0) return (first / second).toFixed(2);
  return String(first);
}

function tableOf(lines: readonly Line[]): string {
  const rows = rowLines(lines);
  const top = best(rows, ({ score }) => score);
  const columns = top?.head ?? [];
  const data = rows.filter(({ head }) => head.join() === columns.join()).map(({ cells }) => cells);
  return JSON.stringify({ columns, data });
}

const items = (question: string): { label: string; text: string }[] =>
  [...question.matchAll(/^[(（[]?([A-Z]\d*|\d{1,2})[)）\].:：、]\s*(.+)$/gm)].map(([, label = '', text = '']) => ({
    label,
    text,
  }));

/** Each item of the question with the last heading before the line that is most like it. */
function matches(lines: readonly string[], question: string): string {
  return items(question)
    .map(({ label, text }) => {
      const asked = new Set(wordsOf(text));
      const at =
        best(
          lines.map((line, i) => ({ i, score: overlap(line, asked) })),
          ({ score }) => score,
        )?.i ?? 0;
      const head = lines.slice(0, at + 1).findLast((line) => /^#|^===|^\p{Lu}[^.]{2,50}$/u.test(line)) ?? '';
      return `${label}: ${head.replace(/^[#=\s]+|[=\s]+$/g, '').replace(/^Document \d+: |^文档 \d+：/, '')}`;
    })
    .join('\n');
}

/** The items of the question in the order in which they, or their words, come in the lines. */
function order(lines: readonly string[], question: string): string {
  const placed = items(question).map(({ label, text }) => {
    const asked = new Set(wordsOf(text));
    const at = best(
      lines.map((line, i) => ({ i, score: overlap(line, asked) })),
      ({ score }) => score,
    );
    return { label, at: at?.i ?? 0 };
  });
  return placed
    .sort((a, b) => a.at - b.at)
    .map(({ label }) => label)
    .join('\n');
}

function choose(lines: readonly Line[], { options, question }: Excerpt): string {
  const asked = new Set(wordsOf(question));
  const top = [...lines].sort((a, b) => b.score - a.score).slice(0, 12);
  const text = top.map((line) => line.text).join('\n');
  const scored = Object.entries(options).map(([letter, option]) => {
    const own = wordsOf(option).filter((word) => !asked.has(word) || wordsOf(option).length < 3);
    return { letter, score: overlap(text, new Set(own)) + (text.includes(option) ? 1 : 0) };
  });
  return best(scored, ({ score }) => score)?.letter ?? 'A';
}

/** An answer from a few lines of the context, without its `[Answer]`. */
export function extract(metric: Metric, excerpt: Excerpt): string {
  const lines = read(excerpt);
  const { question } = excerpt;
  const asked = new Set(wordsOf(question));
  const top = best(lines, ({ score }) => score);
  switch (metric) {
    case 'EM':
      return top === undefined ? '' : (cellOf(top, asked) ?? freshValue(top, question) ?? '');
    case 'Accuracy':
      return choose(lines, excerpt);
    case 'F1_Score':
      return listOf(lines, 12).join('\n');
    case 'math_verify':
      return reckon(lines, question);
    case 'IoU':
      return tableOf(lines);
    case 'SubEM':
      return matches(excerpt.lines, question);
    case 'Pairwise_Accuracy':
      return order(excerpt.lines, question);
    case 'NDCG':
      return rowLines(lines)
        .map((line) => ({ name: nameOf(line), value: numberOf(cellOf(line, asked) ?? '') }))
        .filter(({ value }) => Number.isFinite(value))
        .sort((a, b) => b.value - a.value)
        .map(({ name }) => name)
        .join('\n');
    case 'Summary':
      return excerpt.lines.join(' ').slice(0, 900);
  }
}
