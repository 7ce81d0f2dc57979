import { expect, test } from 'vitest';
import { parseStructure } from '../structure/structure.ts';

const speakersOf = (text: string): (string | undefined)[] =>
  parseStructure(text).quotations.map(({ speaker }) => speaker);

test.each([
  ['“We did not buy it to win a prize,” our chief engineer, Tomasz Wilk, told the conference.', ['Tomasz Wilk']],
  ['“It has made the most noise,” said council leader Gwen Ashdown, to laughter.', ['Gwen Ashdown']],
  ['Deb Moss disagreed: “Nobody has ever asked for that.” Ikaika suggested shipping it.', ['Deb Moss']],
  [
    'Present: Maud Lind (chair), Colin Yeo.\n\nThe chair said that she would “rather hold it in a dry barn than in a wet hall.”',
    ['Maud Lind'],
  ],
  ['Ann Lowe (chair) and Bo Tan (chair) came.\n\nThe chair said: “We begin at nine.”', [undefined]],
  [
    'The minister for roads, Ada Kell, called it late. “The work,” she said, “will begin on Monday.”',
    ['Ada Kell', 'Ada Kell'],
  ],
  ['His sister Berta looked up. Nobody ate.\n\n“That is the baker’s,” said his sister.', ['Berta']],
  ['His sister Berta and his sister Clara looked up.\n\n“That is the baker’s,” said his sister.', ['his sister']],
  ['统计局农村处负责人龚文舒说：“西澄县的数字，我们核了三遍。”', ['龚文舒']],
  ['清岳的水质工程师阮知秋提醒用户：“超期的滤芯比没有滤芯更糟。”阮知秋是工程师。', ['阮知秋']],
])('who says it in %j', (text, speakers) => {
  expect(speakersOf(text)).toEqual(speakers);
});

test('a pronoun means who begins the sentence before, though another is told of further up', () => {
  expect(
    speakersOf(
      '樊季青指出，三号墩有问题。\n樊季青汇报：桥建成于1988年。冷月秋指出，该桥只能通行轻车。她说：“我不敢签字。”冷月秋走了。',
    ).at(-1),
  ).toBe('冷月秋');
});
