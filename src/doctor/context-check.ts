/**
 * @file Whether the model of an exported job has the positions that the job asks for. The model is the one that `launch.sh` takes:
 * MODEL in the environment, else the preset's.
 */

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { messageOf } from '../errors.ts';
import { longestSequence } from '../export/verl/overrides.ts';
import { parseVerlPreset, verlPresets } from '../export/verl/preset.ts';
import { contextShortfall } from '../planning/context.ts';
import { readModelShape } from '../planning/read-model-shape.ts';
import { type Check, fail, ok, warn } from './check.ts';

const name = 'context';
const manifestSchema = z.looseObject({ preset: z.string() });

/** The check of a folder that `export verl` wrote. */
export async function contextCheck(exported: string, environment: NodeJS.ProcessEnv = process.env): Promise<Check> {
  try {
    const [overrides, manifest] = await Promise.all(
      ['overrides.txt', 'export.json'].map((file) => readFile(path.join(exported, file), 'utf8')),
    );
    const { preset } = manifestSchema.parse(JSON.parse(manifest ?? ''));
    const model = environment.MODEL || verlPresets[parseVerlPreset(preset)].model;
    const asked = longestSequence((overrides ?? '').split('\n'));
    const { context } = await readModelShape(model);
    if (context === undefined)
      return warn(name, `${model} states no positions`, `The job asks for ${asked} tokens of a sequence.`);
    const shortfall = contextShortfall(asked, context);
    if (shortfall !== undefined) return fail(name, `${model}: ${shortfall.found}`, shortfall.change);
    return ok(name, `${asked} tokens of a sequence, ${model} has ${context.positions} positions`);
  } catch (error) {
    const why = messageOf(error);
    return warn(
      name,
      `cannot be compared: ${why.slice(0, 200)}`,
      'Set MODEL to the folder of the model that is to train.',
    );
  }
}
