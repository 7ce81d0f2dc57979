/** @file How one asks what somebody said first about a matter. */
import { wordings } from '../../wordings.ts';

export const asked = wordings({
  en: [
    [
      'plain',
      'In {where}, {speaker} speaks of “{word}” more than once. Which of these remarks does {speaker} make first?\n{options}',
    ],
    [
      'researcher',
      'I am following how {speaker} uses the word “{word}” in {where}. With which of these sentences does it begin?\n{options}',
    ],
    [
      'customer',
      'I remember that {speaker} kept coming back to “{word}” in {where}. What did {speaker} say about it the first time?\n{options}',
    ],
    ['lawyer', 'Identify the statement in which {speaker} first uses the word “{word}” in {where}.\n{options}'],
    [
      'analyst',
      'Several remarks in {where} mention “{word}”. Which of the following is the earliest one by {speaker}?\n{options}',
    ],
    [
      'student',
      'Which of these sentences is the first in {where} in which {speaker} says the word “{word}”?\n{options}',
    ],
    [
      'editor',
      'For an index entry: the first place in {where} where {speaker} says “{word}”. Which sentence is it?\n{options}',
    ],
    ['colleague', 'Where did {speaker} first bring up “{word}” in {where}? Pick the sentence.\n{options}'],
  ],
  zh: [
    ['plain', '在{where}中，{speaker}不止一次提到“{word}”。下列哪句话是{speaker}最先说的？\n{options}'],
    ['researcher', '我在考察{speaker}在{where}中如何使用“{word}”一词，最早的是下面哪一句？\n{options}'],
    ['customer', '我记得{speaker}在{where}里好几次说到“{word}”，第一次是怎么说的？\n{options}'],
    ['lawyer', '请指出{speaker}在{where}中首次使用“{word}”一词的那句陈述。\n{options}'],
    ['analyst', '{where}里有多处提到“{word}”，下列哪一句是其中由{speaker}说出的最早一句？\n{options}'],
    ['student', '“{word}”这个词第一次由{speaker}在{where}中说出来时，是哪一句话？\n{options}'],
    ['editor', '编索引用：{speaker}在{where}中第一处说到“{word}”的句子是哪一句？\n{options}'],
    ['colleague', '{speaker}在{where}里第一次提起“{word}”是哪句？选一个。\n{options}'],
  ],
});
