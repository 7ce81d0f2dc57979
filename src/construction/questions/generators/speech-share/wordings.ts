/** @file Who is meant, and how one asks for a share of speeches. */
import { phrase } from '../../../reading/phrase.ts';
import type { QuestionLanguage } from '../../language.ts';
import { saysChat } from '../../views/talk/where.ts';
import { eitherWordings, wordings } from '../../wordings.ts';

const two = phrase({ en: '{a} and {b} together', zh: '{a}和{b}两人合计' });

/** `Othello`, `Othello and Iago together`. */
export const together = (names: readonly string[], language: QuestionLanguage): string =>
  names.length === 2 ? two.say(language, { a: names[0] ?? '', b: names[1] ?? '' }) : (names[0] ?? '');

/** The names that `together` said. */
export function namesTogether(who: string): string[] {
  const { a, b } = two.read(who) ?? {};
  return a === undefined || b === undefined ? [who] : [a, b];
}

const ofSpeeches = wordings({
  en: [
    ['plain', 'What percentage of all the speeches in {where} is made by {who}? Round to one decimal.'],
    [
      'researcher',
      'For a study of who dominates the dialogue in {where}: of all the turns, what percentage is taken by {who}? One decimal, please.',
    ],
    ['customer', 'What share of all the speeches in {where} belongs to {who}? In per cent, to one decimal, please.'],
    [
      'lawyer',
      'State, as a percentage rounded to one decimal, the proportion of the contributions in {where} that was made by {who}.',
    ],
    ['analyst', 'What is the share of turns in {where} held by {who}, in per cent, to one decimal?'],
    ['student', 'Count the speeches in {where}. What per cent of them is spoken by {who}? Round to one decimal.'],
    [
      'editor',
      'Our introduction to {where} is to give the share of all speeches that is spoken by {who}. What percentage is it, to one decimal?',
    ],
    ['colleague', 'How big a share of the speeches in {where} is by {who}? A percentage to one decimal will do.'],
  ],
  zh: [
    ['plain', '在{where}中，{who}的发言占全部发言次数的百分之几？保留一位小数。'],
    ['researcher', '我在研究{where}里谁占主导：{who}的发言次数占总次数的百分比是多少？保留一位小数。'],
    ['customer', '我想知道{where}里{who}说话的次数占总数的百分之多少，保留一位小数。'],
    ['lawyer', '请以百分数（保留一位小数）写明{where}中{who}的发言次数占全部发言次数的比例。'],
    ['analyst', '按发言次数计，{who}在{where}中占多大比重？以百分数表示，保留一位小数。'],
    ['student', '请数一数{where}里的发言，{who}占百分之几？保留一位小数。'],
    ['editor', '稿中要写{where}里{who}的发言占全部发言的百分比，应是多少？保留一位小数。'],
    ['colleague', '帮我算一下，{where}里的发言有百分之几是{who}说的？保留一位小数。'],
  ],
});

const ofMessages = wordings({
  en: [
    ['plain', 'What percentage of the messages in {where} were sent by {who}? Round to one decimal.'],
    [
      'researcher',
      'I am studying who dominates {where}. Of all its messages, what percentage was written by {who}? One decimal, please.',
    ],
    ['customer', 'How much of {where} is by {who}? I mean the share of the messages, in per cent to one decimal.'],
    ['lawyer', 'State what percentage of the messages in {where} was sent by {who}, rounded to one decimal.'],
    ['analyst', 'Share of messages by {who} in {where}, in per cent to one decimal?'],
    ['student', 'Count the messages in {where}. What per cent of them did {who} write? Round to one decimal.'],
    [
      'editor',
      'Our summary of {where} is to say what part of the messages came from {who}. What percentage is it, to one decimal?',
    ],
    ['colleague', 'What percentage of the posts in {where} came from {who}? One decimal will do.'],
  ],
  zh: [
    ['plain', '{where}里有百分之几的消息是{who}发的？保留一位小数。'],
    ['researcher', '我在研究{where}里谁占主导：{who}发的消息占全部消息的百分比是多少？保留一位小数。'],
    ['customer', '我想知道{where}里{who}发的消息占百分之多少，保留一位小数。'],
    ['lawyer', '请写明{where}中{who}所发消息占全部消息的百分比，保留一位小数。'],
    ['analyst', '按消息条数计，{who}在{where}中占多大比重？以百分数表示，保留一位小数。'],
    ['student', '请数一数{where}里的消息，其中{who}写的占百分之几？保留一位小数。'],
    ['editor', '稿中要写{where}里{who}发的消息占全部的百分比，应是多少？保留一位小数。'],
    ['colleague', '帮我算一下，{where}里的消息有百分之几是{who}发的？保留一位小数。'],
  ],
});

export const asked = eitherWordings(ofSpeeches, ofMessages, saysChat);
