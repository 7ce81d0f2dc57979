/** @file Whether a file holds documents or samples. */
import { open } from 'node:fs/promises';
import { fileError } from '../../storage/files.ts';

/** Bytes at the start of a file that tell samples from documents. */
const headLength = 65_536;

/** Whether the file holds no samples: its first line says what they all say. A folder, and what is not there, is no document. */
export async function isDocumentFile(target: string): Promise<boolean> {
  const file = await open(target, 'r').catch(() => undefined);
  if (file === undefined) return false;
  try {
    if (!(await file.stat()).isFile()) return false;
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headLength), 0, headLength, 0);
    const head = buffer.toString('utf8', 0, bytesRead).trimStart();
    const line = head.split('\n', 1)[0] ?? '';
    return !(line.startsWith('{') && /"task"\s*:\s*"T\d"/.test(line) && /"prompt"\s*:/.test(line));
  } catch (error) {
    throw fileError(error, target, 'read');
  } finally {
    await file.close();
  }
}
