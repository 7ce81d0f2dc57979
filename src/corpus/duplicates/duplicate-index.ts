/**
 * @file P1: exact and near duplicates in a stream. A document is kept or is a copy of an earlier one; memory is about 0.5 KB a
 * kept document (its band keys and a 16-bit signature), whatever its length.
 */
import { createHash } from 'node:crypto';
import { HashTable } from './hash-table.ts';
import { bandKeys, minHash, signatureSize } from './min-hash.ts';

export interface Duplicate {
  readonly type: 'exact' | 'near';
  /** Number of the earlier document, in the order of `admit`. */
  readonly of: number;
  /** Estimated Jaccard similarity of the shingles; 1 for an exact copy. */
  readonly similarity: number;
}

export interface DuplicateOptions {
  /** Estimated similarity from which a document is a near duplicate. Above 1: only exact copies are found. */
  readonly threshold?: number;
}

const chunkSize = 2 ** 12;

export class DuplicateIndex {
  private readonly threshold: number;
  private readonly exact = new HashTable();
  private readonly near = new HashTable();
  /** Low halves of the signatures, in chunks, because one array would be copied at each growth. */
  private readonly signatures: Uint16Array[] = [];
  private documents = 0;

  constructor({ threshold = 0.8 }: DuplicateOptions = {}) {
    this.threshold = threshold;
  }

  /** Keeps the document and gives it the next number; or says what it is a copy of, and keeps nothing. */
  admit(text: string): Duplicate | undefined {
    const digest = createHash('sha256').update(text, 'utf8').digest();
    const [high, low] = [digest.readUInt32LE(0), digest.readUInt32LE(4)];
    const twin = this.exact.get(high, low);
    if (twin !== undefined) return { type: 'exact', of: twin, similarity: 1 };
    if (this.threshold <= 1) {
      const signature = minHash(text);
      const keys = bandKeys(signature);
      const near = this.nearest(signature, keys);
      if (near !== undefined) return near;
      for (const key of keys) this.near.add(...key, this.documents);
      this.store(signature);
    }
    this.exact.add(high, low, this.documents++);
    return undefined;
  }

  private nearest(signature: Uint32Array, keys: readonly [number, number][]): Duplicate | undefined {
    const candidates = new Set(keys.map((key) => this.near.get(...key)).filter((found) => found !== undefined));
    for (const of of candidates) {
      const similarity = this.similarity(signature, of);
      if (similarity >= this.threshold) return { type: 'near', of, similarity };
    }
    return undefined;
  }

  private store(signature: Uint32Array): void {
    const offset = (this.documents % chunkSize) * signatureSize;
    if (offset === 0) this.signatures.push(new Uint16Array(chunkSize * signatureSize));
    this.signatures.at(-1)?.set(
      signature.map((value) => value & 0xffff),
      offset,
    );
  }

  private similarity(signature: Uint32Array, document: number): number {
    const chunk = this.signatures[Math.floor(document / chunkSize)];
    const offset = (document % chunkSize) * signatureSize;
    let equal = 0;
    for (let i = 0; i < signatureSize; i++) if (chunk?.[offset + i] === ((signature[i] ?? 0) & 0xffff)) equal++;
    return equal / signatureSize;
  }
}
