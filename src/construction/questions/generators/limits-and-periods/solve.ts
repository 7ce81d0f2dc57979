/** @file Finds what stands in the gap of every quotation and reckons with it in floating point. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { shownItems } from '../../solving/options.ts';
import { type FigureKind, figuresIn, flat } from '../../solving/quoted.ts';
import { gap, whats } from './wordings.ts';

const longestFigure = 40;

/** The figure between the words before and behind a gap. */
function filling(text: string, quote: string): number | undefined {
  const [before = '', behind = ''] = quote.split(gap).map((part) => part.trim());
  const found: string[] = [];
  for (let at = text.indexOf(before); at >= 0; at = text.indexOf(before, at + 1)) {
    const from = at + before.length;
    const end = behind === '' ? -1 : text.slice(from, from + longestFigure + behind.length).indexOf(behind);
    if (end > 0) found.push(text.slice(from, from + end));
  }
  const [words] = found;
  if (words === undefined || found.length > 1) return undefined;
  const figures = (['period', 'money', 'percentage'] satisfies FigureKind[]).flatMap((kind) => figuresIn(words, kind));
  return figures.length === 1 ? figures[0]?.value : undefined;
}

export function solve({
  documents,
  slots: { document: title = '', what = '', items = '' },
}: ShownPrompt): string[] | undefined {
  const document = documents.find((one) => one.title === title);
  if (document === undefined) return undefined;
  const text = flat(document.text);
  const values = shownItems(items).map(({ text: item }) => filling(text, item.replace(/^“|”$/g, '')));
  const numbers = values.filter((value) => value !== undefined);
  if (numbers.length < values.length || numbers.length === 0) return undefined;
  const value =
    whats.sum.read(what) === undefined
      ? Math.max(...numbers) - Math.min(...numbers)
      : numbers.reduce((a, b) => a + b, 0);
  return [String(Number(value.toFixed(4)))];
}
