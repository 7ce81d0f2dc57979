/**
 * @file `golongrl plan`: tokens, memory, time and cost of a step, by model, engine and number of GPUs, before any is rented.
 */
import { availableParallelism } from 'node:os';
import { type Command, Option } from 'commander';
import { UsageError } from '../errors.ts';
import {
  paperScale,
  parseVerlPreset,
  presetRope,
  type VerlPreset,
  type VerlPresetName,
  type VerlScale,
  verlPresetNames,
  verlPresets,
} from '../export/verl/preset.ts';
import { contextOfScaling } from '../planning/context.ts';
import { type DeviceName, deviceNames, devices } from '../planning/device.ts';
import { knownModelNames } from '../planning/model-shape.ts';
import { makePlan, type PlannedEngine, plannedEngines } from '../planning/plan.ts';
import { planLines } from '../planning/plan-text.ts';
import { readModelShape } from '../planning/read-model-shape.ts';
import type { Workload } from '../planning/workload.ts';
import { choice, type Format, formats, wholeNumber } from './shared/options.ts';
import type { Terminal } from './shared/terminal.ts';

interface Flags {
  readonly model?: string;
  readonly preset?: VerlPresetName;
  readonly engine: PlannedEngine;
  readonly gpus?: readonly number[];
  readonly device: DeviceName;
  readonly steps: number;
  readonly prompts?: number;
  readonly group?: number;
  readonly promptTokens?: number;
  readonly responseTokens?: number;
  readonly maxPromptTokens?: number;
  readonly maxResponseTokens?: number;
  readonly drawn?: number;
  readonly lora?: number;
  readonly mfu?: number;
  readonly gpuHour?: number;
  readonly pricePrefill?: number;
  readonly priceSample?: number;
  readonly priceTrain?: number;
  readonly format: Format;
}

/** A parser for a number above zero (or of zero, for a price). */
const positiveNumber =
  (flag: string, zero = false) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isFinite(value) && (value > 0 || (zero && value === 0))) return value;
    throw new UsageError(
      'not-a-number',
      `${flag}: got "${text}", expected a number ${zero ? 'of at least' : 'above'} 0.`,
    );
  };

const mostGpus = 1024;
const defaultGpus = [1, 8, 16, 32, 64, 128];
function gpuCounts(text: string): number[] {
  const counts = text.split(',').map(wholeNumber('--gpus', 1));
  const large = counts.find((count) => count > mostGpus);
  if (large !== undefined) throw new UsageError('gpus-range', `--gpus: got ${large}, expected 1 to ${mostGpus}.`);
  return counts;
}

function share(text: string): number {
  const value = positiveNumber('--mfu')(text);
  if (value > 1) throw new UsageError('not-a-share', `--mfu: got "${text}", expected a share from 0 to 1.`);
  return value;
}

/** Of the longest, where a dataset's own means are not given; and groups drawn for each that is trained on. */
const expected = { prompt: 1 / 2, response: 1 / 4, drawn: 2 } as const;
/** The released scripts draw 512 prompts for 128. */
const worstDrawn = 4;

/** The expected case and the worst, which is the longest of everything. */
function workloadsOf(flags: Flags, scale: VerlScale): { workload: Workload; worst: Workload } {
  const { prompts = scale.prompts, group = scale.group } = flags;
  const { maxPromptTokens = scale.promptTokens, maxResponseTokens = scale.responseTokens } = flags;
  const { promptTokens = Math.round(maxPromptTokens * expected.prompt) } = flags;
  const { responseTokens = Math.round(maxResponseTokens * expected.response) } = flags;
  if (promptTokens > maxPromptTokens || responseTokens > maxResponseTokens) {
    throw new UsageError(
      'mean-above-most',
      'a mean length is above the longest: raise --max-prompt-tokens or --max-response-tokens.',
    );
  }
  const sizes = { prompts, group, maxPromptTokens, maxResponseTokens };
  return {
    workload: { ...sizes, promptTokens, responseTokens, drawn: flags.drawn ?? expected.drawn },
    worst: {
      ...sizes,
      promptTokens: maxPromptTokens,
      responseTokens: maxResponseTokens,
      drawn: flags.drawn ?? worstDrawn,
    },
  };
}

function pricesOf({ pricePrefill: prefill, priceSample: sample, priceTrain: train }: Flags) {
  if (prefill === undefined && sample === undefined && train === undefined) return undefined;
  if (prefill === undefined || sample === undefined || train === undefined)
    throw new UsageError('prices-incomplete', '--price-prefill, --price-sample and --price-train go together.');
  return { prefill, sample, train };
}

