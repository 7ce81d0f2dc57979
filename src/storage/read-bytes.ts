/** @file A part of an open file, by its place. */
import { readSync } from 'node:fs';

/** Fewer bytes where the file ends before. */
export function readBytes(descriptor: number, offset: number, bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes);
  let read = 0;
  for (let more = -1; read < bytes && more !== 0; read += more)
    more = readSync(descriptor, buffer, read, bytes - read, offset + read);
  return buffer.subarray(0, read);
}
