/**
 * @file Where a policy is: `micro` is the one that comes with the package, anything else is a folder.
 */
import { access } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from '../errors.ts';

/** Relative names are taken from `base`. @throws InputError when the folder does not hold a policy. */
export async function modelFolder(name: string, base = '.'): Promise<string> {
  // Two levels up from src/experiment/ and from dist/experiment/ alike.
  const folder = name === 'micro' ? fileURLToPath(new URL('../../models/micro', import.meta.url)) : resolve(base, name);
  for (const file of ['config.json', 'model.safetensors', 'tokenizer.json']) {
    await access(join(folder, file)).catch((error: unknown) => {
      throw new InputError(
        'model-missing',
        `model: got "${name}", but ${join(folder, file)} is missing.`,
        'A policy is a folder with config.json, model.safetensors and tokenizer.json; "micro" is the one that comes with golongrl.',
        { cause: error },
      );
    });
  }
  return folder;
}
