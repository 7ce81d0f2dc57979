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
  [
    'What people told us:\n\n- “I can hear the bell again.” – sexton, Hale\n- “It woke the dog.” – resident, Mill Row',
    [undefined, 'resident'],
  ],
  [
    '    "Paid to Jane Orr for the bell rope, & to her boy." (Parish ledger, p. 12)\n\nIt was not much.',
    ['Parish ledger'],
  ],
  [
    'MS ORR: Dr Hale, last week you told the panel that the dam was "fit for any winter we have known". Is it?\n\nDR HALE: It is.\n\nMS ORR: Are you sure?\n\nDR HALE: I am.',
    ['Dr Hale'],
  ],
  ['Ida Moss wrote it under the sum, together with the words "he was not asked". Ida Moss left in May.', ['Ida Moss']],
  [
    'According to its managing director, Nora Fell, "the cost is real but it can be planned for". It was late.',
    ['Nora Fell'],
  ],
  ['“Come in,” said Ada Kell, and then, a little louder: “Mind the dog.” Ada Kell laughed.', ['Ada Kell', 'Ada Kell']],
  ['魏小满守闸三十年。魏小满回忆说，水“离闸顶只差两指宽”。', ['魏小满']],
  ['魏小满守闸三十年。魏小满说，所谓“看天吃饭的活计”不过如此。', []],
  ['清岳的水质工程师阮知秋提醒用户：“超期的滤芯比没有滤芯更糟。”阮知秋是工程师。', ['阮知秋']],
])('who says it in %j', (text, speakers) => {
  expect(speakersOf(text)).toEqual(speakers);
});

test('in a story a role is nobody’s name, and a pronoun means the one person of the sentence before the quotation', () => {
  const tale = (end: string): string =>
    `# Chapter 1 The Mill\n\nNed Garrow ground flour by the ford. Lise Moran came down to the ford at noon.\n\n${end}\n\n# Chapter 2 The Ford\n\nNed Garrow slept. Lise Moran crossed.\n`;
  expect(speakersOf(tale('“I called twice,” the miller said.'))).toEqual([undefined]);
  const wages = 'The woman was Lise Moran, a widow. She was paid threepence, and said so.';
  expect(speakersOf(tale(`${wages}\n\n“I dig the same yard,” she wrote to the vestry.`))).toEqual(['Lise Moran']);
  const novel = (before: string): string =>
    `# 第一回 渡口\n\n孟九公撑船撑了四十一年。柳元之要过河。孟九公问：“谁？”孟九公说：“坐稳。”\n\n${before}\n\n“这是旧船。”他说，“桨也旧了。”\n\n# 第二回 过滩\n\n孟九公上岸。柳元之等着孟九公。\n`;
  expect(speakersOf(novel('柳元之不答。孟九公看了半晌，叹了口气。')).slice(2)).toEqual(['孟九公', '孟九公']);
  expect(speakersOf(novel('一个女人走来。孟九公看了她半晌，叹了口气。')).slice(2)).toEqual([undefined, undefined]);
});

test('in a talk `I said` is who speaks, and `he said` the one person of whom the question told', () => {
  const talk = (name: (who: string) => string): string =>
    [
      `${name('齐棠')}您是怎么学的？`,
      `${name('方云')}跟魏长松师傅学的。魏长松是江州人。`,
      `${name('齐棠')}魏长松师傅教了您什么？`,
      `${name('方云')}先不动手。他常说：“琴比你先知道。”`,
      `${name('齐棠')}后来呢？`,
      `${name('方云')}后来我跟校长说：“等天晴了，我再来。”`,
    ].join('\n\n');
  expect(speakersOf(talk((who) => `${who}：`))).toEqual(['魏长松', '方云']);
  expect(speakersOf(talk((who) => `**${who}：**`))).toEqual(['魏长松', '方云']);
  const english =
    'Ann: Percy Oldham was the last of them. Did you ask Percy Oldham?\n\nBo: I asked twice. He said, “You will do.” So I stayed, Ann.\n\nAnn: And then?\n\nBo: I said, “Then hold the lamp.” We laughed.';
  expect(speakersOf(english)).toEqual(['Percy Oldham', 'Bo']);
});

test('a pronoun means who begins the sentence before, though another is told of further up', () => {
  expect(
    speakersOf(
      '樊季青指出，三号墩有问题。\n樊季青汇报：桥建成于1988年。冷月秋指出，该桥只能通行轻车。她说：“我不敢签字。”冷月秋走了。',
    ).at(-1),
  ).toBe('冷月秋');
});
