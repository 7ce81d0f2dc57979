/**
 * @file Checkpoints: a Hugging Face folder (config.json, model.safetensors, tokenizer.json) or a PEFT adapter folder
 * (adapter_config.json, adapter_model.safetensors), with the optimizer's state. See checkpoint-directory.ts for how a
 * folder is written.
 */
import { join } from 'node:path';
import { InputError } from '../../../errors.ts';
import type { OptimizerState } from '../train/optimizer.ts';
import { type Files, textBytes, verifyDirectory, writeDirectory } from './checkpoint-directory.ts';
import { adapterConfigJson, adapterLayout, readAdapter } from './lora.ts';
import type { LoraConfig } from './lora-config.ts';
import type { ModelConfig } from './model-config.ts';
import { type Companions, type Model, readModel } from './model-files.ts';
import { type Layout, type Parameters, parameterLayout } from './parameters.ts';
import { huggingFaceConfig } from './read-config.ts';
import { SafetensorsReader, safetensorsParts, type WeightType } from './safetensors.ts';
import { readFinite } from './weight-source.ts';

const weightParts = ({ slots }: Layout, parameters: Parameters, type?: WeightType): Uint8Array[] =>
  safetensorsParts(
    slots.map(({ name, key, shape }) => ({ name, shape, data: parameters.views[key] as Float32Array })),
    {},
    type,
  );

const companionFiles = (companions: Companions): Files =>
  Object.fromEntries(Object.entries(companions).map(([name, content]) => [name, [textBytes(content)]]));

function optimizerFiles(optimizer: OptimizerState | undefined): Files {
  if (!optimizer) return {};
  const shape = [optimizer.m.length];
  const tensors = [
    { name: 'm', shape, data: optimizer.m },
    { name: 'v', shape, data: optimizer.v },
  ];
  return { 'optimizer.safetensors': safetensorsParts(tensors, { step: String(optimizer.step) }) };
}

/** Fields of a source's `config.json` that are not true of the copy, which has a type of its own. */
const droppedFields = ['dtype', 'rope_parameters', 'transformers_version', '_name_or_path'];

const configTypes = { fp32: 'float32', bf16: 'bfloat16', fp16: 'float16' } as const;

function configText(
  config: ModelConfig,
  source: Readonly<Record<string, unknown>> = {},
  type: WeightType = 'fp32',
): string {
  const kept = Object.fromEntries(Object.entries(source).filter(([field]) => !droppedFields.includes(field)));
  return `${JSON.stringify({ ...kept, ...huggingFaceConfig(config), torch_dtype: configTypes[type] }, null, 2)}\n`;
}

/** What goes into a model folder; without `optimizer` it cannot be trained on from where it was. */
export interface ModelToWrite {
  readonly config: ModelConfig;
  readonly parameters: Parameters;
  /** Content of tokenizer.json. */
  readonly tokenizer?: string | undefined;
  /** Further files, by name. */
  readonly companions?: Companions | undefined;
  /** The `config.json` that the model came with; fields unknown to the engine are kept. */
  readonly configJson?: Readonly<Record<string, unknown>> | undefined;
  readonly optimizer?: OptimizerState | undefined;
  /** Type of the weights in the file; default fp32, which loses nothing. */
  readonly type?: WeightType | undefined;
}

/** Writes a model folder: config.json, model.safetensors and, when given, the tokenizer's files; with a manifest. */
export async function writeModel(directory: string, model: ModelToWrite): Promise<void> {
  const { config, parameters, tokenizer, companions = {}, configJson, optimizer, type } = model;
  const files = {
    'config.json': [textBytes(configText(config, configJson, type))],
    'model.safetensors': weightParts(parameterLayout(config), parameters, type),
    ...companionFiles(companions),
    ...(tokenizer === undefined ? {} : { 'tokenizer.json': [textBytes(tokenizer)] }),
    ...optimizerFiles(optimizer),
  };
  await writeDirectory(directory, files, optimizer?.step ?? 0);
}

/** What goes into an adapter folder; the base model's weights do not. */
export interface AdapterToWrite {
  readonly config: ModelConfig & { readonly lora: LoraConfig };
  readonly adapter: Parameters;
  /** The model that it adapts: a path or hub id, written into the adapter's configuration. */
  readonly base: string;
  readonly companions?: Companions | undefined;
  readonly optimizer?: OptimizerState | undefined;
}

/** Writes an adapter folder as `peft` reads it, with the tokenizer's files and a manifest. */
export async function writeAdapter(directory: string, model: AdapterToWrite): Promise<void> {
  const { config, adapter, base, companions = {}, optimizer } = model;
  const files = {
    'adapter_config.json': [textBytes(`${JSON.stringify(adapterConfigJson(config.lora, base), null, 2)}\n`)],
    'adapter_model.safetensors': weightParts(adapterLayout(config), adapter),
    ...companionFiles(companions),
    ...optimizerFiles(optimizer),
  };
  await writeDirectory(directory, files, optimizer?.step ?? 0);
}

/** A model with the optimizer's state in the layout of its parameters. */
export interface Checkpoint extends Model {
  readonly optimizer: OptimizerState;
}

/**
 * Reads a checkpoint after checking every file against the manifest.
 *
 * @throws InputError naming the file that is missing, cut, changed or foreign.
 */
export async function readCheckpoint(directory: string): Promise<Checkpoint> {
  await verifyDirectory(directory);
  const model = await readModel(directory);
  return { ...model, optimizer: await readOptimizer(directory, model.parameters.length) };
}

/** The same for an adapter of a model that is known: its weights are not read again. */
export async function readAdapterCheckpoint(
  directory: string,
  config: ModelConfig,
): Promise<{ lora: LoraConfig; parameters: Float32Array; optimizer: OptimizerState }> {
  await verifyDirectory(directory);
  const { lora, parameters } = await readAdapter(directory, config);
  return { lora, parameters, optimizer: await readOptimizer(directory, parameters.length) };
}

async function readOptimizer(directory: string, size: number): Promise<OptimizerState> {
  const path = join(directory, 'optimizer.safetensors');
  const reader = await SafetensorsReader.open(path);
  try {
    const step = Number(reader.metadata.step);
    if (!Number.isInteger(step) || step < 0)
      throw new InputError(
        'checkpoint-corrupt',
        `${path}: step: got ${reader.metadata.step}, expected a whole number.`,
      );
    const state = { m: new Float32Array(size), v: new Float32Array(size), step };
    await readFinite(reader, 'm', [size], state.m);
    await readFinite(reader, 'v', [size], state.v);
    return state;
  } finally {
    await reader.close();
  }
}
