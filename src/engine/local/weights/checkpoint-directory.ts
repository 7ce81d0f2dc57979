/**
 * @file A directory written as one: files, and last manifest.json with the size and hash of every file. Written beside the
 * target, synced, then renamed: whatever happens in between, what was there before stays whole.
 */

import { cp, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import xxhash from 'xxhash-wasm';
import { z } from 'zod';
import { GolongrlError, InputError, ResourceError } from '../../../errors.ts';
import { errorCode } from '../../../storage/files.ts';
import { readRecord } from '../../../storage/record.ts';

const manifestName = 'manifest.json';
const formatName = 'golongrl-checkpoint';
const formatVersion = 1;

const manifestSchema = z.object({
  format: z.literal(formatName),
  version: z.literal(formatVersion),
  step: z.int().nonnegative(),
  files: z.record(z.string(), z.object({ bytes: z.int().nonnegative(), xxhash64: z.string() })),
});

function writeError(error: unknown, directory: string): unknown {
  if (error instanceof GolongrlError) return error;
  const code = errorCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG')
    return new ResourceError(
      'disk-full',
      `Cannot write the checkpoint ${directory}: no space left on the device (${code}). Earlier checkpoints are whole.`,
      'Free some space and save again.',
      { cause: error },
    );
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return new ResourceError('no-permission', `Cannot write the checkpoint ${directory}: ${code}.`, undefined, {
      cause: error,
    });
  return error;
}

async function hashOf(parts: readonly Uint8Array[]): Promise<string> {
  const { create64 } = await xxhash();
  const hash = create64();
  for (const part of parts) {
    // The hasher copies its input into its own memory: hand over pieces of a megabyte.
    for (let at = 0; at < part.length; at += 1 << 20) hash.update(part.subarray(at, at + (1 << 20)));
  }
  return hash.digest().toString(16).padStart(16, '0');
}

async function writeSynced(path: string, parts: readonly Uint8Array[]): Promise<void> {
  const file = await open(path, 'w');
  try {
    for (const part of parts) await file.writeFile(part);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes renames in a directory durable, where the platform can. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r').catch(() => undefined);
  // Windows cannot sync a directory; the rename is still atomic there.
  await directory?.sync().catch(() => undefined);
  await directory?.close();
}

/** File name to its content, in pieces that are written one after the other. */
export type Files = Readonly<Record<string, readonly Uint8Array[]>>;

/** Files that belong to a checkpoint; a new one replaces or drops them. Anything else in the directory is kept. */
const ownFiles = [
  'config.json',
  'model.safetensors',
  'adapter_config.json',
  'adapter_model.safetensors',
  'optimizer.safetensors',
  manifestName,
];

/** Files of a sharded model that the new single file replaces: a reader must not find both. */
const isShard = (name: string): boolean => /^model.*\.safetensors(\.index\.json)?$/.test(name);

/** Copies what others put into the directory (a README, tokenizer files), so that the swap loses nothing. */
async function keepOthers(from: string, to: string, written: readonly string[]): Promise<void> {
  const entries = await readdir(from).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  });
  for (const name of entries) {
    if (ownFiles.includes(name) || written.includes(name) || isShard(name)) continue;
    await cp(join(from, name), join(to, name), { recursive: true, preserveTimestamps: true });
  }
}

/** Writes `files` and a manifest as the directory, replacing an earlier one only when all is on disk. */
export async function writeDirectory(directory: string, files: Files, step: number): Promise<void> {
  const target = resolve(directory);
  const parent = dirname(target);
  const temporary = join(parent, `.${basename(target)}.partial-${process.pid}`);
  const replaced = join(parent, `.${basename(target)}.replaced-${process.pid}`);
  try {
    await mkdir(parent, { recursive: true });
    await rm(temporary, { recursive: true, force: true });
    await mkdir(temporary);
    const listed: Record<string, { bytes: number; xxhash64: string }> = {};
    for (const [name, parts] of Object.entries(files)) {
      await writeSynced(join(temporary, name), parts);
      listed[name] = { bytes: parts.reduce((sum, part) => sum + part.length, 0), xxhash64: await hashOf(parts) };
    }
    const manifest = { format: formatName, version: formatVersion, step, files: listed };
    await writeSynced(join(temporary, manifestName), [textBytes(`${JSON.stringify(manifest, null, 2)}\n`)]);
    await keepOthers(target, temporary, Object.keys(files));
    await syncDirectory(temporary);
    await rm(replaced, { recursive: true, force: true });
    const existed = await rename(target, replaced).then(
      () => true,
      (error: unknown) => {
        if (errorCode(error) === 'ENOENT') return false;
        throw error;
      },
    );
    await rename(temporary, target).catch(async (error: unknown) => {
      if (existed) await rename(replaced, target);
      throw error;
    });
    await syncDirectory(parent);
    await rm(replaced, { recursive: true, force: true });
  } catch (error) {
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined);
    throw writeError(error, directory);
  }
}

/** UTF-8. */
export const textBytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Hash and size of a file, read in pieces. */
async function hashFile(path: string): Promise<{ bytes: number; xxhash64: string }> {
  const { create64 } = await xxhash();
  const hash = create64();
  let bytes = 0;
  const file = await open(path, 'r');
  try {
    for await (const piece of file.createReadStream({ highWaterMark: 1 << 20, autoClose: false })) {
      hash.update(piece as Uint8Array);
      bytes += (piece as Uint8Array).length;
    }
  } finally {
    await file.close();
  }
  return { bytes, xxhash64: hash.digest().toString(16).padStart(16, '0') };
}

/**
 * Checks every file of a directory against its manifest.
 *
 * @throws InputError naming the file that is missing, cut, changed or foreign.
 */
export async function verifyDirectory(directory: string): Promise<void> {
  const manifestPath = join(directory, manifestName);
  const hint = 'A checkpoint is complete only with its manifest.json; use an earlier one.';
  const { files } = await readRecord(manifestPath, manifestSchema, {
    name: `the manifest of a ${formatName}, version ${formatVersion}`,
    code: 'checkpoint-foreign',
    hint,
  });
  for (const [name, { bytes, xxhash64 }] of Object.entries(files)) {
    const path = join(directory, name);
    const found = await hashFile(path).catch((error: unknown) => {
      throw new InputError('checkpoint-corrupt', `Cannot read ${path}, which the manifest lists.`, hint, {
        cause: error,
      });
    });
    if (found.bytes !== bytes)
      throw new InputError(
        'checkpoint-corrupt',
        `${path}: got ${found.bytes} bytes, the manifest says ${bytes}.`,
        hint,
      );
    if (found.xxhash64 !== xxhash64)
      throw new InputError(
        'checkpoint-corrupt',
        `${path}: the content is not what the manifest says (hash differs).`,
        hint,
      );
  }
}
