/**
 * @file MinHash signatures (Broder 1997) over shingles of 5 words, or of 5 characters where the text is Chinese; 20 bands of 5.
 * Two texts with Jaccard similarity s share a band with probability 1 - (1 - s^5)^20: 0.92 at s = 0.65, 0.9999 at 0.82, which is what
 * two texts have that are equal but for one tenth in one place. datatrove's 14 bands of 8 miss 4 in 100 of those, and its rule is that
 * a shared band is a duplicate; here it is a candidate. Ten hash functions spread the shingles over ten bins each (Li, Owen and Zhang 2012), so
 * that a shingle costs ten numbers and not a hundred; empty bins of short texts are filled by rotation (Shrivastava and Li 2014).
 */

/** Bands of a signature: texts that share one are candidates. */
export const bands = 20;

/** Numbers of the signature in a band. */
export const bandSize = 5;

/** Numbers of a signature: 100. */
export const signatureSize = bands * bandSize;
const shingle = 5;

/** The finaliser of MurmurHash3: every bit of the input moves every bit of the output. */
export function mix(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Hash functions, and the bins that each spreads the shingles over: one number of the signature a bin. */
const functions = 10;
const bins = signatureSize / functions;

const multipliers = Uint32Array.from({ length: functions }, (_, i) => mix(2 * i + 1) | 1);
const offsets = Uint32Array.from({ length: functions }, (_, i) => mix(2 * i + 2));

const isHan = (code: number): boolean => code >= 0x3400 && code <= 0x9fff;
const isWordCode = (code: number): boolean =>
  (code >= 48 && code <= 57) ||
  (code >= 97 && code <= 122) ||
  (code >= 0xc0 && code !== 0xd7 && code < 0x2000) ||
  (code >= 0x3040 && !(code >= 0xff00 && code <= 0xffef));

/** Hashes of the words in lower case; a Han character is a word of its own. Punctuation and spacing do not count. */
export function wordHashes(text: string): Uint32Array {
  const lower = text.toLowerCase();
  const hashes = new Uint32Array(lower.length);
  let words = 0;
  let hash = 0;
  let open = false;
  for (let i = 0; i < lower.length; i++) {
    const code = lower.charCodeAt(i);
    // Most are small letters of ASCII: they are told by one comparison.
    const han = code > 122 && isHan(code);
    if ((code >= 97 && code <= 122) || (!han && isWordCode(code))) {
      hash = (Math.imul(hash, 31) + code) | 0;
      open = true;
      continue;
    }
    if (open) hashes[words++] = mix(hash);
    open = false;
    hash = 0;
    if (han) hashes[words++] = mix(code);
  }
  if (open) hashes[words++] = mix(hash);
  return hashes.subarray(0, words);
}

const unset = 0xffffffff;

/** A bin that no shingle of a short text fell into takes over what the next full one has, mixed with how far away that is. */
function fillBins(signature: Uint32Array): void {
  for (let from = 0; from < signatureSize; from += bins) {
    const own = signature.slice(from, from + bins);
    for (let i = 0; i < bins; i++) {
      let far = 0;
      while (far < bins && own[(i + far) % bins] === unset) far++;
      if (far > 0) signature[from + i] = mix((own[(i + far) % bins] ?? 0) + Math.imul(far, 0x9e3779b1));
    }
  }
}

/** One hash function over all shingles, so that its two numbers stay at hand: the least value of each of its bins, from `first` on. */
function spread(keys: Uint32Array, multiplier: number, offset: number, signature: Uint32Array, first: number): void {
  for (let at = 0; at < keys.length; at++) {
    const value = mix(Math.imul(keys[at] ?? 0, multiplier) + offset);
    // By its high half: the low halves are what is stored.
    const bin = first + (((value >>> 16) * bins) >>> 16);
    if (value < (signature[bin] ?? 0)) signature[bin] = value;
  }
}

/** Shape [100]. A text of fewer than 5 words is one shingle. */
export function minHash(text: string): Uint32Array {
  const words = wordHashes(text);
  const signature = new Uint32Array(signatureSize).fill(unset);
  const last = Math.max(0, words.length - shingle);
  const keys = new Uint32Array(last + 1);
  for (let at = 0; at <= last; at++) {
    let hash = 0;
    const end = Math.min(words.length, at + shingle);
    for (let i = at; i < end; i++) hash = Math.imul(hash ^ (words[i] ?? 0), 0x9e3779b1) + i - at;
    keys[at] = mix(hash);
  }
  for (let i = 0; i < functions; i++) spread(keys, multipliers[i] ?? 1, offsets[i] ?? 0, signature, i * bins);
  fillBins(signature);
  return signature;
}
