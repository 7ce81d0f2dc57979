/**
 * @file Memory of `data corpus` on a corpus that is larger than it: documents composed of paragraphs of the packaged ones in new order, so
 * that they are no duplicates (one in twenty is a copy), as many small text files, JSON lines of gigabytes, gzipped
 * JSON lines and Parquet. The command runs as a process of its own, whose resident memory is read from the kernel.
 * `npx tsx bench/corpus-memory.ts [gigabytes, default 2] [--stages] [--dir DIR] [--kilobytes N: mean size of a document, default 8]`
 * prints the curve; `--stages` also the peak of reading alone, and of everything but near duplicates. Needs twice the size on disk.
 */
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createGzip } from 'node:zlib';
import type { SchemaElement } from 'hyparquet-writer';
import { loadCorpus } from '../src/corpus/load-corpus.ts';
import { random } from '../src/random.ts';
import { writeTable } from '../src/samples/parquet.ts';
import { writeLines } from '../src/storage/lines.ts';
import { textTable } from '../src/text-table.ts';

const { values, positionals } = parseArgs({
  options: {
    stages: { type: 'boolean', default: false },
    dir: { type: 'string', default: tmpdir() },
    kilobytes: { type: 'string', default: '8' },
  },
  allowPositionals: true,
});
const gigabytes = Number(positionals[0] ?? 2);
const root = fileURLToPath(new URL('..', import.meta.url));
const { bavail, bsize } = await statfs(values.dir);
if (bavail * bsize < gigabytes * 2.2e9) throw new Error(`${values.dir}: less than ${gigabytes * 2.2} GB are free`);
const folder = await mkdtemp(path.join(values.dir, 'golongrl-corpus-'));
const place = path.join(folder, 'input');

const draw = random('corpus memory');
const paragraphs = loadCorpus().flatMap((document) =>
  document.text.split('\n\n').filter(({ length }) => length > 40 && length < 2000),
);
let last = '';
/** Sizes are log-uniform from a fifth of the mean to three times of it. */
function composed(): string {
  if (last !== '' && draw.next() < 0.05) return last;
  const wanted = Number(values.kilobytes) * 200 * 15 ** draw.next();
  const parts: string[] = [];
  for (let size = 0; size < wanted; size += parts.at(-1)?.length ?? 1) parts.push(draw.pick(paragraphs));
  last = parts.join('\n\n');
  return last;
}
let documents = 0;
let bytes = 0;
function* texts(share: number): Generator<string> {
  for (let written = 0; written < share * gigabytes * 1e9; ) {
    const text = composed();
    written += text.length;
    bytes += text.length;
    documents++;
    yield text;
  }
}
function* lines(share: number): Generator<string> {
  for (const text of texts(share)) yield JSON.stringify({ text, licence: 'CC0-1.0' });
}

async function compose(): Promise<void> {
  mkdirSync(path.join(place, 'a-small'), { recursive: true });
  let files = 0;
  for (const text of texts(0.1)) {
    const sub = path.join(place, 'a-small', String(Math.floor(files / 1000)));
    if (files % 1000 === 0) mkdirSync(sub);
    writeFileSync(path.join(sub, `${files++}.txt`), text);
  }
  await writeLines(path.join(place, 'b-large.jsonl'), lines(0.6));
  const gzipped = path.join(place, 'c-packed.jsonl.gz');
  const withEnds = function* (): Generator<string> {
    for (const line of lines(0.2)) yield `${line}\n`;
  };
  await pipeline(Readable.from(withEnds()), createGzip({ level: 1 }), createWriteStream(gzipped));
  const column = (name: string): SchemaElement => ({
    name,
    type: 'BYTE_ARRAY',
    converted_type: 'UTF8',
    repetition_type: 'REQUIRED',
  });
  const table = {
    columns: ['text', 'licence'],
    schema: [{ name: 'root', num_children: 2 }, column('text'), column('licence')],
  };
  const rows = function* (): Generator<object> {
    for (const text of texts(0.1)) yield { text, licence: 'CC0-1.0' };
  };
  await writeTable(path.join(place, 'd-table.parquet'), table, rows());
}

const megabytes = (kilobytes: number): number => Math.round((kilobytes * 1024) / 1e6);
/** Resident now and at most, in kB; undefined once the process has ended. */
function memoryOf(pid: number): { now: number; peak: number } | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const field = (name: string): number => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0);
    return field('VmHWM') > 0 ? { now: field('VmRSS'), peak: field('VmHWM') } : undefined;
  } catch {
    return undefined;
  }
}

interface Measured {
  readonly seconds: number;
  readonly peak: number;
  readonly out: string;
}
/** @param onGrowth Called each second with the resident memory. */
async function measure(
  args: readonly string[],
  onGrowth: (kilobytes: number) => void = () => undefined,
): Promise<Measured> {
  const start = performance.now();
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  let [peak, out] = [0, ''];
  child.stdout.on('data', (chunk) => (out += String(chunk)));
  const watch = setInterval(() => {
    const memory = memoryOf(child.pid ?? 0);
    peak = Math.max(peak, memory?.peak ?? 0);
    if (memory !== undefined) onGrowth(memory.now);
  }, 1000);
  const code = await new Promise((resolve) => child.on('close', resolve));
  clearInterval(watch);
  if (code !== 0) throw new Error(`exit code ${code}`);
  return { seconds: (performance.now() - start) / 1000, peak, out };
}

const command = ['bin/golongrl.js', 'data', 'corpus', place];
const row = (name: string, { seconds, peak }: Measured): string[] => [
  name,
  seconds.toFixed(0),
  (bytes / 1e6 / seconds).toFixed(1),
  String(megabytes(peak)),
];
try {
  await compose();
  console.log(`${documents} documents, ${(bytes / 1e9).toFixed(2)} GB of text`);
  const table = [['stage', 'seconds', 'MB/s', 'peak MB']];
  if (values.stages) {
    const reading = `import { readDocuments } from './dist/corpus/index.js'; for await (const _ of readDocuments([${JSON.stringify(place)}]));`;
    table.push(row('reading', await measure(['--input-type=module', '-e', reading])));
    const exact = [...command, '--dry-run', '--no-near-duplicates', '--format', 'quiet'];
    table.push(row('and structure, filter, exact duplicates', await measure(exact)));
    table.push(row('and near duplicates', await measure([...command, '--dry-run', '--format', 'quiet'])));
  }
  const out = path.join(folder, 'out');
  let told = 0;
  const whole = await measure([...command, '--out', out, '--format', 'json'], (kilobytes) => {
    const size = statSync(path.join(out, 'documents.jsonl.partial'), { throwIfNoEntry: false })?.size ?? 0;
    if (size < ((told + 1) / 20) * bytes) return;
    told = Math.floor((20 * size) / bytes);
    console.log(`${(size / 1e9).toFixed(2)} GB written: ${megabytes(kilobytes)} MB resident`);
  });
  table.push(row('and writing: `data corpus`', whole));
  console.log(textTable(table));
  const result = JSON.parse(whole.out) as { documents: number; tokens: number; refused: Record<string, number> };
  console.log(`kept ${result.documents}, ${result.tokens} tokens; refused ${JSON.stringify(result.refused)}`);
  console.log(`peak ${megabytes(whole.peak)} MB: ${megabytes(whole.peak) < 2000 ? 'under' : 'NOT UNDER'} 2 GB`);
  if (megabytes(whole.peak) >= 2000) process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true });
}
