/**
 * @file The shape of a model by its name, or from where it lies.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ModelConfig } from '../engine/local/weights/model-config.ts';
import { isGguf, readModelConfig } from '../engine/local/weights/model-files.ts';
import { InputError } from '../errors.ts';
import { type ModelContext, qwen3Context } from './context.ts';
import { contextOfConfig } from './context-of-config.ts';
import { knownModel, type ModelShape, shapeOfConfig } from './model-shape.ts';

/** What could be read without opening the weights. */
export interface ReadShape {
  readonly shape: ModelShape;
  /** Of an adapter folder: its rank. */
  readonly rank?: number | undefined;
  /** Positions of the model, where they are known. */
  readonly context?: ModelContext | undefined;
}

/**
 * A known model, a folder with a `config.json` or an adapter, or a GGUF file.
 *
 * @throws UsageError for an unknown name, InputError for a file that cannot be read.
 */
export async function readModelShape(model: string): Promise<ReadShape> {
  if (isGguf(model) || existsSync(path.join(model, 'adapter_config.json'))) {
    const { config, rank } = await readModelConfig(model);
    return { shape: engineShape(config), rank, context: { positions: config.maxContext, trained: config.maxContext } };
  }
  // Not by the engine's reader: a plan is also made for models that only other engines run.
  const file = path.join(model, 'config.json');
  if (!existsSync(file)) return { shape: knownModel(model), context: qwen3Context };
  try {
    const json: unknown = JSON.parse(await readFile(file, 'utf8'));
    return { shape: shapeOfConfig(json, file), context: contextOfConfig(json) };
  } catch (error) {
    if (error instanceof SyntaxError) throw new InputError('config-unreadable', `${file}: is not JSON`);
    throw error;
  }
}

/** The shape of a model that the embedded engine runs. */
export const engineShape = (config: ModelConfig): ModelShape => ({
  vocabulary: config.vocabSize,
  hidden: config.hiddenSize,
  intermediate: config.intermediateSize,
  layers: config.layers,
  heads: config.heads,
  kvHeads: config.kvHeads,
  headDim: config.headDim,
  tied: config.tied,
  headNorms: config.queryKeyNorm !== undefined,
});
