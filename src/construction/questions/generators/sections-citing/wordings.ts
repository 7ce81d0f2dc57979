/** @file Which reference counts, and how one asks who refers to what. */
import { phrase } from '../../../reading/phrase.ts';
import { wordings } from '../../wordings.ts';

/** What is to be true of the ones that are listed. */
export const relations = {
  direct: phrase({ en: 'refer to {target}', zh: '引用了{target}' }),
  through: phrase({
    en: 'refer to {target}, either directly or by referring to another one that does',
    zh: '直接引用了{target}，或者引用了另一个直接引用它的条款',
  }),
  both: phrase({ en: 'refer both to {target} and to {other}', zh: '既引用了{target}，又引用了{other}' }),
  without: phrase({ en: 'refer to {target} without referring to {other}', zh: '引用了{target}，但没有引用{other}' }),
};

export const asked = wordings({
  en: [
    ['plain', 'Which {nouns} of “{document}” {relation}?'],
    ['lawyer', 'We are about to amend “{document}”. Identify all {nouns} that {relation}.'],
    ['researcher', 'For a map of cross-references in “{document}”, list those {nouns} that {relation}.'],
    ['analyst', 'Impact check for “{document}”: which of its {nouns} {relation}? The list has to be complete.'],
    ['customer', 'I am reading “{document}” and keep being sent from one place to another. Which {nouns} {relation}?'],
    ['student', 'Go through “{document}” and write down every one of the {nouns} that {relation}.'],
    ['editor', 'The numbering of “{document}” may change. Before it does, find me the {nouns} that {relation}.'],
    ['colleague', 'Can you list the {nouns} in “{document}” that {relation}? All of them, please.'],
  ],
  zh: [
    ['plain', '“{document}”中，有哪些{nouns}是{relation}的？'],
    ['lawyer', '“{document}”即将修改，请指明符合下述情形的全部{nouns}：{relation}。'],
    ['researcher', '为梳理“{document}”内部的引用关系，请列出这样的{nouns}：{relation}。'],
    ['analyst', '请对“{document}”做影响分析：其中有哪些{nouns}属于下述情形（{relation}）？务必列全。'],
    ['customer', '我在读“{document}”，总是要翻来翻去。请问有哪些{nouns}是{relation}的？'],
    ['student', '请通读“{document}”，写下所有这样的{nouns}：{relation}。'],
    ['editor', '“{document}”的编号可能要调整，请先把这些{nouns}找出来：{relation}。'],
    ['colleague', '帮我把“{document}”里这样的{nouns}都列出来：{relation}。'],
  ],
});
