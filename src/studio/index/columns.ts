/** @file Columns that grow: typed arrays for a million rollouts in a few dozen megabytes, and words by number. */

type Typed = Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array;

/** One number a row, of a fixed width. */
export class Column<T extends Typed> {
  private readonly make: new (
    length: number,
  ) => T;
  values: T;
  length = 0;

  constructor(make: new (length: number) => T) {
    this.make = make;
    this.values = new make(1024);
  }

  push(value: number): void {
    if (this.length === this.values.length) this.reserve(this.length * 2);
    this.values[this.length++] = value;
  }

  at(row: number): number {
    return this.values[row] ?? Number.NaN;
  }

  /** Forgets the rows from `length` on. */
  truncate(length: number): void {
    this.length = Math.min(this.length, length);
  }

  /** Takes over bytes that `bytes()` gave. */
  load(bytes: Uint8Array): void {
    const width = this.values.BYTES_PER_ELEMENT;
    this.length = Math.floor(bytes.byteLength / width);
    this.values = new this.make(Math.max(1024, this.length));
    new Uint8Array(this.values.buffer).set(bytes.subarray(0, this.length * width));
  }

  bytes(): Uint8Array {
    return new Uint8Array(this.values.buffer, 0, this.length * this.values.BYTES_PER_ELEMENT);
  }

  private reserve(length: number): void {
    const larger = new this.make(length);
    larger.set(this.values);
    this.values = larger;
  }
}

/** Words by number, in order of first appearance. */
export class Words {
  readonly list: string[] = [];
  private readonly numbers = new Map<string, number>();

  constructor(words: readonly string[] = []) {
    for (const word of words) this.number(word);
  }

  /** The number of a word, new or known. */
  number(word: string): number {
    const known = this.numbers.get(word);
    if (known !== undefined) return known;
    this.numbers.set(word, this.list.length);
    return this.list.push(word) - 1;
  }

  find(word: string): number | undefined {
    return this.numbers.get(word);
  }

  word(number: number): string {
    return this.list[number] ?? '';
  }
}
