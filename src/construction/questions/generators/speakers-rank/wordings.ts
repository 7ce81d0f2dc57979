/** @file How one asks who speaks most often. */
import type { QuestionLanguage } from '../../language.ts';
import { saysChat } from '../../views/talk/where.ts';
import { eitherWordings, wordings } from '../../wordings.ts';

const numbers = 'one two three four five six seven eight nine ten eleven twelve'.split(' ');
const numbersZh = [...'一两三四五六七八九十'];

/** A small number as a sentence has it. */
export const countSaid = (count: number, language: QuestionLanguage): string =>
  (language === 'zh' ? numbersZh : numbers)[count - 1] ?? String(count);

/** The number that was said. */
export const countRead = (said: string): number => {
  const at = Math.max(numbers.indexOf(said), numbersZh.indexOf(said));
  return at >= 0 ? at + 1 : Number(said);
};

const ofSpeeches = wordings({
  en: [
    [
      'plain',
      'Which {count} people speak most often in {where}? Rank them by how many times they speak, the most frequent speaker first.',
    ],
    [
      'researcher',
      'For a study of participation in {where}, I need the {count} speakers with the most turns, ordered by their number of turns.',
    ],
    [
      'customer',
      'Who does most of the talking in {where}? Give me the top {count} by how many times each of them speaks, not by length.',
    ],
    [
      'lawyer',
      'List the {count} persons who speak most often in {where}, in descending order of how many times they speak.',
    ],
    ['analyst', 'Count the turns of each speaker in {where} and report the {count} highest, from most to fewest.'],
    ['student', 'I have to count how often everybody speaks in {where}. Which {count} speak most, in order?'],
    [
      'editor',
      'We list the {count} busiest speakers of {where} by how many times each of them speaks. What is the order?',
    ],
    [
      'colleague',
      'Who are the {count} most frequent speakers in {where}, busiest first? What counts is how many times they speak, not for how long.',
    ],
  ],
  zh: [
    ['plain', '在{where}中，说话次数最多的{count}个人是谁？请按次数从多到少排列。'],
    ['researcher', '我在研究{where}的参与情况，需要发言次数最多的{count}位发言人，按次数由多到少排序。'],
    ['customer', '{where}里谁说得最多？请按说话的次数（不论长短）给出前{count}名。'],
    ['lawyer', '请列出在{where}中发言次数最多的{count}人，按次数递减排列。'],
    ['analyst', '请统计{where}中每位发言人的发言次数，并从多到少给出前{count}名。'],
    ['student', '我要数一数{where}里每个人说了几次话，最多的{count}个人依次是谁？'],
    ['editor', '要按发言次数给{where}中说话最多的{count}位排名，顺序是怎样的？'],
    ['colleague', '{where}里发言最勤的{count}个人是谁？只看次数，不看长短，多的在前。'],
  ],
});

const ofMessages = wordings({
  en: [
    ['plain', 'Which {count} people sent the most messages in {where}? Rank them, the busiest first.'],
    [
      'researcher',
      'For a study of participation in {where}, I need the {count} people with the most messages, ordered by how many they wrote.',
    ],
    ['customer', 'Who writes the most in {where}? Give me the top {count} by number of messages, not by length.'],
    ['lawyer', 'List the {count} persons who sent the most messages in {where}, in descending order of the number.'],
    ['analyst', 'Count the messages of each person in {where} and report the {count} highest, from most to fewest.'],
    ['student', 'I have to count how often everybody posts in {where}. Which {count} post most, in order?'],
    ['editor', 'We list the {count} busiest people of {where} by the number of their messages. What is the order?'],
    [
      'colleague',
      'Who are the {count} most active people in {where}, busiest first? What counts is the number of messages, not their length.',
    ],
  ],
  zh: [
    ['plain', '在{where}中，发消息最多的{count}个人是谁？请按条数从多到少排列。'],
    ['researcher', '我在研究{where}的参与情况，需要发消息最多的{count}个人，按条数由多到少排序。'],
    ['customer', '{where}里谁发得最多？请按消息的条数（不论长短）给出前{count}名。'],
    ['lawyer', '请列出在{where}中发消息最多的{count}人，按条数递减排列。'],
    ['analyst', '请统计{where}中每个人的消息条数，并从多到少给出前{count}名。'],
    ['student', '我要数一数{where}里每个人发了几条消息，最多的{count}个人依次是谁？'],
    ['editor', '要按消息条数给{where}中最活跃的{count}位排名，顺序是怎样的？'],
    ['colleague', '{where}里发消息最勤的{count}个人是谁？只看条数，不看长短，多的在前。'],
  ],
});

export const asked = eitherWordings(ofSpeeches, ofMessages, saysChat);
