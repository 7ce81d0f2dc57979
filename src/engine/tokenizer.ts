/**
 * @file Text to token ids and back for a model, on the native `tokenizers` package. The prompt template is part of it, so
 * that nobody tokenises a prompt without it: the model's own chat template where it has one (a user turn, then the start of
 * the answer); else a policy with ChatML tokens gets its user turn, any other the bare text, both led into the thinking
 * part with `<think>`. A chat template writes the token that begins a text itself, as in transformers; without one the
 * tokenizer's post-processor adds it.
 */
import { join } from 'node:path';
import { z } from 'zod';
import { InputError, messageOf } from '../errors.ts';
import type { PolicyMarks } from '../rewards/reading/reading.ts';
import { type Companions, readCompanions } from './local/weights/model-files.ts';
import { type AddedToken, policyMarks } from './policy-marks.ts';

/** The text side of a policy; token ids are those of its engine. */
export interface Tokenizer {
  /** Token ids of prompts with the template around them. */
  encodePrompts(texts: readonly string[]): Promise<Int32Array[]>;
  /** Token ids of bare text. */
  encode(text: string): Promise<Int32Array>;
  /** Text of completions: `</think>` and `[Answer]` stay, special tokens or not; padding and end tokens go, unless `specialTokens` is set. */
  decode(completions: readonly Int32Array[], options?: { readonly specialTokens?: boolean }): Promise<string[]>;
  /** A completion ends with one of these. */
  readonly stopTokens: readonly number[];
  readonly vocabSize: number;
  /** What its template and special tokens say of thinking and of the end of a turn, for the reader of answers. */
  readonly marks: PolicyMarks;
}

/** Tokens that end an answer, in the families that we know. */
const endTokens = ['<|end|>', '<|im_end|>', '<|endoftext|>'];

/** Marks that readers of an answer look for: they are text, also where a tokenizer calls them special. */
const answerMarks = ['<think>', '</think>', '[Answer]', '[答案]'];

/** Prompts handed to the native encoder at once; it encodes a batch on a thread of its own. */
const batchSize = 64;

const promptTemplate = (chatMl: boolean) => (text: string) =>
  chatMl ? `<|im_start|>user\n${text}<|im_end|>\n<|im_start|>assistant\n<think>\n` : `${text}\n<think>\n`;

/**
 * Loads the tokenizer of a model folder or GGUF file.
 *
 * @throws InputError when the file is missing, is no tokenizer, has no end token, or a chat template that cannot be rendered.
 */
export async function loadTokenizer(model: string): Promise<Tokenizer> {
  const files = await readCompanions(model);
  const path = join(model, 'tokenizer.json');
  const source = files['tokenizer.json'];
  if (source === undefined)
    throw new InputError(
      'tokenizer-missing',
      `Cannot read ${path}.`,
      'A model folder holds config.json, model.safetensors and tokenizer.json.',
    );
  const native = await loadNative(path, source);
  const settings = readSettings(model, files);
  const named = settings.endTokens.map((token) => native.tokenToId(token)).filter((id) => id !== null);
  const declared = [...new Set([...settings.endIds, ...named])];
  const guessed = endTokens.map((token) => native.tokenToId(token)).filter((id) => id !== null);
  const stopTokens = declared.length > 0 ? declared : guessed;
  if (stopTokens.length === 0)
    throw new InputError(
      'tokenizer-no-end',
      `${path}: expected one of the end tokens ${endTokens.join(', ')}, got none.`,
      'Name it as eos_token in tokenizer_config.json, or as eos_token_id in generation_config.json.',
    );
  const { chatTemplate } = settings;
  const template = chatTemplate
    ? await compileTemplate(chatTemplate, settings)
    : promptTemplate(native.tokenToId('<|im_start|>') !== null);
  let marks: PolicyMarks | undefined;
  return {
    stopTokens,
    vocabSize: native.getVocabSize(true),
    // A template that refuses every prompt fails where the first one is encoded, not here.
    get marks() {
      marks ??= policyMarks(tailOf(template), addedTokens(source), stopTokens);
      return marks;
    },
    async encode(text) {
      return Int32Array.from((await native.encode(text, null, { addSpecialTokens: false })).getIds());
    },
    async encodePrompts(texts) {
      const out: Int32Array[] = [];
      for (let start = 0; start < texts.length; start += batchSize) {
        const batch = texts.slice(start, start + batchSize).map(template);
        const encodings = await native.encodeBatch(batch, { addSpecialTokens: chatTemplate === undefined });
        out.push(...encodings.map((encoding) => Int32Array.from(encoding.getIds())));
      }
      return out;
    },
    decode: (completions, { specialTokens = false } = {}) =>
      native.decodeBatch(
        completions.map((tokens) => Array.from(tokens)),
        !specialTokens,
      ),
  };
}

