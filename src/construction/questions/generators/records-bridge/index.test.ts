import { expect, test } from 'vitest';
import { islands } from '../../../../../test/questions/islands.ts';
import { random } from '../../../../random.ts';
import { recordsBridge } from './index.ts';

test('a clue that says a word of the name, or that stands for nothing, asks nothing', () => {
  const sea = 'NEGL';
  expect(recordsBridge.draw(islands(['Mawley Peak on Harrow Island', sea, sea, sea, sea]), random('a'))).toBe(
    'no value that tells one document from the others',
  );
  const draft = recordsBridge.draw(islands(['Mawley Peak', sea, sea, sea, sea]), random('a'));
  expect(draft).toMatchObject({ slots: { clue: 'Mawley Peak' } });
});
