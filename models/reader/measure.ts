/**
 * @file Measures a policy through the embedded engine, from whole prompts to rewards: by task and length, on generated documents and on
 * real ones, with the evidence cut out, and with it moved through the tenths of the prompt.
 *
 *   npx tsx models/reader/measure.ts --model FOLDER --lengths 256,1024,4096 --contexts 4 --real
 */
import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { selectPackagedDocuments } from '../../src/corpus/load-corpus.ts';
import { openLocalEngine } from '../../src/engine/local/local-engine.ts';
import { loadTokenizer } from '../../src/engine/tokenizer.ts';
import { type Random, random } from '../../src/random.ts';
import { scoreResponse } from '../../src/rewards/index.ts';
import { tasks } from '../../src/tasks/task.ts';
import { type Ask, askers } from './asks.ts';
import { worldOf } from './examples.ts';
import { realEntries } from './real-entries.ts';
import type { World } from './world.ts';

const options = new Command()
  .requiredOption('--model <dir>', 'model folder')
  .option('--lengths <list>', 'tokens of the documents', '256,512,1024,2048,4096,8192')
  .option('--contexts <n>', 'contexts a length', Number, 4)
  .option('--questions <n>', 'questions of each kind a context', Number, 1)
  .option('--kinds <list>', 'kinds of questions; all by default', '')
  .option('--seed <n>', 'seed', Number, 424_242)
  .option('--temperature <t>', '0 is greedy', Number, 0)
  .option('--rollouts <n>', 'responses a question', Number, 1)
  .option('--real', 'real entries instead of generated documents', false)
  .option('--cut', 'without the lines that hold the evidence', false)
  .option('--depths', 'look-ups with the document moved through ten depths', false)
  .option('--show <n>', 'print so many responses of each kind', Number, 0)
  .option('--threads <n>', 'threads', Number, 1)
  .option('--json <file>', 'write the rows')
  .parse(process.argv)
  .opts<{
    model: string;
    lengths: string;
    contexts: number;
    questions: number;
    kinds: string;
    seed: number;
    temperature: number;
    rollouts: number;
    real: boolean;
    cut: boolean;
    depths: boolean;
    show: number;
    threads: number;
    json?: string;
  }>();

interface Posed {
  readonly ask: Ask;
  readonly length: number;
  readonly depth: number;
  readonly prompt: string;
}

const kinds = options.kinds === '' ? Object.keys(askers).filter((kind) => kind !== 'cloze') : options.kinds.split(',');
const tokenizer = await loadTokenizer(options.model);
const countries = options.real
  ? (await selectPackagedDocuments()).kept.filter(({ record }) => record?.family === 'countries')
  : [];

async function drawWorld(rng: Random, tokens: number): Promise<World> {
  let world = worldOf(rng, tokens);
  for (let attempt = 0; attempt < 12; attempt++) {
    const fields = rng.integer(2, Math.max(3, Math.min(40, Math.floor(tokens / 60))));
    if (options.real)
      world = realEntries(countries, rng, Math.max(3, Math.min(60, Math.round(tokens / (fields * 21 + 14)))), fields);
    else if (attempt > 0) world = worldOf(rng, tokens);
    const [ids] = await tokenizer.encodePrompts([world.text]);
    if (ids !== undefined && ids.length > 0.75 * tokens && ids.length < 1.1 * tokens) break;
  }
  return world;
}

/** The documents without the lines that a careful reader quotes. */
const withoutEvidence = (text: string, { rationale }: Ask): string => {
  const quoted = new Set(
    rationale
      .split('\n')
      .map((line) => line.replace(/ (?:yes|no)(?: \d+)?$/, ''))
      .filter((line) => !line.startsWith('===')),
  );
  return text
    .split('\n')
    .filter((line) => !quoted.has(line))
    .join('\n');
};

