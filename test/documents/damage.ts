/** @file Ways in which a file arrives broken: cut, overwritten, renamed, packed, or with one part of its archive changed. */
import { gzipSync } from 'node:zlib';
import { unzipSync, zipSync } from 'fflate';
import type { Random } from '../../src/random.ts';

/** A file and its name. */
export interface NamedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

type Damage = (file: NamedFile, draw: Random) => NamedFile;

const place = (bytes: Uint8Array, draw: Random): number => draw.integer(0, Math.max(0, bytes.length - 1));

/** One part of an archive, changed; files that are no archives as they are. */
function inArchive(file: NamedFile, draw: Random, change: (part: Uint8Array) => Uint8Array): NamedFile {
  if (file.bytes[0] !== 0x50 || file.bytes[1] !== 0x4b) return { ...file, bytes: change(file.bytes) };
  const parts = unzipSync(file.bytes);
  const names = Object.keys(parts).filter((name) => /\.(?:xml|rels|opf|x?html)$/.test(name));
  const name = names[draw.integer(0, Math.max(0, names.length - 1))];
  if (name === undefined) return file;
  return { ...file, bytes: zipSync({ ...parts, [name]: change(parts[name] ?? new Uint8Array()) }) };
}

const changed = (bytes: Uint8Array, at: number, insert: Uint8Array, drop = 0): Uint8Array =>
  Buffer.concat([bytes.subarray(0, at), insert, bytes.subarray(at + drop)]);

const formats = ['docx', 'xlsx', 'pptx', 'odt', 'ods', 'epub', 'rtf', 'tex', 'html', 'txt', 'csv', 'json', 'pdf'];

/** By name; each gives another file from a good one. */
export const damages: Readonly<Record<string, Damage>> = {
  whole: (file) => file,
  cut: (file, draw) => ({ ...file, bytes: file.bytes.subarray(0, place(file.bytes, draw)) }),
  'bytes overwritten': (file, draw) => {
    const bytes = Uint8Array.from(file.bytes);
    for (let i = 0; i < 20 && bytes.length > 0; i++) bytes[place(bytes, draw)] = draw.integer(0, 255);
    return { ...file, bytes };
  },
  'bytes inserted': (file, draw) => ({
    ...file,
    bytes: changed(
      file.bytes,
      place(file.bytes, draw),
      Uint8Array.from({ length: 300 }, () => draw.integer(0, 255)),
    ),
  }),
  'zeros inserted': (file, draw) => ({
    ...file,
    bytes: changed(file.bytes, place(file.bytes, draw), new Uint8Array(9)),
  }),
  'other name': (file, draw) => ({
    ...file,
    name: `${file.name}.${formats[draw.integer(0, formats.length - 1)] ?? 'txt'}`,
  }),
  gzipped: (file) => ({ name: `${file.name}.gz`, bytes: gzipSync(file.bytes) }),
  'gzip cut': (file, draw) => {
    const bytes = gzipSync(file.bytes);
    return { name: `${file.name}.gz`, bytes: bytes.subarray(0, place(bytes, draw)) };
  },
  'a part cut': (file, draw) => inArchive(file, draw, (part) => part.subarray(0, place(part, draw))),
  'a part overwritten': (file, draw) =>
    inArchive(file, draw, (part) => {
      const bytes = Uint8Array.from(part);
      for (let i = 0; i < 30 && bytes.length > 0; i++) bytes[place(bytes, draw)] = draw.integer(32, 126);
      return bytes;
    }),
  'a part nested': (file, draw) =>
    inArchive(file, draw, (part) => changed(part, place(part, draw), Buffer.from('<w:tbl><w:tr><w:tc>'.repeat(3000)))),
  'a part empty': (file, draw) => inArchive(file, draw, () => new Uint8Array()),
  'a part in UTF-16': (file, draw) =>
    inArchive(file, draw, (part) => Buffer.from(`\ufeff${Buffer.from(part).toString()}`, 'utf16le')),
};
