import { expect, test } from 'vitest';
import type { Document } from '../corpus/document.ts';
import { makeDocument } from '../corpus/make-document.ts';
import { leastWorks, splitByDocument } from './split.ts';

/** Works of unlike length, in parts. */
const partsOf = (works: number): Document[] =>
  Array.from({ length: works }, (_, work) =>
    Array.from({ length: 2 + ((work * 7) % 11) }, (_, part) =>
      makeDocument({
        id: `book ${work}#${part}`,
        title: `book ${work} (${part})`,
        source: `book ${work}`,
        work: `book ${work}`,
        licence: 'CC0-1.0',
        language: 'en',
        kind: 'chapter',
        text: `Part ${part} of book ${work}. `.repeat(50),
      }),
    ),
  ).flat();

test('parts of one text stand in one split where there are enough texts, and the share of the words is near', () => {
  const documents = partsOf(30);
  const { train, heldout } = splitByDocument(documents, 0.25);
  const works = (split: readonly Document[]) => new Set(split.map(({ work }) => work));
  expect([...works(train)].filter((work) => works(heldout).has(work))).toEqual([]);
  expect(train.length + heldout.length).toBe(documents.length);
  expect(heldout.length / documents.length).toBeGreaterThan(0.15);
  expect(heldout.length / documents.length).toBeLessThan(0.35);
  const reversed = splitByDocument([...documents].reverse(), 0.25);
  expect(reversed.heldout.map(({ id }) => id)).toEqual(heldout.map(({ id }) => id));
});

test('of a few texts parts are held out, so that both splits have some', () => {
  const { train, heldout } = splitByDocument(partsOf(leastWorks - 1), 0.25);
  expect(heldout.length).toBeGreaterThan(3);
  expect(train.length).toBeGreaterThan(heldout.length);
});
