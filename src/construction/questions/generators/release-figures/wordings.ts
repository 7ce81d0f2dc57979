/** @file Which figure is meant, and how one asks for it. */
import { phrase } from '../../../reading/phrase.ts';
import { wordings } from '../../wordings.ts';

export const figures = {
  gap: phrase({
    en: 'how many days is the longest wait from one release to the next between version {first} ({from}) and version {last} ({to})',
    zh: '从版本{first}（{from}）到版本{last}（{to}），相邻两次发布之间最长隔了多少天',
  }),
  items: phrase({
    en: 'how many entries are there under “{kind}” in the releases from version {first} ({from}) to version {last} ({to}), counting these two as well',
    zh: '从版本{first}（{from}）到版本{last}（{to}），连这两个版本在内，“{kind}”一类的条目一共有多少条',
  }),
};

export const asked = wordings({
  en: [
    ['plain', 'According to “{document}”, {what}?'],
    ['analyst', 'Working from “{document}”, {what}?'],
    ['researcher', 'I am studying the history of the releases. Going by “{document}”, {what}?'],
    ['customer', 'Can you tell me from “{document}”: {what}?'],
    ['lawyer', 'As recorded in “{document}”, {what}?'],
    ['student', 'Work it out from “{document}”: {what}?'],
    ['editor', 'Please check for us in “{document}”: {what}?'],
    ['colleague', 'Could you check “{document}” for me: {what}?'],
  ],
  zh: [
    ['plain', '根据《{document}》，{what}？'],
    ['analyst', '对照《{document}》来看，{what}？'],
    ['researcher', '请依据《{document}》查明：{what}？'],
    ['customer', '想请你从《{document}》里查一下：{what}？'],
    ['lawyer', '以《{document}》的记载为准，{what}？'],
    ['student', '请从《{document}》中算出：{what}？'],
    ['editor', '请替我们核对《{document}》：{what}？'],
    ['colleague', '帮我查一下《{document}》：{what}？'],
  ],
});
