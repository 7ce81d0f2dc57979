/** @file How one asks for the time between events. */
import { wordings } from '../../wordings.ts';

export const asked = wordings({
  en: [
    [
      'plain',
      'How many {unit} lie between the first and the last of these events, by the dates in the texts? (“[…]” stands for a date left out.)\n{events}',
    ],
    [
      'researcher',
      'Date the events below from the sources, and give the number of {unit} from the earliest of them to the latest; “[…]” marks an omitted date.\n{events}',
    ],
    [
      'customer',
      'From the earliest of these to the most recent, how many {unit} passed? The dates are in the texts; here they are left out (“[…]”).\n{events}',
    ],
    [
      'lawyer',
      'State the number of {unit} that elapsed between the earliest and the latest of the following, on the dates stated in the material (omitted: “[…]”).\n{events}',
    ],
    [
      'analyst',
      'What is the length in {unit} of the period that these events span, first to last? Dates as in the texts, replaced here by “[…]”.\n{events}',
    ],
    [
      'student',
      'Find out when each of these happened. How many {unit} is it from the first to the last? Removed dates show as “[…]”.\n{events}',
    ],
    [
      'editor',
      'A caption is to say how many {unit} these events cover, from the earliest to the latest date. What is the number? (“[…]” is where a date was.)\n{events}',
    ],
    [
      'colleague',
      'Could you work out how many {unit} there are between the earliest and the latest of these? I cut the dates (“[…]”), the texts have them.\n{events}',
    ],
  ],
  zh: [
    ['plain', '按文中日期，下列事件中最早的一件与最晚的一件相隔多少{unit}？（“[…]”为略去的日期）\n{events}'],
    ['researcher', '请据材料查明下列各事的日期，并给出最早与最晚者之间相差多少{unit}，“[…]”表示略去的日期。\n{events}'],
    ['customer', '从下面最早的一件事到最近的一件事，一共过了多少{unit}？日期在原文里，这里略为“[…]”。\n{events}'],
    ['lawyer', '依材料载明的日期，下列事项中最早者至最晚者历时多少{unit}？省略处标为“[…]”。\n{events}'],
    ['analyst', '这些事件从头到尾的时间跨度是多少{unit}？日期以原文为准，此处以“[…]”代替。\n{events}'],
    ['student', '先查出下列各事发生的日期，再算一算从第一件到最后一件隔了多少{unit}，“[…]”是去掉的日期。\n{events}'],
    ['editor', '图注要写明这些事件从最早到最晚相距多少{unit}，数字应是多少？“[…]”处原为日期。\n{events}'],
    ['colleague', '帮忙算一下，这几件事里最早的和最晚的差多少{unit}？日期我删了（“[…]”），原文都有。\n{events}'],
  ],
});
