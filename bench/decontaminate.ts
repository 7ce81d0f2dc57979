/**
 * @file Decontamination beside datatrove's `NGramsDecontFilter`, on the same texts in the same run: throughput, every finding
 * compared, in all four of its settings; then our own growth: memory and time by corpus size, time of a lookup by index size.
 * Exits with 1 when a bound is missed.
 *
 * Run: npm run bench:decontaminate -- --python VENV/bin/python [--texts FILE.jsonl] [--passages 24000]
 * The Python needs `pip install "datatrove[decont,processing]==0.10.0" spacy`; without `--python` the comparison is left out. `--texts`: rows
 * with `text` in place of the packaged corpus.
 */
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs, promisify } from 'node:util';
import { buildDataset } from '../src/construction/build.ts';
import { loadCorpus } from '../src/corpus/load-corpus.ts';
import { type Random, random } from '../src/random.ts';
import { BenchmarkIndex } from '../src/refinement/decontamination/benchmark-index.ts';
import { type BenchmarkItem, readBenchmark } from '../src/refinement/decontamination/benchmark-item.ts';
import { DatatroveIndex } from '../src/refinement/decontamination/datatrove.ts';
import { datatroveWords } from '../src/refinement/decontamination/datatrove-form.ts';
import { decontaminateAgainst } from '../src/refinement/decontamination/decontaminate-benchmarks.ts';
import { decontaminateLike } from '../src/refinement/decontamination/reference-tool.ts';
import { readSamples } from '../src/samples/jsonl.ts';
import type { Sample } from '../src/samples/sample.ts';
import { readLines, writeLines } from '../src/storage/lines.ts';

const { values } = parseArgs({
  options: {
    python: { type: 'string' },
    texts: { type: 'string' },
    passages: { type: 'string', default: '24000' },
    /** A folder of files that this program makes: what one child process measures. */
    child: { type: 'string' },
    mode: { type: 'string', default: 'information' },
    scale: { type: 'string', default: '1' },
  },
});

/** Characters of a passage, cut at a blank. */
const passageLength = 750;

function passagesOf(texts: readonly string[]): string[] {
  const passages: string[] = [];
  for (const text of texts) {
    for (let start = 0; start < text.length; ) {
      const blank = text.indexOf(' ', start + passageLength);
      const end = blank < 0 ? text.length : blank;
      passages.push(text.slice(start, end));
      start = end;
    }
  }
  return passages;
}

async function readTexts(file: string): Promise<string[]> {
  const texts: string[] = [];
  for await (const { line } of readLines(file)) texts.push((JSON.parse(line) as { text: string }).text);
  return texts;
}

/** A question and an answer that stand one after the other in a passage. */
function itemOf(passage: string, id: string, rng: Random): BenchmarkItem {
  const words = passage.split(' ');
  const start = rng.integer(0, Math.max(0, words.length - 50));
  const asked = start + rng.integer(6, 20);
  const answered = asked + rng.integer(1, 22);
  const texts = { question: [words.slice(start, asked).join(' ')], answer: [words.slice(asked, answered).join(' ')] };
  return { benchmark: 'bench.jsonl', id, texts, documents: [] };
}

/** A copy that is the same to datatrove, or nearly. */
const disguises: readonly ((text: string) => string)[] = [
  (text) => text.toUpperCase(),
  (text) => text.replaceAll(' ', ' -- '),
  (text) => text.replace(/\d+/g, '7'),
  (text) => text.replace(/[aeiou]/g, (vowel) => `${vowel}\u0301`),
  (text) => text.replaceAll("'", ''),
  (text) => text.split(' ').toSpliced(9, 1).join(' '),
];

interface Work {
  readonly texts: readonly string[];
  readonly items: readonly BenchmarkItem[];
}

/** Every second item is cut from a passage that stays; of the others a third is planted, disguised, and the rest is nowhere. */
function makeWork(passages: readonly string[], rng: Random): Work {
  const [held, texts] = [passages.filter((_, i) => i % 20 === 0), passages.filter((_, i) => i % 20 !== 0)];
  const items = Array.from({ length: 2000 }, (_, i) => itemOf(rng.pick(i % 2 === 0 ? texts : held), String(i), rng));
  for (const [i, item] of items.entries()) {
    if (i % 6 !== 1) continue;
    const { question: [question = ''] = [], answer: [answer = ''] = [] } = item.texts;
    const place = rng.integer(0, texts.length - 1);
    texts[place] = `${texts[place]} ${rng.pick(disguises)(`${question} ${answer}`)} and so on.`;
  }
  return { texts, items };
}

let missed = false;
function row(name: string, value: string, ok?: boolean): void {
  if (ok === false) missed = true;
  console.log(`${name.padEnd(52)} ${value.padStart(30)}  ${ok === undefined ? '' : ok ? 'ok' : 'SHORT'}`);
}

