/** @file Which uses of terms count, and how one asks for the provisions that have them. */
import { phrase } from '../../../reading/phrase.ts';
import { wordings } from '../../wordings.ts';

/** What is to be true of the ones that are listed. */
export const conditions = {
  both: phrase({
    en: 'use the defined term “{term}” as well as “{other}”',
    zh: '既使用了定义的术语“{term}”，又使用了“{other}”',
  }),
  without: phrase({
    en: 'use the defined term “{term}” but not “{other}”',
    zh: '使用了定义的术语“{term}”，但没有使用“{other}”',
  }),
  one: phrase({ en: 'use the defined term “{term}”', zh: '使用了定义的术语“{term}”' }),
};

export const asked = wordings({
  en: [
    ['plain', 'Which {nouns} of “{document}” {condition}?'],
    ['lawyer', 'The definitions of “{document}” are to be changed. Name all the {nouns} that {condition}.'],
    ['researcher', 'To see how far its vocabulary reaches, list the {nouns} of “{document}” that {condition}.'],
    ['analyst', 'Filter the {nouns} of “{document}”: keep those that {condition}, and give me the whole list.'],
    ['customer', 'Where does it come up in “{document}”? I need the {nouns} that {condition}.'],
    ['student', 'Read through “{document}” and note all the {nouns} that {condition}.'],
    ['editor', 'For the index to “{document}” I need a list of the {nouns} that {condition}. Please miss none.'],
    ['colleague', 'Could you pull the {nouns} out of “{document}” that {condition}?'],
  ],
  zh: [
    ['plain', '“{document}”中，有哪些{nouns}是{condition}的？'],
    ['lawyer', '“{document}”的定义将要修改，请指明符合下述情形的全部{nouns}：{condition}。'],
    ['researcher', '为考察术语的使用范围，请列出“{document}”中这样的{nouns}：{condition}。'],
    ['analyst', '请筛选“{document}”的{nouns}，只留下符合以下条件的（{condition}），并给出完整名单。'],
    ['customer', '“{document}”里哪些地方会涉及？我需要这样的{nouns}：{condition}。'],
    ['student', '请通读“{document}”，记下所有这样的{nouns}：{condition}。'],
    ['editor', '要给“{document}”做索引，需要这样一些{nouns}：{condition}。请勿遗漏。'],
    ['colleague', '帮我把“{document}”里这样的{nouns}都找出来：{condition}。'],
  ],
});
