/**
 * @file Questions of one kind, whose answers are all alike: where one asks for a day and the other for a number, the pairs could be found without
 * the text.
 */
import type { QuestionLanguage } from '../../language.ts';

/** What a question asks for, by its last words. */
export type Asks = 'whether' | 'how many' | 'when' | 'who' | 'what';

const kinds: Readonly<Record<QuestionLanguage, readonly (readonly [Asks, RegExp])[]>> = {
  en: [
    ['when', /\b(?:when|since when|(?:on )?(?:what|which) (?:date|day|year|month)s?)\b/i],
    ['how many', /\bhow (?:many|much|long|often|far|large|big|old)\b|\bwhat (?:share|percentage|proportion|number)\b/i],
    ['who', /\b(?:who|whose|whom)\b/i],
    ['what', /\b(?:what|which|why|how|where)\b/i],
    ['whether', /^/],
  ],
  zh: [
    ['when', /什么时候|何时|哪一?[天年月日]|几[月号点]/],
    ['how many', /多少|几|多久|多长|多大/],
    ['who', /谁|哪[位个]人/],
    ['what', /什么|为何|怎么|怎样|如何|哪/],
    ['whether', /^/],
  ],
};

/** The kind of a question. */
export const asksFor = (question: string, language: QuestionLanguage): Asks =>
  kinds[language].find(([, pattern]) => pattern.test(question))?.[0] ?? 'whether';

const wordsOf = (text: string): Set<string> =>
  new Set(
    (text.toLowerCase().match(/\p{Script=Han}{2,}|[a-z]{5,}/gu) ?? []).flatMap((word) =>
      /^[a-z]/.test(word)
        ? [word.slice(0, 6)]
        : Array.from({ length: word.length - 1 }, (_, i) => word.slice(i, i + 2)),
    ),
  );

/** Whether a question shares a longer word with an answer. */
export function sharesWords(question: string, answer: string): boolean {
  const own = wordsOf(question);
  return [...wordsOf(answer)].some((word) => own.has(word));
}