const settings = [
  { queryNgrams: false, overlapNgrams: true },
  { queryNgrams: true, overlapNgrams: true },
  { queryNgrams: true, overlapNgrams: false },
  { queryNgrams: false, overlapNgrams: false },
];

const names = ({ queryNgrams, overlapNgrams }: (typeof settings)[number]): string =>
  ['answer', queryNgrams ? 'query' : '', overlapNgrams ? 'overlap' : ''].filter(Boolean).join(' + ');

function indexOf(items: readonly BenchmarkItem[], options: ConstructorParameters<typeof DatatroveIndex>[0]) {
  const index = new DatatroveIndex(options);
  for (const item of items) index.add(item);
  return index;
}

/** Blocks that the two sides work on in turn. */
const blocks = 6;

async function compare(python: string, { texts, items }: Work, folder: string): Promise<void> {
  const rival = spawn(python, [new URL('./decontaminate-datatrove.py', import.meta.url).pathname], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const answers = createInterface({ input: rival.stdout })[Symbol.asyncIterator]();
  const ask = async <T>(request: Record<string, unknown>): Promise<T> => {
    rival.stdin.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await answers.next();
    if (done) throw new Error('the datatrove side ended; its message is above.');
    return JSON.parse(value) as T;
  };
  const itemFile = path.join(folder, 'items.jsonl');
  await writeLines(
    itemFile,
    items.map(({ texts: { question = [], answer } }) =>
      JSON.stringify({ question: question[0], answers: answer ?? [''] }),
    ),
  );
  const files = Array.from({ length: blocks }, (_, block) => ({
    file: path.join(folder, `texts-${block}.jsonl`),
    part: texts.filter((_, i) => i % blocks === block),
  }));
  for (const { file, part } of files)
    await writeLines(
      file,
      part.map((text) => JSON.stringify(text)),
    );
  const size = texts.reduce((sum, text) => sum + text.length, 0);
  for (const setting of settings) {
    const { queryNgrams, overlapNgrams } = setting;
    const config = { n_grams: 12, find_query_ngrams: queryNgrams, find_overlap_ngrams: overlapNgrams };
    const { grams } = await ask<{ grams: number }>({ items: itemFile, config });
    const index = indexOf(items, setting);
    const [ratios, differing]: [number[], string[]] = [[], []];
    let [ours, theirs, hits] = [0, 0, 0];
    for (const { file, part } of files) {
      const start = performance.now();
      const found = part.map((text) => index.find(text));
      const seconds = (performance.now() - start) / 1000;
      const other = await ask<{ seconds: number; grams: (string | null)[] }>({ texts: file });
      for (const [i, text] of part.entries()) {
        const gram = found[i] && index.words(text, found[i]).join(' ');
        if (gram !== undefined || other.grams[i] != null) hits++;
        if ((gram ?? null) !== other.grams[i])
          differing.push(
            `${JSON.stringify(gram)} here, ${JSON.stringify(other.grams[i])} there: ${JSON.stringify(text.slice(0, 200))}`,
          );
      }
      ours += seconds;
      theirs += other.seconds;
      ratios.push(other.seconds / seconds);
    }
    const ratio = [...ratios].sort((a, b) => a - b)[ratios.length >> 1] ?? 0;
    console.log(
      `\n${names(setting)}: ${texts.length} texts, ${(size / 1e6).toFixed(1)} M characters, ${items.length} items`,
    );
    row('  grams indexed: here, datatrove', `${index.grams}, ${grams}`, index.grams === grams);
    row('  texts found by either, and differing findings', `${hits}, ${differing.length}`, differing.length === 0);
    row('  M characters/s: here, datatrove', `${(size / ours / 1e6).toFixed(1)}, ${(size / theirs / 1e6).toFixed(2)}`);
    row('  throughput against datatrove (20x asked)', `${ratio.toFixed(0)}x`, ratio >= 20);
    for (const line of differing.slice(0, 10)) console.log(`    ${line}`);
  }
  rival.stdin.end();
}

/** Times more texts, and times more benchmark items. */
const scales = [1, 2, 4];
const indexScales = [1, 10, 100];

interface Growth {
  readonly seconds: number;
  readonly megabytes: number;
}

async function* samplesUpTo(file: string, count: number): AsyncGenerator<Sample> {
  let left = count;
  for await (const sample of readSamples(file)) {
    if (left-- <= 0) return;
    yield sample;
  }
}

/** What a child process does: all of one mode over a file, by streaming it. */
async function measure(child: string, count: number): Promise<Growth> {
  const items: BenchmarkItem[] = [];
  for await (const item of readBenchmark(path.join(child, 'items.jsonl'))) items.push(item);
  const samples = () => samplesUpTo(path.join(child, 'samples.jsonl'), count);
  const start = performance.now();
  if (values.mode === 'datatrove') await decontaminateLike(indexOf(items, {}), samples());
  else {
    const index = new BenchmarkIndex();
    for (const item of items) index.add(item);
    await decontaminateAgainst(index, samples);
  }
  return { seconds: (performance.now() - start) / 1000, megabytes: process.resourceUsage().maxRSS / 1024 };
}

async function inChild(args: readonly string[]): Promise<Growth> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...process.execArgv,
    new URL(import.meta.url).pathname,
    ...args,
  ]);
  return JSON.parse(stdout) as Growth;
}

