/**
 * @file Memory of the commands that pass over a dataset larger than a heap: writes a dataset of composed prompts of 1 MB, then runs
 * import, export, diff, inspect and the loading of a training run over it, each in a process of its own. Prints seconds and peak memory.
 * `npx tsx bench/dataset-memory.ts [gigabytes, default 3]` (needs four times the size on disk)
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { sampleId } from '../src/construction/make-sample.ts';
import { loadCorpus } from '../src/corpus/load-corpus.ts';
import { sha256 } from '../src/corpus/make-document.ts';
import { random } from '../src/random.ts';
import type { Sample } from '../src/samples/sample.ts';
import { writeDataset } from '../src/samples/write-dataset.ts';
import { textTable } from '../src/text-table.ts';

const gigabytes = Number(process.argv[2] ?? 3);
const root = fileURLToPath(new URL('..', import.meta.url));
const folder = await mkdtemp(path.join(tmpdir(), 'golongrl-dataset-'));
const at = (name: string): string => path.join(folder, name);

function* samples(): Generator<Sample> {
  const paragraphs = loadCorpus().flatMap(({ text }) => text.split('\n\n'));
  const draw = random('dataset memory');
  for (let i = 0; i < gigabytes * 1000; i++) {
    const parts: string[] = [];
    for (let size = 0; size < 1e6; size += parts.at(-1)?.length ?? 1) parts.push(draw.pick(paragraphs));
    const code = `K${100_000 + i}`;
    const question = 'Which code stands at the end of the text?';
    const prompt = `${parts.join('\n\n')}\n\nThe code is ${code}.\n\n${question}\n\nWrite [Answer] and the code on the next line.`;
    yield {
      id: sampleId('T1', prompt, [code]),
      task: 'T1',
      prompt,
      reward: { metric: 'EM', gold: [code], language: 'en' },
      question,
      rationale: `The code is ${code}.`,
      rendering: 'long',
      split: i % 10 === 9 ? 'heldout' : 'train',
      cluster: `composed/${i}`,
      tokens: 256_000,
      provenance: {
        documents: [{ id: `composed/${i}`, sha256: sha256(code), source: 'composed', licence: 'CC0-1.0' }],
        evidence: [],
        generator: 'dataset-memory',
        generatorVersion: 1,
        seed: String(i),
      },
    };
  }
}

/** Peak resident memory in MB and seconds of a command. */
async function measure(args: readonly string[]): Promise<string[]> {
  const start = performance.now();
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  let peak = 0;
  const watch = setInterval(() => {
    try {
      peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0));
    } catch {
      // It has ended.
    }
  }, 200);
  const code = await new Promise((resolve) => child.on('exit', resolve));
  clearInterval(watch);
  return [((performance.now() - start) / 1000).toFixed(0), String(Math.round((peak * 1024) / 1e6)), String(code)];
}

try {
  const start = performance.now();
  await writeDataset(at('big'), samples(), { seed: 0, tokenizer: 'composed', formats: ['native', 'jsonl'] });
  const peak = Math.round((process.resourceUsage().maxRSS * 1024) / 1e6);
  const rows = [['writing it', ((performance.now() - start) / 1000).toFixed(0), String(peak), '0']];
  const commands: Record<string, string[]> = {
    'data inspect': ['inspect', at('big')],
    'data import': ['import', at('big/data'), '--licence', 'CC0-1.0', '--out', at('again'), '--format', 'quiet'],
    'data diff': ['diff', at('big'), at('again'), '--format', 'json'],
    'data export --to verl': ['export', at('big'), '--to', 'verl', '--out', at('verl.parquet')],
  };
  for (const [name, args] of Object.entries(commands))
    rows.push([name, ...(await measure(['bin/golongrl.js', 'data', ...args]))]);
  const load = `import { loadSamples } from './dist/experiment/load-samples.js'; import { taskIds } from './dist/tasks/task.js';
    const samples = await loadSamples(${JSON.stringify(at('big/native/train.jsonl'))}, { rendering: 'all', tasks: taskIds });
    for (let i = 0; i < 50; i++) if (samples[(i * 37) % samples.length].prompt.length < 1e6) process.exit(1);`;
  rows.push(['loading for training', ...(await measure(['--input-type=module', '-e', load]))]);
  console.log(textTable([[`${gigabytes} GB`, 'seconds', 'peak MB', 'exit code'], ...rows]));
} finally {
  await rm(folder, { recursive: true });
}
