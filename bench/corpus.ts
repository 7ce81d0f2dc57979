/**
 * @file Tokens a second of P1 and P2 with length binning (reading, cleaning, structure, language, duplicates, qualification)
 * beside the loop that a user would write: read, encode with the Hugging Face tokenizer, bin. Same file, same run; the bins of
 * the estimate are compared with the exact ones. Both are the built package, whose threads need no compiler. The packaged documents
 * once, where the warming up of code weighs; and four times as much, composed of their paragraphs in new order.
 *
 * Run: npm run bench:corpus [-- TOKENIZER_DIRECTORY]
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { random } from '../src/random.ts';

const built = async <T>(file: string): Promise<T> =>
  (await import(new URL(`../dist/${file}`, import.meta.url).href)) as T;
const { loadCorpus, readDocuments, streamCorpus } =
  await built<typeof import('../src/corpus/index.ts')>('corpus/index.js');
const { qualify } = await built<typeof import('../src/assignment/qualify.ts')>('assignment/qualify.js');
const { loadTokenizer } = await built<typeof import('../src/engine/tokenizer.ts')>('engine/tokenizer.js');
const { writeLines } = await built<typeof import('../src/storage/lines.ts')>('storage/lines.js');

/** How many times the tokens a second of the loop are asked for, by the clock. */
const least = 1.5;

/** Upper ends of the bins, in tokens. */
const binEnds = [1, 2, 4, 8, 16, 32, 64, 128, 256].map((thousands) => thousands * 1024);
const binOf = (tokens: number): number => binEnds.findIndex((end) => tokens <= end);

const original = loadCorpus().map(({ text }) => text);

/** Documents as long as the packaged ones, of paragraphs drawn from all of them: no duplicates. */
function composed(times: number): string[] {
  const draw = random('corpus bench');
  const paragraphs = original.flatMap((text) => text.split('\n\n'));
  return Array.from({ length: times }, () => original).flatMap((texts) =>
    texts.map(({ length }) => {
      const parts: string[] = [];
      for (let size = 0; size < length; size += (parts.at(-1)?.length ?? 0) + 2) parts.push(draw.pick(paragraphs));
      return parts.join('\n\n');
    }),
  );
}

/** Seconds by the clock and of the processor, which other work on the machine does not lengthen as it does the clock's. */
function stopwatch(): () => { readonly clock: number; readonly processor: number } {
  const start = performance.now();
  const used = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(used);
    return { clock: (performance.now() - start) / 1000, processor: (user + system) / 1e6 };
  };
}

const tokenizer = await loadTokenizer(process.argv[2] ?? 'models/micro');

async function tokenizerLoop(file: string): Promise<Map<string, number>> {
  const exact = new Map<string, number>();
  for (const [i, line] of (await readFile(file, 'utf8')).trimEnd().split('\n').entries())
    exact.set(`corpus.jsonl#${i + 1}`, (await tokenizer.encode((JSON.parse(line) as { text: string }).text)).length);
  return exact;
}

async function race(name: string, texts: readonly string[], file: string): Promise<void> {
  await writeLines(
    file,
    texts.map((text) => JSON.stringify({ text, licence: 'CC0-1.0' })),
  );
  let watch = stopwatch();
  const exact = await tokenizerLoop(file);
  const loop = watch();
  const total = [...exact.values()].reduce((sum, tokens) => sum + tokens, 0);

  watch = stopwatch();
  let [documents, same, error] = [0, 0, 0];
  for await (const item of streamCorpus(readDocuments([file]))) {
    if (item.type !== 'document') continue;
    qualify(item);
    const tokens = exact.get(item.id) ?? 0;
    documents++;
    if (binOf(item.measures.tokens) === binOf(tokens)) same++;
    error += Math.abs(item.measures.tokens - tokens) / tokens;
  }
  const ours = watch();

  const rate = (seconds: number): string => `${Math.round(total / seconds / 1000)} K tokens/s`;
  const ratio = loop.clock / ours.clock;
  console.log(
    `${name}: ${documents} of ${texts.length} documents kept, ${total} tokens
  tokenizer loop: ${rate(loop.clock)} (${loop.clock.toFixed(1)} s)
  golongrl: ${rate(ours.clock)} (${ours.clock.toFixed(1)} s)
  ratio ${ratio.toFixed(2)}, at least ${least.toFixed(1)} is asked: ${ratio >= least ? 'met' : 'MISSED'}
  processor: ${loop.processor.toFixed(1)} s and ${ours.processor.toFixed(1)} s, ratio ${(loop.processor / ours.processor).toFixed(2)}
  same bin ${((100 * same) / documents).toFixed(1)} %, mean error of the estimate ${((100 * error) / documents).toFixed(1)} %`,
  );
}

const folder = await mkdtemp(path.join(tmpdir(), 'golongrl-bench-'));
try {
  await race('packaged documents', original, path.join(folder, 'corpus.jsonl'));
  await race('four times as much, composed', composed(4), path.join(folder, 'corpus.jsonl'));
} finally {
  await rm(folder, { recursive: true });
}
