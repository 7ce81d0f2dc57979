/**
 * @file Word n-grams as numbers. Words are compared after NFKC, lower case and with punctuation as blanks; digits are kept
 * (folding them would make all numeric questions alike); a Han character counts as a word, since Chinese has no blanks.
 */

/** The words of a text in their compared form. */
export function comparedWords(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/\p{Script=Han}|[\p{L}\p{N}]+/gu) ?? []
  );
}

/** 2^26: two words of the rolling state together stay inside the 53 bits that a number holds exactly. */
const modulus = 67_108_859;

/**
 * Hashes n-grams with a rolling polynomial in two moduli (52 bits together: one false match in about 10^15 comparisons).
 * Words are numbered in order of first sight, so grams of one hasher are comparable with each other only.
 */
export class GramHasher {
  readonly n: number;
  private readonly numbers = new Map<string, number>();

  constructor(n: number) {
    this.n = n;
  }

  private wordNumber(word: string): number {
    const known = this.numbers.get(word);
    if (known !== undefined) return known;
    const number = this.numbers.size + 1;
    this.numbers.set(word, number);
    return number;
  }

  /** One number for each of the `words.length - n + 1` grams, in order; none for shorter lists. */
  hashes(words: readonly string[]): Float64Array {
    const { n } = this;
    const out = new Float64Array(Math.max(0, words.length - n + 1));
    const numbers = words.map((word) => this.wordNumber(word));
    // Products stay below 2^53: modulus (26 bits) times base (20 and 21 bits) plus a word number.
    const bases = [1_000_003, 1_299_709] as const;
    const drop = bases.map((base) => {
      let power = 1;
      for (let i = 0; i < n; i++) power = (power * base) % modulus;
      return power;
    });
    let a = 0;
    let b = 0;
    for (let i = 0; i < numbers.length; i++) {
      const word = numbers[i] as number;
      a = (a * bases[0] + word) % modulus;
      b = (b * bases[1] + word) % modulus;
      if (i >= n) {
        const gone = numbers[i - n] as number;
        a = (a + modulus - ((gone * (drop[0] as number)) % modulus)) % modulus;
        b = (b + modulus - ((gone * (drop[1] as number)) % modulus)) % modulus;
      }
      if (i >= n - 1) out[i - n + 1] = a * modulus + b;
    }
    return out;
  }
}
