/** @file Which figure is meant, and how one asks for it. */
import { phrase } from '../../../reading/phrase.ts';
import { wordings } from '../../wordings.ts';

export const figures = {
  gap: phrase({
    en: 'what is the largest number of days from one release to the next, among the versions from {first} of {from} to {last} of {to}',
    zh: '从{from}的版本{first}到{to}的版本{last}，相邻两次发布的日期最多相差多少天',
  }),
  items: phrase({
    en: 'how many items listed as “{kind}” do the releases from version {first} of {from} to version {last} of {to} have altogether, both included',
    zh: '从{from}的版本{first}到{to}的版本{last}（含首尾），列为“{kind}”的条目一共有多少条',
  }),
};

export const asked = wordings({
  en: [
    ['plain', 'According to “{document}”, {what}?'],
    ['analyst', 'I am going through the releases in “{document}”: {what}?'],
    ['researcher', 'I am studying how the project is released. Going by “{document}”, {what}?'],
    ['customer', 'I have “{document}” here: {what}?'],
    ['lawyer', 'As recorded in “{document}”, {what}?'],
    ['student', 'Look at the dates and entries in “{document}”: {what}?'],
    ['editor', 'A figure is missing from our piece on “{document}”: {what}?'],
    ['colleague', 'Could you check “{document}” for me: {what}?'],
  ],
  zh: [
    ['plain', '根据《{document}》，{what}？'],
    ['analyst', '我在看《{document}》的发布节奏：{what}？'],
    ['researcher', '请依据《{document}》查明：{what}？'],
    ['customer', '翻了一遍《{document}》，想问一下：{what}？'],
    ['lawyer', '以《{document}》的记载为准，{what}？'],
    ['student', '请从《{document}》中算出：{what}？'],
    ['editor', '关于《{document}》的稿子还缺一个数字：{what}？'],
    ['colleague', '帮我查一下《{document}》：{what}？'],
  ],
});
