/**
 * @file Low-rank adapters (LoRA, Hu et al. 2021): which tensors they have, how they start, and the files of `peft`. The
 * adapted projection is W + (alpha / rank) B A, with A [rank, in] random and B [out, rank] zero at first.
 */
import { join } from 'node:path';
import { z } from 'zod';
import { InputError, UsageError, unknownValue } from '../../../errors.ts';
import { random } from '../../../random.ts';
import { type LayerKind, layerKind } from './layer-kind.ts';
import { type AdapterTensor, type LinearTensor, type LoraConfig, linearTensors } from './lora-config.ts';
import type { ModelConfig } from './model-config.ts';
import {
  type Layout,
  layerShapes,
  layerTensorNames,
  layoutOf,
  makeParameters,
  type Parameters,
  parameterLayout,
} from './parameters.ts';
import { readJson } from './read-json.ts';
import { SafetensorsReader } from './safetensors.ts';
import { readFinite } from './weight-source.ts';

/** `q_proj` and the like: what peft calls a projection. */
const moduleName = (tensor: LinearTensor): string => layerTensorNames[tensor].split('.').at(-2) as string;

/** peft's names of the projections: `q_proj`, ..., `down_proj`. */
export const loraTargets: readonly string[] = linearTensors.map(moduleName);

/**
 * A configuration from options. Targets are peft's names (`q_proj`, ...); default: all projections.
 *
 * @throws UsageError for a rank, alpha or target that cannot be meant.
 */
export function loraConfig(options: {
  rank: number;
  alpha?: number | undefined;
  targets?: readonly string[] | undefined;
}): LoraConfig {
  const { rank, alpha = 2 * rank, targets = loraTargets } = options;
  if (!Number.isInteger(rank) || rank < 1)
    throw new UsageError('lora-invalid', `lora.rank: got ${rank}, expected a whole number from 1.`);
  if (!(alpha > 0 && Number.isFinite(alpha)))
    throw new UsageError('lora-invalid', `lora.alpha: got ${alpha}, expected a positive number.`);
  if (targets.length === 0) throw new UsageError('lora-invalid', 'lora.targets: got none, expected at least one.');
  for (const target of targets) {
    if (!loraTargets.includes(target)) throw unknownValue('lora.targets', target, loraTargets);
  }
  return { rank, alpha, targets: linearTensors.filter((tensor) => targets.includes(moduleName(tensor))) };
}

/**
 * The adapter on a model. One with experts takes it on its attention alone: peft (0.21) reads the names of the feed-forward projections
 * as those of experts, also in layers without.
 *
 * @throws UsageError for a feed-forward target of such a model that was asked for by name.
 */
export function loraOf(
  { experts }: ModelConfig,
  options: { rank: number; alpha?: number | undefined; targets?: readonly string[] | undefined },
): LoraConfig {
  const lora = loraConfig(options);
  if (!experts) return lora;
  const ofFeed: readonly LinearTensor[] = ['gate', 'up', 'down'];
  const targets = lora.targets.filter((tensor) => !ofFeed.includes(tensor));
  const other = lora.targets.find((tensor) => ofFeed.includes(tensor));
  if (other !== undefined && options.targets !== undefined)
    throw new UsageError(
      'lora-invalid',
      `lora.targets: got ${moduleName(other)}, expected ${loraTargets.slice(0, 4).join(' | ')} in a model with experts.`,
    );
  return { ...lora, targets };
}

/** Whether a layer's tensor is an adapter's, by its key. */
export const isAdapterTensor = (tensor: string): boolean => /Lora[AB]$/.test(tensor);

/** Shape of each adapter tensor of a layer of a kind; none without an adapter, and none for experts. */
export function adapterShapes(config: ModelConfig, kind: LayerKind): Partial<Record<AdapterTensor, readonly number[]>> {
  const { lora } = config;
  if (!lora) return {};
  const shapes = layerShapes(config, kind);
  const entries = lora.targets.flatMap((tensor) => {
    const [out, width] = shapes[tensor] ?? [];
    if (out === undefined || width === undefined) return [];
    return [
      [`${tensor}LoraA`, [lora.rank, width]],
      [`${tensor}LoraB`, [out, lora.rank]],
    ] as const;
  });
  return Object.fromEntries(entries);
}

