/**
 * @file Whether the model of an exported job has the positions that the job asks for, and heads and experts that its split divides. The
 * model is the one that `launch.sh` takes: MODEL in the environment, else the preset's.
 */

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { messageOf } from '../errors.ts';
import { longestSequence, overrideKey } from '../export/verl/overrides.ts';
import { parseVerlPreset, type VerlPreset, verlPresets } from '../export/verl/preset.ts';
import { contextOfScaling, contextShortfall } from '../planning/context.ts';
import { readModelShape } from '../planning/read-model-shape.ts';
import { splitOfOverrides, splitRefusals } from '../planning/verl-split.ts';
import { type Check, fail, ok, warn } from './check.ts';

const name = 'context';
const ropeSchema = z.object({
  rope_type: z.literal('yarn'),
  factor: z.number(),
  original_max_position_embeddings: z.number(),
});
const manifestSchema = z.looseObject({ preset: z.string(), rope: ropeSchema.optional() });

/** The check of a folder that `export verl` wrote. */
export async function contextCheck(exported: string, environment: NodeJS.ProcessEnv = process.env): Promise<Check> {
  try {
    const [overrides, manifest] = await Promise.all(
      ['overrides.txt', 'export.json'].map((file) => readFile(path.join(exported, file), 'utf8')),
    );
    const { preset, rope } = manifestSchema.parse(JSON.parse(manifest ?? ''));
    const model = environment.MODEL || verlPresets[parseVerlPreset(preset)].model;
    const asked = longestSequence((overrides ?? '').split('\n'));
    const { context: own } = await readModelShape(model);
    // What `launch.sh` gives a model that has too few.
    const scaled = rope === undefined ? undefined : contextOfScaling(rope);
    const context = own !== undefined && scaled !== undefined && scaled.positions > own.positions ? scaled : own;
    if (context === undefined)
      return warn(name, `${model} states no positions`, `The job asks for ${asked} tokens of a sequence.`);
    const shortfall = contextShortfall(asked, context);
    if (shortfall !== undefined) return fail(name, `${model}: ${shortfall.found}`, shortfall.change);
    return ok(
      name,
      `${asked} tokens of a sequence, ${model} has ${context.positions} positions${context === scaled ? ' as launch.sh prepares it' : ''}`,
    );
  } catch (error) {
    const why = messageOf(error);
    return warn(
      name,
      `cannot be compared: ${why.slice(0, 200)}`,
      'Set MODEL to the folder of the model that is to train.',
    );
  }
}

const splitName = 'split';

/** What verl would refuse of the split of an exported job, with what to change. Sizes of the cluster are those of the environment. */
export async function splitCheck(exported: string, environment: NodeJS.ProcessEnv = process.env): Promise<Check> {
  try {
    const [overrides, manifest] = await Promise.all(
      ['overrides.txt', 'export.json'].map((file) => readFile(path.join(exported, file), 'utf8')),
    );
    const preset: VerlPreset = verlPresets[parseVerlPreset(manifestSchema.parse(JSON.parse(manifest ?? '')).preset)];
    const lines = (overrides ?? '').split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    const values = new Map(lines.map((text) => [overrideKey(text), text.slice(text.indexOf('=') + 1)]));
    const nodes = Number(environment.NNODES || preset.scale.nodes);
    const split = splitOfOverrides(values, nodes, Number(environment.GPUS_PER_NODE || preset.scale.gpusPerNode));
    const model = environment.MODEL || preset.model;
    const refusals = splitRefusals(split, (await readModelShape(model)).shape);
    if (refusals.length > 0)
      return fail(
        splitName,
        refusals.map(({ found }) => found).join('; '),
        refusals.map(({ change }) => change).join(' '),
      );
    return ok(
      splitName,
      `${split.gpus} GPUs, ${split.context * split.tensor} of a copy, rollout engines of ${split.rollout}`,
    );
  } catch (error) {
    const why = messageOf(error);
    return warn(splitName, `cannot be read: ${why.slice(0, 200)}`, 'Export the job again.');
  }
}
