/** @file How many lines a file has by now. */
import { createReadStream, existsSync } from 'node:fs';

/** Whole lines; 0 where there is no file. */
export async function countLines(file: string): Promise<number> {
  if (!existsSync(file)) return 0;
  let lines = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>)
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) lines++;
  return lines;
}
