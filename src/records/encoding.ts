/**
 * @file Text of any encoding as UTF-8, in a stream: the encoding that the caller names, else that of the byte order mark, else UTF-16 where
 * zero bytes stand as in it (RFC 4627, section 3), else UTF-8, else what chardet tells with some distance from its second guess. Where
 * nothing is told, the bytes pass as they are, and each row that is no UTF-8 is refused by name: a wrong guess would go unseen.
 *
 * Decoding is Node's own (the WHATWG encodings): it refuses what is not in the encoding, which iconv-lite replaces by U+FFFD.
 */
import { isAscii, isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { UsageError } from '../errors.ts';
import { peekBytes, skipBytes } from './bytes.ts';
import { QuarantineError } from './reader.ts';

const startsWith = (bytes: Uint8Array, ...mark: readonly number[]): boolean =>
  mark.every((byte, i) => bytes[i] === byte);

/** How many zero bytes of ASCII's other half a text in UTF-16 has at least; Chinese JSON has its quotes and digits. */
const [leastZeros, mostOthers] = [0.05, 0.002];

/** UTF-16 without a mark: zeros at one half of the places, and hardly any at the other. */
function wideOf(head: Uint8Array): string | undefined {
  const units = Math.floor(head.length / 2);
  if (units < 2) return undefined;
  const zeros = [0, 0];
  for (let i = 0; i < 2 * units; i++) if (head[i] === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  const [high = 0, low = 0] = zeros;
  if (low >= leastZeros * units && low >= 2 && high <= mostOthers * units) return 'utf-16le';
  if (high >= leastZeros * units && high >= 2 && low <= mostOthers * units) return 'utf-16be';
  return undefined;
}

/** @throws QuarantineError for UTF-32, which no decoder here reads. */
function markedOf(head: Uint8Array): string | undefined {
  if (startsWith(head, 0xef, 0xbb, 0xbf)) return 'utf-8';
  if (startsWith(head, 0xff, 0xfe, 0, 0) || startsWith(head, 0, 0, 0xfe, 0xff))
    throw new QuarantineError('not-utf8', 'the text is called UTF-32 by its first bytes, expected UTF-8 or UTF-16');
  if (startsWith(head, 0xff, 0xfe)) return 'utf-16le';
  return startsWith(head, 0xfe, 0xff) ? 'utf-16be' : undefined;
}

/** Bytes that chardet sees. */
const sampleBytes = 2 ** 16;

/** chardet's confidence, from 0 to 100, and its distance from the second guess, below which a guess is none. */
const [leastConfidence, leastRatio] = [30, 1.8];

/** The share of characters outside of ASCII that are letters or usual marks in a text that is read in the right encoding. */
const leastLetters = 0.95;
const usual = /[\p{L}\p{M}\p{N}\u00a0«»„“”‘’‚–—…•·¡¿°§€£©®ªº\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u;

function plausible(text: string): boolean {
  const others = [...text].filter((character) => (character.codePointAt(0) ?? 0) > 127);
  return others.filter((character) => usual.test(character)).length >= leastLetters * others.length;
}

/** Whether a text in UTF-8 has a few bad places: more characters of several bytes than bytes that are none. */
function isDamagedUtf8(sample: Uint8Array): boolean {
  const text = new TextDecoder().decode(sample);
  const bad = text.split('\ufffd').length - 1;
  return [...text].filter((character) => (character.codePointAt(0) ?? 0) > 127).length > 2 * bad;
}

/** The last character may be cut off by the sample's end. */
function wholeUtf8(sample: Uint8Array): boolean {
  return [0, 1, 2, 3].some((cut) => isUtf8(sample.subarray(0, sample.length - cut)));
}

/**
 * The encoding of a text that has characters outside of ASCII.
 *
 * @returns a WHATWG label; undefined when it is UTF-8, or cannot be told
 */
export async function detectEncoding(sample: Uint8Array): Promise<string | undefined> {
  if (wholeUtf8(sample) || isDamagedUtf8(sample)) return undefined;
  // Only where it is needed: its tables take time to load.
  const { analyse } = await import('chardet');
  const [best, second] = analyse(sample);
  if (best === undefined || best.confidence < leastConfidence) return undefined;
  if (best.confidence < leastRatio * (second?.confidence ?? 0)) return undefined;
  try {
    const decoder = new TextDecoder(best.name, { fatal: true });
    return plausible(decoder.decode(sample, { stream: true })) ? best.name.toLowerCase() : undefined;
  } catch (error) {
    // chardet has names that no decoder knows, and guesses that the bytes do not keep to.
    if (error instanceof RangeError || error instanceof TypeError) return undefined;
    throw error;
  }
}

/** @throws QuarantineError `corrupt` where the bytes are not in that encoding. */
async function* recoded(
  bytes: AsyncIterable<Uint8Array>,
  decoder: TextDecoder,
  encoding: string,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of bytes) yield Buffer.from(decoder.decode(chunk, { stream: true }));
    yield Buffer.from(decoder.decode());
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new QuarantineError('corrupt', `the text should be ${encoding}, and is not`, { cause });
  }
}

/** ASCII passes; at the first byte that is none, the encoding of the rest is told from what follows. */
async function* detected(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const rest = bytes[Symbol.asyncIterator]();
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
    if (isAscii(next.value)) {
      yield next.value;
      continue;
    }
    const tail = chained(next.value, rest);
    const { head, bytes: whole } = await peekBytes(tail, (sample) => sample.length >= sampleBytes);
    const first = head.findIndex((byte) => byte > 127);
    const encoding = await detectEncoding(head.subarray(Math.max(0, first - 1024), first + sampleBytes));
    if (encoding === undefined) yield* whole;
    else yield* recoded(whole, new TextDecoder(encoding, { fatal: true }), encoding);
    return;
  }
}

async function* chained(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

/** @throws UsageError when no decoder has that name. */
function decoderOf(label: string): TextDecoder {
  try {
    return new TextDecoder(label, { fatal: true });
  } catch (cause) {
    const hint =
      'Names are those of the WHATWG Encoding Standard: utf-8, utf-16le, gb18030, big5, shift_jis, windows-1252, ...';
    throw new UsageError('encoding-unknown', `encoding: got "${label}", which is not known`, hint, { cause });
  }
}

/**
 * The text of a stream as UTF-8 without a byte order mark.
 *
 * @param encoding as the caller knows it, a WHATWG label; `marked` looks at no more than the byte order mark
 * @throws QuarantineError `corrupt` when the text is not in the encoding that it should be in
 * @throws UsageError when the name is none
 */
export async function* utf8Bytes(bytes: AsyncIterable<Uint8Array>, encoding?: string): AsyncGenerator<Uint8Array> {
  const declared = encoding === undefined || encoding === 'marked' ? undefined : decoderOf(encoding);
  const peeked = await peekBytes(bytes, (head) => head.length >= 4096);
  const mark = markedOf(peeked.head);
  if (mark === 'utf-8') yield* skipBytes(peeked.bytes, 3);
  else if (declared !== undefined && declared.encoding !== 'utf-8')
    yield* recoded(peeked.bytes, declared, declared.encoding);
  else {
    const wide = mark ?? (encoding === undefined ? wideOf(peeked.head) : undefined);
    if (wide !== undefined) yield* recoded(peeked.bytes, new TextDecoder(wide, { fatal: true }), wide);
    else if (encoding === undefined) yield* detected(peeked.bytes);
    else yield* peeked.bytes;
  }
}
