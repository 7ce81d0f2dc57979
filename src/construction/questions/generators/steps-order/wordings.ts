/** @file How one asks for the order of steps. */
import { wordings } from '../../wordings.ts';

export const asked = wordings({
  en: [
    ['plain', 'In what order are these steps to be taken, according to “{part}” in “{work}”?\n{options}'],
    ['researcher', 'I noted the steps of “{part}” in “{work}” without their numbers. What is their order?\n{options}'],
    [
      'customer',
      'I have to follow “{part}” in “{work}” and my notes are mixed up. What comes first, and what next?\n{options}',
    ],
    ['lawyer', 'State the order in which “{part}” of “{work}” requires these steps to be taken.\n{options}'],
    ['analyst', 'Going by “{part}” in “{work}”, sort these actions from the first to the last.\n{options}'],
    ['student', 'Put these steps from “{part}” in “{work}” in the right order.\n{options}'],
    [
      'editor',
      'The numbers of these steps from “{part}” in “{work}” got lost in layout. Restore their order.\n{options}',
    ],
    ['colleague', 'Going by “{part}” in “{work}”, what do we do first here, and in which order the rest?\n{options}'],
  ],
  zh: [
    ['plain', '按照《{work}》中“{part}”的规定，下列步骤应按什么顺序进行？\n{options}'],
    ['researcher', '我记下了《{work}》中“{part}”的各个步骤，却没记编号。它们的顺序是怎样的？\n{options}'],
    ['customer', '我要照《{work}》里的“{part}”操作，笔记弄乱了。先做哪一步，再做哪一步？\n{options}'],
    ['lawyer', '请写明《{work}》“{part}”要求这些步骤依何顺序进行。\n{options}'],
    ['analyst', '请依据《{work}》的“{part}”，把下列操作从第一步排到最后一步。\n{options}'],
    ['student', '请把《{work}》“{part}”中的这些步骤按正确顺序排列。\n{options}'],
    ['editor', '排版时丢了《{work}》“{part}”各步骤的编号，请恢复它们的顺序。\n{options}'],
    ['colleague', '按《{work}》的“{part}”，这几步的正确顺序是什么？\n{options}'],
  ],
});
