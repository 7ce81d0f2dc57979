/** @file The conditions as phrases, and how one asks for all that meet two. */
import { phrase } from '../../../reading/phrase.ts';
import { wordings } from '../../wordings.ts';

export const conditions = {
  above: phrase({ en: 'a figure above {bound} for “{field}”', zh: '“{field}”高于{bound}' }),
  below: phrase({ en: 'a figure below {bound} for “{field}”', zh: '“{field}”低于{bound}' }),
};

export const asked = wordings({
  en: [
    ['plain', 'Which {nouns} have {one} and also {two}? Name all of them.'],
    ['researcher', 'List all {nouns} that have both {one} and {two}. Leave out any that lack one of the two figures.'],
    ['analyst', 'Please screen the {nouns}: which ones report {one} together with {two}? I need the complete list.'],
    ['customer', 'I am looking for {nouns} with {one}, but only if they have {two} as well. Which are they?'],
    ['lawyer', 'Name each of the {nouns} for which both of these are stated: {one}, and {two}.'],
    ['student', 'Go through the {nouns} and write down those with {one} and with {two}.'],
    ['editor', 'For a table we need all {nouns} that show {one} as well as {two}. Please do not miss any.'],
    ['colleague', 'Can you pull out the {nouns} with {one} that also have {two}? I need the full list.'],
  ],
  zh: [
    ['plain', '哪些{nouns}的{one}，同时{two}？请全部列出。'],
    ['researcher', '请列出{one}并且{two}的所有{nouns}，两项数字缺少任何一项的不算。'],
    ['analyst', '请筛选{nouns}：{one}，且{two}。给出完整名单。'],
    ['customer', '我想找这样的{nouns}：{one}，而且{two}。有哪些？'],
    ['lawyer', '请逐一列明同时符合以下两项的{nouns}：{one}；{two}。'],
    ['student', '请通读各{nouns}，写下{one}而且{two}的那些。'],
    ['editor', '我们要做一张表，收入{one}、{two}的全部{nouns}，请勿遗漏。'],
    ['colleague', '帮我把符合条件的{nouns}都挑出来：{one}，还要{two}。'],
  ],
});
