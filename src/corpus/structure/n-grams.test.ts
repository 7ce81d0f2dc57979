import { eld } from 'eld/small';
import { expect, test } from 'vitest';
import { packagedDocuments } from '../../../test/packaged-documents.ts';
import { languageByGrams } from './n-grams.ts';

const foreign = [
  'Es war einmal ein König, der hatte eine Tochter.',
  'Il était une fois un roi qui avait une fille.',
  'Жил-был царь, и была у него дочь.',
  'كان يا ما كان ملك وكانت له ابنة.',
  'Érase una vez un rey que tenía una hija.',
  "l'été d'un roi, qu'il n'a pas vu",
  '\\ \' " 12 %',
  'Þetta er íslenska',
  'ok',
  '',
];

test('the language of a text is what the library tells with its table as code', () => {
  const texts = packagedDocuments()
    .slice(0, 60)
    .flatMap(({ text }) => [text.slice(0, 300), text.slice(1000, 1060)]);
  for (const text of [...texts, ...foreign]) {
    const found = eld.detect(text);
    expect(languageByGrams(text), text).toBe(found.isReliable() && found.language !== '' ? found.language : undefined);
  }
});
