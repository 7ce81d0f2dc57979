/** @file A look at a summary that an author wrote (T9): it must be gone from the prompt, and what it states must stand there. */
import { datesIn } from './dates.ts';
import type { Asked } from './prompt.ts';

const bare = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Figures as they are written, without marks of thousands. */
const figures = (text: string): string[] =>
  [...text.replace(/(?<=\d),(?=\d{3})/g, '').matchAll(/\d+(?:\.\d+)?/g)].map(([figure]) => figure);

/** Months of a year that a text names: `2018-9`; what a range says of one of its months it says of both. */
function monthsIn(text: string): Set<string> {
  const ranges = text
    .replace(/(\d{4}年)(\d{1,2}月)(?:[至到]|—+)(\d{1,2}月)/g, '$1$2、$1$3')
    .replace(/\b(\p{Lu}\p{Ll}+) (to|and) (\p{Lu}\p{Ll}+ )(\d{4})\b/gu, '$1 $4 $2 $3$4');
  return new Set(datesIn(ranges).flatMap(({ year, month }) => (month === undefined ? [] : [`${year}-${month}`])));
}

/** Most figures of a reference stand in the text: an author rounds and counts. */
const leastFigures = 0.5;

/** What is wrong with a reference; undefined when nothing is. */
export function wrongReference({ prompt }: Asked, references: readonly string[]): string | undefined {
  const text = bare(prompt);
  const stated = new Set(figures(prompt));
  const told = monthsIn(prompt);
  for (const reference of references) {
    if (text.includes(bare(reference))) return 'the reference stands in the prompt';
    if ([...monthsIn(reference)].some((month) => !told.has(month)))
      return 'a month of the reference is not in the prompt';
    const own = figures(reference);
    // 93,600 thousand are 93.6 million.
    const numbers = [...stated].map(Number);
    const isStated = (figure: string): boolean =>
      stated.has(figure) ||
      numbers.some((number) =>
        [1e3, 1e4, 1e6].some((unit) => (number / unit).toFixed(1) === Number(figure).toFixed(1) && number >= unit / 10),
      );
    const found = own.filter(isStated).length;
    if (found < leastFigures * own.length)
      return `${own.length - found} of ${own.length} figures are not in the prompt`;
  }
  return undefined;
}
