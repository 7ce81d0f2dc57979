/** @file How one asks how much oftener somebody speaks. */
import { wordings } from '../../wordings.ts';

export const asked = wordings({
  en: [
    ['plain', 'How many more times does {first} speak in {where} than {a} and {b} together?'],
    ['researcher', 'Measuring dominance in {where}: by how many turns does {first} exceed {a} and {b} combined?'],
    [
      'customer',
      'It seems to me that {first} says more in {where} than {a} and {b} put together. How many more times exactly?',
    ],
    [
      'lawyer',
      'State by how many the occasions on which {first} speaks in {where} outnumber those on which {a} or {b} speaks.',
    ],
    [
      'analyst',
      'Count the turns in {where}: what is the number for {first} minus the sum of those for {a} and for {b}?',
    ],
    [
      'student',
      'In {where}, take the number of times {first} speaks and subtract the number of times {a} speaks and the number of times {b} speaks. What is left?',
    ],
    [
      'editor',
      'We claim that {first} speaks oftener in {where} than {a} and {b} taken together. What is the difference in number of speeches?',
    ],
    [
      'colleague',
      'How far ahead of {a} and {b} combined is {first} in {where}, counting how many times each one speaks?',
    ],
  ],
  zh: [
    ['plain', '在{where}中，{first}说话的次数比{a}和{b}两人合计多几次？'],
    ['researcher', '我在衡量{where}中谁占主导：{first}的发言次数比{a}与{b}的发言次数之和多多少？'],
    ['customer', '我觉得{first}在{where}里说得比{a}和{b}加起来还多，到底多几次？'],
    ['lawyer', '请写明在{where}中，{first}的发言次数超出{a}与{b}发言次数总和的数目。'],
    ['analyst', '请统计{where}中的发言次数：{first}的次数减去{a}和{b}的次数之和等于几？'],
    ['student', '在{where}里，用{first}说话的次数减去{a}说话的次数，再减去{b}说话的次数，得多少？'],
    ['editor', '稿中说{first}在{where}里的发言比{a}和{b}加在一起还多，相差几次？'],
    ['colleague', '数一下{where}里的发言次数，{first}比{a}和{b}的总和多几次？'],
  ],
});
