/**
 * @file A byte-level BPE tokenizer as the `tokenizer.json` of the Hugging Face tokenizers library.
 */

/** What of a tokenizer differs between models; the rest of the file is the same for all. */
export interface BpeTokenizer {
  /** Tokens that are never split, with their ids; special ones are left out of decoded text. */
  readonly addedTokens: readonly { readonly id: number; readonly content: string; readonly special: boolean }[];
  readonly normalizer?: object | undefined;
  /** Steps that cut text into the pieces that are merged within. */
  readonly preTokenizers: readonly object[];
  readonly decoder: object;
  readonly vocab: Readonly<Record<string, number>>;
  /** Pairs of tokens, first merges first. */
  readonly merges: readonly (readonly string[])[];
  /** A piece that is a token as a whole is not merged. Default false. */
  readonly ignoreMerges?: boolean | undefined;
}

/** Text of a `tokenizer.json` without a post-processor: the prompt template adds what begins a text. */
export function bpeTokenizerJson(tokenizer: BpeTokenizer): string {
  const { addedTokens, normalizer = null, preTokenizers, decoder, vocab, merges, ignoreMerges = false } = tokenizer;
  return JSON.stringify({
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: addedTokens.map(({ id, content, special }) => ({
      id,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special,
    })),
    normalizer,
    pre_tokenizer: { type: 'Sequence', pretokenizers: preTokenizers },
    post_processor: null,
    decoder,
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: ignoreMerges,
      vocab,
      merges,
    },
  });
}
