/**
 * @file Where the tensors of a model are read from, one by one into memory that the caller owns: a model is never held
 * twice. Implemented by safetensors files, sharded ones and GGUF files.
 */
import { type FileHandle, open } from 'node:fs/promises';
import { InputError } from '../../../errors.ts';

/** A file, or several, open for reading; the one who opened it closes it. */
export interface WeightSource {
  /** The file, for messages. */
  readonly path: string;
  readonly names: readonly string[];
  /** Reads a tensor as fp32. @throws InputError when it is missing, cut, or of another shape or type. */
  read(name: string, shape: readonly number[], target: Float32Array): Promise<void>;
  close(): Promise<void>;
}

/** An error about the content of a file. */
export const corrupt = (path: string, what: string, cause?: unknown) =>
  new InputError('weights-corrupt', `${path}: ${what}`, 'Copy the file again, or use another checkpoint.', { cause });

/** True when no value is infinite or not a number. */
export function allFinite(values: Float32Array): boolean {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] as number) * 0;
  return sum === 0;
}

/** Reads a tensor. @throws InputError when a value is not finite, besides what `read` throws. */
export async function readFinite(
  source: Pick<WeightSource, 'path' | 'read'>,
  name: string,
  shape: readonly number[],
  target: Float32Array,
): Promise<void> {
  await source.read(name, shape, target);
  if (!allFinite(target))
    throw new InputError(
      'weights-not-finite',
      `${source.path}: tensor "${name}" holds values that are not finite.`,
      'Use an earlier checkpoint.',
    );
}

/** Opens a file and reads its header with `read`; the file stays open unless that fails. @throws InputError when it is missing. */
export async function openWeightFile<T>(
  path: string,
  read: (file: FileHandle, size: number) => Promise<T>,
): Promise<T> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw new InputError('file-missing', `Cannot read ${path}.`, undefined, { cause: error });
  });
  try {
    return await read(file, (await file.stat()).size);
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** The description of a tensor. @throws InputError when the file has none of this name, or one of another shape. */
export function describedTensor<T extends { readonly shape: readonly number[] }>(
  { path, tensors }: { path: string; tensors: ReadonlyMap<string, T> },
  name: string,
  shape: readonly number[],
): T {
  const info = tensors.get(name);
  if (!info) throw corrupt(path, `tensor "${name}" is missing.`);
  if (info.shape.join() !== shape.join())
    throw corrupt(path, `tensor "${name}" has shape [${info.shape}], expected [${shape}].`);
  return info;
}

/** Fills `target` from a position of the file. @throws InputError when the file ends before. */
export async function readInto(
  { file, path }: { file: FileHandle; path: string },
  position: number,
  target: Uint8Array,
): Promise<void> {
  let done = 0;
  while (done < target.length) {
    const { bytesRead } = await file.read(target, done, Math.min(target.length - done, 1 << 30), position + done);
    if (bytesRead === 0) throw corrupt(path, `ends at byte ${position + done}, expected ${position + target.length}.`);
    done += bytesRead;
  }
}

/** Elements converted at once. */
const pieceElements = 1 << 20;

/** Reads `target.length` elements in blocks of `block.elements`, `block.bytes` each, and converts them piece by piece. */
export async function readConverted(
  source: { file: FileHandle; path: string },
  options: {
    position: number;
    block: { elements: number; bytes: number };
    target: Float32Array;
    convert: (bytes: Uint8Array<ArrayBuffer>, target: Float32Array) => void;
  },
): Promise<void> {
  const { position, block, target, convert } = options;
  const buffer = new Uint8Array((Math.min(target.length, pieceElements) / block.elements) * block.bytes);
  for (let at = 0; at < target.length; at += pieceElements) {
    const part = target.subarray(at, at + pieceElements);
    const bytes = buffer.subarray(0, (part.length / block.elements) * block.bytes);
    await readInto(source, position + (at / block.elements) * block.bytes, bytes);
    convert(bytes, part);
  }
}
