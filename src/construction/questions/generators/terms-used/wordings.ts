/** @file Which uses of terms count, and how one asks for the provisions that have them. */
import { phrase } from '../../../reading/phrase.ts';
import { wordings } from '../../wordings.ts';

/** What is to be true of the ones that are listed. */
export const conditions = {
  both: phrase({
    en: 'use both of the defined terms “{term}” and “{other}”',
    zh: '既使用了定义的术语“{term}”，又使用了“{other}”',
  }),
  one: phrase({ en: 'use the defined term “{term}”', zh: '使用了定义的术语“{term}”' }),
};

export const asked = wordings({
  en: [
    ['plain', 'Which {nouns} of “{document}” {condition}?'],
    ['lawyer', 'The definitions of “{document}” are to be changed. Name all the {nouns} that {condition}.'],
    ['researcher', 'For a study of its definitions, list the {nouns} of “{document}” that {condition}.'],
    ['analyst', 'I am mapping the definitions of “{document}”. Which {nouns} {condition}?'],
    ['customer', 'Please tell me which {nouns} of “{document}” {condition}. I need all of them.'],
    ['student', 'Which {nouns} {condition} in “{document}”? List all of them.'],
    ['editor', 'For the index to “{document}” I need a list of the {nouns} that {condition}. Please miss none.'],
    ['colleague', 'Could you pull the {nouns} out of “{document}” that {condition}?'],
  ],
  zh: [
    ['plain', '《{document}》中哪些{nouns}里{condition}？'],
    ['lawyer', '《{document}》的定义将要修改，请指明哪些{nouns}里{condition}。'],
    ['researcher', '为考察术语的使用范围，请列出《{document}》中哪些{nouns}里{condition}。'],
    ['analyst', '请查一查《{document}》中哪些{nouns}里{condition}，给出完整名单。'],
    ['customer', '请告诉我《{document}》中哪些{nouns}里{condition}，要全部的。'],
    ['student', '请通读《{document}》，记下哪些{nouns}里{condition}。'],
    ['editor', '要给《{document}》做索引，需要知道哪些{nouns}里{condition}，请勿遗漏。'],
    ['colleague', '帮我找一下《{document}》中哪些{nouns}里{condition}，都列出来。'],
  ],
});
