/**
 * @file Text to token ids and back for a model folder in the Hugging Face layout, on the native `tokenizers` package.
 * The prompt template is part of it, so that nobody tokenises a prompt without it: a policy with ChatML tokens (Qwen) gets
 * its user turn, any other the bare text; both are then led into the thinking part with `<think>`.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../errors.ts';

export interface Tokenizer {
  /** Token ids of prompts with the template around them. */
  encodePrompts(texts: readonly string[]): Promise<Int32Array[]>;
  /** Token ids of bare text. */
  encode(text: string): Promise<Int32Array>;
  /** Text of completions: `</think>` and `[Answer]` stay, padding and end tokens go. */
  decode(completions: readonly Int32Array[]): Promise<string[]>;
  /** A completion ends with one of these. */
  readonly stopTokens: readonly number[];
  readonly vocabSize: number;
}

/** Tokens that end an answer, in the families that we know. */
const endTokens = ['<|end|>', '<|im_end|>', '<|endoftext|>'];

/** Prompts handed to the native encoder at once; it encodes a batch on a thread of its own. */
const batchSize = 64;

const promptTemplate = (chatMl: boolean) => (text: string) =>
  chatMl ? `<|im_start|>user\n${text}<|im_end|>\n<|im_start|>assistant\n<think>\n` : `${text}\n<think>\n`;

/**
 * Loads `tokenizer.json` of a model folder.
 *
 * @throws InputError when the file is missing, is no tokenizer, or has no end token.
 */
export async function loadTokenizer(directory: string): Promise<Tokenizer> {
  const path = join(directory, 'tokenizer.json');
  const source = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new InputError(
      'tokenizer-missing',
      `Cannot read ${path}.`,
      'A model folder holds config.json, model.safetensors and tokenizer.json.',
      { cause: error },
    );
  });
  const native = await loadNative(path, source);
  const stopTokens = endTokens.map((token) => native.tokenToId(token)).filter((id) => id !== null);
  if (stopTokens.length === 0)
    throw new InputError(
      'tokenizer-no-end',
      `${path}: expected one of the end tokens ${endTokens.join(', ')}, got none.`,
    );
  const template = promptTemplate(native.tokenToId('<|im_start|>') !== null);
  return {
    stopTokens,
    vocabSize: native.getVocabSize(true),
    async encode(text) {
      return Int32Array.from((await native.encode(text, null, { addSpecialTokens: false })).getIds());
    },
    async encodePrompts(texts) {
      const out: Int32Array[] = [];
      for (let start = 0; start < texts.length; start += batchSize) {
        const batch = texts.slice(start, start + batchSize).map(template);
        const encodings = await native.encodeBatch(batch, { addSpecialTokens: false });
        out.push(...encodings.map((encoding) => Int32Array.from(encoding.getIds())));
      }
      return out;
    },
    decode: (completions) =>
      native.decodeBatch(
        completions.map((tokens) => Array.from(tokens)),
        true,
      ),
  };
}

async function loadNative(path: string, source: string) {
  const { Tokenizer: Native } = await import('tokenizers');
  try {
    return Native.fromString(source);
  } catch (error) {
    throw new InputError(
      'tokenizer-corrupt',
      `${path} is not a tokenizer: ${error instanceof Error ? error.message : String(error)}`,
      undefined,
      { cause: error },
    );
  }
}
