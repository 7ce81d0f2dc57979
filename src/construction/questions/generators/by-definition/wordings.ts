/** @file What tells a defined term from the others, and how one asks for it. */
import { phrase } from '../../../reading/phrase.ts';
import { wordings } from '../../wordings.ts';

export const clues = {
  refers: phrase({ en: 'is explained by reference to {place}', zh: '其定义引用了{place}' }),
  builds: phrase({
    en: 'is explained with the help of the term “{term}” and is used in {place}',
    zh: '其定义用到了术语“{term}”，并且在{place}中使用',
  }),
  only: phrase({
    en: 'is used in {place} and in {other}, and in none of the other {nouns} but the one that defines it',
    zh: '除定义处外，只在{place}和{other}这两处{nouns}中使用',
  }),
  without: phrase({
    en: 'is used in {place} and in {other} but not in {third}',
    zh: '在{place}和{other}中使用，而在{third}中没有使用',
  }),
};

export const asked = wordings({
  en: [
    ['plain', 'Which term defined in “{document}” {clue}?'],
    ['lawyer', 'Name the one term defined in “{document}” that {clue}.'],
    ['researcher', 'Of all the terms that “{document}” defines, exactly one {clue}. Which?'],
    ['analyst', 'I am looking for a defined term of “{document}”. It {clue}. What is it?'],
    ['customer', 'There is a word with a fixed meaning in “{document}” that {clue}. Which one is that?'],
    ['student', 'Find the term, defined in “{document}”, that {clue}.'],
    ['editor', 'For the glossary: which of the terms that “{document}” defines {clue}?'],
    ['colleague', 'What was the defined term in “{document}” that {clue}?'],
  ],
  zh: [
    ['plain', '“{document}”所定义的术语中，哪一个符合：{clue}？'],
    ['lawyer', '请写出“{document}”所定义的、符合下述情形的唯一术语：{clue}。'],
    ['researcher', '在“{document}”定义的全部术语里，只有一个{clue}，是哪个？'],
    ['analyst', '我在找“{document}”里的一个已定义术语：{clue}。它是什么？'],
    ['customer', '“{document}”里有个词有专门的含义，{clue}。请问是哪个词？'],
    ['student', '请找出“{document}”中的这一术语：{clue}。'],
    ['editor', '编术语表用：“{document}”定义的术语，哪个是{clue}的？'],
    ['colleague', '“{document}”里的那个术语叫什么来着？{clue}。'],
  ],
});
