/** @file Proof, documents, distractors and the sources of an answer's sentences, found in a prompt. */
import { expect, test } from 'vitest';
import { answerSentences } from './answer-sentences.ts';
import { findDistractors, optionsOf, wrongAnswers } from './find-distractors.ts';
import { readEvidence } from './find-evidence.ts';
import { findProof } from './find-proof.ts';
import { findQuotes } from './find-quotes.ts';
import { documentParts } from './prompt-documents.ts';

const ship = 'The ship weighed 1200 tons. Its captain was Ann Merritt. She sailed in 1851.';
const port = 'The port lies at 12 degrees. A ship of 1200 tons may enter. Its warden was Tom Hale.';
const question = 'Who was the captain?\n(A) Tom Hale\n(B) Ann Merritt';
const prompt = `=== Document 1: Ship ===\n\n${ship.slice(12)}\n\n=== Document 2: Port ===\n\n${port}\n\n${question}\nAfter [Answer], write a letter.`;
const parts = documentParts(prompt, 2, question);

test('documents of a prompt are told apart by their heads, and the question belongs to none', () => {
  expect(parts.map(({ title }) => title)).toEqual(['Ship', 'Port']);
  expect(parts.map(({ body, end }) => prompt.slice(body, end))).toEqual([ship.slice(12).trim(), port]);
  expect(documentParts(prompt, 3, question)).toEqual([]);
  expect(documentParts('# One\n\nText.\n\n# Two\n\nMore.', 2, '').map(({ title }) => title)).toEqual(['One', 'Two']);
});

test('a head inside of a document counts as text when its number is not the next one', () => {
  const odd = '=== Document 1: A ===\n\nText.\n=== Document 7: B ===\nmore\n\n=== Document 2: C ===\n\nEnd.';
  expect(documentParts(odd, 2, '').map(({ title }) => title)).toEqual(['A', 'C']);
});

const span = (text: string, word: string) => ({ start: text.indexOf(word), end: text.indexOf(word) + word.length });

test('a span is placed by the passage that the rationale quotes, its neighbours by the same move', () => {
  const spans = ['Ann Merritt', '1851'].map((word) => ({ document: 0, ...span(ship, word) }));
  const placed = findProof(prompt, 'Captain: Ann Merritt', parts, spans);
  expect(placed.map(({ start, end }) => prompt.slice(start, end))).toEqual(['Ann Merritt', '1851']);
});

test('a span of a whole document is placed by where that begins; without either, nothing is placed', () => {
  const spans = [{ document: 1, ...span(port, 'Tom Hale') }];
  const placed = (whole: boolean) =>
    findProof(prompt, 'nothing is quoted', parts, spans, () => whole).map(({ start, end }) => prompt.slice(start, end));
  expect(placed(true)).toEqual(['Tom Hale']);
  expect(placed(false)).toEqual([]);
});

test('a passage is looked for in its own document, and never inside of a word', () => {
  const spans = [{ document: 1, ...span(port, '1200 tons') }];
  const [found] = findProof(prompt, 'It says 1200 tons.', parts, spans);
  expect(found?.start).toBeGreaterThan(parts[1]?.body ?? 0);
  expect(findProof('The catalogue of a cat', 'cat', [], [{ document: 0, start: 0, end: 3 }])).toEqual([
    { document: 0, start: 19, end: 22 },
  ]);
});

test('wrong options and wrong answers that stand in the text are distractors, the right ones are none', () => {
  expect(optionsOf(question).map(({ letter }) => letter)).toEqual(['A', 'B']);
  expect(wrongAnswers(question, ['B'], ['Ann Merritt', '1200 tons'])).toEqual(['Tom Hale', '1200 tons']);
  const found = findDistractors(prompt, question, ['Tom Hale']);
  expect(found.map(({ start }) => start)).toEqual([prompt.indexOf('Tom Hale')]);
});

test('what is like the evidence and is not it is told beside it', () => {
  const text = ['Avonlea', 'Bramley', 'Corfe']
    .map((town, i) => `The horse fair of ${town} was held by the river in the year ${1900 + i}.`)
    .join('\n\n');
  const { evidence, near } = readEvidence(text, 'The horse fair of Bramley was held by the river in the year 1901.');
  expect(evidence.map(({ exact }) => exact)).toEqual([true]);
  expect(near).toHaveLength(2);
  expect(near.every(({ start, end }) => !text.slice(start, end).includes('Bramley'))).toBe(true);
});

test('a sentence of an answer leads to the passage that it quotes, or to the one that it is most like', () => {
  const answer = 'I read it twice. Its captain was Ann Merritt. The ship of 1200 tons may enter it. Nobody knows more.';
  const sentences = answerSentences(prompt, answer, findQuotes(prompt, answer), question);
  const told = sentences.map(({ from, to, start, end, quoted }) => [
    answer.slice(from, to),
    start === undefined ? undefined : prompt.slice(start, end),
    quoted,
  ]);
  expect(told[0]).toEqual(['I read it twice.', undefined, false]);
  expect(told[1]).toEqual(['Its captain was Ann Merritt.', 'Its captain was Ann Merritt', true]);
  expect(told[2]?.[1]).toMatch(/1200 tons may enter/);
  expect(told[3]?.[1]).toBeUndefined();
});
