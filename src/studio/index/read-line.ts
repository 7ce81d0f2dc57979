/** @file One line of a file, by its place: what makes a list over gigabytes cheap. */
import { open } from 'node:fs/promises';

/** The bytes of a place as text. */
export async function readPlace(file: string, offset: number, bytes: number): Promise<string> {
  const handle = await open(file, 'r');
  try {
    const buffer = Buffer.alloc(bytes);
    const { bytesRead } = await handle.read(buffer, 0, bytes, offset);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}
