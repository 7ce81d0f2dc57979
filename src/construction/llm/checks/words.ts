/** @file Words of a text for comparison, in either language. */
import { type Folded, foldedText } from '../../gates/locate.ts';

/** Chinese characters among the letters, from 0 to 1. */
export const hanShare = (text: string): number =>
  (text.match(/\p{Script=Han}/gu)?.length ?? 0) / Math.max(1, text.match(/\p{L}/gu)?.length ?? 0);

/** Words without marks and articles; of Chinese each character. */
export const bareWords = (text: string): string[] =>
  (foldedText(text).match(/\p{Script=Han}|(?!\p{Script=Han})[\p{L}\p{N}]+/gu) ?? []).filter(
    (word) => !/^(?:the|an?)$/.test(word),
  );

/** Words in which two texts agree, as a share of the words of both. */
export function overlap(one: string, other: string): number {
  const [a, b] = [new Set(bareWords(one)), new Set(bareWords(other))];
  const shared = [...a].filter((word) => b.has(word)).length;
  return shared / Math.max(1, a.size + b.size - shared);
}

/** Whether anything of an option is of the document: a word of some length, a figure, a pair of characters. Options are in own words. */
export function isOfDocuments(option: string, documents: readonly Folded[]): boolean {
  const words = bareWords(option);
  const parts =
    hanShare(option) > 0.5
      ? words.slice(1).map((word, i) => `${words[i]}${word}`)
      : words.filter((word) => word.length > 3 || /\d/.test(word));
  // Inflected words keep their stem.
  const stems = parts.map((part) => (part.length > 5 ? part.slice(0, 5) : part));
  return parts.length === 0 || stems.some((stem) => documents.some(({ text }) => text.includes(stem)));
}

/** Length as a limit counts it: words, of Chinese characters and other words. */
export const summaryLength = (text: string): number =>
  hanShare(text) > 0.5 ? (text.match(/\p{Script=Han}|[A-Za-z0-9]+/gu)?.length ?? 0) : text.trim().split(/\s+/).length;

/** The limit of length that a question states; undefined where it states none. */
export function statedLimit(question: string): number | undefined {
  const limits = [...question.matchAll(/(\d{2,4})\s*(?:[-–到至]\s*(\d{2,4})\s*)?(?:个)?(?:words?|字|characters?)/gi)];
  const most = limits.map(([, one, two]) => Number(two ?? one));
  return most.length === 0 ? undefined : Math.max(...most);
}

/** Words of which more than 60 % stand in a document eight at a time are a copy. */
export function isCopied(summary: string, documents: readonly Folded[]): boolean {
  const folded = foldedText(summary);
  const units = hanShare(summary) > 0.5 ? [...folded] : folded.split(' ');
  const joint = hanShare(summary) > 0.5 ? '' : ' ';
  const grams = units.slice(7).map((_, i) => units.slice(i, i + 8).join(joint));
  return grams.filter((gram) => documents.some(({ text }) => text.includes(gram))).length > 0.6 * grams.length;
}
