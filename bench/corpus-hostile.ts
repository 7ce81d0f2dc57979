/**
 * @file P1 on hostile files at full size: text and JSON lines of 1 GB in one line, a gzip bomb of 10 GB, an EPUB bomb, one good
 * file among them. Prints what became of each, and the peak memory. `npx tsx bench/corpus-hostile.ts`
 */
import { createWriteStream, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { zipSync } from 'fflate';
import { readDocuments } from '../src/corpus/readers/read-documents.ts';
import { streamCorpus } from '../src/corpus/stream-corpus.ts';

const mebibyte = 2 ** 20;
function* repeated(mebibytes: number, head = '', tail = ''): Generator<Buffer> {
  yield Buffer.from(head);
  const chunk = Buffer.alloc(mebibyte, 'a');
  for (let i = 0; i < mebibytes; i++) yield chunk;
  yield Buffer.from(tail);
}

const folder = await mkdtemp(path.join(tmpdir(), 'golongrl-hostile-'));
const put = (name: string): ReturnType<typeof createWriteStream> => createWriteStream(path.join(folder, name));
try {
  await pipeline(Readable.from(repeated(1024)), put('a-line.txt'));
  await pipeline(
    Readable.from(repeated(1024, '{"text":"', '"}\n{"text":"The line after it."}\n')),
    put('b-line.jsonl'),
  );
  await pipeline(Readable.from(repeated(10_240)), createGzip({ level: 1 }), put('c-bomb.txt.gz'));
  writeFileSync(path.join(folder, 'd-bomb.epub'), zipSync({ 'a.xhtml': Buffer.alloc(512 * mebibyte) }));
  // As large as is read: words without an end, full stops, and blank lines.
  for (const [name, unit] of Object.entries({ word: 'a', stops: '.', blanks: 'a\n\n', capitals: 'Aa ' }))
    writeFileSync(path.join(folder, `e-${name}.txt`), unit.repeat(Math.floor((60 * mebibyte) / unit.length)));
  writeFileSync(path.join(folder, 'z-good.txt'), 'A good file is read after all of these.');
  let start = performance.now();
  for await (const item of streamCorpus(readDocuments([folder]))) {
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    const what =
      item.type === 'document' ? `read, ${item.measures.characters} characters` : `${item.code}: ${item.reason}`;
    console.log(`${item.id}: ${what} (${seconds} s)`);
    start = performance.now();
  }
  console.log(`peak ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB resident`);
} finally {
  await rm(folder, { recursive: true });
}
