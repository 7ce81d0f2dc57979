/**
 * @file Opening a model wherever it lies: a Hugging Face folder with one safetensors file or several, a GGUF file, or a
 * folder with a PEFT adapter, which names its model.
 * `companions` are the files beside configuration and weights, which a saved model carries on: tokenizer, chat template,
 * generation defaults.
 */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../../../errors.ts';
import { exists } from '../../../storage/files.ts';
import { GgufReader } from './gguf.ts';
import { ggufConfig, ggufWeights } from './gguf-model.ts';
import { ggufTokenizerFiles } from './gguf-tokenizer.ts';
import { readAdapter, readAdapterConfig } from './lora.ts';
import type { ModelConfig } from './model-config.ts';
import { parameterLayout } from './parameters.ts';
import { parseModelConfig } from './read-config.ts';
import { readJson } from './read-json.ts';
import { SafetensorsReader, ShardedSafetensors } from './safetensors.ts';
import { readFinite, type WeightSource } from './weight-source.ts';

/** Files of a model folder that are neither configuration nor weights. */
export const companionNames = [
  'tokenizer.json',
  'tokenizer_config.json',
  'special_tokens_map.json',
  'added_tokens.json',
  'chat_template.jinja',
  'generation_config.json',
  'vocab.json',
  'merges.txt',
] as const;

/** Contents by file name. */
export type Companions = Readonly<Record<string, string>>;

/** A model in memory; `parameters` is flat, in the order of `parameterLayout(config)`, fp32. */
export interface Model {
  readonly config: ModelConfig;
  /** `config.json` as it was read: fields that the engine does not know are kept when the model is saved. */
  readonly configJson: Readonly<Record<string, unknown>>;
  readonly parameters: Float32Array;
  /** Of an adapter folder: the adapter's own parameters (`config.lora` describes them) and where its model lies. */
  readonly adapter?: { readonly parameters: Float32Array; readonly base: string } | undefined;
}

const hint = 'A model is a folder with config.json, model.safetensors and tokenizer.json, or a GGUF file.';

/** By the end of the path alone; the file is not looked at. */
export const isGguf = (path: string): boolean => path.endsWith('.gguf');

/** The tokenizer and its like, of a folder or a GGUF file; an adapter without any has its model's. */
export async function readCompanions(model: string): Promise<Companions> {
  if (isGguf(model)) {
    const reader = await GgufReader.open(model);
    await reader.close();
    return ggufTokenizerFiles(reader.metadata, model);
  }
  const out: Record<string, string> = {};
  for (const name of companionNames) {
    const content = await readFile(join(model, name), 'utf8').catch(() => undefined);
    if (content !== undefined) out[name] = content;
  }
  if (Object.keys(out).length === 0 && (await exists(join(model, 'adapter_config.json')))) {
    const { base } = await readAdapterConfig(model);
    if (base !== undefined) return readCompanions(base);
  }
  return out;
}

/**
 * The configuration alone, and the rank of an adapter: what planning needs.
 *
 * @throws InputError naming the file and what is wrong with it.
 */
export async function readModelConfig(model: string): Promise<{ config: ModelConfig; rank?: number }> {
  if (isGguf(model)) {
    const reader = await GgufReader.open(model);
    try {
      return { config: parseModelConfig(withoutUndefined(await ggufConfig(reader)), model) };
    } finally {
      await reader.close();
    }
  }
  if (await exists(join(model, 'adapter_config.json'))) {
    const { base, rank } = await adapterOf(model);
    return { ...(await readModelConfig(base)), rank };
  }
  const path = join(model, 'config.json');
  return { config: parseModelConfig((await readJson(path, hint)) as Record<string, unknown>, path) };
}

/**
 * Reads configuration and weights, as fp32.
 *
 * @throws InputError naming the file and what is wrong with it.
 */
