/** @file A folder's files as a tar archive (POSIX.1-1988, "ustar"), which every system unpacks. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';

const block = 512;

/** @param size in bytes, below 8 GiB in digits and beyond in binary, as GNU tar has it. */
function header(name: string, size: number, time: Date): Buffer {
  const out = Buffer.alloc(block);
  const octal = (value: number, at: number, length: number) =>
    out.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at, 'latin1');
  out.write(name.slice(0, 100), 0, 'utf8');
  octal(0o644, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  if (size < 8 ** 11) octal(size, 124, 12);
  else {
    out.writeUInt8(0x80, 124);
    out.writeBigUInt64BE(BigInt(size), 128);
  }
  octal(Math.floor(time.getTime() / 1000), 136, 12);
  out.write('        0', 148, 'latin1');
  out.write('ustar\u000000', 257, 'latin1');
  const sum = out.reduce((total, byte) => total + byte, 0);
  out.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return out;
}

/** The bytes of an archive of these files of a folder, one after the other. */
export async function* archiveOf(directory: string, names: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const name of names) {
    const { size, mtime } = await stat(join(directory, name));
    yield header(name, size, mtime);
    yield* createReadStream(join(directory, name), { end: Math.max(0, size - 1) }) as AsyncIterable<Buffer>;
    yield Buffer.alloc((block - (size % block)) % block);
  }
  yield Buffer.alloc(2 * block);
}
