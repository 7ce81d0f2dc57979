import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runCommand } from '../cli/main.ts';
import type { RewardSpec } from '../rewards/reward.ts';
import { audit } from './audit.ts';
import type { AuditSource } from './item.ts';
import { sourceOfRow, sourcesOf } from './read-sources.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'golongrl-audit-'));
afterAll(() => rmSync(folder, { recursive: true }));

const source = (index: number, spec: RewardSpec, question = ''): AuditSource => ({
  id: `s${index}`,
  task: spec.metric,
  generator: 'made',
  spec: { ...spec, question },
  question,
  prompt: `A text that says nothing.\n\n${question}`,
});
const many = (count: number, make: (index: number) => AuditSource): AuditSource[] =>
  Array.from({ length: count }, (_, i) => make(i));

test('right forms earn their reward, near misses do not, and nothing is over its limit', async () => {
  const report = await audit([
    ...many(12, (i) =>
      source(i, { metric: 'EM', gold: [`Mount Selby ${i}`], language: 'en' }, 'Which mountain is it?'),
    ),
    ...many(12, (i) =>
      source(
        i,
        { metric: 'math_verify', gold: [String(100 + 7 * i)], language: 'en' },
        // `107 million` is right where millions are asked for, and wrong elsewhere.
        i % 2 === 0 ? 'How many are there?' : 'What is the total of “Labor force” (in millions)?',
      ),
    ),
    ...many(12, (i) =>
      source(i, { metric: 'F1_Score', gold: [`P${i + 1}`, `P${i + 20}`], language: 'en' }, 'Which parts are they?'),
    ),
    ...many(12, (i) =>
      source(
        i,
        { metric: 'SubEM', gold: [`F1 P${i}`, `F2 P${i + 3}`, `F3 P${2 * i + 9}`], language: 'en' },
        'Which part does each come from?',
      ),
    ),
  ]);
  expect(report.over).toEqual([]);
  expect(report.groups).toHaveLength(4);
  for (const { right, wrong, notItself } of report.groups) {
    expect(notItself).toBe(0);
    expect(right.tried).toBeGreaterThan(200);
    expect(wrong.tried).toBeGreaterThan(30);
    expect(right.bad + wrong.bad).toBe(0);
    // The reference refuses most forms but one.
    expect(right.badByPaper).toBeGreaterThan(0.2 * right.tried);
  }
});

test('a reward that refuses right forms is told, with its worst samples', async () => {
  const spec: RewardSpec = { metric: 'EM', gold: ['Rua das Flores'], language: 'en' };
  const report = await audit(
    many(12, (i) => source(i, spec, 'Which street is it?')),
    { profile: 'paper', worst: 3 },
  );
  expect(report.over.some((line) => /EM made: .* of right answers lost/.test(line))).toBe(true);
  expect(report.over.some((line) => line.includes('always "Rua das Flores"'))).toBe(true);
  expect(report.worst).toHaveLength(3);
  expect(report.worst[0]).toMatchObject({
    task: 'EM',
    generator: 'made',
    side: 'right',
    gold: 'Rua das Flores',
    score: 0,
  });
});

test('the same samples are tried whatever their order, at most so many of each generator', async () => {
  const sources = many(30, (i) => source(i, { metric: 'EM', gold: [`ship ${i % 9}`], language: 'en' }, 'Which ship?'));
  const forth = await audit(sources, { limit: 8 });
  expect(forth).toMatchObject({ samples: 30, tried: 8 });
  expect(await audit(sources.toReversed(), { limit: 8 })).toEqual(forth);
});

test('rows of other trainers are read: verl records, TRL rows, prompts with a gold', async () => {
  const verl = sourceOfRow({
    data_source: 'longbench_pro',
    prompt: [{ role: 'user', content: 'Text.\n\nWhich parts?' }],
    reward_model: { style: 'rule', ground_truth: { doc_ids: ['P1', 'P2'], golden_label: '', summary: 'English' } },
    extra_info: { reward_mode: 'T7.3 Comprehensive Error & Anomaly Sweep', question: 'Which parts?' },
  });
  expect(verl).toMatchObject({
    task: 'F1_Score',
    question: 'Which parts?',
    spec: { metric: 'F1_Score', gold: ['P1', 'P2'] },
  });
  const trl = sourceOfRow({
    id: 'a',
    task: 'T2',
    prompt: 'Q?',
    reward: '{"metric":"Accuracy","gold":["B"],"language":"en"}',
  });
  expect(trl).toMatchObject({ id: 'a', task: 'T2', spec: { metric: 'Accuracy', gold: ['B'], question: 'Q?' } });
  const plain = sourceOfRow({ question: 'How many?', answer: 12, source: 'mine' }, 'math_verify');
  expect(plain).toMatchObject({
    generator: 'mine',
    spec: { metric: 'math_verify', gold: ['12'] },
    question: 'How many?',
  });
  expect(() => sourceOfRow({ question: 'How many?', answer: 12 })).toThrow(/--metric/);
  const file = path.join(folder, 'rows.jsonl');
  writeFileSync(file, '{"question":"Who?","answer":"Ann"}\nno row\n{"question":"Who?"}\n');
  const reasons: string[] = [];
  const read = [];
  for await (const one of sourcesOf(file, {
    metric: 'EM',
    onSkip: (line, reason) => reasons.push(`${line} ${reason}`),
  }))
    read.push(one);
  expect(read).toHaveLength(1);
  expect(reasons).toEqual([expect.stringMatching(/^2 /), expect.stringMatching(/^3 expected/)]);
});

test('of a folder of documents it says how samples are made of them', async () => {
  const read = sourcesOf(folder).next();
  await expect(read).rejects.toThrow('is a folder without manifest.json, expected a dataset or a file of rows');
  await expect(read).rejects.toMatchObject({ code: 'dataset-missing', hint: expect.stringContaining('--docs') });
});

test('the command prints by generator, writes its report and ends with 1 when something is over a limit', async () => {
  const file = path.join(folder, 'towns.jsonl');
  const rows = Array.from({ length: 24 }, (_, i) => ({
    id: `t${i}`,
    prompt: 'Text.\n\nWhich town?',
    answer: i % 3 === 0 ? `Port ${i}` : 'Faro',
  }));
  writeFileSync(file, rows.map((row) => JSON.stringify(row)).join('\n'));
  const run = async (...args: string[]) => {
    let [out, err] = ['', ''];
    const terminal = { out: (text: string) => (out += text), err: (text: string) => (err += text), columns: undefined };
    const code = await runCommand(['audit', file, '--metric', 'EM', '--workers', '0', ...args], terminal);
    return { code, out, err };
  };
  const report = path.join(folder, 'report.json');
  const over = await run('--out', report);
  expect(over).toMatchObject({ code: 1, err: expect.stringContaining('over their limits') });
  expect(over.out).toMatch(/^EM +rows +24 +0\.0 %/m);
  expect(over.out).toContain('always "Faro"');
  const fine = await run('--max-blind', '0.8', '--format', 'json');
  expect(fine.code).toBe(0);
  expect(JSON.parse(fine.out)).toMatchObject({ samples: 24, tried: 24, over: [] });
  expect(await run('--max-blind', '7')).toMatchObject({ code: 2 });
});
