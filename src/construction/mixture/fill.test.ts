import { expect, test } from 'vitest';
import { makeDocument } from '../../corpus/make-document.ts';
import { mixturePlaces } from './build-mixture.ts';
import { openPlaces } from './draw-place.ts';
import { fillLines } from './fill.ts';
import { fitMixture } from './fit-mixture.ts';
import { MixtureTally } from './mixture-report.ts';

const documents = Array.from({ length: 12 }, (_, i) =>
  makeDocument({
    id: `d${i}`,
    title: `Letter ${i}`,
    source: `d${i}`,
    licence: 'CC0-1.0',
    language: 'en',
    kind: 'chapter',
    work: `d${i}`,
    text: `The rain fell and the road was long, and number ${i} came by. `.repeat(60),
  }),
);

test('a mixture is fitted to the documents: no prompt longer than all of them, no more places than they have questions', () => {
  const { mixture, tokens, left } = fitMixture(documents, { preset: 'balanced', samples: 2700, fit: 'sizes' });
  const lengths = mixture.lengths?.map((length) => length.tokens) ?? [];
  expect(Math.max(...lengths)).toBeLessThanOrEqual(tokens);
  expect(Math.min(...left)).toBeGreaterThan(tokens);
  expect(mixture.samples).toBeLessThan(tokens / 15);
  expect(mixture.samples % 9).toBe(0);
});

test('lengths and numbers that somebody names are kept, and without a wish to fit nothing changes', () => {
  const lengths = [{ tokens: 131_072, weight: 1 }];
  const named = fitMixture(documents, { preset: 'balanced', samples: 999, lengths, fit: 'lengths' });
  expect(named).toMatchObject({ mixture: { samples: 999, lengths }, left: [] });
  const request = { preset: 'balanced', samples: 90 } as const;
  expect(fitMixture(documents, request).mixture).toEqual(request);
});

test('of tasks that stay empty it is said what they ask of, what was lacking here and what would help', () => {
  const { mixture } = fitMixture(documents, { preset: 'balanced', samples: 90, fit: 'lengths' });
  const { places, draw } = openPlaces(mixturePlaces({ documents, seed: 1, ...mixture }));
  const tally = new MixtureTally();
  for (const [number, place] of places.entries()) tally.add(place, draw(number));
  const lines = fillLines(tally, places);
  expect(lines[0]).toBe('0 of 90 places filled (0 %), by task and prompt length in tokens:');
  expect(lines.join('\n')).toMatch(/T8 order +·.* 0 of 10\n/);
  const words = lines.slice(lines.findIndex((line) => line.startsWith('T8 (order)'))).slice(0, 2);
  expect(words).toEqual([
    'T8 (order) has no sample. It asks of: procedures in numbered steps, versions that are dated, long talk.',
    expect.stringMatching(/^ {3}Here: .+\. More documents of these kinds would help\.$/),
  ]);
  expect(words[1]).toContain('too few dated events that can be told without their date');
});