async function run(flags: Flags, terminal: Terminal): Promise<void> {
  const { engine, device, steps, lora, mfu, gpuHour, format } = flags;
  const preset: VerlPreset | undefined = flags.preset === undefined ? undefined : verlPresets[flags.preset];
  const scale = preset?.scale ?? paperScale;
  const gpus = flags.gpus ?? (scale.nodes === 1 ? [scale.gpusPerNode] : defaultGpus);
  const model = flags.model ?? preset?.model;
  if (model === undefined) {
    throw new UsageError(
      'model-missing',
      'plan: got neither --model nor --preset.',
      `--model ${knownModelNames.join(' | ')}, or a folder`,
    );
  }
  const layout =
    preset === undefined || engine !== 'verl'
      ? undefined
      : {
          tensor: preset.tensorParallel,
          context: preset.context,
          expert: preset.expertParallel,
          rollout: preset.rolloutTensorParallel,
          ...(preset.backend === 'fsdp2' ? { offload: true } : {}),
        };
  const { shape, rank, context: own } = await readModelShape(model);
  // `launch.sh` of a preset gives its model the positions that it needs.
  const rope = preset === undefined || flags.model !== undefined ? undefined : presetRope(preset, own);
  const context = rope === undefined ? own : contextOfScaling(rope);
  const plan = makePlan({
    engine,
    shape,
    context,
    ...workloadsOf(flags, scale),
    steps,
    gpus,
    device: devices[device],
    layout,
    kind: preset?.backend === 'fsdp2' ? 'fsdp' : undefined,
    lora: lora ?? rank,
    efficiency: mfu === undefined ? undefined : { training: mfu },
    cores: availableParallelism(),
    gpuHour,
    prices: pricesOf(flags),
  });
  if (format === 'json') terminal.out(`${JSON.stringify(plan)}\n`);
  if (format === 'human') terminal.out(`${model} on ${engine}\n${planLines(plan).join('\n')}\n`);
}

const help = `
Examples:
  golongrl plan --preset qwen3-4b-tmn-reweight                          the paper's job, on 1 to 128 GPUs
  golongrl plan --model Qwen3-8B --engine skyrl --lora 32 --gpus 8 --max-prompt-tokens 32768
  golongrl plan --model Qwen3-4B --engine tinker --price-prefill 0.1 --price-sample 0.3 --price-train 0.3
`;

/** Measures nothing and needs no GPU; defaults are the paper's scale. */
export function register(command: Command, terminal: Terminal): void {
  command
    .option('--model <name>', `${knownModelNames.join(' | ')}, or a folder with a config.json`)
    .option('--preset <name>', `model and split of ${verlPresetNames.join(' | ')}`, parseVerlPreset)
    .option('--engine <name>', plannedEngines.join(' | '), choice('--engine', plannedEngines), 'verl')
    .addOption(
      new Option(
        '--gpus <n,...>',
        `numbers of GPUs (default: a preset's one node, else ${defaultGpus.join(',')})`,
      ).argParser(gpuCounts),
    )
    .option('--device <name>', deviceNames.join(' | '), choice('--device', deviceNames), 'H100')
    .option('--steps <n>', 'optimizer steps', wholeNumber('--steps', 1), 200)
    .option('--prompts <n>', 'groups in a step (default: the preset, else the paper)', wholeNumber('--prompts', 1))
    .option('--group <n>', 'rollouts of a prompt', wholeNumber('--group', 1))
    .option('--max-prompt-tokens <n>', 'longest prompt', wholeNumber('--max-prompt-tokens', 1))
    .option('--max-response-tokens <n>', 'longest response', wholeNumber('--max-response-tokens', 1))
    .option('--prompt-tokens <n>', 'mean prompt (default: half the longest)', wholeNumber('--prompt-tokens', 1))
    .option(
      '--response-tokens <n>',
      'mean response (default: a quarter of the longest)',
      wholeNumber('--response-tokens', 1),
    )
    .option(
      '--drawn <x>',
      'groups sampled for each that is trained on (default: 2, and 4 in the worst case, as in the scripts)',
      positiveNumber('--drawn'),
    )
    .option('--lora <rank>', 'train an adapter', wholeNumber('--lora', 1))
    .option('--mfu <share>', 'share of the FLOPs that training reaches, instead of the usual', share)
    .option('--gpu-hour <money>', 'price of an hour of one GPU', positiveNumber('--gpu-hour', true))
    .option(
      '--price-prefill <money>',
      'hosted: price of a million prompt tokens',
      positiveNumber('--price-prefill', true),
    )
    .option(
      '--price-sample <money>',
      'hosted: price of a million sampled tokens',
      positiveNumber('--price-sample', true),
    )
    .option('--price-train <money>', 'hosted: price of a million trained tokens', positiveNumber('--price-train', true))
    .option('--format <name>', formats.join(' | '), choice('--format', formats), 'human')
    .addHelpText('after', help)
    .action((flags: Flags) => run(flags, terminal));
}
