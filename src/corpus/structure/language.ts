/**
 * @file The language of a text, without a model: Chinese by its script, English by the words that no English prose is
 * without and that other languages written in Latin letters lack.
 */
import type { Document } from '../document.ts';

const englishWords = new Set(['the', 'and', 'of', 'to', 'that', 'with', 'for', 'this', 'from', 'have']);

/** Share of the letters that are Han, and of the words that are English function words. English prose has 0.10 to 0.25. */
const least = { han: 0.2, english: 0.04 };

/** Characters that are looked at: enough to tell, and a book costs no more than a page. */
const sample = 20_000;

/** `und` is ISO 639's code for an undetermined language. */
export function detectLanguage(text: string): Document['language'] {
  const head = text.slice(0, sample);
  const letters = head.match(/\p{L}/gu)?.length ?? 0;
  const han = head.match(/\p{Script=Han}/gu)?.length ?? 0;
  if (letters > 0 && han / letters >= least.han) return 'zh';
  const words = head.toLowerCase().match(/\p{L}+/gu) ?? [];
  const english = words.filter((word) => englishWords.has(word)).length;
  return words.length > 0 && english / words.length >= least.english ? 'en' : 'und';
}
