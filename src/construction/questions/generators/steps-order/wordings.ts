/** @file How one asks for the order of steps, of one procedure or of two that follow each other. */
import { eitherWordings, wordings } from '../../wordings.ts';

const ofOne = wordings({
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

const ofTwo = wordings({
  en: [
    [
      'plain',
      'Someone carries out “{part}” and after it “{next}”, both as “{work}” says. In what order are these steps taken?\n{options}',
    ],
    [
      'researcher',
      'I noted steps from two parts of “{work}” and mixed up the notes. If “{part}” is done before “{next}”, how do they follow each other?\n{options}',
    ],
    [
      'customer',
      'I want to do “{part}” first and “{next}” after that, as “{work}” tells me. In which order do I take these steps?\n{options}',
    ],
    [
      'lawyer',
      'State the order of these steps where “{part}” is carried out in full before “{next}”, as “{work}” requires.\n{options}',
    ],
    [
      'analyst',
      'Sort these actions by what “{work}” says: all that belong to “{part}”, from first to last, then all that belong to “{next}”.\n{options}',
    ],
    [
      'student',
      'Put the steps of “{part}” from “{work}” in the right order, and behind them the steps of “{next}”.\n{options}',
    ],
    [
      'editor',
      'Steps from two lists in “{work}” got mixed up in layout. Restore those of “{part}”, then those of “{next}”.\n{options}',
    ],
    [
      'colleague',
      'We do “{part}” today and “{next}” tomorrow, the way “{work}” has it. What comes first here, and what next?\n{options}',
    ],
  ],
  zh: [
    ['plain', '按照《{work}》先完成“{part}”，再完成“{next}”，下列步骤的先后顺序是怎样的？\n{options}'],
    ['researcher', '我把《{work}》里两处的步骤记混了。若先做“{part}”，后做“{next}”，各步应怎样排列？\n{options}'],
    ['customer', '我打算照《{work}》先做“{part}”，做完再做“{next}”，这些步骤该按什么顺序来？\n{options}'],
    ['lawyer', '请写明依《{work}》先行“{part}”、后行“{next}”时，下列步骤的先后。\n{options}'],
    ['analyst', '请依据《{work}》排序：先依次排出属于“{part}”的步骤，再排属于“{next}”的步骤。\n{options}'],
    ['student', '下列步骤出自《{work}》。请先排好“{part}”的各步，再接着排“{next}”的各步。\n{options}'],
    ['editor', '排版时《{work}》里两处的步骤混在了一起，请先恢复“{part}”的，再恢复“{next}”的。\n{options}'],
    ['colleague', '照《{work}》，今天做“{part}”，明天做“{next}”，这几步谁先谁后？\n{options}'],
  ],
});

export const asked = eitherWordings(ofOne, ofTwo, ({ next }) => next !== undefined);
