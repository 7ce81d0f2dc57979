/**
 * @file `npm run check:models -- --python PYTHON`: models, adapters and tokenizers as people have them (odd_models.py makes them with
 * transformers and peft). Each is refused by name, or its log-probabilities are within 1e-3 of those of transformers and peft, here
 * and exported. A third way, a number that is wrong and looks right, fails the check; so does a refusal of what has to run.
 * The environment needs torch, transformers and peft.
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { EngineCore } from '../../src/engine/local/engine-core.ts';
import { exportModel } from '../../src/engine/local/weights/export-model.ts';
import { loadTokenizer } from '../../src/engine/tokenizer.ts';
import { InputError } from '../../src/errors.ts';

const { values } = parseArgs({ options: { python: { type: 'string', default: 'python3' } } });
const bound = 1e-3;

/** What the engine is for: a refusal of these is a fault. */
const mustRun =
  /^models\/(llama(-headdim|-one-kv-head|-rope3|-tied)?|qwen3(-yarn|-attention-bias)?|rope-(theta|two|empty|old|yarn).*|rope3-.*|no-base|tied-same-head|padded-vocabulary|layer-types-full|llama-(mlp-bias|gelu)|qwen2-(sliding|layer-types)|qwen3-layer-types|qwen3_moe|mistral|granite|smollm3|olmo2|gemma3_text)$|^adapters\/(plain|rank-stabilised|gaussian|orthogonal|no-start|dropout|all-linear)$|^tokenizers\//;

const expectedSchema = z.union([
  z.object({ ids: z.array(z.number()), logprobs: z.array(z.number()) }),
  z.object({ refused: z.string() }),
]);
const tokensSchema = z.object({ question: z.string(), ids: z.array(z.number()) });

/** Largest difference of log-probabilities; infinite where the engine runs what transformers refuses. */
async function difference(folder: string, expected: z.infer<typeof expectedSchema>): Promise<number> {
  const core = await EngineCore.open({ model: folder, threads: 1 });
  try {
    if ('refused' in expected) return Number.POSITIVE_INFINITY;
    const [first = 0, ...rest] = expected.ids;
    const tokens = Int32Array.from(rest);
    const [[ours = new Float32Array()] = []] = await core.logprobs([
      { prompt: Int32Array.of(first), rollouts: [{ tokens }] },
    ]);
    return Math.max(...expected.logprobs.map((value, t) => Math.abs(value - (ours[t] ?? Number.NaN))));
  } finally {
    await core.close();
  }
}

/** The model itself, and what `model export` makes of it. */
async function compareModel(folder: string, copy: string): Promise<number> {
  const expected = expectedSchema.parse(JSON.parse(await readFile(join(folder, 'expected.json'), 'utf8')));
  const own = await difference(folder, expected);
  await exportModel(folder, copy);
  return Math.max(own, await difference(copy, expected));
}

/** 0 for the token ids of transformers, and an answer whose marks survive. */
async function compareTokenizer(folder: string): Promise<number> {
  const { question, ids } = tokensSchema.parse(JSON.parse(await readFile(join(folder, 'expected.json'), 'utf8')));
  const tokenizer = await loadTokenizer(folder);
  const [ours] = await tokenizer.encodePrompts([question]);
  const answer = '<think>so</think>\n[Answer]\nKim';
  const [decoded] = await tokenizer.decode([await tokenizer.encode(`${answer}</s>`)]);
  return ours?.join() === ids.join() && decoded === answer ? 0 : Number.POSITIVE_INFINITY;
}

const work = await mkdtemp(join(tmpdir(), 'golongrl-odd-'));
try {
  const script = fileURLToPath(new URL('odd_models.py', import.meta.url));
  execFileSync(values.python, [script, work], { stdio: ['ignore', 'inherit', 'inherit'] });
  let faults = 0;
  console.log('| what | result | |\n| --- | --- | --- |');
  for (const kind of ['models', 'adapters', 'tokenizers']) {
    for (const name of (await readdir(join(work, kind))).toSorted()) {
      const folder = join(work, kind, name);
      const what = `${kind}/${name}`;
      try {
        const compare =
          kind === 'tokenizers' ? compareTokenizer(folder) : compareModel(folder, join(work, 'copy', name));
        const apart = await compare;
        if (!(apart <= bound)) faults++;
        console.log(`| ${what} | ${apart <= bound ? 'equal' : 'WRONG'} | ${apart.toExponential(1)} |`);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        if (mustRun.test(what)) faults++;
        const said = error.message.replaceAll(`${work}/`, '').slice(0, 140);
        console.log(`| ${what} | ${mustRun.test(what) ? 'REFUSED' : 'refused'} | ${said} |`);
      }
    }
  }
  console.log(faults === 0 ? 'Nothing is wrong in silence.' : `${faults} faults.`);
  process.exitCode = faults === 0 ? 0 : 1;
} finally {
  await rm(work, { recursive: true });
}
