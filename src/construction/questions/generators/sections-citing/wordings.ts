/** @file Which reference counts, and how one asks who refers to what. */
import { phrase } from '../../../reading/phrase.ts';
import { wordings } from '../../wordings.ts';

/** What is to be true of the ones that are listed. */
export const relations = {
  direct: phrase({ en: 'refer to {target}', zh: '引用了{target}' }),
  through: phrase({
    en: 'refer to {target}, either directly or by way of another that refers to it',
    zh: '直接引用了{target}，或者引用了另一个直接引用它的条款',
  }),
};

export const asked = wordings({
  en: [
    ['plain', 'Which {nouns} of “{document}” {relation}?'],
    ['lawyer', 'We are about to amend “{document}”. Identify all {nouns} that {relation}.'],
    ['researcher', 'For a map of cross-references in “{document}”, list those {nouns} that {relation}.'],
    ['analyst', 'Impact check for “{document}”: which of its {nouns} {relation}? The list has to be complete.'],
    ['customer', 'I am reading “{document}” and keep being sent from one place to another. Which {nouns} {relation}?'],
    ['student', 'Go through “{document}” and write down all the {nouns} that {relation}.'],
    ['editor', 'The numbering of “{document}” may change. Before it does, find me the {nouns} that {relation}.'],
    ['colleague', 'Can you list the {nouns} in “{document}” that {relation}? All of them, please.'],
  ],
  zh: [
    ['plain', '《{document}》中哪些{nouns}里{relation}？'],
    ['lawyer', '《{document}》即将修改，请指明哪些{nouns}里{relation}。'],
    ['researcher', '为梳理《{document}》内部的引用关系，请列出哪些{nouns}里{relation}。'],
    ['analyst', '要评估修改《{document}》的影响，先得知道哪些{nouns}里{relation}。请列全。'],
    ['customer', '我在读《{document}》，总是要翻来翻去。请问哪些{nouns}里{relation}？'],
    ['student', '请通读《{document}》，写下哪些{nouns}里{relation}，一个不漏。'],
    ['editor', '《{document}》的编号可能要调整，请先查出哪些{nouns}里{relation}。'],
    ['colleague', '帮我看看《{document}》中哪些{nouns}里{relation}，都列出来。'],
  ],
});
