/**
 * @file Which questions of a benchmark ask about one thing, so that whoever asks one repeats the benchmark, over however many contexts.
 * The others are boilerplate of their kind ("How many chapters are there?"): a benchmark asks them of several contexts itself, or they
 * name nothing and have few words that tell anything.
 */
import { type BenchmarkIndex, plainWords, type Source } from './benchmark-index.ts';

/**
 * Different telling words from which a question is about one thing; characters in Chinese. One that comes with a context may ask the same of
 * any ("The 9 parts above are one text in the wrong order ..."), and must tell more.
 */
const leastTelling = { words: 6, wordsBesideContext: 9, han: 12 };

/** A name: a capital letter within a sentence. */
const name = /[^\s.?!:]\s+["'(“‘]?\p{Lu}\p{L}/u;

/** Whether words are about one thing: they name it, tell enough of it, or stand alone and are as many as nobody chooses alike (`long`). */
function isAboutOne(
  text: string,
  words: readonly string[],
  { long, context }: { long: number; context: boolean },
): boolean {
  const han = words.filter((word) => /^\p{Script=Han}/u.test(word));
  if (han.length * 2 > words.length) return new Set(han).size >= leastTelling.han;
  if (!context && (words.length >= long || /\d/.test(text))) return true;
  if (name.test(text) && text !== text.toUpperCase()) return true;
  const telling = new Set(words.filter((word) => !plainWords.has(word) && !/\d/.test(word))).size;
  return telling >= (context ? leastTelling.wordsBesideContext : leastTelling.words);
}

/** Whether a question that equals this source is the benchmark's own, whoever asks it. */
export function isSpecificQuestion(index: BenchmarkIndex, source: Source): boolean {
  const same = index.asking(index.pool.slice(source.base, source.base + source.length));
  const contexts = new Set(same.map(({ item }) => item.texts.context?.join('\n')).filter((text) => text !== undefined));
  const options = { long: index.longest, context: contexts.size > 0 };
  return contexts.size < 2 && isAboutOne(source.text, index.form.words(source.text), options);
}
