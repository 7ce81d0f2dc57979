/** @file How one asks for the parts in which two names stand, or in which two people speak. */
import { phrase } from '../../../reading/phrase.ts';
import { wordings } from '../../wordings.ts';

/** What the two have in common in a part: of a hearing one asks who speaks, as its labels name nobody. */
export const clauses = {
  mention: phrase({
    en: 'both {one} and {other} are mentioned by name',
    zh: '正文里“{one}”和“{other}”都被提到',
  }),
  speak: phrase({ en: 'both {one} and {other} speak', zh: '{one}和{other}都发了言' }),
} as const;

export const asked = wordings({
  en: [
    ['plain', 'List the headings of the sections of “{work}” in which {clause}.'],
    ['researcher', 'Which are the sections of “{work}” in which {clause}? I need the heading of each.'],
    ['customer', 'Please find all the sections of “{work}” in which {clause}, and give their headings.'],
    ['lawyer', 'Identify every section of “{work}” in which {clause}.'],
    ['analyst', 'Go through “{work}” and list the heading of every section in which {clause}.'],
    ['student', 'What are the headings of the sections of “{work}” in which {clause}? Give all of them.'],
    ['editor', 'We need a full list of the sections of “{work}” in which {clause}. Which are they?'],
    ['colleague', 'Could you go through “{work}” for me and note every section in which {clause}?'],
  ],
  zh: [
    ['plain', '在《{work}》的哪些部分里，{clause}？请列出各部分的标题。'],
    ['researcher', '我在研读《{work}》，想知道{clause}的是哪些部分，请列出标题。'],
    ['customer', '请帮我找出《{work}》里{clause}的所有部分，写出标题。'],
    ['lawyer', '请指明《{work}》中{clause}的各部分的标题。'],
    ['analyst', '通读《{work}》，{clause}的有哪几部分？请列出标题。'],
    ['student', '《{work}》有哪些部分是{clause}的？请列出全部标题。'],
    ['editor', '我们要列全《{work}》中{clause}的部分，请写出这些部分的标题。'],
    ['colleague', '帮忙翻一下《{work}》，把{clause}的那些部分的标题记下来。'],
  ],
});
