/** @file What is counted in a chat, and how one asks for it. */
import { phrase } from '../../../reading/phrase.ts';
import { wordings } from '../../wordings.ts';

export const counts = {
  busiest: phrase({
    en: 'how many messages were sent on the busiest day',
    zh: '消息最多的那一天一共发了多少条',
  }),
  days: phrase({
    en: 'on how many different days did {speaker} send a message',
    zh: '{speaker}在多少个不同的日子里发过消息',
  }),
};

export const asked = wordings({
  en: [
    ['plain', 'In {where}, {what}?'],
    ['researcher', 'I am measuring how active {where} was: {what}?'],
    ['customer', 'Looking back over {where}, {what}?'],
    ['lawyer', 'According to {where}, {what}?'],
    ['analyst', 'From the dates in {where}, {what}?'],
    ['student', 'Go through all the dates in {where}: {what}?'],
    ['editor', 'For our summary of {where}: {what}?'],
    ['colleague', 'Can you check {where} for me: {what}?'],
  ],
  zh: [
    ['plain', '在{where}中，{what}？'],
    ['researcher', '我在按日期统计{where}的活跃程度：{what}？'],
    ['customer', '回头看{where}，{what}？'],
    ['lawyer', '以{where}的记录为准，{what}？'],
    ['analyst', '请按日统计{where}：{what}？'],
    ['student', '请把{where}的日期都看一遍：{what}？'],
    ['editor', '给{where}写摘要，还缺一个数字：{what}？'],
    ['colleague', '帮我在{where}里查一下：{what}？'],
  ],
});
