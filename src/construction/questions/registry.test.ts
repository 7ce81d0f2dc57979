import { expect, test } from 'vitest';
import { generatorsOf, questionGenerators } from './registry.ts';

test('a generator without turns stays in the registry, and no build asks it', () => {
  const off = questionGenerators.filter(({ turns }) => turns === 0);
  expect(off.map(({ id }) => id)).toEqual(['questions-to-answers']);
  const asked = generatorsOf('T6').map(({ id }) => id);
  expect(asked).toContain('lines-to-speakers');
  expect(asked).not.toContain('questions-to-answers');
});
