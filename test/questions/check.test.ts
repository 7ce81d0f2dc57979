/** @file The quick form of `npm run check:questions`: a few samples of the generators that the packaged corpora serve. */
import { expect, test } from 'vitest';
import { questionGenerators } from '../../src/construction/questions/registry.ts';
import { packagedDocuments } from '../packaged-documents.ts';
import { drawSamples, judge, librariesOf, passes } from './check-generator.ts';
import { seconds } from './second/index.ts';

test('every generator whose gold follows from the prompt has a second implementation', () => {
  const without = questionGenerators.filter(({ id, task }) => task !== 'T9' && seconds[id] === undefined);
  expect(without.map(({ id }) => id)).toEqual([]);
});

const countries = packagedDocuments()
  .filter(({ text }) => text.includes('\nElectricity - production: '))
  .slice(0, 60);
const libraries = librariesOf(countries);

test.for(questionGenerators.filter(({ id }) => id.startsWith('records-')))(
  'the golds of $id are what a second implementation finds',
  (generator) => {
    const verdicts = [...drawSamples(generator, libraries, 5, [2048, 4096])].map(judge);
    expect(verdicts.length).toBe(5);
    expect(verdicts.filter(({ verdict }) => verdict !== 'agree')).toEqual([]);
    expect(passes(verdicts)).toBe(true);
  },
);
