/** @file How one asks for an overview that was left out. */
import { wordings } from '../../wordings.ts';

export const asked = wordings({
  en: [
    [
      'plain',
      'The profile of “{title}” has lost its entry “{label}”. Write it anew from the rest of the profile, in one paragraph of about {words} words.',
    ],
    [
      'researcher',
      'Using only what the profile “{title}” states elsewhere, compose the paragraph that belongs under “{label}”. Keep it to about {words} words.',
    ],
    [
      'customer',
      'I would like a readable “{label}” section for “{title}”: one paragraph, roughly {words} words, based on the facts given for it here.',
    ],
    [
      'lawyer',
      'Prepare, on the basis of the particulars set out for “{title}”, a statement for the heading “{label}” of approximately {words} words.',
    ],
    [
      'analyst',
      'Draft the “{label}” paragraph for “{title}” in about {words} words, drawing together the figures and facts reported under its other headings.',
    ],
    [
      'student',
      'How would you fill in “{label}” for “{title}”? Write one paragraph of around {words} words from everything else that is said about it.',
    ],
    [
      'editor',
      'Our layout of “{title}” still lacks the text under “{label}”. Please supply a paragraph of some {words} words that the other entries bear out.',
    ],
    [
      'colleague',
      'Could you write up the “{label}” for “{title}”? About {words} words in a single paragraph, nothing that its other entries do not support.',
    ],
  ],
  zh: [
    ['plain', '“{title}”的资料缺少“{label}”一项。请根据其余内容把它补写出来，一段话，约{words}字。'],
    ['researcher', '请仅依据“{title}”其他各项的内容，写出应归入“{label}”的一段文字，约{words}字。'],
    ['customer', '我想要一段“{title}”的“{label}”，通俗易读，约{words}字，以这里给出的事实为准。'],
    ['lawyer', '请根据“{title}”所载各项情况，就“{label}”拟写一段说明，约{words}字。'],
    ['analyst', '请综合“{title}”其他条目中的数字和事实，写出“{label}”部分，约{words}字。'],
    ['student', '如果由你来填写“{title}”的“{label}”，你会怎么写？请根据其余内容写一段约{words}字的文字。'],
    ['editor', '“{title}”的版面还缺“{label}”一段，请补写约{words}字，内容须有其他条目支持。'],
    ['colleague', '帮忙把“{title}”的“{label}”写一下，一段话，约{words}字，别写其他条目里没有的东西。'],
  ],
});
