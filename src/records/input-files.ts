/**
 * @file The files behind what a user names: a file, a folder, a pattern. In order of path, so that a corpus is the same on
 * every machine. A folder that may not be listed, a link that leads nowhere or back is set aside, and the rest is read. So is a link that leads out of what was named: data of strangers must not choose what is read.
 */
import { type Dirent, statSync } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '../errors.ts';
import { printable } from '../printable.ts';
import { globPattern, globRoot, isGlob } from './glob.ts';
import { quarantined } from './quarantined.ts';
import { type Quarantined, QuarantineError } from './reader.ts';

/** A file that may be read; `id` is the same on every machine. */
export interface InputFile {
  readonly type: 'file';
  readonly file: string;
  /** Path below the folder that was named, with `/`; what no terminal should print is escaped. */
  readonly id: string;
}

/** Folders compare with their slash, which makes the walk's order that of the paths. */
const sortKey = (entry: Dirent): string => (entry.isDirectory() ? `${entry.name}/` : entry.name);

/** @throws QuarantineError `unsafe-path`. */
async function checkLink(root: string, file: string): Promise<void> {
  const target = await realpath(file);
  const inside = path.relative(await realpath(root), target);
  if (inside !== '..' && !inside.startsWith(`..${path.sep}`) && !path.isAbsolute(inside)) return;
  throw new QuarantineError('unsafe-path', `the link leads out of the folder, to ${target}; name that to read it`);
}

async function* walk(root: string, folder: string, seen: Map<string, string>): AsyncGenerator<InputFile | Quarantined> {
  let entries: Dirent[];
  try {
    const real = await realpath(path.join(root, folder));
    const earlier = seen.get(real);
    if (earlier !== undefined) {
      const reason = `the link leads to ${earlier === '' ? 'the folder itself' : earlier}, which is read already`;
      yield { type: 'quarantined', id: printable(folder), code: 'symlink-loop', reason: printable(reason) };
      return;
    }
    seen.set(real, folder);
    entries = await readdir(path.join(root, folder), { withFileTypes: true });
  } catch (error) {
    yield quarantined(printable(folder), error);
    return;
  }
  entries.sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    const place = folder === '' ? entry.name : `${folder}/${entry.name}`;
    const id = printable(place);
    const file = path.join(root, place);
    try {
      if (entry.isSymbolicLink()) await checkLink(root, file);
      const found = entry.isSymbolicLink() ? await stat(file) : entry;
      if (found.isDirectory()) yield* walk(root, place, seen);
      else if (found.isFile()) yield { type: 'file', file, id };
      else yield { type: 'quarantined', id, code: 'unreadable', reason: 'not a file: a pipe, socket or device' };
    } catch (error) {
      yield quarantined(id, error);
    }
  }
}

/** @throws InputError when there is nothing at the place named: a typing error, not a bad document. */
export async function* inputFiles(target: string): AsyncGenerator<InputFile | Quarantined> {
  const found = statSync(target, { throwIfNoEntry: false });
  if (found?.isDirectory()) yield* walk(target, '', new Map());
  else if (found?.isFile()) yield { type: 'file', file: target, id: printable(path.basename(target)) };
  else if (found === undefined && isGlob(target)) {
    const root = globRoot(target);
    const pattern = globPattern(path.posix.normalize(target));
    for await (const item of walk(root, '', new Map())) {
      if (item.type === 'quarantined' || pattern.test(path.posix.join(root, item.id))) yield item;
    }
  } else {
    const what = found === undefined ? 'there is no such file or folder' : 'neither a file nor a folder';
    throw new InputError('documents-missing', `${target}: ${what}`, 'Check the path and its permissions.');
  }
}
