import { expect, test } from 'vitest';
import { makeDocument } from '../../corpus/make-document.ts';
import { parseStructure } from '../../corpus/structure/structure.ts';
import { random } from '../../random.ts';
import { estimateTokens } from '../../tokens.ts';
import { cuttable, excerptOf } from './excerpt.ts';
import { factsWithin } from './facts-within.ts';

const rowsOf = (count: number): string =>
  [
    '| Town | Bridges | Wells |',
    '| --- | --- | --- |',
    ...Array.from(
      { length: count },
      (_, i) => `| Town ${String.fromCharCode(65 + (i % 26))}${i} | ${i + 3} | ${7 * i} |`,
    ),
  ].join('\n');

function excerpt(count: number, budget: number) {
  const text = rowsOf(count);
  const about = { id: 'towns', title: 'Towns', source: 'test', licence: 'CC0-1.0', kind: 'reference' } as const;
  const document = makeDocument({ ...about, language: 'en', text });
  const facts = parseStructure(document.text);
  const [table] = facts.tables;
  if (table === undefined) throw new Error('no table');
  const found = excerptOf(cuttable(document, facts, estimateTokens), {
    place: table.span,
    budget,
    random: random('a'),
  });
  return { text: document.text, facts, found };
}

test('a table longer than the prompt is shown by its first rows, whole ones', () => {
  const { text, facts, found } = excerpt(80, 400);
  expect(found?.tokens).toBeLessThanOrEqual(400);
  expect(found?.tokens).toBeGreaterThan(300);
  const shown = text.slice(found?.span.start, found?.span.end);
  expect(shown).toMatch(/^\| Town \| Bridges \| Wells \|\n/);
  expect(shown).toMatch(/ \|\n$/);
  const [table] = found === undefined ? [] : factsWithin(facts, found.span).tables;
  expect(table?.rows).toHaveLength(shown.trim().split('\n').length - 2);
});

test('of a short table nothing is cut', () => {
  expect(excerpt(20, 100).found).toBeUndefined();
});
