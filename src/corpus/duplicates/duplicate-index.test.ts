import { expect, test } from 'vitest';
import { packagedDocuments } from '../../../test/packaged-documents.ts';
import { random } from '../../random.ts';
import { DuplicateIndex } from './duplicate-index.ts';
import { HashTable } from './hash-table.ts';
import { minHash, signatureSize, wordHashes } from './min-hash.ts';

const corpus = packagedDocuments().slice(0, 200);

/** The similarity itself, by sets of shingles. */
function jaccard(a: string, b: string): number {
  const shingles = (text: string): Set<string> => {
    const words = wordHashes(text);
    return new Set(Array.from(words.subarray(4), (_, i) => words.subarray(i, i + 5).join()));
  };
  const [x, y] = [shingles(a), shingles(b)];
  const shared = [...x].filter((shingle) => y.has(shingle)).length;
  return shared / (x.size + y.size - shared);
}

/** Every n-th word replaced. */
const changed = (text: string, n: number): string =>
  text
    .split(' ')
    .map((word, i) => (i % n === n - 1 ? `changed${i}` : word))
    .join(' ');

test('the estimate is the similarity, within its error', () => {
  const text = corpus[0]?.text ?? '';
  for (const n of [8, 15, 30, 60, 200]) {
    const [a, b] = [minHash(text), minHash(changed(text, n))];
    const estimate = a.filter((value, i) => value === b[i]).length / signatureSize;
    // Four standard deviations of 100 draws are at most 0.2.
    expect(Math.abs(estimate - jaccard(text, changed(text, n))), `every ${n}th word`).toBeLessThan(0.2);
  }
});

test('copies and near copies are found among real documents, and the documents themselves are kept', () => {
  const index = new DuplicateIndex();
  const refused = corpus.filter(({ text }) => index.admit(text) !== undefined);
  expect(refused).toEqual([]);
  for (const [i, { text }] of corpus.entries()) {
    expect(index.admit(text)).toMatchObject({ type: 'exact', of: i });
    const found = index.admit(`${changed(text, 400).toUpperCase()} !`);
    expect(found, `${i}`).toMatchObject({ type: 'near', of: i });
    expect(found?.similarity).toBeGreaterThanOrEqual(0.65);
  }
});

test('of 100 real texts each, those equal but for a tenth in one place go, and those equal by half stay', () => {
  const words = corpus.flatMap(({ text }) => text.split(/\s+/));
  const size = 1000;
  const draw = random('near duplicates');
  const index = new DuplicateIndex();
  const texts = Array.from({ length: 100 }, (_, i) => words.slice(i * size, (i + 1) * size));
  const kept = texts.map((text) => index.admit(text.join(' ')) === undefined);
  const replaced = (text: readonly string[], share: number): string => {
    const count = Math.round(size * share);
    const at = draw.integer(0, size - count);
    const from = draw.integer(texts.length * size, words.length - count);
    return [...text.slice(0, at), ...words.slice(from, from + count), ...text.slice(at + count)].join(' ');
  };
  const originals = texts.filter((_, i) => kept[i]);
  expect(originals.length).toBeGreaterThan(95);
  expect(originals.filter((text) => index.admit(replaced(text, 0.1))?.type !== 'near')).toHaveLength(0);
  expect(originals.filter((text) => index.admit(replaced(text, 0.5)) !== undefined)).toHaveLength(0);
});

test('Chinese is compared by characters', () => {
  const text = `${'春天的早晨，小明沿着河边走到学校，看见许多人在桥上等船。'.repeat(3)}后来他们一起过了河，到了对岸的村子。`;
  const index = new DuplicateIndex();
  expect(index.admit(text)).toBeUndefined();
  expect(index.admit(text.replaceAll('，', ' , '))?.type).toBe('near');
  expect(index.admit('秋天的晚上，老王坐在山顶看着月亮，想起了远方的家人和朋友。')).toBeUndefined();
});

test('only exact copies are looked for above a threshold of 1', () => {
  const index = new DuplicateIndex({ threshold: 2 });
  const text = corpus[0]?.text ?? '';
  expect(index.admit(text)).toBeUndefined();
  expect(index.admit(`${text} More.`)).toBeUndefined();
  expect(index.admit(text)?.type).toBe('exact');
});

test('the table holds what a map holds', () => {
  const table = new HashTable(4);
  const map = new Map<string, number>();
  const draw = random('hash table');
  for (let i = 0; i < 20_000; i++) {
    const [high, low] = [draw.integer(0, 50), draw.integer(0, 300)];
    table.add(high, low, i);
    if (!map.has(`${high} ${low}`)) map.set(`${high} ${low}`, i);
  }
  expect(table.size).toBe(map.size);
  for (let high = 0; high < 60; high++)
    for (let low = 0; low < 310; low++) expect(table.get(high, low)).toBe(map.get(`${high} ${low}`));
});
