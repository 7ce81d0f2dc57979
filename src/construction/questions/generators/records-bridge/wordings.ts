/** @file How one asks for a field of what another field tells. */
import { wordings } from '../../wordings.ts';

export const asked = wordings({
  en: [
    ['plain', 'One {noun} has “{clue}” under “{known}”. What is given for it under “{wanted}”?'],
    ['researcher', 'What is recorded under “{wanted}” for the {noun} that has “{clue}” under “{known}”?'],
    [
      'customer',
      'I remember a {noun} only by “{clue}”, which stands under “{known}”. What does it have under “{wanted}”?',
    ],
    [
      'analyst',
      'Find the {noun} listed with “{clue}” under “{known}” and tell me what is listed under “{wanted}” for it.',
    ],
    ['student', 'Find out which {noun} has “{clue}” under “{known}”. What does it state under “{wanted}”?'],
    ['colleague', 'Could you look up “{wanted}” for the {noun} that lists “{clue}” under “{known}”?'],
    [
      'editor',
      'The article mentions a {noun} only by “{clue}”, its entry under “{known}”. Please supply what is given for it under “{wanted}”.',
    ],
    ['lawyer', 'The {noun} concerned has “{clue}” under “{known}”. What is stated for it under “{wanted}”?'],
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
