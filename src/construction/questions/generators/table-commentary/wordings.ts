/** @file How one asks for the paragraph that goes with a table. */
import { wordings } from '../../wordings.ts';

export const asked = wordings({
  en: [
    ['plain', 'Describe in one paragraph of about {words} words what the table “{table}” in “{title}” shows.'],
    [
      'researcher',
      'Write the paragraph of results that belongs with the table “{table}” in “{title}”, in about {words} words and with its main figures.',
    ],
    [
      'customer',
      'I find tables hard to read. Please tell me in roughly {words} words what the one called “{table}” in “{title}” says.',
    ],
    [
      'lawyer',
      'State in one paragraph of approximately {words} words what follows from the table “{table}” in “{title}”, with the figures.',
    ],
    [
      'analyst',
      'Write a commentary of some {words} words on the table “{table}” in “{title}”: the main figures and how they changed.',
    ],
    ['student', 'Put the table “{table}” in “{title}” into words: one paragraph of around {words} words.'],
    [
      'editor',
      'The text beside the table “{table}” in “{title}” is missing. Please write it, in the manner of the report, in about {words} words.',
    ],
    [
      'colleague',
      'Could you write a few sentences on the table “{table}” in “{title}” for the team? {words} words or so, with the figures that matter.',
    ],
  ],
  zh: [
    ['plain', '请用一段约{words}字的话说明《{title}》的表“{table}”反映的情况。'],
    ['researcher', '请为《{title}》的表“{table}”撰写一段结果说明，约{words}字，写明主要数字。'],
    ['customer', '我看表格吃力，请用约{words}字告诉我《{title}》的表“{table}”说的是什么。'],
    ['lawyer', '请以一段约{words}字的文字，写明《{title}》的表“{table}”所载的情况和数字。'],
    ['analyst', '请对《{title}》的表“{table}”写一段约{words}字的评述，说明主要数字及其增减。'],
    ['student', '请把《{title}》的表“{table}”用文字表达出来，一段话，约{words}字。'],
    ['editor', '《{title}》的表“{table}”旁边缺一段文字，请按报告的写法补上，约{words}字。'],
    ['colleague', '帮大家就《{title}》的表“{table}”写几句话，{words}字左右，带上要紧的数字。'],
  ],
});
