/** @file How questions name numbered provisions: said by generators, read back by solvers. */
import { phrase } from '../reading/phrase.ts';
import type { QuestionLanguage } from './language.ts';

/** By its heading, which has to be found before its number is known. */
export const headed = phrase({ en: 'the {noun} headed “{title}”', zh: '题为“{title}”的{noun}' });

/** What a name counts, as the subject of a question: `Articles`, `sections`, `条文`. */
export function nounsOf(name: string, language: QuestionLanguage): string {
  if (language === 'zh') return name.endsWith('条') ? '条文' : '小节';
  return `${name.replace(/ \S+$/, '')}s`;
}

/** One of them. */
export const nounOf = (nouns: string): string => (/^\p{Script=Han}/u.test(nouns) ? nouns : nouns.replace(/s$/, ''));

/** A name of the kind that a noun stands for, for readers that look for such headings. */
export const nameLike = (noun: string): string => {
  if (noun === '条文') return '第一条';
  return noun === '小节' ? '第1节' : `${noun.replace(/s$/, '')} 1`;
};
