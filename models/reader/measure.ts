/**
 * @file Measures a policy through the embedded engine, from whole prompts to rewards: by task and length, on generated documents and on
 * real ones, with the evidence cut out, and with it moved through the tenths of the prompt.
 *
 *   npx tsx models/reader/measure.ts --model FOLDER --lengths 256,1024,4096 --contexts 4 --real
 */
import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { openLocalEngine } from '../../src/engine/local/local-engine.ts';
import { loadTokenizer } from '../../src/engine/tokenizer.ts';
import { scoreResponse } from '../../src/rewards/index.ts';
import { tasks } from '../../src/tasks/task.ts';
import { pose } from './posed.ts';

const options = new Command()
  .requiredOption('--model <dir>', 'model folder')
  .option('--view <name>', 'entries | records', 'records')
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
  .option('--show <n>', 'print so many responses of each kind that fall short', Number, 0)
  .option('--threads <n>', 'threads', Number, 1)
  .option('--json <file>', 'write the rows')
  .parse(process.argv)
  .opts<{
    model: string;
    view: 'entries' | 'records';
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

const tokenizer = await loadTokenizer(options.model);
const posed = await pose(
  { ...options, lengths: options.lengths.split(',').map(Number), kinds: options.kinds.split(',').filter(Boolean) },
  tokenizer,
);

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
      if (score < 1 && times < options.show) {
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
