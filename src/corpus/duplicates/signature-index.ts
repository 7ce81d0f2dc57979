/**
 * @file MinHash signatures of many documents and the tables of their bands, in typed arrays. A slot of the table is a document's number;
 * the band's key is read from its signature, so that a document takes 200 bytes for the signature and 107 to 213 for 20 slots.
 */
import { bandSize, bands, minHash, mix, signatureSize } from './min-hash.ts';

const chunkSize = 2 ** 12;
/** Documents of one template share bands: the twin of a later one must not hide behind the first of them. */
const mostHolders = 4;

/** An earlier signature, by its number, that is as similar as was asked for. */
export interface Neighbour {
  readonly of: number;
  /** Share of the signature that is equal: the estimated Jaccard similarity. */
  readonly similarity: number;
}

/** Low halves of the text's MinHash signature, shape [100]: what is stored and compared. */
export const signatureOf = (text: string): Uint16Array => Uint16Array.from(minHash(text));

/** Signatures numbered from 0 in the order of `add`, found again by their bands. */
export class SignatureIndex {
  /** In chunks, because one array would be copied at each growth. */
  private readonly chunks: Uint16Array[] = [];
  /** Document number + 1 where a band of it is among the first of its key; 0 is an empty slot. Open addressing, linear probing. */
  private slots = new Uint32Array(2 ** 14);
  private used = 0;
  private documents = 0;

  /** Gives the signature the next number. */
  add(signature: Uint16Array): void {
    const offset = (this.documents % chunkSize) * signatureSize;
    if (offset === 0) this.chunks.push(new Uint16Array(chunkSize * signatureSize));
    this.chunks.at(-1)?.set(signature, offset);
    const number = this.documents++;
    if ((this.used + bands) * 4 >= this.slots.length * 3) this.rebuild();
    else this.insert(number, signature);
  }

  /** The first document that shares a band and is at least that similar. */
  nearest(signature: Uint16Array, threshold: number): Neighbour | undefined {
    const candidates = new Set<number>();
    for (let band = 0; band < bands; band++)
      for (const of of this.holders(signature, band).documents) candidates.add(of);
    for (const of of candidates) {
      const similarity = this.similarity(signature, of);
      if (similarity >= threshold) return { of, similarity };
    }
    return undefined;
  }

  /** The documents that are kept under this band, and the empty slot where the next one belongs. */
  private holders(
    signature: Uint16Array,
    band: number,
  ): { readonly documents: readonly number[]; readonly free: number } {
    const mask = this.slots.length - 1;
    let hash = mix(band + 1);
    for (let i = band * bandSize; i < (band + 1) * bandSize; i++) hash = mix(hash ^ (signature[i] ?? 0));
    const documents: number[] = [];
    let at = hash & mask;
    for (let number = this.slots[at] ?? 0; number !== 0; number = this.slots[at] ?? 0) {
      if (this.sharesBand(signature, number - 1, band)) documents.push(number - 1);
      if (documents.length === mostHolders) break;
      at = (at + 1) & mask;
    }
    return { documents, free: at };
  }

  private sharesBand(signature: Uint16Array, document: number, band: number): boolean {
    const chunk = this.chunks[Math.floor(document / chunkSize)];
    const offset = (document % chunkSize) * signatureSize;
    for (let i = band * bandSize; i < (band + 1) * bandSize; i++)
      if (chunk?.[offset + i] !== signature[i]) return false;
    return true;
  }

  private insert(number: number, signature: Uint16Array): void {
    for (let band = 0; band < bands; band++) {
      const { free } = this.holders(signature, band);
      if (this.slots[free] !== 0) continue;
      this.slots[free] = number + 1;
      this.used++;
    }
  }

  /** Twice the slots, filled anew from the signatures: the old table is gone before the new one is there. */
  private rebuild(): void {
    const size = this.slots.length * 2;
    this.slots = new Uint32Array(0);
    this.slots = new Uint32Array(size);
    this.used = 0;
    for (let number = 0; number < this.documents; number++) {
      const offset = (number % chunkSize) * signatureSize;
      const signature = this.chunks[Math.floor(number / chunkSize)]?.subarray(offset, offset + signatureSize);
      if (signature !== undefined) this.insert(number, signature);
    }
  }

  private similarity(signature: Uint16Array, document: number): number {
    const chunk = this.chunks[Math.floor(document / chunkSize)];
    const offset = (document % chunkSize) * signatureSize;
    let equal = 0;
    for (let i = 0; i < signatureSize; i++) if (chunk?.[offset + i] === signature[i]) equal++;
    return equal / signatureSize;
  }
}
