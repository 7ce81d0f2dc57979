/** @file What the dictionary of the runtime has as Chinese words, and where its words begin. */

const words = new Intl.Segmenter('zh', { granularity: 'word' });
/** Whether the characters are a word of the dictionary, or begin with one: `金融`, `方面的`. Names of three characters stand there as names. */
export function isWord(name: string): boolean {
  const [first = '', ...rest] = [...words.segment(name)].map(({ segment }) => segment);
  return rest.length === 0 ? name.length === 2 : first.length > 1;
}

/** Whether the dictionary has a word of the last two characters: `高速路` is no name. */
export const anyWord = (name: string): boolean =>
  [...words.segment(name)].some(({ segment, isWordLike }) => segment.length > 1 && isWordLike === true);

/** Whether a word begins here, by the dictionary: not within `以|色列`. */
export function beginsWord(text: string, at: number): boolean {
  const from = Math.max(0, at - 3);
  for (const { index } of words.segment(text.slice(from, at + 4))) if (index === at - from) return true;
  return false;
}

export const isDictionary = (name: string): boolean => [...words.segment(name)].length === 1;
