/** @file How one asks for changes in order of time. */
import { wordings } from '../../wordings.ts';

export const asked = wordings({
  en: [
    ['plain', 'In what order were these changes in “{document}” released? Begin with the oldest.\n{items}'],
    [
      'researcher',
      'Reconstruct from “{document}” the order of release of the following changes, oldest first.\n{items}',
    ],
    [
      'analyst',
      'I am drawing a time line from “{document}”. Sort these changes by when they were released, earliest first.\n{items}',
    ],
    ['customer', 'Which of these came first, which next, and so on, going by “{document}”?\n{items}'],
    [
      'lawyer',
      'Establish from “{document}” the chronological order in which the following changes were released, starting with the earliest.\n{items}',
    ],
    ['student', 'Put these entries of “{document}” in order of time, from the first released to the last.\n{items}'],
    [
      'editor',
      'For a history of the project, arrange these entries of “{document}” in the order they were released, oldest first.\n{items}',
    ],
    [
      'colleague',
      'Can you put these changes from “{document}” in the order they came out? Oldest at the top.\n{items}',
    ],
  ],
  zh: [
    ['plain', '《{document}》中的这些更改是按什么先后发布的？从最早的开始。\n{items}'],
    ['researcher', '请依据《{document}》还原下列更改的发布顺序，由早到晚。\n{items}'],
    ['analyst', '我要据《{document}》画时间线，请按发布先后给这些更改排序，早的在前。\n{items}'],
    ['customer', '按《{document}》，下面这些哪个最先有，接着是哪个？请依次写出。\n{items}'],
    ['lawyer', '请依据《{document}》查明下列更改发布的时间顺序，自最早者起。\n{items}'],
    ['student', '请把《{document}》的这些条目按时间先后排列，从最先发布的到最后发布的。\n{items}'],
    ['editor', '为写项目沿革，请按发布先后排列《{document}》的下列条目，旧的在前。\n{items}'],
    ['colleague', '帮我把《{document}》里的这些更改按发布先后排一下，最早的放最前。\n{items}'],
  ],
});