async function corpusGrowth({ texts, items }: Work, folder: string): Promise<void> {
  const host = buildDataset({
    documents: loadCorpus(),
    seed: 1,
    short: { train: 90, heldout: 9 },
    long: { samples: 0, bins: [8] },
  }).samples[0];
  if (host === undefined) throw new Error('no sample');
  await writeLines(
    path.join(folder, 'items.jsonl'),
    items.map(({ id, texts: { question, answer } }) => JSON.stringify({ id, question, answer })),
  );
  await writeLines(
    path.join(folder, 'samples.jsonl'),
    texts.map((text, i) => JSON.stringify({ ...host, id: String(i), prompt: `${text}\n${host.question}` })),
  );
  const base = Math.floor(texts.length / Math.max(...scales));
  for (const mode of ['information', 'datatrove']) {
    const grown: Growth[] = [];
    for (const scale of scales)
      grown.push(await inChild(['--child', folder, '--mode', mode, '--scale', String(scale * base)]));
    const [first, last] = [grown[0], grown.at(-1)];
    if (first === undefined || last === undefined) throw new Error('nothing was measured');
    const most = Math.max(...scales);
    console.log(`\n${mode}, ${scales.map((scale) => scale * base).join(', ')} samples`);
    const growth = last.seconds / first.seconds;
    row('  seconds', grown.map(({ seconds }) => seconds.toFixed(2)).join(', '));
    row(`  seconds, last by first (${most} is linear)`, `${growth.toFixed(1)}x`, growth < 1.25 * most);
    row('  peak memory in MB', grown.map(({ megabytes }) => megabytes.toFixed(0)).join(', '));
    row(
      '  memory, last by first',
      `${(last.megabytes / first.megabytes).toFixed(2)}x`,
      last.megabytes < 1.3 * first.megabytes,
    );
  }
}

/** Questions of words of the texts at random, so that each gram of the texts is looked up and few are found. */
function indexGrowth({ texts }: Work, rng: Random): void {
  const vocabulary = [...new Set(texts.flatMap(datatroveWords))];
  const words = texts.reduce((sum, text) => sum + datatroveWords(text).length, 0);
  const all: BenchmarkItem = { benchmark: 'words', id: '0', texts: { answer: [vocabulary.join(' ')] }, documents: [] };
  const times: number[] = [];
  const grams: number[] = [];
  for (const scale of indexScales) {
    const items = Array.from({ length: 1000 * scale }, (_, i) => {
      const answer = Array.from({ length: 40 }, () => rng.pick(vocabulary)).join(' ');
      return { ...all, id: String(i + 1), texts: { answer: [answer] } };
    });
    const index = indexOf([all, ...items], {});
    const run = (): number => {
      const start = performance.now();
      for (const text of texts) index.find(text);
      return (1e6 * (performance.now() - start)) / words;
    };
    run();
    times.push(Math.min(run(), run(), run()));
    grams.push(index.grams);
  }
  const growth = (times.at(-1) ?? 0) / (times[0] ?? 1);
  console.log(`\nindex of ${grams.join(', ')} grams`);
  row('  ns a word: read, folded, looked up', times.map((time) => time.toFixed(0)).join(', '));
  row('  last by first (1 is flat)', `${growth.toFixed(2)}x`, growth < 2);
}

async function main(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'golongrl-bench-'));
  try {
    const rng = random('bench-decontaminate');
    const texts = values.texts === undefined ? loadCorpus().map(({ text }) => text) : await readTexts(values.texts);
    const passages = passagesOf(texts);
    const work = makeWork(rng.sample(passages, Math.min(passages.length, Number(values.passages))), rng);
    if (values.python !== undefined) await compare(values.python, work, folder);
    await corpusGrowth(work, folder);
    indexGrowth({ ...work, texts: work.texts.slice(0, 4000) }, rng);
  } finally {
    await rm(folder, { recursive: true });
  }
  if (missed) process.exitCode = 1;
}

if (values.child === undefined) await main();
else console.log(JSON.stringify(await measure(values.child, Number(values.scale))));
