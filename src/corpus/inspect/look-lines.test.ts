import { expect, test } from 'vitest';
import { analyse } from '../stream-corpus.ts';
import { parseStructure } from '../structure/structure.ts';
import { widthOf, wrap } from './columns.ts';
import { lookAt } from './document-look.ts';
import { lookLines } from './look-lines.ts';

function linesOf(text: string, full = false): string[] {
  const document = analyse({ type: 'document', id: 'a.md', text, metadata: {} });
  if (document === undefined) throw new Error('an empty text has no lines');
  const tasks = [
    { task: 'T1', ability: 'Retrieval', serves: [], lacks: ['retrieval by heading: sections 1, needs 2'] },
  ];
  return lookLines(lookAt(document, parseStructure(document.text), tasks), { full });
}

const table = `Table 1. Cargo by type (thousand tonnes)

| Type | Inward / 2022 | Inward / 2023 | Outward / 2022 |
| --- | --- | --- | --- |
| Timber | 610 | 702 | 88 |
| 谷物 | 655 | 640 | 120 |
| Total | 1,265 | 1,342 | 208 |
`;

test('a table is drawn with its caption, nested headings in lines of their own, wide characters in two columns, sums and units', () => {
  const drawn = linesOf(`# Report\n\n${table}`).map((line) => line.trimEnd());
  const at = drawn.findIndex((line) => line.includes('Table 1. Cargo'));
  expect(drawn.slice(at, at + 8)).toEqual([
    '     Table 1. Cargo by type (thousand tonnes)',
    '     Type   | Inward |       | Outward',
    '            | 2022   | 2023  | 2022',
    '     -------+--------+-------+--------',
    '     Timber |    610 |   702 |      88',
    '     谷物   |    655 |   640 |     120',
    '     Total  |  1,265 | 1,342 |     208 (total)',
    '     units: tonnes, x 1000 in 3 of 4 columns',
  ]);
});

test('the lines name outline, definitions, references with targets, quantities, and why a task is not served', () => {
  const lines = linesOf(
    '# Rules\n\n## 1 Terms\n\n"Hive" means a box occupied by bees.\n\n## 2 Fines\n\nThe fine of section 1 is 500 pounds.\n',
  ).join('\n');
  expect(lines).toContain('\n    1 Terms\n');
  expect(lines).toContain('Hive: a box occupied by bees');
  expect(lines).toMatch(/section 1 \(section\) > 1 Terms/);
  expect(lines).toContain('500 pounds = 500 pounds');
  expect(lines).toContain('T1 Retrieval: retrieval by heading: sections 1, needs 2');
});

test('no line is wider than 80 columns or moves the cursor, whatever the document holds', () => {
  const hostile = `# \u001b[2J${'长'.repeat(300)}\n\n| a\u0007 | ${Array.from({ length: 40 }, (_, i) => `c${i}`).join(' | ')} |\n|${' --- |'.repeat(41)}\n| x |${` ${'词'.repeat(50)} |`.repeat(40)}\n\n${'w'.repeat(5000)}\u202e\n`;
  for (const full of [false, true]) {
    const lines = linesOf(hostile, full);
    expect(lines.filter((line) => widthOf(line) > 80)).toEqual([]);
    expect(lines.join('').match(/[\p{Cc}\u202e]/u)).toBeNull();
    expect(lines.some((line) => line.includes('more columns'))).toBe(true);
  }
});

test('words are wrapped at blanks, and one that is longer than a line is broken', () => {
  expect(wrap('one two three', 8, '  ')).toEqual(['one two', '  three']);
  expect(wrap('长文本强化学习', 8)).toEqual(['长文本强', '化学习']);
});
