/**
 * @file Memory of P1 and P2 on a corpus that is larger than it: composes documents out of the packaged ones (paragraphs in new
 * order, so that they are no duplicates), writes them as JSON lines, and runs the corpus over them to disk.
 * `npx tsx bench/corpus-memory.ts 2` for 2 GB. Prints the resident memory at each tenth, and what a document adds to it.
 */
import { statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadCorpus } from '../src/corpus/load-corpus.ts';
import { readDocuments } from '../src/corpus/readers/read-documents.ts';
import { streamCorpus } from '../src/corpus/stream-corpus.ts';
import { writeCorpus } from '../src/experiment/write-corpus.ts';
import { random } from '../src/random.ts';
import { writeLines } from '../src/samples/lines.ts';

const gigabytes = Number(process.argv[2] ?? 2);
const folder = await mkdtemp(path.join(tmpdir(), 'golongrl-corpus-'));
const documentCharacters = 40_000;

function* composed(): Generator<string> {
  const paragraphs = loadCorpus().flatMap((document) => document.text.split('\n\n'));
  const draw = random('corpus memory');
  for (let written = 0; written < gigabytes * 1e9; ) {
    const parts: string[] = [];
    for (let size = 0; size < documentCharacters; size += parts.at(-1)?.length ?? 1)
      parts.push(paragraphs[Math.floor(draw.next() * paragraphs.length)] ?? '');
    const line = JSON.stringify({ text: parts.join('\n\n'), licence: 'CC0-1.0' });
    written += line.length;
    yield line;
  }
}

const megabytes = (bytes: number): number => Math.round(bytes / 1e6);
try {
  const input = path.join(folder, 'input.jsonl');
  await writeLines(input, composed());
  const size = statSync(input).size;
  console.log(`${megabytes(size)} MB in ${input}`);
  const start = performance.now();
  let read = 0;
  let documents = 0;
  let told = 0;
  let peak = 0;
  const onItem = (item: { type: string; text?: string }): void => {
    documents++;
    read += item.text?.length ?? 0;
    if (documents % 50 === 0) peak = Math.max(peak, process.memoryUsage.rss());
    if (read < ((told + 1) * size) / 10) return;
    told++;
    const rate = (read / 1e6 / ((performance.now() - start) / 1000)).toFixed(1);
    console.log(
      `${told * 10} %: ${documents} documents, ${megabytes(process.memoryUsage.rss())} MB resident, ${rate} MB/s`,
    );
  };
  const summary = await writeCorpus(path.join(folder, 'out'), streamCorpus(readDocuments([input])), { onItem });
  console.log(`kept ${summary.documents}, ${summary.tokens} tokens; peak ${megabytes(peak)} MB resident`);
} finally {
  await rm(folder, { recursive: true });
}
