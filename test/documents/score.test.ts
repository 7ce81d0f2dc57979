import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { FoundFacts } from './found.ts';
import { type Labels, readLabels } from './labels.ts';
import { precisionOf, recallOf, tallyOf } from './marks.ts';
import { marksOf, scoreDocuments } from './score-documents.ts';

const set = path.join(fileURLToPath(new URL('.', import.meta.url)), 'set');
const all = readdirSync(set)
  .filter((name) => name.endsWith('.labels.json'))
  .map((name) => readLabels(path.join(set, name)));

/** What a reader would find that reads as a person does. */
function perfect(labels: Labels): FoundFacts {
  const summaries = (labels.summaries ?? []).map(({ kind, starts, ends }) => ({
    kind,
    text: `${starts} and so on ${ends}`,
  }));
  return {
    text: summaries.map(({ text }) => text).join('\n\n'),
    language: labels.language,
    form: labels.kind,
    refusals: [],
    omitted: {},
    sections: (labels.sections ?? []).map(({ title, number, level }) => ({
      title,
      ...(number === undefined ? {} : { number }),
      level: (level ?? 1) + 1,
    })),
    tables: (labels.tables ?? []).map(({ caption, columns, rows, totals, units }) => ({
      caption,
      columns: columns.map((header) => ({ header, ...(units?.[header] === undefined ? {} : { unit: units[header] }) })),
      rows: rows.map((cells, row) => ({ cells, total: totals?.includes(row) === true, heading: false })),
    })),
    turns: (labels.turns ?? []).map(({ speaker, starts, time, directions = [] }) => ({
      speakers: [speaker],
      time,
      body: `${starts} and more`,
      said: `${starts} and more`,
      directions,
    })),
    names: (labels.names ?? []).map((name) => ({ ...name, count: 2 })),
    definitions: labels.definitions ?? [],
    references: (labels.references ?? []).map(({ label, to, target }) => ({
      label,
      to,
      ...(target === undefined ? {} : { target }),
    })),
    quotations: (labels.quotations ?? []).map(({ text, speaker }) => ({
      text,
      ...(speaker === undefined ? {} : { speaker }),
    })),
    events: (labels.events ?? []).map(({ date, contains }) => ({ iso: date, sentence: `Then ${contains}.` })),
    quantities: (labels.quantities ?? []).map(({ text, value = 0, unit = '' }) => ({ text, values: [value], unit })),
    lists: [...(labels.lists ?? []), ...(labels.steps ?? [])].map((items) => ({ items, steps: false })),
    summaries,
  };
}

test('what a careful person finds scores full marks, in every labelled document', () => {
  const wrong = all.flatMap((labels) =>
    marksOf(labels, perfect(labels))
      .filter(({ outcome }) => outcome !== 'right')
      .map(({ kind, what }) => `${labels.file} ${kind}: ${what}`),
  );
  expect(wrong).toEqual([]);
  expect(all.length).toBeGreaterThanOrEqual(60);
});

test('words given to another speaker are a wrong speaker, in a turn of their own or inside of another turn', () => {
  const labels = all.find(({ file }) => file === 'orchard-suit.md') as Labels;
  const right = perfect(labels);
  const wrongSpeakers = (turns: FoundFacts['turns']): number =>
    tallyOf(marksOf(labels, { ...right, turns })).wrongSpeakers;
  expect(wrongSpeakers(right.turns)).toBe(0);
  expect(wrongSpeakers(right.turns.map((turn, i) => (i === 1 ? { ...turn, speakers: ['NELL'] } : turn)))).toBe(1);
  const [first, second, ...rest] = right.turns;
  if (first === undefined || second === undefined) throw new Error('the play has two turns');
  expect(wrongSpeakers([{ ...first, said: `${first.said} ${second.said}` }, ...rest])).toBe(1);
  expect(wrongSpeakers([first, ...rest])).toBe(0);
});

test('a cell in another column, a header without its outer one and a table that is none count against cells', () => {
  const labels = all.find(({ file }) => file === 'harbour-review.docx') as Labels;
  const right = perfect(labels);
  const [table] = right.tables;
  if (table === undefined) throw new Error('the report has a table');
  const cells = (tables: FoundFacts['tables']): readonly (number | undefined)[] => {
    const tally = tallyOf(marksOf(labels, { ...right, tables }).filter(({ kind }) => kind === 'cells'));
    return [precisionOf(tally), recallOf(tally)];
  };
  expect(cells(right.tables)).toEqual([1, 1]);
  expect(
    cells([
      ...right.tables,
      { ...table, rows: table.rows.map((row) => ({ ...row, cells: row.cells.map(() => 'x') })) },
    ]),
  ).toEqual([0.5, 1]);
  const flat = { ...table, columns: table.columns.map(({ header }) => ({ header: header.replace(/.* \/ /, '') })) };
  expect(cells([flat])).toEqual([0.2, 0.2]);
});

/** Precision and recall that the reader has reached; `npm run check:documents -- --verbose` says what is missing. */
const reached: Readonly<Record<string, readonly [precision: number, recall: number]>> = {
  language: [0.98, 0.98],
  'kind of document': [0.97, 0.89],
  sections: [1.0, 1.0],
  names: [0.95, 0.84],
  quantities: [0.96, 0.96],
  lists: [1.0, 1.0],
  summaries: [1.0, 0.88],
  tables: [1.0, 0.97],
  cells: [0.99, 0.96],
  'table captions': [0.9, 0.95],
  'table units': [1.0, 1.0],
  definitions: [0.95, 0.9],
  references: [0.95, 0.83],
  'reference targets': [1.0, 0.87],
  events: [1.0, 0.91],
  turns: [0.99, 1.0],
  quotations: [1.0, 0.9],
  'table totals': [0.94, 0.94],
  'quotation speakers': [1.0, 0.62],
  steps: [1.0, 1.0],
  'turn times': [1.0, 1.0],
  directions: [0.94, 0.97],
};

test('the reader finds in the labelled documents what it found before, and gives no words to the wrong speaker', {
  tags: ['long'],
}, async () => {
  const scores = await scoreDocuments(set, path.join(set, '../../..'));
  const marks = scores.flatMap((score) => score.marks);
  expect(tallyOf(marks).wrongSpeakers).toBe(0);
  const below = Object.entries(reached).flatMap(([kind, [precision, recall]]) => {
    const tally = tallyOf(marks.filter((mark) => mark.kind === kind));
    const [p, r] = [precisionOf(tally) ?? 1, recallOf(tally) ?? 1];
    return p < precision || r < recall ? [`${kind}: precision ${p}, recall ${r}`] : [];
  });
  expect(below).toEqual([]);
});
