/** @file The conditions as phrases, and how one asks for all that meet two. */
import { phrase } from '../../../reading/phrase.ts';
import { wordings } from '../../wordings.ts';

export const conditions = {
  above: phrase({ en: '“{field}” above {bound}', zh: '“{field}”高于{bound}' }),
  below: phrase({ en: '“{field}” below {bound}', zh: '“{field}”低于{bound}' }),
};

export const asked = wordings({
  en: [
    ['plain', 'Which of the documents state {one} and at the same time {two}? Name all of them.'],
    [
      'researcher',
      'List every entry with {one} that also has {two}. An entry that lacks one of the two figures does not count.',
    ],
    [
      'analyst',
      'Screen the set: keep each document that reports {one} together with {two}, and give me the complete list.',
    ],
    ['customer', 'I am looking for all the ones here with {one}, but only if they have {two} as well. Which are they?'],
    ['lawyer', 'Identify each and every document in which both of these hold: first, {one}; second, {two}.'],
    ['student', 'Go through all the documents and write down those where you find {one} and also {two}.'],
    [
      'editor',
      'For a table we need all documents that satisfy two criteria, namely {one} and {two}. Please do not miss any.',
    ],
    ['colleague', 'Can you pull out everything that has {one} as well as {two}? I need the full list.'],
  ],
  zh: [
    ['plain', '哪些文档中{one}，同时{two}？请全部列出。'],
    ['researcher', '请列出所有{one}并且{two}的条目；两项数字缺少任何一项的不算。'],
    ['analyst', '请筛选：保留{one}且{two}的每一份文档，并给出完整名单。'],
    ['customer', '我想找{one}的，但必须同时{two}，这里面有哪些？'],
    ['lawyer', '请逐一指明同时满足以下两项的全部文档：其一，{one}；其二，{two}。'],
    ['student', '请通读各文档，写下其中{one}而且{two}的那些。'],
    ['editor', '我们要做一张表，需要满足两个条件的全部文档，即{one}，以及{two}，请勿遗漏。'],
    ['colleague', '帮我把{one}又{two}的都挑出来，要全的。'],
  ],
});