/** The document that the rationale quotes first stands in the given tenth; heads are numbered anew. */
function moved(text: string, { rationale }: Ask, tenth: number): string | undefined {
  const name = /^=== Document: (.*) ===$/m.exec(rationale)?.[1];
  const blocks = text.split(/\n\n(?==== Document )/);
  const found = blocks.findIndex((block) => block.includes(`: ${name} ===\n`));
  const [block] = found < 0 ? [] : blocks.splice(found, 1);
  if (block === undefined || blocks.length < 9) return undefined;
  blocks.splice(Math.min(blocks.length, Math.round(((tenth + 0.5) / 10) * blocks.length)), 0, block);
  return blocks.map((one, i) => one.replace(/^=== Document \d+:/, `=== Document ${i + 1}:`)).join('\n\n');
}

const posed: Posed[] = [];
for (const length of options.lengths.split(',').map(Number))
  for (let c = 0; c < options.contexts; c++) {
    const rng = random('measure', options.seed, length, c);
    const world = await drawWorld(rng, length);
    for (const kind of kinds)
      for (let q = 0; q < options.questions; q++) {
        let ask: Ask | undefined;
        for (let attempt = 0; attempt < 20 && ask === undefined; attempt++) ask = askers[kind]?.(world, rng);
        if (ask === undefined) continue;
        const base = options.cut ? withoutEvidence(world.text, ask) : world.text;
        const texts = options.depths
          ? Array.from({ length: 10 }, (_, tenth) => moved(base, ask as Ask, tenth))
          : [base];
        for (const [depth, text] of texts.entries())
          if (text !== undefined)
            posed.push({ ask, length, depth, prompt: `${text}\n\n${ask.question}\n${ask.contract}` });
      }
  }

const engine = await openLocalEngine({ model: options.model, threads: options.threads });
const started = performance.now();
const rows: { kind: string; task: string; length: number; depth: number; score: number; tokens: number }[] = [];
const shown = new Map<string, number>();
for (let i = 0; i < posed.length; i += 32) {
  const part = posed.slice(i, i + 32);
  const prompts = await tokenizer.encodePrompts(part.map(({ prompt }) => prompt));
  const answers = await engine.sample({
    prompts,
    rolloutsPerPrompt: options.rollouts,
    maxTokens: 512,
    temperature: options.temperature,
    stopTokens: tokenizer.stopTokens,
    seeds: prompts.map((_, k) => i + k),
  });
  for (const [k, { ask, length, depth }] of part.entries()) {
    const responses = await tokenizer.decode((answers[k] ?? []).map(({ tokens }) => tokens));
    for (const response of responses) {
      const { score } = scoreResponse(
        { metric: tasks[ask.task].metric, gold: ask.gold, language: 'en', question: ask.question },
        `<think>\n${response}`,
        'hardened',
      );
      rows.push({ kind: ask.kind, task: ask.task, length, depth, score, tokens: prompts[k]?.length ?? 0 });
      const times = shown.get(ask.kind) ?? 0;
      if (times < options.show) {
        shown.set(ask.kind, times + 1);
        console.log(
          `--- ${ask.kind} ${length} ${score.toFixed(2)}\nQ ${ask.question}\nR ${response}\nG ${ask.rationale}\n  ${ask.gold.join(' | ')}`,
        );
      }
    }
  }
}
await engine.close();

const mean = (values: readonly number[]): string =>
  values.length === 0 ? '' : (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(2);
const lengths = [...new Set(rows.map(({ length }) => length))];
function table(name: string, of: (row: (typeof rows)[number]) => string | number): void {
  console.log(`| ${name} | ${lengths.join(' | ')} | n |\n|---|${lengths.map(() => '---|').join('')}---|`);
  for (const key of [...new Set(rows.map(of))].sort()) {
    const own = rows.filter((row) => of(row) === key);
    console.log(
      `| ${key} | ${lengths.map((length) => mean(own.filter((row) => row.length === length).map(({ score }) => score))).join(' | ')} | ${own.length} |`,
    );
  }
}
if (options.depths) table('Depth', ({ depth }) => depth + 1);
else {
  table('Task', ({ task }) => task);
  table('Kind', ({ kind }) => kind);
}
const seconds = (performance.now() - started) / 1000;
console.log(
  `${rows.length} responses, ${rows.reduce((sum, { tokens }) => sum + tokens, 0)} prompt tokens, ${seconds.toFixed(0)} s`,
);
if (options.json !== undefined) writeFileSync(options.json, JSON.stringify(rows));
