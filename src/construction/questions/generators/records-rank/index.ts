/**
 * @file T7: documents of one kind (countries, companies, products) ranked by a quantity that none of them states: the ratio of two of their
 * figures.
 */

import type { QuestionGenerator } from '../../question.ts';
import { dividedBy, exact, rounded } from '../../views/exact.ts';
import type { DataTable } from '../../views/tables/data-table.ts';
import { figureColumns, isAdditive, recordPlaces, recordTable, related } from '../../views/tables/data-table.ts';
import { nounOf, saidField, wholeAndPart, yearOfValue } from '../../views/tables/entries.ts';
import { solve } from './solve.ts';
import { asked } from './wordings.ts';

/** Documents that are ranked. */
const ranked = { least: 4, most: 12 };
/** Neighbours in the order differ by this share at least: no rounding of the sources turns them round. */
const leastGap = 0.02;

interface Ratio {
  readonly row: DataTable['rows'][number];
  readonly over: number;
  readonly under: number;
  readonly value: number;
}

/** What quantities are commonly stated for each of. */
const bases =
  /population|inhabitant|resident|employee|headcount|staff|household|student|area|square|acre|hectare|人口|员工|人数|面积|户/i;

/** A ratio that people form: of two amounts of one unit, or of an amount to a number of people or an area. */
function comparable(table: DataTable, over: number, under: number): boolean {
  const [a, b] = [table.columns[over], table.columns[under]];
  if (a === undefined || b === undefined || !isAdditive(table, over) || !isAdditive(table, under)) return false;
  // Land and water are parts of one whole that nobody sets against each other.
  if (/^area\b|^面积/i.test(a.header) && /^area\b|^面积/i.test(b.header) && !wholeAndPart(a.header, b.header))
    return false;
  // A part is seen against its whole, and the whole not against the part.
  if (wholeAndPart(a.header, b.header) && !/ - total$/i.test(b.header) && a.header.startsWith(b.header) === false)
    return false;
  if (a.unit !== undefined && a.unit === b.unit) return !/^(?:nm|m|ft)$/.test(a.unit);
  // A length for each square kilometre is told of roads and railways, and of little else.
  const isLength = /^(?:nm|km|m|mi|miles?|ft)$/i.test(a.unit ?? '') && !/road|rail|highway|公路|铁路/i.test(a.header);
  return bases.test(b.header) && !isLength;
}

/** Every row that has both figures, by their ratio, largest first. */
function ratios(table: DataTable, over: number, under: number): Ratio[] {
  return table.rows
    .flatMap((row) => {
      const [a, b] = [row.cells[over]?.number, row.cells[under]?.number];
      return a === undefined || b === undefined || a <= 0 || b <= 0 ? [] : [{ row, over: a, under: b, value: a / b }];
    })
    .sort((a, b) => b.value - a.value);
}

/** Whether every entry that states both figures has a ratio, of figures of one year. */
const isWhole = (table: DataTable, over: number, under: number): boolean =>
  table.rows.every(({ cells }) => {
    const [a, b] = [cells[over], cells[under]];
    if (a?.number === undefined || b?.number === undefined) return true;
    const [one, other] = [yearOfValue(a.value), yearOfValue(b.value)];
    return a.number > 0 && b.number > 0 && (one === undefined || other === undefined || one === other);
  });

export const recordsRank: QuestionGenerator = {
  id: 'records-rank',
  version: 4,
  task: 'T7',
  subtask: 'graded ranking by a derived quantity',
  asks: 'Ranks the documents by the ratio of two figures that each of them states.',
  languages: ['en', 'zh'],
  scope: 'documents',
  several: { least: 5, most: 12, each: 80 },
  least: 1024,
  reserve: 120,
  wordings: asked,
  contract: {
    en: 'After [Answer], write the names as the headings have them, highest first, one on each line. Leave out those for which one of the two figures is missing or zero.',
    zh: '请在[答案]后按从高到低的顺序写出各文档标题中的名称，每行一个。两项数字缺一项或有一项为零的不列。',
  },
  places: recordPlaces,
  draw(context, random) {
    const table = recordTable(context.documents);
    if (typeof table === 'string') return table;
    const columns = random.shuffle(figureColumns(table));
    for (const over of columns)
      for (const under of columns) {
        if (over === under || !comparable(table, over, under)) continue;
        if (!related(table, over, under) || !isWhole(table, over, under)) continue;
        const order = ratios(table, over, under);
        const apart = order.every(({ value }, i) => i === 0 || (order[i - 1]?.value ?? 0) >= value * (1 + leastGap));
        if (order.length < ranked.least || order.length > ranked.most || !apart) continue;
        // The order of one of the two figures alone would be a simpler question with the same answer.
        const byOver = [...order].sort((a, b) => b.over - a.over).map(({ row }) => row.name);
        if (byOver.join('\n') === order.map(({ row }) => row.name).join('\n')) continue;
        const named = (column: number): string => table.columns[column]?.header ?? '';
        return {
          slots: {
            nouns: nounOf(context.documents, context.language).many,
            over: saidField(named(over)),
            under: saidField(named(under)),
          },
          gold: order.map(({ row }) => row.name),
          rationale: order
            .map(({ row, over: a, under: b }) => {
              const ratio = dividedBy(exact(a), exact(b));
              return `${row.name}: ${row.cells[over]?.value} / ${row.cells[under]?.value} = ${ratio === undefined ? '' : (rounded(ratio, 4) ?? '')}`;
            })
            .join('\n'),
          proof: order.flatMap(({ row }) => [row.cells[over]?.proof ?? [], row.cells[under]?.proof ?? []].flat()),
        };
      }
    return 'no two figures whose ratio orders the documents clearly';
  },
  solve,
};
