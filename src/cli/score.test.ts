/** @file The commands on rewards and advantages, as a person runs them. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { createProgram, runCommand } from './main.ts';
import { BadRows } from './shared/bad-rows.ts';

async function run(...args: string[]): Promise<{ out: string; err: string; bad?: string }> {
  let out = '';
  let err = '';
  const terminal = {
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      err += text;
    },
    columns: undefined,
  };
  try {
    await createProgram(terminal).parseAsync(args, { from: 'user' });
    return { out, err };
  } catch (error) {
    if (!(error instanceof BadRows)) throw error;
    return { out, err, bad: error.message };
  }
}

const folder = mkdtempSync(path.join(tmpdir(), 'golongrl-score-'));
const file = (name: string, lines: readonly unknown[]): string => {
  const target = path.join(folder, name);
  writeFileSync(target, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
  return target;
};
const rowsOf = (text: string): Record<string, unknown>[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test('score writes a row for each row, in order, and reports bad ones with file and line', async () => {
  const input = file('rows.jsonl', [
    { data_source: 'EM', solution_str: 'x</think>Oslo', ground_truth: { golden_label: 'Oslo' }, extra_info: {} },
    'not json',
    '',
    { data_source: 'nowhere', solution_str: '</think>', ground_truth: '' },
    { reward: { metric: 'F1_Score', gold: ['a', 'b'], language: 'en' }, response: '</think>[Answer]\na' },
  ]);
  const output = path.join(folder, 'scores.jsonl');
  const { out, err, bad } = await run('score', input, '--profile', 'paper', '--out', output, '--workers', '1');
  expect(bad).toContain('2 of 4 rows have no result');
  const rows = rowsOf(readFileSync(output, 'utf8'));
  expect(rows.map(({ score, status, task }) => [score, status, task])).toEqual([
    [1, 'ok', 'EM'],
    [0, 'error', ''],
    [0, 'error', ''],
    [2 / 3, 'ok', 'F1_Score'],
  ]);
  expect(rows[0]).toMatchObject({ extracted: 'Oslo', reason: 'equals the gold' });
  expect(err).toContain(`${input}:2: not a row`);
  expect(err).toContain(`${input}:4: error: data_source: got "nowhere"`);
  expect(err).toContain('4 rows');
  expect(rows.map(({ state, format }) => [state, format])).toEqual([
    ['answered', expect.any(String)],
    ['unreadable', 'none'],
    ['unreadable', 'none'],
    ['answered', expect.any(String)],
  ]);
  expect(err).toContain('answers: answered 2;');
  expect(out).toBe('');
});

test('bad rows end with an exit code of their own, which the help names; good rows with 0', async () => {
  let out = '';
  const keep = (text: string): void => {
    out += text;
  };
  const terminal = { out: keep, err: () => undefined, columns: undefined };
  const good = { gold: '$2$', pred: '$1+1$' };
  expect(await runCommand(['math', file('good.jsonl', [good]), '--workers', '0'], terminal)).toBe(0);
  expect(await runCommand(['math', file('bad.jsonl', [good, {}]), '--workers', '0'], terminal)).toBe(3);
  expect(rowsOf(out)).toHaveLength(3);
  expect(await runCommand(['score', '--help'], terminal)).toBe(0);
  expect(out).toMatch(/Exit code: .*; 3 all rows are written/);
});

test('score of a missing file says so and leaves no output', async () => {
  const output = path.join(folder, 'none.jsonl');
  await expect(run('score', path.join(folder, 'missing.jsonl'), '--out', output)).rejects.toThrow(/no such file/);
  expect(() => readFileSync(output)).toThrow();
});

test('math judges one pair or a file of pairs, with a trace', async () => {
  expect((await run('math', '\\frac{1}{2}', '0.5')).out).toMatch(/^equal\n.*gold/s);
  expect((await run('math', '$x^2-1$', '$(x-1)(x+2)$', '--format', 'quiet')).out).toBe('not equal\n');
  const input = file('pairs.jsonl', [{ gold: '$2$', pred: '$1+1$' }, { gold: '$2$' }, { gold: '$2$', pred: '$3$' }]);
  const { out, err } = await run('math', input, '--workers', '0');
  expect(rowsOf(out).map(({ equal }) => equal)).toEqual([true, false, false]);
  expect(err).toContain(`${input}:2`);
});

test('score counts what was read: states and forms in rows and summary, a gold that nobody can judge apart', async () => {
  const row = (response: string, gold = '42') => ({
    reward: { metric: 'math_verify', gold: [gold], language: 'en' },
    response,
  });
  const input = file('states.jsonl', [
    row('[Answer]\n42'),
    row('<think>it is 42'),
    row(''),
    row('So it is \\boxed{41}.'),
    row('[Answer]\n42', '\\frac{'),
  ]);
  const output = path.join(folder, 'states-scores.jsonl');
  const { out, err } = await run('score', input, '--out', output, '--workers', '0', '--format', 'json');
  expect(rowsOf(readFileSync(output, 'utf8')).map(({ score, status, state }) => [score, status, state])).toEqual([
    [1, 'ok', 'answered'],
    [0, 'ok', 'cut'],
    [0, 'ok', 'none'],
    [0, 'ok', 'answered'],
    [0, 'unjudgeable', 'answered'],
  ]);
  expect(JSON.parse(out)).toMatchObject({
    byStatus: { ok: 4, unjudgeable: 1 },
    byState: { answered: 3, cut: 1, none: 1, contradictory: 0 },
    byFormat: { exact: 2, loose: 1, none: 2 },
    byTask: { math_verify: { rows: 4, mean: 0.25 } },
  });
  expect(err).toContain(`${input}:5: unjudgeable: the gold is no value`);
});

test('math judges by type, and as Math-Verify does with --profile paper', async () => {
  const one = async (...args: string[]) => JSON.parse((await run('math', ...args, '--format', 'json')).out);
  expect(await one('5 m', 'The rope has 5 km.')).toMatchObject({ equal: false, type: 'quantity', state: 'answered' });
  expect(await one('5 m', '<think>5 m')).toMatchObject({
    equal: false,
    state: 'cut',
    reason: expect.stringContaining('never'),
  });
  expect(await one('5', '5x')).toMatchObject({ equal: false, type: 'number' });
  expect((await run('math', '\\frac{', '7')).out).toMatch(/^unjudgeable\n/);
  expect((await one('$5$', '$5x$', '--profile', 'paper')).type).toBeUndefined();
});

test('advantage honours alpha and gamma of each row and goes on after a bad one', async () => {
  const batch = { rewards: [1, 0, 1, 1], prompt_ids: ['a', 'a', 'b', 'b'], tasks: ['EM', 'EM', 'EM', 'EM'] };
  const input = file('batches.jsonl', [
    { ...batch, alpha: 0.8, gamma: 1 },
    { ...batch, tasks: ['EM', '', 'EM', 'EM'] },
    { ...batch, gamma: 0 },
    batch,
  ]);
  const { out, err } = await run('advantage', input, '--estimator', 'tmn-reweight');
  const rows = rowsOf(out);
  expect((rows[0]?.advantages as number[] | undefined)?.[0]).toBeGreaterThan(0);
  expect(rows[1]).toMatchObject({ advantages: null, error: expect.stringContaining('empty task key') });
  expect((rows[2]?.advantages as number[] | undefined)?.[0]).toBeCloseTo(1, 4);
  expect(err).toContain(`${input}:2`);
  // The flags are for rows that state nothing: the first keeps its own gamma, the last takes that of the flag.
  const flagged = rowsOf((await run('advantage', input, '--gamma', '0')).out);
  expect([flagged[0], flagged[3]]).toEqual([rows[0], rows[2]]);
  expect(rows[3]).toEqual(rows[0]);
  await expect(run('advantage', input, '--alpha', '1.5')).rejects.toThrow(/--alpha: got "1.5".*from 0 to 1/);
  await expect(run('advantage', input, '--estimator', 'tnm')).rejects.toThrow(/Did you mean "tmn"/);
});

test('exploits lists what each profile pays', async () => {
  const { out } = await run('exploits', '--format', 'json');
  const rows = JSON.parse(out) as { flaw: 'overpaid' | 'underpaid'; paper: number; hardened: number }[];
  expect(rows.length).toBeGreaterThanOrEqual(13);
  for (const { flaw, paper, hardened } of rows) expect(paper > hardened).toBe(flaw === 'overpaid');
});

test('score reads tables too: a packed CSV scores as the same rows of JSON lines', async () => {
  const reward = '"{""metric"":""EM"",""gold"":[""5"""" pipe""],""language"":""en""}"';
  const table = path.join(folder, 'rows.csv.gz');
  writeFileSync(table, gzipSync(`reward,response\n${reward.replace('""""', '\\""')},</think>5" pipe\n${reward},x\n`));
  const { out, bad } = await run('score', table, '--profile', 'paper', '--workers', '0');
  expect(rowsOf(out).map(({ score, status }) => [score, status])).toEqual([
    [1, 'ok'],
    [0, 'error'],
  ]);
  expect(bad).toContain('1 of 2 rows');
});
