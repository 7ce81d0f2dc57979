import { expect, test } from 'vitest';
import { chineseNames } from './chinese-names.ts';

const found = (text: string): string[] =>
  chineseNames(text).map(({ name, kind, mentions }) => `${name} ${kind} ${mentions.length}`);

test('persons are found by what stands beside them, and then everywhere', () => {
  const text = '王小明说要走。李芳问为什么。王小明没有回答。李芳看着王小明，李芳笑了。';
  expect(found(text)).toEqual(['李芳 person 3', '王小明 person 3']);
});

test('words that begin with the character of a surname are no names', () => {
  const text = '金融问题很多。方面的问题也多。许多问题不是金融问题，许多问题是方面的问题。金融问题是许多方面的问题。';
  expect(found(text)).toEqual([]);
  const titled = '张三：你好。李四：好。张三：走吧。李四：走。张三：再见。李四：好。';
  expect(found(titled)).toEqual(['张三 person 3', '李四 person 3']);
});

test('a surname with its title counts for the only full name that bears it', () => {
  expect(found('校长梁守时来了。梁老师说：“坐。”大家听梁守时讲课。')).toEqual(['梁守时 person 3']);
  expect(found('梁守时说好。梁小红说不好。梁老师走了，梁老师没有说话。梁守时问她，梁小红答了。')).toContain(
    '梁老师 person 2',
  );
});

test.each([
  [
    '云岭市交通局昨日宣布，云岭市将修桥。云岭市交通局说，桥在临江县，临江县有三座桥。云岭市很大。',
    ['临江县 place', '云岭市 place', '云岭市交通局 organisation'],
  ],
  ['路德维希·范·贝多芬生于波恩。人们记得路德维希·范·贝多芬。', ['路德维希·范·贝多芬 person']],
  ['《雾港来信》再版。他读过《雾港来信》。', ['雾港来信 work']],
  ['该市各县要到全省去。该市各县要到全省去。高速公路和开发区，高速公路和开发区。', []],
  ['在德国和法国之间。德国与法国。', ['德国 place', '法国 place']],
])('the kinds of the names in %s', (text, names) => {
  expect(
    chineseNames(text)
      .map(({ name, kind }) => `${name} ${kind}`)
      .sort(),
  ).toEqual([...names].sort());
});

test.each([
  ['联系人：谷秋实\n谷秋实在家。', '谷秋实 person 2'],
  ['他离开岚屿时十二岁。后来又回到岚屿。', '岚屿 place 2'],
  ['我女儿温小禾不修表，温小禾画表。', '温小禾 person 2'],
  ['地点：枫桥剧场\n枫桥剧场很大。', '枫桥剧场 place 2'],
  ['# 云雀笔记 更新日志\n\n云雀笔记新增导出。', '云雀笔记 term 2'],
  ['主要因青芦二中提前开学。青芦二中的新校舍已验收。', '青芦二中 organisation 2'],
  ['总经理高远舟介绍了情况。高远舟说不难。', '高远舟 person 2'],
])('what one place proves in %j', (text, name) => {
  expect(found(text)).toEqual([name]);
});

test('mentions are where the text writes the name', () => {
  const text = '海陵纸业股份有限公司公布年报。今年，海陵纸业股份有限公司盈利。';
  for (const { name, mentions } of chineseNames(text))
    for (const { start, end } of mentions) expect(text.slice(start, end)).toBe(name);
  expect(found(text)).toEqual(['海陵纸业股份有限公司 organisation 2']);
});
