/** @file How one asks for an event between two others. */
import { wordings } from '../../wordings.ts';

export const asked = wordings({
  en: [
    [
      'plain',
      'Which of these happened after the event “{earlier}” and before the event “{later}”? Go by the dates in the texts; “[…]” stands for one left out.\n{options}',
    ],
    [
      'researcher',
      'Two fixed points: “{earlier}”, and later “{later}”. By the dates in the sources (here left out as “[…]”), which of the following falls between them?\n{options}',
    ],
    [
      'customer',
      'I know that “{earlier}” came first and “{later}” afterwards. Going by the dates given (“[…]” here), which of these happened in between?\n{options}',
    ],
    [
      'lawyer',
      'Determine which of the following occurred subsequent to “{earlier}” but prior to “{later}”, on the dates stated in the material (omitted here: “[…]”).\n{options}',
    ],
    [
      'analyst',
      'On the timeline of these texts, one of the events below lies between “{earlier}” and “{later}”. Which one? Dates are replaced by “[…]”.\n{options}',
    ],
    [
      'student',
      'If you date everything by the texts, what took place between “{earlier}” and “{later}”? The mark “[…]” shows where a date was taken out.\n{options}',
    ],
    [
      'editor',
      'A chronology runs from “{earlier}” to “{later}”. Which of these belongs in the middle, by the dates of the texts (“[…]” where they stood)?\n{options}',
    ],
    [
      'colleague',
      'Could you check which of these came after “{earlier}” but before “{later}”? I replaced the dates by “[…]”.\n{options}',
    ],
  ],
  zh: [
    ['plain', '根据文中日期，下列哪件事发生在“{earlier}”之后、“{later}”之前？（“[…]”代替略去的日期）\n{options}'],
    [
      'researcher',
      '以“{earlier}”为起点、“{later}”为终点，按材料所载日期，下列哪件事介于两者之间？“[…]”为略去的日期。\n{options}',
    ],
    [
      'customer',
      '我只知道“{earlier}”在先，“{later}”在后。按文中的日期（此处略为“[…]”），中间发生的是下面哪一件？\n{options}',
    ],
    ['lawyer', '请依材料载明的日期，确定下列何事发生于“{earlier}”之后而在“{later}”之前，省略处标为“[…]”。\n{options}'],
    ['analyst', '在时间线上，下列事件中有一件位于“{earlier}”与“{later}”之间，是哪一件？日期以“[…]”代替。\n{options}'],
    ['student', '按文中的日期推算，“{earlier}”和“{later}”之间发生了哪件事？“[…]”表示去掉的日期。\n{options}'],
    ['editor', '年表从“{earlier}”排到“{later}”，依文中日期，下列哪一条应排在中间？“[…]”处原为日期。\n{options}'],
    ['colleague', '帮忙核对一下，下面哪件事在“{earlier}”以后、在“{later}”以前？日期我换成了“[…]”。\n{options}'],
  ],
});
