import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ScriptedServer, startScriptedServer } from '../../test/evaluation/scripted-server.ts';
import { GolongrlError } from '../errors.ts';
import type { Sample } from '../samples/sample.ts';
import { writeDataset } from '../samples/write-dataset.ts';
import { register } from './data.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'golongrl-calibrate-'));
const dataset = path.join(folder, 'dataset');
let server: ScriptedServer;

/** Sample `i` is solved by the weak model `weak` times in 8, by the strong one `strong` times. */
const skills = [
  { weak: 8, strong: 8 },
  { weak: 7, strong: 8 },
  { weak: 6, strong: 8 },
  { weak: 4, strong: 8 },
  { weak: 3, strong: 7 },
  { weak: 3, strong: 6 },
  { weak: 0, strong: 2 },
  { weak: 0, strong: 1 },
];
const tiers = ['easy', 'easy', 'medium', 'medium', 'medium', 'hard', 'hard', 'discard'];

const sample = (i: number): Sample => ({
  id: `sample-${i}`,
  task: 'T1',
  prompt: `The keeper of lamp ${i} is called Anders${i}.\n\nWho keeps lamp ${i}?`,
  reward: { metric: 'EM', gold: [`Anders${i}`], language: 'en' },
  question: `Who keeps lamp ${i}?`,
  rationale: 'It stands there.',
  rendering: 'short',
  split: i % 4 === 3 ? 'heldout' : 'train',
  cluster: `lamp-${i}`,
  tokens: 20,
  provenance: {
    documents: [{ id: `lamp-${i}`, sha256: '0', source: 'test', licence: 'CC0-1.0' }],
    evidence: [],
    generator: 'test',
    generatorVersion: 1,
    seed: String(i),
  },
});

beforeAll(async () => {
  const asked = new Map<string, number>();
  server = await startScriptedServer(0, 0, {
    say: ({ model, messages }) => {
      const number = Number(/keeps lamp (\d+)/.exec(messages[0]?.content ?? '')?.[1] ?? 0);
      const place = `${model} ${number}`;
      const turn = asked.get(place) ?? 0;
      asked.set(place, turn + 1);
      const knows = turn < (skills[number]?.[model as 'weak' | 'strong'] ?? 0);
      return `[Answer]\n${knows ? `Anders${number}` : 'nobody'}`;
    },
  });
  await writeDataset(
    dataset,
    skills.map((_, i) => sample(i)),
    { seed: 1, tokenizer: 'test' },
  );
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

async function calibrate(
  out: string,
  ...flags: string[]
): Promise<{ code?: string; report?: Record<string, unknown> }> {
  let said = '';
  const program = new Command().exitOverride();
  register(program, { out: (text) => (said += text), err: () => undefined, columns: undefined });
  const target = path.join(folder, out);
  try {
    const line = ['node', 'golongrl', 'data', 'calibrate', dataset, '--out', target, '--format', 'json', ...flags];
    await program.parseAsync(line);
    return { report: JSON.parse(said) as Record<string, unknown> };
  } catch (error) {
    if (!(error instanceof GolongrlError)) throw error;
    return { code: error.code };
  }
}

const endpoints = (): string[] => [
  ...['--weak', server.url, '--weak-model', 'weak'],
  ...['--strong', server.url, '--strong-model', 'strong'],
];
const linesOf = (file: string): string[] => readFileSync(path.join(folder, file), 'utf8').trim().split('\n');

test('labels follow the thresholds, a spent budget is resumed without asking twice, and the ratio is kept', async () => {
  expect(await calibrate('lamps', ...endpoints(), '--token-budget', '10000')).toEqual({ code: 'budget-spent' });
  const { requests } = server.counts;
  expect(requests).toBeGreaterThan(0);
  const { report } = await calibrate('lamps', ...endpoints(), '--resume', '--ratio', '1:3:1');
  const labels = linesOf('lamps-work/labels.jsonl').map((line) => JSON.parse(line));
  labels.sort((a, b) => (a.id < b.id ? -1 : 1));
  expect(labels.map(({ difficulty }) => difficulty)).toEqual(tiers);
  // Eight rollouts by the weak model for each, and by the strong one for the four that it leaves unsolved.
  expect(server.counts.requests).toBe(8 * 8 + 4 * 8);
  expect(report).toMatchObject({ labelled: 8, samples: 5, kept: { easy: 1, medium: 3, hard: 1 } });
  const chosen = ['train', 'heldout'].flatMap((split) => linesOf(`lamps/native/${split}.jsonl`));
  const replies = new Set(linesOf('lamps-work/replies.jsonl').map((line) => JSON.parse(line).key));
  for (const line of chosen.filter((text) => text !== '')) {
    const { provenance } = JSON.parse(line) as Sample;
    for (const stage of provenance.calibration?.rollouts ?? []) {
      expect(stage.rewards).toHaveLength(8);
      expect(stage.requests.every((key) => replies.has(key))).toBe(true);
    }
    expect(provenance.calibration?.rollouts.length).toBeGreaterThan(0);
  }
});

test('another setting is no resumption', async () => {
  expect(await calibrate('lamps', ...endpoints(), '--resume', '--rollouts', '4')).toEqual({ code: 'config-changed' });
});

test('the embedded engine labels as an endpoint does, and without a strong model the rest is unsolved', async () => {
  const { report } = await calibrate(
    'micro',
    '--weak',
    'models/micro',
    '--rollouts',
    '2',
    '--max-tokens',
    '8',
    '--all',
  );
  const { labels } = report as { labels: Record<string, number> };
  expect(Object.values(labels).reduce((sum, count) => sum + count, 0)).toBe(8);
  expect(Object.keys(labels).every((tier) => ['easy', 'medium', 'unsolved'].includes(tier))).toBe(true);
  expect(linesOf('micro-work/replies.jsonl')).toHaveLength(16);
}, 60_000);
