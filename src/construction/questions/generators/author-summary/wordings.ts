/** @file How one asks for the summary of a work. */
import { wordings } from '../../wordings.ts';

export const asked = wordings({
  en: [
    ['plain', 'Summarise “{title}” in one paragraph of about {words} words.'],
    ['researcher', 'Write the abstract that should stand at the head of “{title}”, in about {words} words.'],
    [
      'customer',
      'I have no time to read all of “{title}”. Please give me the essentials in one paragraph, roughly {words} words long.',
    ],
    [
      'lawyer',
      'Provide a summary of “{title}” of approximately {words} words, confined to what the text itself states.',
    ],
    [
      'analyst',
      'Condense “{title}” into a briefing paragraph of some {words} words that covers its main points and figures.',
    ],
    ['student', 'What does “{title}” say, in short? Answer with one paragraph of around {words} words.'],
    [
      'editor',
      'We need a summary to print with “{title}”: a single paragraph, about {words} words, in the manner of the text.',
    ],
    ['colleague', 'Could you sum up “{title}” for the rest of the team? One paragraph, {words} words or so.'],
  ],
  zh: [
    ['plain', '请用一段约{words}字的话概括《{title}》的内容。'],
    ['researcher', '请为《{title}》撰写摘要，约{words}字。'],
    ['customer', '我没时间通读《{title}》，请用一段约{words}字的话把要点告诉我。'],
    ['lawyer', '请就《{title}》所载内容作一概述，约{words}字，不得超出原文。'],
    ['analyst', '请把《{title}》浓缩成一段约{words}字的简报，涵盖主要内容和数字。'],
    ['student', '《{title}》主要讲了什么？请用一段约{words}字的话回答。'],
    ['editor', '《{title}》还缺一段随文刊出的内容提要，请按原文写约{words}字。'],
    ['colleague', '帮大家把《{title}》总结一下，一段话，{words}字左右。'],
  ],
});
