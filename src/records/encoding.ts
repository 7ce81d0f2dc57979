/**
 * @file Text of any encoding as UTF-8, in a stream: the encoding that the caller names, else that of the byte order mark, else UTF-16 where
 * zero bytes stand as in it (RFC 4627, section 3) or its units are Chinese, else UTF-8, else what chardet tells with some distance from the
 * next guess that gives another text. Where nothing is told, the bytes pass as they are, and each row that is no UTF-8 is refused by name:
 * a wrong guess would go unseen.
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

/** Units that nearly all of a Chinese or Japanese text in UTF-16 are, and marks and line ends, of which it has some. */
const eastern = /^[\t\n\r -~\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]$/;
const easternMark = /^[\n \u3000-\u3002\uff0c\uff1a]$/;
const [leastEastern, leastMarks] = [0.97, 0.01];

/** UTF-16 of Chinese or Japanese, which may have no zeros at all: no other encoding looks so at every second byte. */
function easternWideOf(head: Uint8Array): string | undefined {
  if (head.length < 16 || isUtf8(head)) return undefined;
  const found = ['utf-16le', 'utf-16be'].filter((label) => {
    const units = [...new TextDecoder(label).decode(head.subarray(0, head.length - (head.length % 2)))];
    const share = (form: RegExp): number => units.filter((unit) => form.test(unit)).length / units.length;
    return share(eastern) >= leastEastern && share(easternMark) >= leastMarks;
  });
  return found.length === 1 ? found[0] : undefined;
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

/** chardet's confidence, from 0 to 100, and its distance from the next guess that gives another text, below which a guess is none. */
const [leastConfidence, leastRatio] = [30, 1.5];
/** Of an encoding of several bytes a character, whose rules other texts break: it is told by fewer doubts. */
const [sureConfidence, sureRatio] = [90, 1.1];
const manyBytes = new Set(['GB18030', 'Big5', 'Shift_JIS', 'EUC-JP', 'EUC-KR', 'ISO-2022-JP', 'ISO-2022-KR']);

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

/** The lines that have characters outside of ASCII: the others say nothing of the encoding, and count for English in it. */
function tellingLines(sample: Uint8Array): Uint8Array {
  const lines: Uint8Array[] = [];
  for (let from = 0; from < sample.length; ) {
    const end = sample.indexOf(10, from);
    const line = sample.subarray(from, end < 0 ? sample.length : end + 1);
    if (!isAscii(line)) lines.push(line);
    from += line.length;
  }
  return Buffer.concat(lines);
}

/** Names of chardet as labels of decoders: GB18030 holds GBK and GB 2312, and windows-1252 what is printable of Latin-1. */
const labelOf = (name: string): string => (name === 'ISO-8859-1' ? 'windows-1252' : name.toLowerCase());

/** Undefined where the bytes are not in it, or no decoder has the name. */
function decodedIn(sample: Uint8Array, label: string): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true }).decode(sample, { stream: true });
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) return undefined;
    throw error;
  }
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
  const lines = tellingLines(sample);
  const [best, ...others] = analyse(lines);
  const label = labelOf(best?.name ?? '');
  const text = decodedIn(sample, label);
  if (best === undefined || text === undefined || !plausible(text)) return undefined;
  const sure = manyBytes.has(best.name) && best.confidence >= sureConfidence;
  if (best.confidence < leastConfidence) return undefined;
  const next = others.find(({ name }) => {
    const other = decodedIn(lines, labelOf(name));
    return other !== undefined && other !== decodedIn(lines, label);
  });
  if (best.confidence < (sure ? sureRatio : leastRatio) * (next?.confidence ?? 0)) return undefined;
  return label;
}

/**
 * Bytes in the encoding that the file declares; where they break it, in the one that they are in.
 *
 * @param what for messages: `the page`
 * @throws QuarantineError `corrupt`, or `not-utf8` where nothing is told
 */
export async function decodeDeclared(bytes: Uint8Array, declared: string, what: string): Promise<string> {
  const mark = markedOf(bytes);
  const label = declared.toLowerCase();
  if (!isKnown(label))
    throw new QuarantineError('corrupt', `${what} declares the character set ${label}, which is not known`);
  // A declaration of UTF-16 that could be read byte by byte is none.
  const stated = mark ?? (/^utf-?16/.test(label) ? (wideOf(bytes.subarray(0, 4096)) ?? 'utf-8') : label);
  const found = decodedWhole(bytes, stated);
  if (found !== undefined) return found;
  const other = /^utf-?8$/.test(stated) ? await detectEncoding(bytes.subarray(0, sampleBytes)) : closest[stated];
  const text = decodedWhole(bytes, other ?? 'utf-8');
  if (text !== undefined) return text;
  throw new QuarantineError('corrupt', `${what} declares the character set ${label}, and is not written in it`);
}

/** Character sets that hold the one that is declared, and are often meant. */
const closest: Readonly<Record<string, string>> = {
  gb2312: 'gb18030',
  gbk: 'gb18030',
  'iso-8859-1': 'windows-1252',
  big5: 'big5-hkscs',
};

function isKnown(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Without its byte order mark; undefined where a byte is not in the encoding. */
function decodedWhole(bytes: Uint8Array, label: string): string | undefined {
  try {
    const decoder = new TextDecoder(label, { fatal: true });
    // As a stream: at once, Node 20 takes windows-1252 for Latin-1 and loses its quotation marks.
    return decoder.decode(bytes, { stream: true }) + decoder.decode();
  } catch (error) {
    if (error instanceof TypeError) return undefined;
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
    const wide = mark ?? (encoding === undefined ? (easternWideOf(peeked.head) ?? wideOf(peeked.head)) : undefined);
    if (wide !== undefined) yield* recoded(peeked.bytes, new TextDecoder(wide, { fatal: true }), wide);
    else if (encoding === undefined) yield* detected(peeked.bytes);
    else yield* peeked.bytes;
  }
}
