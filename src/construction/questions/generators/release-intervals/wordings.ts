/** @file How one asks for the days between releases. */
import { wordings } from '../../wordings.ts';

export const asked = wordings({
  en: [
    [
      'plain',
      'Each of these changes in “{document}” belongs to another release. How many days lie between the first and the last of those releases?\n{items}',
    ],
    [
      'analyst',
      'Work out from “{document}” how many days it took from the earliest to the latest release among those that brought the changes below.\n{items}',
    ],
    [
      'researcher',
      'Determine the span in days, according to “{document}”, between the earliest and the latest release with one of these changes.\n{items}',
    ],
    [
      'customer',
      'How many days passed from the first of these changes in “{document}” to the last one, by the dates of their releases?\n{items}',
    ],
    [
      'lawyer',
      'State the number of days between the dates, as given in “{document}”, of the earliest and the latest release that contain the following changes.\n{items}',
    ],
    [
      'student',
      'Find the dates of release of these changes in “{document}” and count the days from the earliest date to the latest.\n{items}',
    ],
    [
      'editor',
      'Our text says “over several months”. How many days was it exactly, by the dates in “{document}”, from the first to the last release with these changes?\n{items}',
    ],
    [
      'colleague',
      'Going by the release dates in “{document}”, how many days are there between the oldest and the newest of these changes?\n{items}',
    ],
  ],
  zh: [
    ['plain', '“{document}”中的这些更改各属不同版本，其中最早与最晚的发布日期相隔多少天？\n{items}'],
    ['analyst', '请依据“{document}”计算：带来下列更改的各版本中，从最早发布到最晚发布共多少天？\n{items}'],
    ['researcher', '请按“{document}”求出含有下列更改的最早版本与最晚版本之间的天数。\n{items}'],
    ['customer', '按发布日期算，“{document}”里这些更改从最早的到最晚的一共过了多少天？\n{items}'],
    ['lawyer', '请写明“{document}”所载、含有下列更改的最早版本与最晚版本发布日期之间的天数。\n{items}'],
    ['student', '请在“{document}”中查出下列更改的发布日期，并数出从最早到最晚相差几天。\n{items}'],
    ['editor', '稿子里写“历时数月”。按“{document}”的日期，含下列更改的版本从最早到最晚究竟是多少天？\n{items}'],
    ['colleague', '照“{document}”的发布日期，下面最旧和最新的更改差多少天？\n{items}'],
  ],
});
