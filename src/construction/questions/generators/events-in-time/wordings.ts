/** @file How one asks for the order of events. */
import { wordings } from '../../wordings.ts';

export const asked = wordings({
  en: [
    [
      'plain',
      'Put these events in the order in which they happened, going by the dates in the texts. Where a date stood, “[…]” may stand here.\n{options}',
    ],
    [
      'researcher',
      'For a chronology I need the following events from earliest to latest, as dated in the sources; “[…]” marks dates left out.\n{options}',
    ],
    [
      'customer',
      'I have lost track of what came when. Please sort these events by date, the earliest first (dates are left out as “[…]”).\n{options}',
    ],
    [
      'lawyer',
      'Arrange the following occurrences chronologically according to the dates stated in the material; omissions are marked “[…]”.\n{options}',
    ],
    [
      'analyst',
      'Build the timeline: order these events by the date that the text gives to each. A “[…]” replaces the date in the middle of a sentence.\n{options}',
    ],
    [
      'student',
      'Which of these came first, which second, and so on to the last? The dates are in the texts; here “[…]” stands for them.\n{options}',
    ],
    [
      'editor',
      'The items below are to be printed in chronological order. Sort them by the dates that the texts state; “[…]” shows where one was removed.\n{options}',
    ],
    [
      'colleague',
      'Could you line these events up by date, oldest first? I took the dates out (“[…]”), but the texts have them.\n{options}',
    ],
  ],
  zh: [
    ['plain', '请根据文中的日期，把下列事件按发生的先后排列（略去日期处可能以“[…]”表示）。\n{options}'],
    [
      'researcher',
      '编写大事年表需要理清次序。请依照材料所载日期，将下列事件从早到晚排列，“[…]”为略去的日期。\n{options}',
    ],
    ['customer', '我弄不清这些事的先后了，请按日期从最早的排起（日期已用“[…]”略去）。\n{options}'],
    ['lawyer', '请依据材料载明的日期，将下列事项按时间先后顺序列明，省略处标为“[…]”。\n{options}'],
    ['analyst', '请梳理时间线：按文中给出的日期给下列事件排序，句中日期以“[…]”代替。\n{options}'],
    ['student', '下面这些事哪件最先发生，哪件其次，依次到最后一件？日期在文中，这里用“[…]”代替。\n{options}'],
    ['editor', '以下各条须按时间顺序排印，请依文中日期排好，“[…]”表示删去的日期。\n{options}'],
    ['colleague', '帮忙把这些事按时间排一下，最早的在前。日期我去掉了（“[…]”），原文里都有。\n{options}'],
  ],
});
