/**
 * @file The tokenizer of a GGUF file as the files of a Hugging Face folder. Byte-level BPE only (`gpt2` in GGUF's words).
 * A file names its way of splitting text before merging; the patterns are those of the models' own tokenizers.
 */
import { InputError } from '../../../errors.ts';
import { bpeTokenizerJson } from '../../bpe-tokenizer-json.ts';
import type { GgufMetadata, GgufValue } from './gguf.ts';
import { text } from './gguf-model.ts';

const byteLevel = (useRegex: boolean) => ({
  type: 'ByteLevel',
  add_prefix_space: false,
  trim_offsets: true,
  use_regex: useRegex,
});

const splitBy = (digits: string) => [
  {
    type: 'Split',
    pattern: {
      Regex: `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|${digits}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+`,
    },
    behavior: 'Isolated',
    invert: false,
  },
  byteLevel(false),
];

interface Splitting {
  readonly normalizer?: object;
  readonly steps: readonly object[];
  /** A piece that is a token as a whole is not merged. */
  readonly ignoreMerges?: boolean;
}

const splittings: Readonly<Record<string, Splitting>> = {
  'gpt-2': { steps: [byteLevel(true)] },
  smollm: { steps: [{ type: 'Digits', individual_digits: true }, byteLevel(true)] },
  qwen2: { normalizer: { type: 'NFC' }, steps: splitBy('\\p{N}') },
  'llama-bpe': { steps: splitBy('\\p{N}{1,3}'), ignoreMerges: true },
};

/** Token types of GGUF. */
const controlToken = 3;
const userToken = 4;

const strings = (value: GgufValue | undefined): string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];

/**
 * tokenizer.json, tokenizer_config.json and generation_config.json.
 *
 * @throws InputError for a tokenizer of another kind.
 */
export function ggufTokenizerFiles(metadata: GgufMetadata, path: string): Record<string, string> {
  const model = text(metadata, 'tokenizer.ggml.model');
  const pre = text(metadata, 'tokenizer.ggml.pre') ?? 'gpt-2';
  const splitting = splittings[pre === 'default' ? 'gpt-2' : pre];
  if (model !== 'gpt2' || !splitting)
    throw new InputError(
      'tokenizer-unsupported',
      `${path}: the tokenizer is ${model ?? 'missing'}, splitting as "${pre}"; expected gpt2, splitting as ${Object.keys(splittings).join(' | ')}.`,
      "Use the model's Hugging Face folder instead.",
    );
  const tokens = strings(metadata.get('tokenizer.ggml.tokens'));
  const types = metadata.get('tokenizer.ggml.token_type');
  const typeOf = (id: number) => (Array.isArray(types) ? types[id] : undefined);
  const special = tokens.flatMap((content, id) => {
    const type = typeOf(id);
    if (type !== controlToken && type !== userToken) return [];
    return [{ id, content, special: type === controlToken }];
  });
  const merges = strings(metadata.get('tokenizer.ggml.merges')).map((merge) => {
    // A part may itself begin with a space's stand-in, never with a space.
    const at = merge.indexOf(' ', 1);
    return [merge.slice(0, at), merge.slice(at + 1)];
  });
  const tokenizer = bpeTokenizerJson({
    addedTokens: special,
    normalizer: splitting.normalizer,
    preTokenizers: splitting.steps,
    decoder: byteLevel(true),
    vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
    merges,
    ignoreMerges: splitting.ignoreMerges,
  });
  const tokenOf = (name: string) => {
    const id = metadata.get(`tokenizer.ggml.${name}_token_id`);
    return typeof id === 'number' ? { id, text: tokens[id] } : undefined;
  };
  const [bos, eos, pad] = [tokenOf('bos'), tokenOf('eos'), tokenOf('padding')];
  const config = {
    tokenizer_class: 'PreTrainedTokenizerFast',
    bos_token: bos?.text,
    eos_token: eos?.text,
    pad_token: pad?.text,
    chat_template: text(metadata, 'tokenizer.chat_template'),
  };
  const generation = { bos_token_id: bos?.id, eos_token_id: eos?.id, pad_token_id: pad?.id };
  const json = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;
  return {
    'tokenizer.json': tokenizer,
    'tokenizer_config.json': json(config),
    'generation_config.json': json(generation),
  };
}
