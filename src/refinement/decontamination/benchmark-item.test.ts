import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readBenchmark } from './benchmark-item.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'golongrl-benchmark-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function read(...rows: object[]) {
  const file = path.join(folder, 'rows.jsonl');
  writeFileSync(file, `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`);
  const unread: string[] = [];
  const items = [];
  for await (const item of readBenchmark(file, { onUnread: (names) => unread.push(...names) })) items.push(item);
  return { items, unread, texts: items[0]?.texts };
}

const options = 'Q\nA. red\nB. blue';
test.each([
  [
    { question: 'Q', answers: { text: ['a', 'b'], answer_start: [3, 4] } },
    { question: ['Q'], answer: ['a', 'b'] },
  ],
  [
    { question: 'Q', context: { title: ['K'], sentences: [['One.', 'Two.'], ['Three.']] } },
    { question: ['Q'], context: ['K', 'One.\nTwo.', 'Three.'] },
  ],
  [
    { question: 'Q', context: [['K', ['One.', 'Two.']]] },
    { question: ['Q'], context: ['K', 'One.\nTwo.'] },
  ],
  [
    { question: 'Q', paragraphs: [{ idx: 0, title: 'K', paragraph_text: 'One.' }] },
    { question: ['Q'], context: ['K\nOne.'] },
  ],
  [
    { question: 'Q', choice_A: 'red', choice_B: 'blue', answer: 'B' },
    { question: ['Q', options], answer: ['blue'] },
  ],
  [
    { question: 'Q', options: ['red', 'blue'], answer: 0 },
    { question: ['Q', options], answer: ['red'] },
  ],
  [
    { question: 'Q', choices: { text: ['red', 'blue'], label: ['A', 'B'] }, answer: '(A)' },
    { question: ['Q', options], answer: ['red'] },
  ],
  [
    {
      question: 'Q',
      choices: [
        { label: 'A', text: 'red' },
        { label: 'B', text: 'blue' },
      ],
      answer: 'A',
    }, // prettier-ignore
    { question: ['Q', options], answer: ['red'] },
  ],
  [
    { question: 'Q', options: { A: '3', B: '1' }, answer: '3' },
    { question: ['Q', 'Q\nA. 3\nB. 1'], answer: ['3'] },
  ],
  [
    { question_nonthinking: 'Q', question_thinking: 'Q!', answer: ['a'] },
    { question: ['Q', 'Q!'], answer: ['a'] },
  ],
  [
    { input: 'Q', context: 'C', answers: ['a'] },
    { question: ['Q'], answer: ['a'], context: ['C'] },
  ],
  [
    { instructions: ['Q', 'R'], outputs: ['a', 'b'], input: 'C' },
    { question: ['Q', 'R'], answer: ['a', 'b'], context: ['C'] },
  ],
])('a row %j is read whole', async (row, texts) => {
  expect((await read(row)).texts).toEqual(texts);
});

test('what is not read is named once a file, and a row of which nothing is read is an error', async () => {
  const rows = [
    { question: 'Q', length: 3, choice_A: 'x' },
    { question: 'R', length: 4, level: 'hard' },
  ];
  expect((await read(...rows)).unread).toEqual(['length', 'level']);
  await expect(read({ prose: 'Q', level: 'hard' })).rejects.toMatchObject({ code: 'benchmark-row' });
});
