/** @file How often a text writes words in lower case: what it does more often than in capitals is no name. */

const isLower = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 0xdf && code <= 0xff) || (code >= 0x430 && code <= 0x45f);
const isLetter = (code: number): boolean => isLower(code) || (code >= 65 && code <= 90) || code >= 0xc0;

/** `josiah-pember.md`, `ann@lowe.example`, `#meshgarden`: names of files, addresses and channels are all written small. */
function inAddress(text: string, start: number, end: number): boolean {
  const [before, after, behind] = [text.charCodeAt(start - 1), text.charCodeAt(end), text.charCodeAt(end + 1)];
  if (before === 64 || before === 47 || before === 95 || before === 35 || after === 64 || after === 95 || after === 47)
    return true;
  return (after === 46 && isLower(behind)) || (before === 46 && isLetter(text.charCodeAt(start - 2)));
}

const bits = 1 << 16;

/** Counts of the words given, in lower case, that stand whole and in lower case in the text. One pass; words of no interest are not even cut out. */
export function lowerCounts(text: string, words: ReadonlySet<string>): Map<string, number> {
  const counts = new Map<string, number>();
  const wanted = new Uint8Array(bits);
  const hashOf = (word: string): number => {
    let hash = 0;
    for (let i = 0; i < word.length; i++) hash = (Math.imul(hash, 31) + word.charCodeAt(i)) | 0;
    return hash & (bits - 1);
  };
  for (const word of words) wanted[hashOf(word)] = 1;
  for (let i = 0; i < text.length; ) {
    let code = text.charCodeAt(i);
    if (code < 65 || !isLetter(code)) {
      i++;
      continue;
    }
    const start = i;
    let hash = 0;
    let lower = true;
    // Most letters are those of ASCII: they are told by one comparison.
    for (; code >= 97 && code <= 122; code = text.charCodeAt(++i)) hash = (Math.imul(hash, 31) + code) | 0;
    while (i < text.length && isLetter(code)) {
      lower &&= isLower(code);
      hash = (Math.imul(hash, 31) + code) | 0;
      code = text.charCodeAt(++i);
    }
    if (!lower || wanted[hash & (bits - 1)] === 0 || i - start > 40) continue;
    const word = text.slice(start, i);
    if (inAddress(text, start, i)) continue;
    if (words.has(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}
