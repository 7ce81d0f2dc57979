/**
 * @file The training run that validates a dataset version before a full run (paper: 8,000 random samples): the configuration of a
 * file, or the micro preset, on a random subset of the dataset's training samples and all its held-out ones.
 */
import path from 'node:path';
import { z } from 'zod';
import { UsageError } from '../errors.ts';
import type { TrainingConfig } from '../training/config.ts';
import { completeConfig } from '../training/parse-config.ts';
import { yamlValue } from '../yaml-value.ts';

/** The paper's number. */
export const validationSamples = 8000;

/** Undefined fields stay as the file or the preset has them. */
export interface ValidationOptions {
  /** Directory of the dataset. */
  readonly dataset: string;
  readonly samples: number;
  readonly model?: string | undefined;
  readonly engine?: string | undefined;
  readonly steps?: number | undefined;
  readonly seed?: number | undefined;
  /** YAML of `golongrl train`; its data section does not count. */
  readonly config?: string | undefined;
}

const treeSchema = z.record(z.string(), z.unknown());

/** @throws UsageError when a field is wrong. */
export function validationConfig(options: ValidationOptions): TrainingConfig {
  const { dataset, samples, model, engine, steps, seed, config } = options;
  const tree =
    config === undefined
      ? { model: 'micro', preset: 'micro' }
      : treeSchema.safeParse(yamlValue(config, '--config')).data;
  if (tree === undefined) throw new UsageError('config-invalid', '--config: expected fields of a configuration');
  const policy = model ?? tree.model;
  const native = (split: string): string => path.resolve(dataset, 'native', `${split}.jsonl`);
  const given = Object.entries({ model, engine, steps, seed }).filter(([, value]) => value !== undefined);
  return completeConfig({
    ...tree,
    ...Object.fromEntries(given),
    data: {
      train: native('train'),
      heldout: native('heldout'),
      subset: samples,
      // The micro policy reads 1,536 tokens.
      rendering: policy === 'micro' ? 'short' : 'all',
    },
  });
}
