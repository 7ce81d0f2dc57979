/**
 * @file Where a policy is: `micro` is the one that comes with the package, anything else is a path.
 */
import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from '../errors.ts';

/**
 * Relative names are taken from `base`. What lies there is checked when it is opened.
 *
 * @throws InputError when nothing is there.
 */
export async function modelFolder(name: string, base = '.'): Promise<string> {
  // Two levels up from src/experiment/ and from dist/experiment/ alike.
  const path = name === 'micro' ? fileURLToPath(new URL('../../models/micro', import.meta.url)) : resolve(base, name);
  await access(path).catch((error: unknown) => {
    throw new InputError(
      'model-missing',
      `model: got "${name}", but ${path} is missing.`,
      'A policy is a model folder, a GGUF file or an adapter folder; "micro" is the one that comes with golongrl.',
      { cause: error },
    );
  });
  return path;
}
