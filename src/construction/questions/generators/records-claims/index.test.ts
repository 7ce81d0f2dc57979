import { expect, test } from 'vitest';
import { islands } from '../../../../../test/questions/islands.ts';
import { random } from '../../../../random.ts';
import { recordsClaims } from './index.ts';

test('no claim has a proper name beside its figure', () => {
  const draft = recordsClaims.draw(
    islands(['Ness 210 m', 'Mawley 455 m', 'Tor 380 m', 'Brae 512 m', 'Skelly 635 m']),
    random('a'),
  );
  const items = typeof draft === 'string' ? draft : draft.slots.items;
  expect(items).toMatch(/^1: (?:Coastline|Land area|Territorial sea): \d+ km$/m);
  expect(items).not.toMatch(/Highest point/);
});
