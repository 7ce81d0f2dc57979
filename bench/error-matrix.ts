/**
 * @file Writes the error matrix of the corpus of answers into docs/rewards.md and test/rewards/answers/table.json.
 *
 *   npm run check:error-matrix [-- --python venv/bin/python] [--list]
 *
 * `--python`: an interpreter with math-verify, which then scores the rows of T4 beside. `--list` prints the answers that `hardened`
 * judges wrongly, and writes nothing.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { profiles } from '../src/rewards/reward.ts';
import {
  type AnswerRow,
  committedTableFile,
  type ErrorMatrix,
  errorMatrix,
  errorsOf,
  readCorpus,
  scoreOf,
} from '../test/rewards/error-matrix.ts';

const { values } = parseArgs({ options: { python: { type: 'string' }, list: { type: 'boolean' } } });
const rows = readCorpus();

const script = `
import json, sys
from math_verify import parse, verify
for line in sys.stdin:
    row = json.loads(line)
    try: ok = verify(parse("\\\\boxed{" + row["gold"] + "}"), parse(row["response"]))
    except Exception: ok = False
    print(1 if ok else 0)
`;

/** Math-Verify's scores of the rows of mathematics, as its users call it: on the whole response. */
function mathVerifyScores(python: string, asked: readonly AnswerRow[]): number[] {
  const input = asked.map(({ gold, response }) => JSON.stringify({ gold: gold[0], response })).join('\n');
  const run = spawnSync(python, ['-c', script], { input, encoding: 'utf8', maxBuffer: 1 << 26 });
  if (run.status !== 0) throw new Error(`${python} failed: ${run.stderr.slice(-1000)}`);
  return run.stdout.trim().split('\n').map(Number);
}

const matrices: Record<string, ErrorMatrix> = {};
for (const profile of profiles) {
  const scores = rows.map((row) => scoreOf(row, profile));
  matrices[profile] = errorMatrix(rows, scores);
  if (values.list === true && profile === 'hardened')
    for (const row of errorsOf(rows, scores))
      process.stdout.write(`${row.id} ${row.verdict} ${JSON.stringify(row.gold)} ${JSON.stringify(row.response)}\n`);
}
if (values.python !== undefined) {
  const mathematics = rows.filter(({ metric }) => metric === 'math_verify');
  matrices['Math-Verify'] = errorMatrix(mathematics, mathVerifyScores(values.python, mathematics));
}

const names = Object.keys(matrices);
const cell = (bad: number | undefined, all: number | undefined): string =>
  bad === undefined || all === undefined ? '' : `${bad} of ${all} (${((100 * bad) / Math.max(1, all)).toFixed(1)} %)`;
const header = names.flatMap((name) => [`${name}: right, under 0.5`, `${name}: wrong, over 0.5`]);
const lines = [
  `| Task | ${header.join(' | ')} |`,
  `| --- | ${header.map(() => '---').join(' | ')} |`,
  ...Object.keys(matrices.hardened ?? {}).map((task) => {
    const cells = names.flatMap((name) => {
      const errors = matrices[name]?.[task];
      return [cell(errors?.rightUnpaid, errors?.right), cell(errors?.wrongPaid, errors?.wrong)];
    });
    return `| ${task} | ${cells.join(' | ')} |`;
  }),
];
process.stdout.write(`${lines.join('\n')}\n`);

if (values.list !== true) {
  const { hardened, paper } = matrices;
  writeFileSync(committedTableFile, `${JSON.stringify({ paper, hardened }, null, 2)}\n`);
  const docs = new URL('../docs/rewards.md', import.meta.url);
  const [begin, end] = ['<!-- error matrix -->', '<!-- end of error matrix -->'];
  const text = readFileSync(docs, 'utf8');
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/rewards.md has no place for the table: ${begin} … ${end}`);
  writeFileSync(docs, `${text.slice(0, from + begin.length)}\n\n${lines.join('\n')}\n\n${text.slice(to)}`);
}
