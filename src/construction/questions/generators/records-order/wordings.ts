/** @file How one asks for an order by a day. */
import { wordings } from '../../wordings.ts';

export const asked = wordings({
  en: [
    ['plain', 'Put these {nouns} in the order of the dates given under “{field}”, earliest first.\n{options}'],
    [
      'researcher',
      'I am arranging the {nouns} by date. Going by the day stated under “{field}”, what is the order of these, oldest first?\n{options}',
    ],
    [
      'customer',
      'Which of these {nouns} has the earliest date under “{field}”, which comes next, and so on to the latest?\n{options}',
    ],
    ['lawyer', 'List the following {nouns} by the date stated under “{field}”, beginning with the oldest.\n{options}'],
    ['analyst', 'Sort these {nouns} by the date in their entry “{field}”, from the earliest to the latest.\n{options}'],
    [
      'student',
      'Look up the date under “{field}” for each of these {nouns} and arrange them from first to last.\n{options}',
    ],
    [
      'editor',
      'Our chart shows these {nouns} from the oldest to the most recent date under “{field}”. What is their order?\n{options}',
    ],
    [
      'colleague',
      'Could you put these {nouns} in order by the date under “{field}”? The earliest goes first.\n{options}',
    ],
  ],
  zh: [
    ['plain', '请把下列{nouns}按“{field}”一项所载的日期由早到晚排列。\n{options}'],
    ['researcher', '我在按日期整理这些{nouns}。依“{field}”一项所载的日期，下列各项由早到晚的顺序如何？\n{options}'],
    ['customer', '下面这些{nouns}，“{field}”一项的日期哪个最早，哪个其次？请依次排完。\n{options}'],
    ['lawyer', '请按“{field}”一项载明的日期，由早到晚列出下列{nouns}。\n{options}'],
    ['analyst', '请依各自“{field}”一项的日期，把下列{nouns}从最早排到最晚。\n{options}'],
    ['student', '请查出下列各{nouns}“{field}”一项的日期，再由先到后排列。\n{options}'],
    ['editor', '图表要按“{field}”一项的日期由早到晚列出这些{nouns}，顺序应当如何？\n{options}'],
    ['colleague', '帮忙把这些{nouns}按“{field}”一项的日期排一下，最早的放最前。\n{options}'],
  ],
});
