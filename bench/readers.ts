/**
 * @file `npm run bench:readers -- LABEL=DATASET [LABEL=DATASET ...] [--limit 60] [--markdown FILE]`: what the samples of built datasets pay solvers
 * that read without understanding, by task, the datasets beside each other, and how many windows of 512 tokens hold the proof in prompts
 * of 8K and more.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readerNames, readersAnswers } from '../src/audit/readers/readers.ts';
import { InputError } from '../src/errors.ts';
import { random } from '../src/random.ts';
import { scoreResponse } from '../src/rewards/index.ts';
import { readSamples, type Sample } from '../src/samples/index.ts';
import { rewardOf } from '../src/samples/reward-of.ts';
import { taskIds } from '../src/tasks/task.ts';
import { textTable } from '../src/text-table.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { limit: { type: 'string', default: '60' }, markdown: { type: 'string' } },
});

/** Prompts from here on are to need several windows. */
const longFrom = 8000;

interface Row {
  readonly task: string;
  readonly rewards: readonly number[];
  readonly windows: number | undefined;
}

/** Rewards of the solvers, in their order. */
function rewardsOf(sample: Sample): number[] {
  const spec = rewardOf(sample);
  const answers = readersAnswers({ spec, question: sample.question, prompt: sample.prompt });
  return readerNames.map((name) => scoreResponse(spec, answers[name], 'hardened').score);
}

/** Up to `limit` samples of every task, drawn by their ids. */
async function rowsOf(folder: string, limit: number): Promise<{ rows: Row[]; windows: Map<string, number[]> }> {
  const kept = new Map<string, { rank: number; sample: Sample }[]>();
  const windows = new Map<string, number[]>();
  for (const split of ['train', 'heldout'])
    for await (const sample of readSamples(path.join(folder, 'native', `${split}.jsonl`))) {
      const { task, tokens, provenance, id } = sample;
      if (tokens >= longFrom && provenance.needs !== undefined)
        windows.set(task, [...(windows.get(task) ?? []), provenance.needs.windows]);
      const own = kept.get(task) ?? [];
      own.push({ rank: random('readers', id).next(), sample });
      own.sort((a, b) => a.rank - b.rank);
      kept.set(task, own.slice(0, limit));
    }
  const rows = [...kept].flatMap(([task, own]) =>
    own.map(({ sample }) => ({ task, rewards: rewardsOf(sample), windows: sample.provenance.needs?.windows })),
  );
  return { rows, windows };
}

const mean = (numbers: readonly number[]): string =>
  numbers.length === 0 ? '' : (numbers.reduce((sum, number) => sum + number, 0) / numbers.length).toFixed(2);
const median = (numbers: readonly number[]): string =>
  numbers.length === 0 ? '' : String([...numbers].sort((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)]);

const head = ['task', 'dataset', 'samples', ...readerNames, 'windows from 8K on'];
const tables: string[][] = [];
if (positionals.length === 0)
  throw new InputError('dataset-missing', 'got no dataset, expected LABEL=DATASET', 'Give the folder of a build.');
for (const given of positionals) {
  const [label = '', folder = ''] = given.split('=');
  const { rows, windows } = await rowsOf(folder, Number(values.limit));
  const line = (task: string, own: readonly Row[], needed: readonly number[]): string[] => [
    task,
    label,
    String(own.length),
    ...readerNames.map((_, i) => mean(own.map(({ rewards }) => rewards[i] ?? 0))),
    median(needed),
  ];
  for (const task of taskIds)
    tables.push(
      line(
        task,
        rows.filter((row) => row.task === task),
        windows.get(task) ?? [],
      ),
    );
  const outsideT1 = [...windows].flatMap(([task, needed]) => (task === 'T1' ? [] : needed));
  tables.push(
    line(
      'T2 to T9',
      rows.filter(({ task }) => task !== 'T1'),
      outsideT1,
    ),
  );
}
const order = [...taskIds, 'T2 to T9'] as readonly string[];
const rows = tables.sort((a, b) => order.indexOf(a[0] ?? '') - order.indexOf(b[0] ?? ''));
process.stdout.write(`${textTable([head, ...rows], [0, 1])}\n`);
if (values.markdown !== undefined) {
  const ruled = [head, head.map((_, i) => (i < 2 ? '---' : '--:')), ...rows];
  writeFileSync(values.markdown, `${ruled.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`);
}
