/** @file How one asks for an overview that was left out. */
import { wordings } from '../../wordings.ts';

export const asked = wordings({
  en: [
    [
      'plain',
      'The profile of {title} has no text under “{label}”. Write one from the rest of the profile, in one paragraph of about {words} words.',
    ],
    [
      'researcher',
      'From what the profile of {title} says elsewhere, write the paragraph that belongs under “{label}”, in about {words} words.',
    ],
    [
      'customer',
      'I would like a readable “{label}” section for {title}: one paragraph of roughly {words} words, drawn from the facts given here.',
    ],
    ['lawyer', 'Draw up the entry “{label}” for {title} from its other entries, in approximately {words} words.'],
    [
      'analyst',
      'Draft the “{label}” paragraph for {title} in about {words} words, bringing together what its other headings report.',
    ],
    [
      'student',
      'How would you fill in “{label}” for {title}? Write one paragraph of around {words} words from everything else that is said about it.',
    ],
    [
      'editor',
      'Our layout of the profile of {title} lacks the text under “{label}”. Please supply a paragraph of some {words} words.',
    ],
    [
      'colleague',
      'Could you write up the “{label}” for {title} from its other entries? About {words} words in a single paragraph.',
    ],
  ],
  zh: [
    ['plain', '“{title}”的资料缺少“{label}”一项。请根据其余内容写一段，约{words}字。'],
    ['researcher', '请依据“{title}”其他各项的内容，写出应归入“{label}”的一段文字，约{words}字。'],
    ['customer', '我想要一段“{title}”的“{label}”，通俗易读，约{words}字，以这里给出的事实为准。'],
    ['lawyer', '请根据“{title}”其他各项的记载，拟写“{label}”一项，约{words}字。'],
    ['analyst', '请综合“{title}”其他条目的内容，写出“{label}”部分，约{words}字。'],
    ['student', '如果由你来填写“{title}”的“{label}”，你会怎么写？请根据其余内容写一段约{words}字的文字。'],
    ['editor', '“{title}”的版面还缺“{label}”一段，请补写约{words}字。'],
    ['colleague', '帮忙根据其他条目把“{title}”的“{label}”写一下，一段话，约{words}字。'],
  ],
});
