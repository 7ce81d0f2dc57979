import { expect, test } from 'vitest';
import { packagedDocuments } from '../../../test/packaged-documents.ts';
import { detectLanguage } from './language.ts';

test('every packaged document reads as the language that its source states', () => {
  const wrong = packagedDocuments().filter((document) => detectLanguage(document.text) !== document.language);
  expect(wrong.map((document) => document.id)).toEqual([]);
});

test.each([
  ['zh', '长文本强化学习需要可验证的奖励，每个任务都有自己的指标。'],
  ['und', 'Es war einmal ein König, der hatte eine Tochter, und die war so schön, dass alle Leute von ihr sprachen.'],
  [
    'und',
    'Er was eens een koning die in een groot kasteel woonde, en het was de hele dag koud in de zalen van het huis.',
  ],
  ['und', 'Il était une fois un roi et une reine qui étaient si fâchés de n’avoir point d’enfants.'],
  ['und', '3415 12 88 14:20'],
  ['und', ''],
  ['en', 'Once upon a time there was a king who lived with the queen in a castle near the sea.'],
])('%s: %s', (language, text) => {
  expect(detectLanguage(text)).toBe(language);
});
