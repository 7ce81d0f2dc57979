/**
 * @file Trains the micro policy's byte-level BPE (Sennrich et al. 2016) and writes it as a Hugging Face tokenizer.json.
 * The `tokenizers` package reads the result; its JavaScript binding can train but not choose the vocabulary size, hence
 * these lines. Pieces never join a space to a capitalised word or a digit, so that a name has the same tokens wherever it
 * stands: copying a name is then plain induction over token ids.
 */

/** Onigmo syntax, as tokenizer.json wants it: lower-case words and punctuation may carry their space, names and digits not. */
export const piecePattern = String.raw` ?[a-z]+|[A-Z]\p{L}*|\p{L}+|[0-9]| ?[^\s\p{L}0-9]+|\n+|\s`;

export const specialTokens = ['<|pad|>', '<|end|>', '<think>', '</think>', '[Answer]'] as const;

/** GPT-2's reversible map from bytes to printable characters. */
function byteAlphabet(): string[] {
  const printable = (byte: number) =>
    (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || (byte >= 174 && byte <= 255);
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(printable(byte) ? byte : next++));
}

/** Merges in order of frequency (ties: the pair that sorts first), learnt from the pieces of `texts`. */
export function trainBpe(
  texts: Iterable<string>,
  vocabSize: number,
): { vocab: Record<string, number>; merges: [string, string][] } {
  const alphabet = byteAlphabet();
  const counts = new Map<string, number>();
  const pattern = new RegExp(piecePattern, 'gu');
  for (const text of texts) {
    for (const part of text.split(/<\|pad\|>|<\|end\|>|<\/?think>|\[Answer\]/)) {
      for (const [piece] of part.matchAll(pattern)) counts.set(piece, (counts.get(piece) ?? 0) + 1);
    }
  }
  const pieces = [...counts].map(([piece, count]) => ({
    symbols: [...Buffer.from(piece)].map((byte) => alphabet[byte] ?? ''),
    count,
  }));
  const vocab: Record<string, number> = {};
  for (const token of [...specialTokens, ...alphabet]) vocab[token] = Object.keys(vocab).length;
  const merges: [string, string][] = [];
  while (Object.keys(vocab).length < vocabSize) {
    const pairs = new Map<string, number>();
    for (const { symbols, count } of pieces) {
      for (let i = 0; i + 1 < symbols.length; i++) {
        const pair = `${symbols[i]} ${symbols[i + 1]}`;
        pairs.set(pair, (pairs.get(pair) ?? 0) + count);
      }
    }
    let best: string | undefined;
    for (const [pair, count] of pairs) {
      const bestCount = best === undefined ? 0 : (pairs.get(best) ?? 0);
      if (count > bestCount || (count === bestCount && best !== undefined && pair < best)) best = pair;
    }
    if (best === undefined) break;
    const [left = '', right = ''] = best.split(' ');
    merges.push([left, right]);
    vocab[left + right] = Object.keys(vocab).length;
    for (const entry of pieces) {
      const merged: string[] = [];
      for (let i = 0; i < entry.symbols.length; i++) {
        const joins = entry.symbols[i] === left && entry.symbols[i + 1] === right;
        merged.push(joins ? left + right : (entry.symbols[i] ?? ''));
        if (joins) i++;
      }
      entry.symbols = merged;
    }
  }
  return { vocab, merges };
}

/** The tokenizer.json document. */
export function tokenizerJson(vocab: Record<string, number>, merges: readonly [string, string][]): string {
  return JSON.stringify({
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: specialTokens.map((content, id) => ({
      id,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      // Only padding and end are special: `</think>` and `[Answer]` are part of the text that a reward reads.
      special: content.startsWith('<|'),
    })),
    normalizer: null,
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [
        { type: 'Split', pattern: { Regex: piecePattern }, behavior: 'Isolated', invert: false },
        { type: 'ByteLevel', add_prefix_space: false, trim_offsets: false, use_regex: false },
      ],
    },
    post_processor: null,
    decoder: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: false, use_regex: false },
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab,
      merges,
    },
  });
}
