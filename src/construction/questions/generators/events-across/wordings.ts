/** @file How one asks for the order of events of several texts. */
import { wordings } from '../../wordings.ts';

export const asked = wordings({
  en: [
    [
      'plain',
      'In what order did these events happen, according to the texts given here? Begin with the earliest.\n{options}',
    ],
    [
      'researcher',
      'I am drawing up one time line from all of these sources. Put the following events in chronological order, earliest first.\n{options}',
    ],
    ['customer', 'Different texts here mention these events. Which happened first, which next, and so on?\n{options}'],
    [
      'lawyer',
      'Establish from the texts at hand the dates of these events and list them in order, oldest first.\n{options}',
    ],
    [
      'analyst',
      'Sort the following events by the dates that the sources give, from the earliest to the latest.\n{options}',
    ],
    ['student', 'Look up when each of these things happened and arrange them in the order of time.\n{options}'],
    [
      'editor',
      'We want to print a chronology compiled from these texts. In which order do the entries belong, oldest first?\n{options}',
    ],
    [
      'colleague',
      'Could you find out from these texts what happened when, and put it in order, earliest first?\n{options}',
    ],
  ],
  zh: [
    ['plain', '根据这里给出的各篇文字，下列事件发生的先后顺序如何？从最早的写起。\n{options}'],
    ['researcher', '我在综合这些资料编一份年表，请把下列事件按时间先后排列，最早的在前。\n{options}'],
    ['customer', '这几篇文字分别提到下面这些事。哪件在先，哪件在后？\n{options}'],
    ['lawyer', '请依据现有文字查明下列事件的日期，并按先后列出，最早的在前。\n{options}'],
    ['analyst', '请按各篇资料所载的日期，把下列事件由早到晚排序。\n{options}'],
    ['student', '请查出下列各事发生的时间，再按先后顺序排列。\n{options}'],
    ['editor', '我们要登一份据这些文字编成的大事记，下列各条应按什么顺序排，最早的在前？\n{options}'],
    ['colleague', '帮我从这些文字里查一下各事的时间，由早到晚排好。\n{options}'],
  ],
});
