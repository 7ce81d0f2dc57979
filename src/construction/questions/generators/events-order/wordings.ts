/** @file How one asks for the order of events. */
import { wordings } from '../../wordings.ts';

export const asked = wordings({
  en: [
    ['plain', 'In what order did these events from “{work}” happen? Begin with the earliest.\n{options}'],
    [
      'researcher',
      'I am drawing up a time line from “{work}”. Put these events in chronological order, earliest first.\n{options}',
    ],
    [
      'customer',
      '“{work}” goes back and forth in time and I have lost track. Which of these happened first, which next, and so on?\n{options}',
    ],
    ['lawyer', 'For the chronology of the case, set out in order of date these events told in “{work}”:\n{options}'],
    ['analyst', 'Sort the following events by their dates in “{work}”, from the earliest to the latest.\n{options}'],
    ['student', 'Using “{work}”, arrange these events in the order in which they took place.\n{options}'],
    [
      'editor',
      'We want to print a short chronology beside “{work}”. In which order do these entries belong, oldest first?\n{options}',
    ],
    ['colleague', 'Going by “{work}”, what happened when? Please put these in order, earliest first.\n{options}'],
  ],
  zh: [
    ['plain', '按照《{work}》，下列事件发生的先后顺序如何？从最早的写起。\n{options}'],
    ['researcher', '我在依据《{work}》整理大事年表，请把下列事件按时间先后排列，最早的在前。\n{options}'],
    ['customer', '《{work}》时而讲后来、时而讲从前，我理不清了。这些事哪件在先，哪件在后？\n{options}'],
    ['lawyer', '为编写事件经过，请按日期先后列出《{work}》所载的下列事件：\n{options}'],
    ['analyst', '请依《{work}》中的日期，把下列事件由早到晚排序。\n{options}'],
    ['student', '请根据《{work}》，把下列事件按发生的顺序排列。\n{options}'],
    ['editor', '我们要在《{work}》旁边登一份简短的大事记，下列各条应按什么顺序排，最早的在前？\n{options}'],
    ['colleague', '按《{work}》所说，这几件事谁先谁后？请从最早的排起。\n{options}'],
  ],
});
