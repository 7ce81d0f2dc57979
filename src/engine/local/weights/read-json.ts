/** @file Reads a JSON file of a model. */
import { readFile } from 'node:fs/promises';
import { InputError } from '../../../errors.ts';

/** @throws InputError when the file is missing or not JSON. */
export async function readJson(path: string, missingHint: string): Promise<unknown> {
  const content = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new InputError('file-missing', `Cannot read ${path}.`, missingHint, { cause: error });
  });
  try {
    return JSON.parse(content);
  } catch (error) {
    throw new InputError('json-corrupt', `${path} is not JSON.`, undefined, { cause: error });
  }
}
