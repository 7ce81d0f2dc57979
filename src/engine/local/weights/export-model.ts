/** @file Any model that the engine opens, as a Hugging Face folder; an adapter is merged into its model. */
import { writeModel } from './checkpoint.ts';
import { adapterLayout, mergeAdapter } from './lora.ts';
import type { ModelConfig } from './model-config.ts';
import { readCompanions, readModel } from './model-files.ts';
import { makeParameters, parameterLayout } from './parameters.ts';
import type { WeightType } from './safetensors.ts';

/**
 * Reads `source` (a folder, a GGUF file, an adapter folder) and writes `directory`, which transformers, vLLM and llama.cpp's
 * converter read. Returns the configuration.
 *
 * @throws InputError naming what cannot be read, or what fp16 cannot hold.
 */
export async function exportModel(source: string, directory: string, type: WeightType = 'fp32'): Promise<ModelConfig> {
  const { config, configJson, parameters: flat, adapter } = await readModel(source);
  const companions = await readCompanions(source);
  const parameters = makeParameters(parameterLayout(config), flat);
  if (adapter) mergeAdapter(config, parameters, makeParameters(adapterLayout(config), adapter.parameters));
  const { lora: _, ...plain } = config;
  await writeModel(directory, { config: plain, configJson, parameters, companions, type });
  return plain;
}
