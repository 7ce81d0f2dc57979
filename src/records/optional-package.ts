/** @file Loads a package that only one format needs, when a file of that format is met. */
import { QuarantineError } from './reader.ts';

/** @throws QuarantineError `reader-missing` when it is not installed: the rest of the corpus is read without it. */
export async function optionalPackage<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ERR_MODULE_NOT_FOUND';
    if (!missing) throw cause;
    throw new QuarantineError('reader-missing', `this format needs the package ${name}: npm install ${name}`, {
      cause,
    });
  }
}
