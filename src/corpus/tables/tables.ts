/**
 * @file The tables of a text: Markdown's, drawn ones, lines in columns, LaTeX's. What may be one but cannot be read for sure is counted.
 */
import { alignedTable } from './aligned/aligned-tables.ts';
import { captionAround } from './captions.ts';
import { typedCell } from './cell-values.ts';
import { figureTable } from './figure-lines.ts';
import { gridTable } from './grid-tables.ts';
import { latexTable } from './latex-tables.ts';
import { type Line, linesOf } from './lines.ts';
import { makeTable } from './make-table.ts';
import { pipeTable } from './pipe-tables.ts';
import type { Found, OmittedTable, RawTable, Table } from './table.ts';

/** Tables of a text, and how many were left out, by reason. */
export interface TextTables {
  readonly tables: readonly Table[];
  readonly omitted: Readonly<Partial<Record<OmittedTable, number>>>;
}

/** Each finder looks at what its first character or its gaps allow, so that prose costs one look a line. */
function tableAt(text: string, lines: readonly Line[], at: number, lowest: number): Found | undefined {
  const line = lines[at]?.text ?? '';
  if (line === '') return undefined;
  if (line.includes('\\begin{')) return latexTable(text, lines, at);
  return pipeTable(lines, at) ?? gridTable(lines, at) ?? alignedTable(lines, at, lowest) ?? figureTable(lines, at);
}

/** Rows that are looked at. */
const sampled = 20;

/** Whether a column behind the first holds nothing but figures. */
const hasFigures = ({ header, rows }: RawTable): boolean =>
  header.some((_, column) => {
    const said = rows.slice(0, sampled).flatMap((row) => (row[column]?.value ? [row[column].value] : []));
    return column > 0 && said.length > 1 && said.every((value) => typedCell({ value, span: nowhere }).type !== 'text');
  });
const nowhere = { start: 0, end: 0 };

const fieldName =
  /^(?:date|time|place|venue|location|present|attendees|apologies|absent|chair|subject|to|from|re|title|author|version|status|name|日期|时间|地点|主持人?|出席|参加人员?|缺席|记录人?|主题|编号|姓名|名称)[:：]?$/i;

/** Two columns of fields and their values, as beside an article or above minutes: they have no heading. */
function isFields({ header, rows }: RawTable): boolean {
  const [first = '', second = ''] = header;
  if (header.length !== 2 || first === '' || hasFigures({ header, rows, span: nowhere })) return false;
  return second === '' || second === first || (fieldName.test(first) && /\d|.{25}/.test(second));
}

/** Tables in text order, and what was left out. */
export function readTables(text: string): TextTables {
  const lines = linesOf(text);
  const tables: Table[] = [];
  const omitted: Partial<Record<OmittedTable, number>> = {};
  let lowest = 0;
  for (let at = 0; at < lines.length; ) {
    const found = tableAt(text, lines, at, lowest);
    if (found?.omitted !== undefined) omitted[found.omitted] = (omitted[found.omitted] ?? 0) + 1;
    if (found?.table !== undefined && isFields(found.table))
      omitted['table-fields'] = (omitted['table-fields'] ?? 0) + 1;
    else if (found?.table !== undefined) {
      const { caption, above } = captionAround(
        lines,
        found.first ?? at,
        found.next - 1,
        lowest,
        hasFigures(found.table),
      );
      tables.push(makeTable({ ...found.table, caption: found.table.caption ?? caption }, found.table.measure ?? above));
      lowest = found.next;
    }
    at = Math.max(at + 1, found?.next ?? 0);
  }
  return { tables, omitted };
}

/** Tables in text order; all spans are character offsets into `text`. */
export const findTables = (text: string): readonly Table[] => readTables(text).tables;
