/** @file How one asks for the summary of a part. */
import { wordings } from '../../wordings.ts';

export const asked = wordings({
  en: [
    ['plain', 'Sum up “{part}” of “{title}” in one paragraph of about {words} words.'],
    ['researcher', 'Write the summary that might stand over “{part}” in “{title}”, in about {words} words.'],
    [
      'customer',
      'I missed “{part}” when I read “{title}”. What happens or is said there? A paragraph of roughly {words} words will do.',
    ],
    [
      'lawyer',
      'Summarise the contents of “{part}” in “{title}”, in approximately {words} words and without going beyond the text.',
    ],
    ['analyst', 'Condense “{part}” from “{title}” into one paragraph of some {words} words.'],
    ['student', 'What is “{part}” in “{title}” about? Give its contents in about {words} words.'],
    [
      'editor',
      'Every part of “{title}” is to have a short summary. Please write the one for “{part}”, about {words} words.',
    ],
    ['colleague', 'Could you give me the gist of “{part}” from “{title}”? One paragraph, {words} words or so.'],
  ],
  zh: [
    ['plain', '请用一段约{words}字的话概括《{title}》中“{part}”的内容。'],
    ['researcher', '请为《{title}》的“{part}”撰写提要，约{words}字。'],
    ['customer', '我读《{title}》时漏掉了“{part}”，请用约{words}字告诉我其中讲了什么。'],
    ['lawyer', '请就《{title}》“{part}”所载内容作一概述，约{words}字，不得超出原文。'],
    ['analyst', '请把《{title}》里的“{part}”浓缩成一段约{words}字的文字。'],
    ['student', '《{title}》的“{part}”写了哪些事？请用约{words}字概括。'],
    ['editor', '《{title}》各部分前都要有提要，请写“{part}”的那一段，约{words}字。'],
    ['colleague', '帮忙把《{title}》中“{part}”的大意写一下，一段话，{words}字左右。'],
  ],
});
