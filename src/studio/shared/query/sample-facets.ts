/** @file How many samples of a selection bear which word: what a list can be narrowed by. */
import { type Facet, facetNames, type SamplePage, type SampleRow, verdictWord } from '../dataset-api.ts';

/** Words of one facet that are told. */
const mostWords = 24;
const lengthEdges = [1000, 2000, 4000, 8000, 16_000, 32_000, 64_000, 128_000, 256_000];

/** `8000..16000` as a query takes it. */
function lengthRange(tokens: number): string {
  const i = lengthEdges.findIndex((edge) => tokens < edge);
  if (i === -1) return `${lengthEdges.at(-1)}..`;
  return i === 0 ? `..${(lengthEdges[0] ?? 0) - 1}` : `${lengthEdges[i - 1]}..${(lengthEdges[i] ?? 0) - 1}`;
}

function windowsRange(windows: number): string {
  if (windows <= 2) return String(windows);
  return windows <= 4 ? '3..4' : windows <= 8 ? '5..8' : windows <= 16 ? '9..16' : '17..';
}

const wordsOf: Readonly<Record<(typeof facetNames)[number], (row: SampleRow) => readonly string[]>> = {
  task: ({ task }) => [task],
  generator: ({ generator }) => [generator],
  length: ({ tokens }) => [lengthRange(tokens)],
  language: ({ language }) => [language],
  split: ({ split }) => [split],
  source: ({ sources }) => sources,
  cracked: ({ crackedBy }) => crackedBy,
  windows: ({ windows }) => (windows === undefined ? [] : [windowsRange(windows)]),
  difficulty: ({ difficulty }) => (difficulty === '' ? [] : [difficulty]),
  verdict: ({ review }) => [verdictWord(review)],
};

const byNumber: readonly string[] = ['length', 'windows'];
const firstNumber = (word: string): number => Number(/\d+/.exec(word.startsWith('..') ? '0' : word)?.[0] ?? 0);

function facetOf(name: (typeof facetNames)[number], rows: readonly SampleRow[]): Facet {
  const counts = new Map<string, number>();
  for (const row of rows) for (const word of wordsOf[name](row)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const order = byNumber.includes(name)
    ? (a: readonly [string, number], b: readonly [string, number]) => firstNumber(a[0]) - firstNumber(b[0])
    : name === 'task'
      ? (a: readonly [string, number], b: readonly [string, number]) => (a[0] < b[0] ? -1 : 1)
      : (a: readonly [string, number], b: readonly [string, number]) => b[1] - a[1];
  return [...counts].sort(order).slice(0, mostWords);
}

/** Of the samples that are selected. */
export const facetsOf = (rows: readonly SampleRow[]): SamplePage['facets'] =>
  Object.fromEntries(facetNames.map((name) => [name, facetOf(name, rows)])) as unknown as SamplePage['facets'];
