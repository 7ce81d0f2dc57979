/**
 * @file Texts as word numbers, without a string for each word: the units of a word are hashed as they are read, and the hash looks
 * the number up. Words are told apart by 64 bits: among a million of them two are taken for one with a chance of 10^-7.
 */
import { unitClasses, type WordForm } from './word-form.ts';

const { separator, letter, single, apostrophe, skip, slow, digit } = unitClasses;

const primes = [0x01000193, 0x85ebca6b] as const;
const seeds = [0x811c9dc5 | 0, 0x9747b28c | 0] as const;

/** Tokens read slowly that are kept, and units of one at most. */
const remembered = { tokens: 1 << 14, length: 64 } as const;

/** A piece of a string keeps the whole of it in memory; a copy does not. */
const copyOf = (text: string): string => Buffer.from(text, 'utf16le').toString('utf16le');

/** Numbers of words from 1, by hash. */
class WordTable {
  private firsts = new Int32Array(1 << 12);
  private seconds = new Int32Array(1 << 12);
  private numbers = new Uint32Array(1 << 12);
  size = 0;

  private slotOf(a: number, b: number): number {
    const mask = this.numbers.length - 1;
    let h = Math.imul(a ^ (a >>> 15), 0x2c1b3c6d) ^ b;
    h ^= h >>> 13;
    let slot = h & mask;
    while (this.numbers[slot] !== 0 && (this.firsts[slot] !== a || this.seconds[slot] !== b)) slot = (slot + 1) & mask;
    return slot;
  }

  find(a: number, b: number): number {
    return this.numbers[this.slotOf(a, b)] ?? 0;
  }

  add(a: number, b: number): number {
    const slot = this.slotOf(a, b);
    const known = this.numbers[slot] ?? 0;
    if (known !== 0) return known;
    this.numbers[slot] = ++this.size;
    this.firsts[slot] = a;
    this.seconds[slot] = b;
    if (this.size * 2 > this.numbers.length) this.grow();
    return this.size;
  }

  private grow(): void {
    const { firsts, seconds, numbers } = this;
    this.firsts = new Int32Array(numbers.length * 2);
    this.seconds = new Int32Array(numbers.length * 2);
    this.numbers = new Uint32Array(numbers.length * 2);
    for (let i = 0; i < numbers.length; i++) {
      if (numbers[i] === 0) continue;
      const slot = this.slotOf(firsts[i] ?? 0, seconds[i] ?? 0);
      this.numbers[slot] = numbers[i] ?? 0;
      this.firsts[slot] = firsts[i] ?? 0;
      this.seconds[slot] = seconds[i] ?? 0;
    }
  }
}

/** Reads texts as word numbers from 1, in the order of adding; 0 stands for a word that was never added. */
export class WordScanner {
  readonly form: WordForm;
  private readonly table = new WordTable();
  /** Numbers of the parts of words that are read as several; those words have the first numbers. */
  private readonly parts: number[][] = [];
  /** Tokens that were read slowly, as they come again; forgotten when words are added. */
  private readonly slow = new Map<string, readonly number[]>();
  private buffer = new Uint32Array(1 << 12);
  private length = 0;

  constructor(form: WordForm) {
    this.form = form;
    const whole = form.splits.map((word) => this.hash(word, true));
    for (const [i, word] of form.splits.entries())
      this.parts[whole[i] ?? 0] = form.words(word).map((part) => this.hash(part, true));
  }

  /** Distinct words. */
  get words(): number {
    return this.table.size;
  }

  private hash(word: string, add: boolean): number {
    let [a, b]: [number, number] = [seeds[0], seeds[1]];
    for (let i = 0; i < word.length; i++) {
      const unit = word.charCodeAt(i);
      a = Math.imul(a ^ unit, primes[0]);
      b = Math.imul(b + unit, primes[1]) ^ (b >>> 15);
    }
    return add ? this.table.add(a, b) : this.table.find(a, b);
  }

  private push(number: number): void {
    if (this.length === this.buffer.length) {
      const buffer = new Uint32Array(this.buffer.length * 2);
      buffer.set(this.buffer);
      this.buffer = buffer;
    }
    this.buffer[this.length++] = number;
  }

  private pushWord(number: number): void {
    const parts = this.parts[number];
    if (parts === undefined) this.push(number);
    else for (const part of parts) this.push(part);
  }

