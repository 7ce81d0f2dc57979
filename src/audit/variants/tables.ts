/** @file Tables (IoU): ways to write one, and tables with a wrong cell, row or head. */
import { readTable } from '../../rewards/reading/table.ts';
import type { AuditItem } from '../item.ts';
import type { Forms, Misses } from './variant.ts';

type Rows = readonly (readonly string[])[];

const json = (columns: readonly string[], data: Rows): string => JSON.stringify({ columns, data });
const markdown = (columns: readonly string[], data: Rows): string =>
  [columns, columns.map(() => '---'), ...data].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

export function tableForms({ spec }: AuditItem): Forms {
  const table = readTable(spec.gold[0] ?? '');
  if (table === undefined || table.columns.length === 0) return {};
  const { columns, rows } = table;
  const barred = rows.flat().some((cell) => /[|\n]/.test(cell));
  const records = rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i] ?? ''])));
  return {
    'indented JSON': JSON.stringify({ columns, data: rows }, undefined, 2),
    'JSON in a fence': `\`\`\`json\n${json(columns, rows)}\n\`\`\``,
    'JSON records': JSON.stringify(records),
    'Markdown table': barred ? undefined : markdown(columns, rows),
    'sentence, then Markdown': barred ? undefined : `Here is the table:\n\n${markdown(columns, rows)}`,
    'other order of rows': json(columns, rows.toReversed()),
    'other order of columns': json(
      columns.toReversed(),
      rows.map((row) => row.toReversed()),
    ),
    'numbers without quotes': JSON.stringify({
      columns,
      data: rows.map((row) => row.map((cell) => (/^-?[1-9]\d{0,11}$/.test(cell) ? Number(cell) : cell))),
    }),
  };
}

const partly = 0.995;

export function tableMisses({ spec }: AuditItem): Misses {
  const table = readTable(spec.gold[0] ?? '');
  if (table === undefined || table.columns.length === 0 || table.rows.length === 0) return {};
  const { columns, rows } = table;
  const [first = [], ...rest] = rows;
  const cell = first.at(-1) ?? '';
  const near = /^-?\d+$/.test(cell) ? String(Number(cell) + 1) : `${cell}x`;
  const lastCells = rows.map((row) => row.at(-1) ?? '');
  const moved = [...lastCells.slice(1), lastCells[0] ?? ''];
  const distinct = new Set(lastCells).size === rows.length && rows.length > 1;
  return {
    'cell changed': [json(columns, [[...first.slice(0, -1), near], ...rest]), partly],
    'row dropped': rows.length > 1 ? [json(columns, rest), partly] : undefined,
    'row added': [json(columns, [...rows, first.map((text) => `${text}x`)]), partly],
    'column moved down': distinct
      ? [
          json(
            columns,
            rows.map((row, i) => [...row.slice(0, -1), moved[i] ?? '']),
          ),
          0.34,
        ]
      : undefined,
    'heads exchanged': columns.length > 1 ? [json(columns.toReversed(), rows), 0.34] : undefined,
    'no rows': [json(columns, []), 0],
  };
}
