/**
 * @file Tokens a second of P1 and P2 with length binning (reading, cleaning, structure, language, duplicates, qualification)
 * beside the loop that a user would write: read, encode with the Hugging Face tokenizer, bin. Same file, same run; the bins of
 * the estimate are compared with the exact ones. Both are the built package, whose threads need no compiler.
 *
 * Run: npm run bench:corpus [-- TOKENIZER_DIRECTORY]
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

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

const folder = await mkdtemp(path.join(tmpdir(), 'golongrl-bench-'));
try {
  const file = path.join(folder, 'corpus.jsonl');
  const texts = loadCorpus().map(({ text }) => JSON.stringify({ text, licence: 'CC0-1.0' }));
  await writeLines(file, texts);
  const tokenizer = await loadTokenizer(process.argv[2] ?? 'models/micro');

  let start = performance.now();
  let used = process.cpuUsage();
  /** Seconds of the processor, which other work on the machine does not lengthen as it does the clock's. */
  const processorSeconds = (): number => {
    const { user, system } = process.cpuUsage(used);
    return (user + system) / 1e6;
  };
  const exact = new Map<string, number>();
  let total = 0;
  for (const [i, line] of (await readFile(file, 'utf8')).trimEnd().split('\n').entries()) {
    const tokens = (await tokenizer.encode((JSON.parse(line) as { text: string }).text)).length;
    exact.set(`corpus.jsonl#${i + 1}`, tokens);
    total += tokens;
  }
  const loopSeconds = (performance.now() - start) / 1000;
  const loopProcessor = processorSeconds();

  start = performance.now();
  used = process.cpuUsage();
  let [documents, same, error] = [0, 0, 0];
  for await (const item of streamCorpus(readDocuments([file]))) {
    if (item.type !== 'document') continue;
    qualify(item);
    const tokens = exact.get(item.id) ?? 0;
    documents++;
    if (binOf(item.measures.tokens) === binOf(tokens)) same++;
    error += Math.abs(item.measures.tokens - tokens) / tokens;
  }
  const ourSeconds = (performance.now() - start) / 1000;
  const ourProcessor = processorSeconds();

  const rate = (seconds: number): string => `${Math.round(total / seconds / 1000)} K tokens/s`;
  console.log(`${documents} documents, ${total} tokens`);
  console.log(`tokenizer loop: ${rate(loopSeconds)} (${loopSeconds.toFixed(1)} s)`);
  console.log(`golongrl: ${rate(ourSeconds)} (${ourSeconds.toFixed(1)} s)`);
  const ratio = loopSeconds / ourSeconds;
  console.log(`ratio ${ratio.toFixed(2)}, at least ${least.toFixed(1)} is asked: ${ratio >= least ? 'met' : 'MISSED'}`);
  console.log(
    `processor: ${loopProcessor.toFixed(1)} s and ${ourProcessor.toFixed(1)} s, ratio ${(loopProcessor / ourProcessor).toFixed(2)}`,
  );
  console.log(
    `same bin ${((100 * same) / documents).toFixed(1)} %, mean error of the estimate ${((100 * error) / documents).toFixed(1)} %`,
  );
} finally {
  await rm(folder, { recursive: true });
}
