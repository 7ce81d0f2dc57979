/** @file How one asks for a field of what another field tells. */
import { wordings } from '../../wordings.ts';

export const asked = wordings({
  en: [
    ['plain', 'For the {noun} whose “{known}” is given as “{clue}”, what is given under “{wanted}”?'],
    ['researcher', 'What is recorded under “{wanted}” for the {noun} that has “{clue}” as its “{known}”?'],
    ['customer', 'I only remember that its “{known}” was “{clue}”. What is stated under “{wanted}” for that {noun}?'],
    [
      'analyst',
      'Find the {noun} listed with “{clue}” under “{known}” and tell me what is listed under “{wanted}” for it.',
    ],
    ['student', 'One {noun} has “{clue}” under “{known}”. What stands under “{wanted}” for it?'],
    ['colleague', 'Could you look up “{wanted}” for the {noun} with “{clue}” as its “{known}”?'],
    [
      'editor',
      'The article describes a {noun} only by “{clue}” (“{known}”). Please supply what is given under “{wanted}” for it.',
    ],
    ['lawyer', 'The {noun} concerned is the one with “{clue}” as “{known}”. What is stated under “{wanted}” for it?'],
  ],
  zh: [
    ['plain', '有一个{noun}的“{known}”是“{clue}”，它的“{wanted}”是多少？'],
    ['researcher', '“{known}”为“{clue}”的{noun}，其“{wanted}”是多少？'],
    ['customer', '我只记得它的“{known}”是“{clue}”。这个{noun}的“{wanted}”是多少？'],
    ['analyst', '请找到“{known}”写作“{clue}”的{noun}，告诉我它的“{wanted}”。'],
    ['student', '“{known}”一栏写着“{clue}”的是哪个{noun}？它的“{wanted}”是多少？'],
    ['colleague', '帮我查一下“{known}”是“{clue}”的那个{noun}，“{wanted}”是多少？'],
    ['editor', '文中只用“{clue}”（“{known}”）来称一个{noun}，请补上它的“{wanted}”。'],
    ['lawyer', '所涉{noun}的“{known}”为“{clue}”，其“{wanted}”载为多少？'],
  ],
});
