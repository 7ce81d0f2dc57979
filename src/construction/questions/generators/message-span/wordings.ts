/** @file How one asks for the time between two messages of the fullest day. */
import { wordings } from '../../wordings.ts';

export const asked = wordings({
  en: [
    [
      'plain',
      'On the day on which {speaker} sends the most messages in {where}, how many minutes lie between the first and the last of them?',
    ],
    [
      'researcher',
      'Find the most active day of {speaker} in {where} by number of messages. How many minutes are there from the first message of {speaker} that day to the last?',
    ],
    [
      'customer',
      'There is one day in {where} when {speaker} wrote more often than on any other. From the first message to the last that day, how many minutes is it?',
    ],
    [
      'lawyer',
      'State, in minutes, the time between the first and the last message of {speaker} on the date on which {speaker} sent the greatest number of messages in {where}.',
    ],
    [
      'analyst',
      'Count the messages of {speaker} by day in {where}, take the peak day, and give the span from first to last message of {speaker} on it in minutes.',
    ],
    [
      'student',
      'Which day has the most messages from {speaker} in {where}, and how many minutes pass on it between the first and the last one? Give the minutes only.',
    ],
    [
      'editor',
      'We describe the busiest day of {speaker} in {where}, counted by messages. How many minutes did it last, first message to last?',
    ],
    [
      'colleague',
      'On the day {speaker} posted most in {where}, how long was it from the first post to the last, in minutes?',
    ],
  ],
  zh: [
    ['plain', '在{where}中，{speaker}发消息最多的那一天，从当天第一条到最后一条相隔多少分钟？'],
    [
      'researcher',
      '请按消息条数找出{speaker}在{where}中最活跃的一天，{speaker}当天第一条与最后一条消息之间有多少分钟？',
    ],
    ['customer', '{where}里有一天{speaker}说得比哪天都多，那天从第一条到最后一条一共多少分钟？'],
    ['lawyer', '请写明在{where}中，{speaker}发送消息条数最多的当日，其首条与末条消息之间的分钟数。'],
    [
      'analyst',
      '请按日统计{speaker}在{where}中的消息条数，取条数最多的一天，给出{speaker}当天首条至末条的时长（分钟）。',
    ],
    ['student', '{speaker}在{where}里哪天发的消息最多？那天第一条和最后一条相差几分钟？只写分钟数。'],
    ['editor', '稿中要写{speaker}在{where}里消息条数最多的一天，从第一条到最后一条历时多少分钟？'],
    ['colleague', '{where}里{speaker}发言条数最多的那天，第一条到最后一条隔了多少分钟？'],
  ],
});
