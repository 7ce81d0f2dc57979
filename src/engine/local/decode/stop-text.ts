/**
 * @file Stop strings: does the text of a growing completion contain one? Tokens are decoded as they come, in a window that
 * starts one step back, because a token's text can depend on the one before it, and an end that is not yet a whole
 * character waits for the next token (byte-level tokens split characters).
 */

/** Texts of token lists, special tokens included. */
export type DecodeText = (completions: readonly Int32Array[]) => Promise<string[]>;

/** What decoders write for bytes that are no character. */
const incomplete = /\uFFFD+$/;

/** No character takes more tokens; bytes that are none by then never will be. */
const longestCharacter = 4;

interface Progress {
  /** Tokens from `from` to `read` are known text; the rest is new. */
  from: number;
  read: number;
  /** End of the text before `read` that may begin a stop string. */
  tail: string;
}

interface Growing {
  readonly tokens: readonly number[];
}

/** Follows many completions at once: one call of the tokenizer a step, whatever their number. */
export class StopText {
  private readonly stops: readonly string[];
  private readonly decode: DecodeText;
  private readonly keep: number;
  private readonly progress = new WeakMap<Growing, Progress>();

  constructor(stops: readonly string[], decode: DecodeText) {
    this.stops = stops;
    this.decode = decode;
    this.keep = Math.max(...stops.map(({ length }) => length)) - 1;
  }

  /** Those whose text contains a stop string; each has grown since it was last asked about. */
  async ended<T extends Growing>(streams: readonly T[]): Promise<T[]> {
    const all = streams.map((stream) => ({ stream, at: this.progressOf(stream) }));
    const windows = all.flatMap(({ stream: { tokens }, at: { from, read } }) => [
      Int32Array.from(tokens.slice(from, read)),
      Int32Array.from(tokens.slice(from)),
    ]);
    const texts = await this.decode(windows);
    return all.flatMap(({ stream, at }, i) => {
      const [known, text] = texts.slice(2 * i, 2 * i + 2) as [string, string];
      return this.extend(at, text.slice(known.length), stream.tokens.length) ? [stream] : [];
    });
  }

  private extend(at: Progress, added: string, length: number): boolean {
    const found = (text: string): boolean => this.stops.some((stop) => text.includes(stop));
    if (incomplete.test(added) && length - at.read < longestCharacter)
      return found(at.tail + added.replace(incomplete, ''));
    const text = at.tail + added;
    at.tail = this.keep > 0 ? text.slice(-this.keep) : '';
    at.from = at.read;
    at.read = length;
    return found(text);
  }

  private progressOf(stream: Growing): Progress {
    const at = this.progress.get(stream) ?? { from: 0, read: 0, tail: '' };
    this.progress.set(stream, at);
    return at;
  }
}
