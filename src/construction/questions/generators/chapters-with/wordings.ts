/** @file How one asks for the parts that have both names. */
import { wordings } from '../../wordings.ts';

export const asked = wordings({
  en: [
    ['plain', 'In which sections of “{work}” are both {one} and {other} mentioned by name? List the heading of each.'],
    [
      'researcher',
      'I am looking for the places in “{work}” where {one} and {other} come up together. List the heading of every section that names both.',
    ],
    ['customer', 'Please find all the sections of “{work}” that mention {one} as well as {other}.'],
    ['lawyer', 'Identify every section of “{work}” that names both {one} and {other}.'],
    ['analyst', 'List the headings of all sections in “{work}” whose text mentions both {one} and {other} by name.'],
    ['student', 'Which sections of “{work}” speak of {one} and also of {other}, each by name? Give all of them.'],
    ['editor', 'For the index of “{work}” we need all sections that name {one} together with {other}. Which are they?'],
    ['colleague', 'Could you go through “{work}” and note every section that has both {one} and {other} in it?'],
  ],
  zh: [
    ['plain', '《{work}》中哪些部分同时提到了“{one}”和“{other}”？请列出各部分的标题。'],
    ['researcher', '我在研究《{work}》里“{one}”与“{other}”的关联，请列出正文同时提到二者的所有部分的标题。'],
    ['customer', '请找出《{work}》中正文既提到“{one}”又提到“{other}”的所有部分的标题。'],
    ['lawyer', '请指明《{work}》中正文同时提到“{one}”与“{other}”的各部分的标题。'],
    ['analyst', '《{work}》中正文同时提到“{one}”和“{other}”的有哪几部分？请列出各部分的标题。'],
    ['student', '《{work}》的哪些部分写到了“{one}”，也写到了“{other}”？请列出全部标题。'],
    ['editor', '为编《{work}》的索引，需要正文同时提到“{one}”与“{other}”的所有部分，请列出标题。'],
    ['colleague', '帮忙翻一下《{work}》，把正文里“{one}”和“{other}”都提到的部分的标题记下来。'],
  ],
});