  private pushSlowly(token: string, add: boolean): void {
    const known = add ? undefined : this.slow.get(token);
    const numbers = known ?? this.form.words(token).map((word) => this.hash(word, add));
    for (const number of numbers) this.push(number);
    if (add || known !== undefined || token.length > remembered.length) return;
    if (this.slow.size >= remembered.tokens) this.slow.clear();
    this.slow.set(copyOf(token), numbers);
  }

  /**
   * The words of a text by number, 0 for a word that was never added.
   *
   * @param add Whether new words get numbers.
   * @returns a view that the next scan overwrites.
   */
  scan(text: string, add = false): Uint32Array {
    const { classes, mapped, foldsNumbers } = this.form;
    const end = text.length;
    this.length = 0;
    if (add) this.slow.clear();
    let a: number = seeds[0];
    let b: number = seeds[1];
    let open = false;
    // What the token has so far, to take back where a slow unit turns up: its first unit and the words before it.
    let tokenStart = 0;
    let tokenLength = 0;
    let wordStart = 0;
    let numbered = false;
    for (let i = 0; i <= end; i++) {
      const unit = i === end ? 32 : text.charCodeAt(i);
      const kind = classes[unit] ?? separator;
      if (kind === letter) {
        if (!open) wordStart = i;
        open = true;
        const to = mapped[unit] ?? 0;
        a = Math.imul(a ^ to, primes[0]);
        b = Math.imul(b + to, primes[1]) ^ (b >>> 15);
        continue;
      }
      if (kind === apostrophe) {
        if (open && between(text, i)) continue;
      } else if (kind === skip) continue;
      else if (kind === slow) {
        this.length = tokenLength;
        let stop = i;
        while (stop < end && text.charCodeAt(stop) > 32) stop++;
        this.pushSlowly(text.slice(tokenStart, stop), add);
        open = numbered = false;
        a = seeds[0];
        b = seeds[1];
        i = stop - 1;
        tokenStart = stop;
        tokenLength = this.length;
        continue;
      } else if (kind === digit) {
        if (!open) wordStart = i;
        open = numbered = true;
        i = numberEnd(text, i, classes) - 1;
        a = Math.imul(a ^ 48, primes[0]);
        b = Math.imul(b + 48, primes[1]) ^ (b >>> 15);
        continue;
      }
      if (open) {
        if (foldsNumbers && numbered && hasLetter(text, wordStart, i, classes))
          this.pushSlowly(text.slice(wordStart, i), add);
        else this.pushWord(add ? this.table.add(a, b) : this.table.find(a, b));
        open = numbered = false;
        a = seeds[0];
        b = seeds[1];
      }
      if (kind === single) {
        const to = mapped[unit] ?? 0;
        const [first, second] = [Math.imul(seeds[0] ^ to, primes[0]), Math.imul(seeds[1] + to, primes[1])];
        const mixed = second ^ (seeds[1] >>> 15);
        this.push(add ? this.table.add(first, mixed) : this.table.find(first, mixed));
      }
      if (unit <= 32) {
        tokenStart = i + 1;
        tokenLength = this.length;
      }
    }
    return this.buffer.subarray(0, this.length);
  }
}

const letterUnit = /\p{L}/u;

/** Whether letters stand on both sides. */
const between = (text: string, at: number): boolean =>
  letterUnit.test(text[at - 1] ?? '') && letterUnit.test(text[at + 1] ?? '');

/** Points and commas of several scripts. */
const decimalMarks = new Set(Array.from('.,،٫⎖⎗⎘', (mark) => mark.charCodeAt(0)));

function hasLetter(text: string, start: number, end: number, classes: Uint8Array): boolean {
  for (let at = start; at < end; at++) if (classes[text.charCodeAt(at)] === letter) return true;
  return false;
}

/** The end of a number of digits with at most one point or comma in it. */
function numberEnd(text: string, start: number, classes: Uint8Array): number {
  const isDigit = (at: number): boolean => classes[text.charCodeAt(at)] === digit;
  let at = start;
  while (isDigit(at)) at++;
  if (decimalMarks.has(text.charCodeAt(at)) && isDigit(at + 1)) {
    at++;
    while (isDigit(at)) at++;
  }
  return at;
}