const addedTokensSchema = z.looseObject({
  added_tokens: z.array(z.looseObject({ id: z.int(), content: z.string(), special: z.boolean() })),
});

/** What a template writes behind the user's words. */
function tailOf(template: (text: string) => string): string {
  const words = '\u2402';
  const rendered = template(words);
  return rendered.slice(rendered.lastIndexOf(words) + words.length);
}

function addedTokens(source: string): AddedToken[] {
  return addedTokensSchema.safeParse(JSON.parse(source)).data?.added_tokens ?? [];
}

/** The tokenizer with the answer's marks as plain tokens, which decoding keeps. */
function withMarksKept(source: string): string {
  const parsed = addedTokensSchema.safeParse(JSON.parse(source));
  if (!parsed.success) return source;
  const isMark = (token: { content: string; special: boolean }) => token.special && answerMarks.includes(token.content);
  if (!parsed.data.added_tokens.some(isMark)) return source;
  const tokens = parsed.data.added_tokens.map((token) => (isMark(token) ? { ...token, special: false } : token));
  return JSON.stringify({ ...parsed.data, added_tokens: tokens });
}

async function loadNative(path: string, source: string) {
  const { Tokenizer: Native } = await import('tokenizers');
  try {
    return Native.fromString(withMarksKept(source));
  } catch (error) {
    throw new InputError('tokenizer-corrupt', `${path} is not a tokenizer: ${messageOf(error)}`, undefined, {
      cause: error,
    });
  }
}

/** A token in tokenizer_config.json: its text, alone or with flags. */
const tokenSchema = z.union([z.string(), z.object({ content: z.string() }).transform(({ content }) => content)]);

const tokenizerConfigSchema = z.looseObject({
  bos_token: tokenSchema.nullish(),
  eos_token: tokenSchema.nullish(),
  pad_token: tokenSchema.nullish(),
  unk_token: tokenSchema.nullish(),
  chat_template: z.union([z.string(), z.array(z.object({ name: z.string(), template: z.string() }))]).nullish(),
});

const generationConfigSchema = z.looseObject({ eos_token_id: z.union([z.int(), z.array(z.int())]).nullish() });

interface Settings {
  readonly endIds: readonly number[];
  readonly endTokens: readonly string[];
  readonly chatTemplate: { readonly source: string; readonly path: string } | undefined;
  /** Special tokens that a template may use by name. */
  readonly tokens: Readonly<Record<string, string>>;
}

function parseFile<T>(schema: z.ZodType<T>, model: string, files: Companions, name: string): T | undefined {
  const content = files[name];
  if (content === undefined) return undefined;
  const path = join(model, name);
  try {
    return schema.parse(JSON.parse(content));
  } catch (error) {
    throw new InputError('tokenizer-corrupt', `${path} does not describe a tokenizer or its use.`, undefined, {
      cause: error,
    });
  }
}

/** End tokens and chat template, from the files beside the tokenizer. `chat_template.jinja` wins, as in transformers. */
function readSettings(model: string, files: Companions): Settings {
  const config = parseFile(tokenizerConfigSchema, model, files, 'tokenizer_config.json');
  const generation = parseFile(generationConfigSchema, model, files, 'generation_config.json');
  const listed = config?.chat_template;
  const inline = Array.isArray(listed)
    ? listed.find(({ name }, _, all) => name === 'default' || all.length === 1)?.template
    : listed;
  const separate = files['chat_template.jinja'];
  const [source, file] =
    separate !== undefined ? [separate, 'chat_template.jinja'] : [inline ?? undefined, 'tokenizer_config.json'];
  const ends = generation?.eos_token_id ?? [];
  const names = ['bos_token', 'eos_token', 'pad_token', 'unk_token'] as const;
  const tokens = names.flatMap((name) => {
    const token = config?.[name];
    return token ? [[name, token] as const] : [];
  });
  return {
    endIds: typeof ends === 'number' ? [ends] : ends,
    endTokens: config?.eos_token ? [config.eos_token] : [],
    chatTemplate: source === undefined ? undefined : { source, path: join(model, file) },
    tokens: Object.fromEntries(tokens),
  };
}

/** The prompt of a user's turn, rendered by the model's template. @throws InputError when the template is not valid. */
async function compileTemplate(
  { source, path }: { source: string; path: string },
  { tokens }: Settings,
): Promise<(text: string) => string> {
  const { Template } = await import('@huggingface/jinja');
  const invalid = (error: unknown) =>
    new InputError('chat-template-invalid', `${path}: the chat template fails: ${messageOf(error)}`, undefined, {
      cause: error,
    });
  const render = (template: InstanceType<typeof Template>, content: string): string => {
    try {
      return template.render({ ...tokens, messages: [{ role: 'user', content }], add_generation_prompt: true });
    } catch (error) {
      throw invalid(error);
    }
  };
  try {
    const template = new Template(source);
    return (text) => render(template, text);
  } catch (error) {
    throw invalid(error);
  }
}
