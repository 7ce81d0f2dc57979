import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type ScriptedOptions,
  type ScriptedServer,
  startScriptedServer,
} from '../../../test/evaluation/scripted-server.ts';
import { lampSample } from '../../../test/lamp-sample.ts';
import type { DifficultyLabel } from '../../construction/llm/calibrate.ts';
import { GolongrlError } from '../../errors.ts';
import type { Cost } from '../../llm/cost-ledger.ts';
import { isProbe } from '../../llm/probe-endpoint.ts';
import type { Sample } from '../../samples/sample.ts';
import { writeDataset } from '../../samples/write-dataset.ts';
import { createProgram } from '../main.ts';

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

function answer(): NonNullable<ScriptedOptions['say']> {
  const asked = new Map<string, number>();
  return ({ model, messages }) => {
    const number = Number(/keeps lamp (\d+)/.exec(messages[0]?.content ?? '')?.[1] ?? 0);
    const place = `${model} ${number}`;
    const turn = asked.get(place) ?? 0;
    asked.set(place, turn + 1);
    const knows = turn < (skills[number]?.[model as 'weak' | 'strong'] ?? 0);
    return `[Answer]\n${knows ? `Anders${number}` : 'nobody'}`;
  };
}

beforeAll(async () => {
  server = await startScriptedServer(0, 0, { say: answer() });
  await writeDataset(
    dataset,
    skills.map((_, i) => lampSample(i)),
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
  const program = createProgram({ out: (text) => (said += text), err: () => undefined, columns: undefined });
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
/** Calibrates at a server that ends some requests in another way; at most four samples at once, so that it is not all one moment. */
async function withFault<T>(
  instead: ScriptedOptions['instead'],
  use: (endpoint: readonly string[], own: ScriptedServer) => Promise<T>,
): Promise<T> {
  const own = await startScriptedServer(0, 0, { say: answer(), delay: 2, ...(instead && { instead }) });
  try {
    return await use(['--weak', own.url, '--weak-model', 'weak', '--parallel', '4'], own);
  } finally {
    await own.close();
  }
}

const linesOf = (file: string): string[] => readFileSync(path.join(folder, file), 'utf8').trim().split('\n');

test('labels follow the thresholds, a spent budget is resumed without asking twice, and the ratio is kept', async () => {
  expect(await calibrate('lamps', ...endpoints(), '--token-budget', '4000')).toEqual({ code: 'budget-spent' });
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

test('a server that wants another key ends the calibration, and a good dataset stays', async () => {
  const good = readFileSync(path.join(folder, 'lamps/native/train.jsonl'), 'utf8');
  await withFault(
    () => ({ status: 401 }),
    async (endpoint, own) => {
      expect(await calibrate('lamps', ...endpoint, '--overwrite', '--seed', '8')).toEqual({
        code: 'endpoint-unusable',
      });
      expect(own.counts.requests).toBeLessThan(8 * 8);
    },
  );
  expect(readFileSync(path.join(folder, 'lamps/native/train.jsonl'), 'utf8')).toBe(good);
});

test('a calibration that chooses nothing replaces nothing', async () => {
  const good = readFileSync(path.join(folder, 'lamps/native/train.jsonl'), 'utf8');
  // Too long for the model: the trouble of each sample.
  const refuse: ScriptedOptions['instead'] = (wire) =>
    isProbe(wire) ? undefined : { status: 400, body: { error: { message: 'context length' } } };
  await withFault(refuse, async (endpoint) => {
    const found = await calibrate('lamps', ...endpoint, '--overwrite', '--seed', '9');
    expect(found).toEqual({ code: 'nothing-chosen' });
  });
  expect(readFileSync(path.join(folder, 'lamps/native/train.jsonl'), 'utf8')).toBe(good);
  const none = await calibrate(
    'lamps',
    ...endpoints(),
    '--overwrite',
    '--seed',
    '10',
    '--ratio',
    '0:0:1',
    '--limit',
    '1',
  );
  expect(none).toEqual({ code: 'nothing-chosen' });
});

test('a sample that never gets a reply is set aside, the others are labelled, and costs add up', async () => {
  const instead: ScriptedOptions['instead'] = ({ messages, seed = 0 }) =>
    messages[0]?.content.includes('lamp 2') && seed % 2 === 0 ? { status: 200, body: { choices: [] } } : undefined;
  await withFault(instead, async (endpoint) => {
    const { report } = await calibrate('aside', ...endpoint, '--all', '--attempts', '2');
    expect(report).toMatchObject({ labelled: 8, labels: { 'no-reply': 1, easy: 2, medium: 1, unsolved: 4 } });
    const labels = linesOf('aside-work/labels.jsonl').map((line) => JSON.parse(line) as DifficultyLabel);
    // Every other rollout of the one that was set aside has come, and counts.
    const replies = linesOf('aside-work/replies.jsonl');
    expect(replies).toHaveLength(7 * 8 + 4);
    expect(labels.reduce((sum, { cost }) => sum + cost.requests, 0)).toBe(replies.length);
  });
}, 60_000);

test('a spent budget leaves no reply unkept', async () => {
  await withFault(undefined, async (endpoint, own) => {
    const limited = [...endpoint, '--token-budget', '2000', '--max-tokens', '100'];
    expect(await calibrate('limited', ...limited)).toEqual({ code: 'budget-spent' });
    expect(linesOf('limited-work/replies.jsonl')).toHaveLength(own.served.size);
    expect(await calibrate('limited', ...limited, '--resume')).toEqual({ code: 'budget-spent' });
    const replies = linesOf('limited-work/replies.jsonl').map((line) => JSON.parse(line).value.cost as Cost);
    const tokens = replies.reduce((sum, cost) => sum + cost.promptTokens + cost.completionTokens, 0);
    // Beside them the probe has been paid.
    expect(tokens).toBeGreaterThan(1600);
    expect(tokens).toBeLessThanOrEqual(2000);
  });
});

test('of two calibrations at once the second is refused by name', async () => {
  await withFault(undefined, async (endpoint) => {
    const ends = await Promise.all([1, 2].map(() => calibrate('locked', ...endpoint, '--all')));
    expect(ends.map(({ code }) => code).sort()).toEqual(['directory-locked', undefined]);
  });
});

test('the embedded engine labels as an endpoint does, and without a strong model the rest is unsolved', async () => {
  const flags = ['--weak', 'models/micro', '--rollouts', '2', '--max-tokens', '8', '--all'];
  // A model of this size solves none of them in eight tokens.
  expect(await calibrate('micro', ...flags)).toEqual({ code: 'nothing-chosen' });
  expect(linesOf('micro-work/labels.jsonl').map((line) => JSON.parse(line).difficulty)).toEqual(
    Array(8).fill('unsolved'),
  );
  expect(linesOf('micro-work/replies.jsonl')).toHaveLength(16);
}, 60_000);