export async function readModel(model: string): Promise<Model> {
  if (isGguf(model)) {
    const reader = await GgufReader.open(model);
    try {
      const configJson = withoutUndefined(await ggufConfig(reader));
      const config = parseModelConfig(configJson, model);
      return { config, configJson, parameters: await readWeights(ggufWeights(reader, config), config) };
    } finally {
      await reader.close();
    }
  }
  if (await exists(join(model, 'adapter_config.json'))) return readAdapted(model);
  const path = join(model, 'config.json');
  const configJson = (await readJson(path, hint)) as Record<string, unknown>;
  const config = parseModelConfig(configJson, path);
  const source = await openWeights(model);
  try {
    return { config, configJson, parameters: await readWeights(source, config) };
  } finally {
    await source.close();
  }
}

/** The rank of an adapter, and the model that it names. */
async function adapterOf(folder: string): Promise<{ base: string; rank: number }> {
  const { base, rank } = await readAdapterConfig(folder);
  if (base === undefined || !(await exists(base)))
    throw new InputError(
      'model-missing',
      `${join(folder, 'adapter_config.json')}: base_model_name_or_path: got ${JSON.stringify(base ?? null)}, expected a folder or GGUF file that exists.`,
      'Write the path of the model that was adapted there.',
    );
  return { base, rank };
}

async function readAdapted(folder: string): Promise<Model> {
  const { base } = await adapterOf(folder);
  const model = await readModel(base);
  const { lora, parameters } = await readAdapter(folder, model.config);
  return { ...model, config: { ...model.config, lora }, adapter: { parameters, base } };
}

const withoutUndefined = (json: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(json).filter(([, value]) => value !== undefined));

async function openWeights(folder: string): Promise<WeightSource> {
  const single = join(folder, 'model.safetensors');
  const index = join(folder, 'model.safetensors.index.json');
  if (await exists(single)) return SafetensorsReader.open(single);
  if (await exists(index)) return ShardedSafetensors.open(index);
  if (await exists(join(folder, 'pytorch_model.bin')))
    throw new InputError(
      'model-unsupported',
      `${join(folder, 'pytorch_model.bin')}: weights in pickle files are not read.`,
      'Save the model again with safe_serialization=True.',
    );
  throw new InputError('file-missing', `Cannot read ${single}.`, hint);
}

async function readWeights(source: WeightSource, config: ModelConfig): Promise<Float32Array> {
  const { slots, size } = parameterLayout(config);
  const known = new Set(slots.map(({ name }) => name));
  const foreign = source.names.find((name) => !known.has(name) && !mayBeIgnored(name, config));
  if (foreign !== undefined)
    throw new InputError(
      'model-unsupported',
      `${source.path}: tensor "${foreign}" belongs to no part of a ${config.architecture} model.`,
    );
  const flat = new Float32Array(size);
  for (const { name, shape, offset, size: count } of slots)
    await readFinite(source, name, shape, flat.subarray(offset, offset + count));
  if (config.tied && source.names.includes(headName)) await checkTied(source, config, flat);
  return flat;
}

const headName = 'lm_head.weight';

/** @throws InputError when the file holds an output projection of its own, although the configuration says that it is the embedding. */
async function checkTied(
  source: WeightSource,
  { vocabSize, hiddenSize }: ModelConfig,
  flat: Float32Array,
): Promise<void> {
  const head = new Float32Array(vocabSize * hiddenSize);
  await source.read(headName, [vocabSize, hiddenSize], head);
  // The embedding comes first in the layout.
  const other = head.findIndex((value, i) => value !== flat[i]);
  if (other < 0) return;
  throw new InputError(
    'model-unsupported',
    `${source.path}: tie_word_embeddings is true, but tensor "${headName}" is another than "model.embed_tokens.weight" (${head[other]} and ${flat[other]} in row ${Math.floor(other / hiddenSize)}).`,
    'Set tie_word_embeddings to false in config.json to use both, or remove the tensor.',
  );
}

/** Tensors that some exporters add and that carry no information here. */
const mayBeIgnored = (name: string, config: ModelConfig): boolean =>
  name.endsWith('.rotary_emb.inv_freq') || (config.tied && name === headName);
