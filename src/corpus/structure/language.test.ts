import { expect, test } from 'vitest';
import { packagedDocuments } from '../../../test/packaged-documents.ts';
import { languageOf, languagesOf } from './language.ts';

test('every packaged document reads as the language that its source states', () => {
  const wrong = packagedDocuments().filter((document) => languageOf(document.text) !== document.language);
  expect(wrong.map((document) => document.id)).toEqual([]);
});

test.each([
  ['zh', '长文本强化学习需要可验证的奖励，每个任务都有自己的指标。'],
  ['zh', '港務委員會於週一開會。主席是林若華。'],
  ['zh', '本文介绍 transformer 模型的训练方法，并在 ImageNet 数据集上评估。'],
  ['ja', '港湾委員会は月曜日に開かれた。議長は田中花子である。'],
  ['ja', '東京都 人口 13,960,000\n大阪府 人口 8,800,000\n神奈川県 人口 9,200,000'],
  ['ko', '항만 위원회는 월요일에 열렸다. 의장은 김민수이다.'],
  ['ru', 'Комитет порта собрался в понедельник, и председатель открыл заседание.'],
  ['ar', 'اجتمعت لجنة الميناء يوم الاثنين وافتتح الرئيس الجلسة.'],
  ['de', 'Es war einmal ein König, der hatte eine Tochter, und die war so schön, dass alle Leute von ihr sprachen.'],
  [
    'nl',
    'Er was eens een koning die in een groot kasteel woonde, en het was de hele dag koud in de zalen van het huis.',
  ],
  ['fr', 'Il était une fois un roi et une reine qui étaient si fâchés de n’avoir point d’enfants.'],
  ['es', 'El comité del puerto se reunió el lunes y el presidente abrió la sesión con un largo discurso.'],
  ['pt', 'A comissão do porto reuniu-se na segunda-feira e o presidente abriu a sessão com um longo discurso.'],
  ['it', 'Il comitato del porto si riunì lunedì e il presidente aprì la seduta con un lungo discorso.'],
  ['und', '3415 12 88 14:20'],
  ['und', 'for (const x of y) {\n  z(x);\n}\nlet done = all.every((one) => one.done);'],
  ['und', ''],
  ['en', 'Once upon a time there was a king who lived with the queen in a castle near the sea.'],
  ['en', '| Region | Revenue | Cost of sales |\n| --- | --- | --- |\n| Europe | 12 | 3 |\n| Asia | 10 | 3 |'],
])('%s: %s', (language, text) => {
  expect(languageOf(text)).toBe(language);
});

test('parts in different languages are told apart, paragraph by paragraph', () => {
  const english = 'Once upon a time there was a king who lived with the queen in a castle near the sea. '.repeat(4);
  const german = 'Es war einmal ein König, der hatte eine Tochter, und die war so schön wie der Tag. '.repeat(4);
  const japanese = '港湾委員会は月曜日に開かれた。議長は田中花子である。'.repeat(4);
  const text = `${english}\n\n${english}\n\n${japanese}\n\n${english}\n\n12 34\n\n${german}`;
  const { language, parts } = languagesOf(text);
  expect([language, ...parts.map((part) => part.language)]).toEqual(['en', 'en', 'ja', 'en', 'de']);
  expect(parts.map(({ span }) => text.slice(span.start, span.end)).join('')).toBe(text);
  expect(languagesOf(english).parts).toHaveLength(1);
});
