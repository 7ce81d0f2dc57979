/**
 * @file `golongrl plan`: tokens, memory, time and cost of a step, by model, engine and number of GPUs, before any is rented.
 */
import { availableParallelism } from 'node:os';
import { type Command, Option } from 'commander';
import { UsageError } from '../errors.ts';
import {
  paperScale,
  parseVerlPreset,
  type VerlPresetName,
  verlPresetNames,
  verlPresets,
} from '../export/verl/preset.ts';
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
  readonly gpus: readonly number[];
  readonly device: DeviceName;
  readonly steps: number;
  readonly prompts: number;
  readonly group: number;
  readonly promptTokens?: number;
  readonly responseTokens?: number;
  readonly maxPromptTokens: number;
  readonly maxResponseTokens: number;
  readonly drawn: number;
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

function workloadOf(flags: Flags): Workload {
  const { prompts, group, maxPromptTokens, maxResponseTokens, drawn } = flags;
  const { promptTokens = maxPromptTokens, responseTokens = maxResponseTokens } = flags;
  if (promptTokens > maxPromptTokens || responseTokens > maxResponseTokens) {
    throw new UsageError(
      'mean-above-most',
      'a mean length is above the longest: raise --max-prompt-tokens or --max-response-tokens.',
    );
  }
  return { prompts, group, maxPromptTokens, maxResponseTokens, drawn, promptTokens, responseTokens };
}

function pricesOf({ pricePrefill: prefill, priceSample: sample, priceTrain: train }: Flags) {
  if (prefill === undefined && sample === undefined && train === undefined) return undefined;
  if (prefill === undefined || sample === undefined || train === undefined)
    throw new UsageError('prices-incomplete', '--price-prefill, --price-sample and --price-train go together.');
  return { prefill, sample, train };
}

async function run(flags: Flags, terminal: Terminal): Promise<void> {
  const { engine, gpus, device, steps, lora, mfu, gpuHour, format } = flags;
  const preset = flags.preset === undefined ? undefined : verlPresets[flags.preset];
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
          context: paperScale.contextParallel,
          expert: preset.expertParallel,
          rollout: paperScale.rolloutTensorParallel,
        };
  const { shape, rank, context } = await readModelShape(model);
  const plan = makePlan({
    engine,
    shape,
    context,
    workload: workloadOf(flags),
    steps,
    gpus,
    device: devices[device],
    layout,
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
  const { prompts, group, promptTokens, responseTokens } = paperScale;
  command
    .option('--model <name>', `${knownModelNames.join(' | ')}, or a folder with a config.json`)
    .option('--preset <name>', `model and split of ${verlPresetNames.join(' | ')}`, parseVerlPreset)
    .option('--engine <name>', plannedEngines.join(' | '), choice('--engine', plannedEngines), 'verl')
    .addOption(
      new Option('--gpus <n,...>', 'numbers of GPUs')
        .argParser(gpuCounts)
        .default([1, 8, 16, 32, 64, 128], '1,8,16,32,64,128'),
    )
    .option('--device <name>', deviceNames.join(' | '), choice('--device', deviceNames), 'H100')
    .option('--steps <n>', 'optimizer steps', wholeNumber('--steps', 1), 200)
    .option('--prompts <n>', 'groups in a step', wholeNumber('--prompts', 1), prompts)
    .option('--group <n>', 'rollouts of a prompt', wholeNumber('--group', 1), group)
    .option('--max-prompt-tokens <n>', 'longest prompt', wholeNumber('--max-prompt-tokens', 1), promptTokens)
    .option('--max-response-tokens <n>', 'longest response', wholeNumber('--max-response-tokens', 1), responseTokens)
    .option('--prompt-tokens <n>', 'mean prompt (default: the longest)', wholeNumber('--prompt-tokens', 1))
    .option('--response-tokens <n>', 'mean response (default: the longest)', wholeNumber('--response-tokens', 1))
    .option(
      '--drawn <x>',
      'groups sampled for each that is trained on (the scripts: 512 for 128)',
      positiveNumber('--drawn'),
      4,
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
