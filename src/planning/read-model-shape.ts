/**
 * @file The shape of a model by its name or from its folder.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '../errors.ts';
import { knownModel, type ModelShape, shapeOfConfig } from './model-shape.ts';

/** A known model, or a folder with a `config.json`. @throws UsageError, InputError */
export function readModelShape(model: string): ModelShape {
  const file = path.join(model, 'config.json');
  if (!existsSync(file)) return knownModel(model);
  try {
    return shapeOfConfig(JSON.parse(readFileSync(file, 'utf8')), file);
  } catch (error) {
    if (error instanceof SyntaxError) throw new InputError('config-unreadable', `${file}: is not JSON`);
    throw error;
  }
}
