/**
 * @file `npm run bench:readers -- LABEL=DATASET [LABEL=DATASET ...] [--by generator] [--limit 60] [--markdown FILE]`: what the samples of built
 * datasets pay solvers that read without understanding, by task or by generator, the datasets beside each other, and how many windows of 512
 * tokens hold the proof in prompts of 8K and more.
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
  options: {
    by: { type: 'string', default: 'task' },
    limit: { type: 'string', default: '60' },
    markdown: { type: 'string' },
  },
});

/** What a row of the table is about. */
const keyOf = ({ task, provenance }: Sample): string =>
  values.by === 'generator' ? `${task} ${provenance.generator}` : task;

/** Prompts from here on are to need several windows. */
const longFrom = 8000;

interface Row {
  readonly key: string;
  readonly rewards: readonly number[];
  readonly windows: number | undefined;
}

/** Rewards of the solvers, in their order. */
function rewardsOf(sample: Sample): number[] {
  const spec = rewardOf(sample);
  const answers = readersAnswers({ spec, question: sample.question, prompt: sample.prompt });
  return readerNames.map((name) => scoreResponse(spec, answers[name], 'hardened').score);
}

/** Up to `limit` samples of every task or generator, drawn by their ids. */
async function rowsOf(folder: string, limit: number): Promise<{ rows: Row[]; windows: Map<string, number[]> }> {
  const kept = new Map<string, { rank: number; sample: Sample }[]>();
  const windows = new Map<string, number[]>();
  for (const split of ['train', 'heldout'])
    for await (const sample of readSamples(path.join(folder, 'native', `${split}.jsonl`))) {
      const { tokens, provenance, id } = sample;
      const key = keyOf(sample);
      if (tokens >= longFrom && provenance.needs !== undefined)
        windows.set(key, [...(windows.get(key) ?? []), provenance.needs.windows]);
      const own = kept.get(key) ?? [];
      own.push({ rank: random('readers', id).next(), sample });
      own.sort((a, b) => a.rank - b.rank);
      kept.set(key, own.slice(0, limit));
    }
  const rows = [...kept].flatMap(([key, own]) =>
    own.map(({ sample }) => ({ key, rewards: rewardsOf(sample), windows: sample.provenance.needs?.windows })),
  );
  return { rows, windows };
}

const mean = (numbers: readonly number[]): string =>
  numbers.length === 0 ? '' : (numbers.reduce((sum, number) => sum + number, 0) / numbers.length).toFixed(2);
const median = (numbers: readonly number[]): string =>
  numbers.length === 0 ? '' : String([...numbers].sort((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)]);

const total = 'T2 to T9';
const head = [values.by, 'dataset', 'samples', ...readerNames, 'windows from 8K on'];
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
  const keys = values.by === 'generator' ? [...new Set(rows.map(({ key }) => key))].sort() : taskIds;
  for (const key of keys)
    tables.push(
      line(
        key,
        rows.filter((row) => row.key === key),
        windows.get(key) ?? [],
      ),
    );
  const outsideT1 = [...windows].flatMap(([key, needed]) => (key.startsWith('T1') ? [] : needed));
  tables.push(
    line(
      total,
      rows.filter(({ key }) => !key.startsWith('T1')),
      outsideT1,
    ),
  );
}
const order = [...new Set(tables.map(([key = '']) => key))].sort(
  (a, b) => Number(a === total) - Number(b === total) || (a < b ? -1 : 1),
);
const rows = tables.sort((a, b) => order.indexOf(a[0] ?? '') - order.indexOf(b[0] ?? ''));
process.stdout.write(`${textTable([head, ...rows], [0, 1])}\n`);
if (values.markdown !== undefined) {
  const ruled = [head, head.map((_, i) => (i < 2 ? '---' : '--:')), ...rows];
  writeFileSync(values.markdown, `${ruled.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`);
}
