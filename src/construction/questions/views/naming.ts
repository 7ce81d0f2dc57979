/** @file How a question names a provision: by its heading where it has one of its own, else by its number. */
import type { QuestionLanguage } from '../language.ts';
import { headed, nounOf, nounsOf } from '../provision-words.ts';
import type { Provision, Provisions } from './provisions.ts';

const folded = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ');

/** Whether a heading tells a provision from the others. */
export const hasOwnTitle = ({ all }: Provisions, { title }: Provision): boolean =>
  title.length >= 4 &&
  title.length <= 80 &&
  !/[“”]/.test(title) &&
  all.filter((one) => folded(one.title) === folded(title)).length === 1;

/** `the Article headed “Liability”`, `第八条`. */
export function naming(provisions: Provisions, provision: Provision, language: QuestionLanguage): string {
  if (!hasOwnTitle(provisions, provision)) return provision.name;
  return headed.say(language, { noun: nounOf(nounsOf(provision.name, language)), title: provision.title });
}

/** What the provisions are called together. */
export const nouns = ({ all }: Provisions, language: QuestionLanguage): string => nounsOf(all[0]?.name ?? '', language);
