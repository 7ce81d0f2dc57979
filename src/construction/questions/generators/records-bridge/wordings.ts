/** @file How one asks for a field of what another field tells. */
import { wordings } from '../../wordings.ts';

export const asked = wordings({
  en: [
    ['plain', 'One of the documents gives “{clue}” for “{known}”. What does it give for “{wanted}”?'],
    ['researcher', 'Take the entry whose “{known}” is “{clue}”. What is its “{wanted}”?'],
    ['customer', 'I only remember that “{known}” was “{clue}”. For the same entry, what is the “{wanted}”?'],
    [
      'analyst',
      'Identify the document with “{known}” equal to “{clue}” and report the figure or entry under “{wanted}”.',
    ],
    ['student', 'Where “{known}” reads “{clue}”, what stands under “{wanted}”?'],
    ['colleague', 'Could you look up “{wanted}” for the one with “{clue}” as its “{known}”?'],
    ['editor', 'We have “{clue}” as the “{known}” of one of these. Please supply its “{wanted}”.'],
    [
      'lawyer',
      'With respect to the document that states “{clue}” under “{known}”, state what it records under “{wanted}”.',
    ],
  ],
  zh: [
    ['plain', '其中一份文档的“{known}”为“{clue}”。它的“{wanted}”是什么？'],
    ['researcher', '请找到“{known}”为“{clue}”的条目，其“{wanted}”是什么？'],
    ['customer', '我只记得“{known}”写的是“{clue}”。同一份文档里的“{wanted}”是什么？'],
    ['analyst', '请确定“{known}”等于“{clue}”的文档，并给出其“{wanted}”一项的内容。'],
    ['student', '在“{known}”写着“{clue}”的那份文档中，“{wanted}”一栏写的是什么？'],
    ['colleague', '帮我查一下“{known}”是“{clue}”的那份，它的“{wanted}”是多少或是什么？'],
    ['editor', '稿中已有某文档的“{known}”为“{clue}”，请补上它的“{wanted}”。'],
    ['lawyer', '就“{known}”载明为“{clue}”的文档，请写明其“{wanted}”的内容。'],
  ],
});