/** Where each adapter tensor lies in the adapter's flat array; names are those of peft. */
export function adapterLayout(config: ModelConfig): Layout {
  return layoutOf(
    Array.from({ length: config.layers }, (_, layer) =>
      Object.entries(adapterShapes(config, layerKind(config, layer))).map(([key, shape]) => {
        const stem = layerTensorNames[key.slice(0, -'LoraA'.length) as LinearTensor].replace(/weight$/, '');
        const name = `base_model.model.model.layers.${layer}.${stem}lora_${key.at(-1)}.weight`;
        return [name, `layer${layer}.${key}`, shape] as const;
      }),
    ).flat(),
  );
}

/** Of what is trained: an adapter, or all of the model. */
export const trainedLayout = (config: ModelConfig): Layout =>
  config.lora ? adapterLayout(config) : parameterLayout(config);

/** A new adapter, which changes nothing yet: A uniform within 1 / sqrt(in), as in peft, B zero. */
export function initAdapter(config: ModelConfig, seed: number): Parameters {
  const layout = adapterLayout(config);
  const parameters = makeParameters(layout);
  for (const { key, shape } of layout.slots) {
    if (!key.endsWith('A')) continue;
    const view = parameters.views[key] as Float32Array;
    const bound = 1 / Math.sqrt(shape[1] ?? 1);
    const rng = random(seed, 'lora', key);
    for (let i = 0; i < view.length; i++) view[i] = bound * (2 * rng.next() - 1);
  }
  return parameters;
}

/** Adds the adapter to the weights of its model, in place. */
export function mergeAdapter(config: ModelConfig, parameters: Parameters, adapter: Parameters): void {
  const { lora } = config;
  if (!lora) return;
  const scale = lora.alpha / lora.rank;
  for (let layer = 0; layer < config.layers; layer++) {
    for (const tensor of lora.targets) {
      const target = parameters.views[`layer${layer}.${tensor}`];
      const [a, b] = (['A', 'B'] as const).map((side) => adapter.views[`layer${layer}.${tensor}Lora${side}`]);
      if (target && a && b) addProduct(target, { a, b, rank: lora.rank, scale });
    }
  }
}

/** target [out, in] += scale b a. */
function addProduct(
  target: Float32Array,
  { a, b, rank, scale }: { a: Float32Array; b: Float32Array; rank: number; scale: number },
): void {
  const width = a.length / rank;
  const row = new Float64Array(width);
  for (let out = 0; out < b.length / rank; out++) {
    row.fill(0);
    for (let r = 0; r < rank; r++) {
      const factor = scale * (b[out * rank + r] as number);
      for (let i = 0; i < width; i++) (row[i] as number) += factor * (a[r * width + i] as number);
    }
    for (let i = 0; i < width; i++) (target[out * width + i] as number) += row[i] as number;
  }
}

/** `adapter_config.json` of peft. */
export const adapterConfigJson = ({ rank, alpha, targets }: LoraConfig, base: string): Record<string, unknown> => ({
  peft_type: 'LORA',
  task_type: 'CAUSAL_LM',
  base_model_name_or_path: base,
  inference_mode: true,
  r: rank,
  lora_alpha: alpha,
  lora_dropout: 0,
  target_modules: targets.map(moduleName),
  bias: 'none',
  fan_in_fan_out: false,
  init_lora_weights: true,
  use_rslora: false,
  use_dora: false,
  modules_to_save: null,
  layers_to_transform: null,
  rank_pattern: {},
  alpha_pattern: {},
});

const adapterSchema = z.looseObject({
  peft_type: z.literal('LORA'),
  base_model_name_or_path: z.string().nullish(),
  r: z.int().positive(),
  lora_alpha: z.number().positive(),
  use_rslora: z.boolean().nullish(),
  init_lora_weights: z.union([z.boolean(), z.string()]).nullish(),
});

/** Starts that leave the weights of the model as they were. PiSSA, OLoRA, CorDA, LoftQ and LoRA-GA take their start out of them. */
const plainStarts: readonly (boolean | string)[] = [true, false, 'gaussian', 'orthogonal', 'eva'];

