/**
 * @file The settings of an evaluation from the flags of `golongrl eval run`, or from the run that is continued.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { ComputeDevice } from '../../engine/local/compute.ts';
import { InputError, UsageError } from '../../errors.ts';
import type { compatProfiles } from '../../evaluation/benchmark.ts';
import { benchmarkByName, benchmarks } from '../../evaluation/benchmarks/registry.ts';
import { defaultPrompts } from '../../evaluation/prompts.ts';
import { EvaluationDirectory } from '../../evaluation/run/evaluation-directory.ts';
import { type EvaluationSettings, evaluationSettingsSchema } from '../../evaluation/run/settings.ts';
import { readRecord } from '../../storage/record.ts';
import type { Format } from '../shared/options.ts';

/** Undefined where the flag was not given, so that the settings of a resumed run or the published ones stay. */
export interface RunFlags {
  readonly data?: readonly string[];
  readonly model?: string;
  readonly url: string;
  readonly engine?: string;
  readonly device?: ComputeDevice;
  readonly apiKeyEnv: string;
  readonly out?: string;
  readonly resume?: string;
  readonly profile?: (typeof compatProfiles)[number];
  readonly rescore?: boolean;
  readonly dryRun?: boolean;
  readonly prompts?: string;
  readonly judgeModel?: string;
  readonly judgeUrl?: string;
  readonly judgeApiKeyEnv: string;
  readonly judgeVotes: number;
  readonly judgeSwap?: boolean;
  readonly judgeMaxTokens?: number;
  readonly mostTokens?: number;
  readonly mostMinutes?: number;
  readonly mostCost?: number;
  readonly priceInput: number;
  readonly priceOutput: number;
  readonly priceCachedInput?: number;
  readonly judgeThinkingTokens?: number;
  readonly judgeExtraBody?: Readonly<Record<string, unknown>>;
  readonly judgeOmit?: readonly string[];
  readonly format: Format;
  readonly [setting: string]: unknown;
}

/** Flags that are settings of the same name. */
const plainSettings = [
  'seed',
  'limit',
  'repeats',
  'temperature',
  'topP',
  'maxTokens',
  'inputTokens',
  'tokenizer',
  'overlong',
  'concurrency',
  'attempts',
  'timeout',
  'thinkingTokens',
  'extraBody',
  'omit',
] as const;

function benchmarkPaths(names: readonly string[], data: readonly string[]): { name: string; path: string }[] {
  const named = new Map<string, string>();
  let root: string | undefined;
  for (const entry of data) {
    const [, name, place] = /^([a-z0-9-]+)=(.+)$/.exec(entry) ?? [];
    if (name === undefined || place === undefined) root = entry;
    else named.set(benchmarkByName(name).name, place);
  }
  const folder = (name: string): string | undefined =>
    root !== undefined && existsSync(join(root, name)) ? join(root, name) : undefined;
  const given = (name: string): boolean => named.has(name) || folder(name) !== undefined;
  const chosen = names.includes('all')
    ? benchmarks.map(({ name }) => name).filter(given)
    : names.length > 0
      ? names.map((name) => benchmarkByName(name).name)
      : [...named.keys()];
  if (chosen.length === 0) {
    throw new UsageError('no-benchmark', 'eval run: got no benchmark with data.', 'Name some of: golongrl eval list');
  }
  return chosen.map((name) => {
    const place = named.get(name) ?? folder(name) ?? root;
    if (place !== undefined) return { name, path: place };
    throw new UsageError('no-data', `${name}: got no data.`, `Give --data DIR or --data ${name}=PATH.`);
  });
}

async function readPrompts(file: string | undefined): Promise<Record<string, string>> {
  if (file === undefined) return {};
  const given = await readRecord(file, z.record(z.string(), z.string()), {
    name: 'a file of prompts',
    code: 'prompts-invalid',
    hint: 'Write {"NAME": "WORDING"}, with the names of docs/evaluation.md.',
  });
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(defaultPrompts, name));
  if (unknown.length === 0) return given;
  throw new InputError(
    'prompt-unknown',
    `${file}: got ${unknown.join(', ')}, expected names out of ${Object.keys(defaultPrompts).join(', ')}.`,
  );
}

/** @throws UsageError for flags that do not make an evaluation. */
export async function settingsOf(names: readonly string[], flags: RunFlags): Promise<EvaluationSettings> {
  if (flags.resume !== undefined) {
    const record = await new EvaluationDirectory(flags.resume).readRecord();
    if (record === undefined) {
      throw new UsageError('no-evaluation', `--resume ${flags.resume}: there is no evaluation here.`);
    }
    return { ...record.settings, ...(flags.profile === undefined ? {} : { profile: flags.profile }) };
  }
  const model = flags.model ?? flags.engine;
  if (model === undefined) {
    throw new UsageError(
      'no-model',
      'eval run: got no --model.',
      'Name the model as its server does, or give --engine DIR.',
    );
  }
  const judge =
    flags.judgeModel === undefined
      ? undefined
      : {
          model: flags.judgeModel,
          url: flags.judgeUrl ?? flags.url,
          apiKeyEnv: flags.judgeApiKeyEnv,
          votes: flags.judgeVotes,
          swap: flags.judgeSwap ?? false,
          maxTokens: flags.judgeMaxTokens,
          thinkingTokens: flags.judgeThinkingTokens,
          extraBody: flags.judgeExtraBody,
          omit: flags.judgeOmit,
        };
  return evaluationSettingsSchema.parse({
    benchmarks: benchmarkPaths(names, flags.data ?? []),
    model,
    url: flags.engine === undefined ? flags.url : 'embedded',
    apiKeyEnv: flags.apiKeyEnv,
    profile: flags.profile,
    ...Object.fromEntries(plainSettings.map((name) => [name, flags[name]])),
    prompts: await readPrompts(flags.prompts),
    judge,
    limits: { tokens: flags.mostTokens, minutes: flags.mostMinutes, cost: flags.mostCost },
    price: { input: flags.priceInput, output: flags.priceOutput, cachedInput: flags.priceCachedInput },
  });
}