/** Fields that say nothing about what the tensors compute, besides those of the schema. */
const silentFields = [
  'task_type',
  'revision',
  'auto_mapping',
  'peft_version',
  'inference_mode',
  'runtime_config',
  'lora_dropout',
  'target_modules',
  'exclude_modules',
  'layers_pattern',
  'megatron_core',
  'qalora_group_size',
  'eva_config',
  'ensure_weight_tying',
];
const knownFields = new Set([...Object.keys(adapterSchema.shape), ...silentFields]);

/** What a field says that is not used. */
const isOff = (value: unknown): boolean =>
  value === null ||
  value === false ||
  value === 'none' ||
  (typeof value === 'object' && Object.keys(value).length === 0);

/**
 * What `adapter_config.json` says, but for the targets, which the tensors show.
 *
 * @throws InputError naming the field of an adapter of another kind: a field that is not known here may change what the adapter
 * computes, so it must be off.
 */
export async function readAdapterConfig(
  folder: string,
): Promise<{ rank: number; alpha: number; base: string | undefined }> {
  const path = join(folder, 'adapter_config.json');
  const parsed = adapterSchema.safeParse(await readJson(path, 'An adapter folder holds adapter_config.json.'));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new InputError('adapter-unsupported', `${path}: ${issue?.path.join('.')}: ${issue?.message}.`);
  }
  const raw = parsed.data;
  const { init_lora_weights: start } = raw;
  if (start !== null && start !== undefined && !plainStarts.includes(start))
    throw new InputError(
      'adapter-unsupported',
      `${path}: init_lora_weights: got ${JSON.stringify(start)}, expected ${plainStarts.join(' | ')}: this kind of start changes the weights of the model.`,
      'Save it with path_initial_model_for_weight_conversion, or merge it (merge_and_unload) and save the model.',
    );
  const foreign = Object.entries(raw).find(([field, value]) => !knownFields.has(field) && !isOff(value));
  if (foreign !== undefined)
    throw new InputError(
      'adapter-unsupported',
      `${path}: ${foreign[0]}: got ${JSON.stringify(foreign[1])?.slice(0, 100)}, expected it off (null, false or none).`,
      'The embedded engine runs plain and rank-stabilised LoRA. Merge the adapter (merge_and_unload) and save the model.',
    );
  // Rank-stabilised LoRA scales by alpha / sqrt(rank).
  const alpha = raw.use_rslora ? raw.lora_alpha * Math.sqrt(raw.r) : raw.lora_alpha;
  return { rank: raw.r, alpha, base: raw.base_model_name_or_path ?? undefined };
}

/**
 * Reads an adapter of a model.
 *
 * @throws InputError naming the file and what is wrong with it.
 */
export async function readAdapter(
  folder: string,
  config: ModelConfig,
): Promise<{ lora: LoraConfig; parameters: Float32Array }> {
  const { rank, alpha } = await readAdapterConfig(folder);
  const reader = await SafetensorsReader.open(join(folder, 'adapter_model.safetensors'));
  try {
    const modules = new Set(reader.names.map((name) => /\.(\w+)\.lora_[AB]\.weight$/.exec(name)?.[1]));
    const targets = linearTensors.filter((tensor) => modules.has(moduleName(tensor)));
    const lora = { rank, alpha, targets };
    const { slots, size } = adapterLayout({ ...config, lora });
    const known = new Set(slots.map(({ name }) => name));
    const foreign = reader.names.find((name) => !known.has(name));
    if (foreign !== undefined || targets.length === 0)
      throw new InputError(
        'adapter-unsupported',
        `${reader.path}: tensor "${foreign}" belongs to no projection of a layer of the model.`,
      );
    const absent = slots.find(({ name }) => !reader.tensors.has(name));
    if (absent !== undefined)
      throw new InputError(
        'adapter-unsupported',
        `${reader.path}: tensor "${absent.name}" is missing: an adapter extends its projections in all layers, or in none.`,
      );
    const parameters = new Float32Array(size);
    for (const { name, shape, offset, size: count } of slots)
      await readFinite(reader, name, shape, parameters.subarray(offset, offset + count));
    return { lora, parameters };
  } finally {
    await reader.close();
  }
}
