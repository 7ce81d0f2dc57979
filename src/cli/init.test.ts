import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeChainPolicy } from '../../test/chain-policy.ts';
import { fakeSamples } from '../../test/fake-policy.ts';
import { writeDataset } from '../samples/write-dataset.ts';
import { parseConfig } from '../training/parse-config.ts';
import { runCommand } from './main.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'golongrl-init-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A folder with a dataset and a model, as a person may have it. */
const full = path.join(folder, 'full');
beforeAll(async () => {
  mkdirSync(full);
  await writeDataset(path.join(full, 'dataset'), fakeSamples(40), { seed: 1, tokenizer: 'estimate' });
  renameSync(await writeChainPolicy(), path.join(full, 'policy'));
  writeFileSync(path.join(full, 'README.md'), 'no document');
  // Loaded here, as the command loads them: a cold start is no part of a test.
  await import('../experiment/setup/samples.ts');
  await import('../experiment/setup/propose.ts');
  await import('../experiment/train-from-config.ts');
  await import('./train.ts');
});

/** Runs `init`; `answers` are the numbers a person chooses, and `asked` is what was put. */
async function init(args: readonly string[], answers?: readonly number[]) {
  const seen = { out: '', err: '', asked: [] as { question: string; answers: readonly string[] }[] };
  const left = [...(answers ?? [])];
  const choose = async (question: string, choices: readonly string[]) => {
    seen.asked.push({ question, answers: choices });
    return left.shift();
  };
  const code = await runCommand(['init', ...args], {
    out: (text) => (seen.out += text),
    err: (text) => (seen.err += text),
    columns: undefined,
    ...(answers === undefined ? {} : { choose }),
  });
  return { ...seen, code };
}

const config = () => readFileSync(path.join(full, 'golongrl.yaml'), 'utf8');

test('without a terminal nothing is asked: the dataset and the model that are there, in a file that a run takes', async () => {
  const { code, err, out } = await init([full]);
  expect({ code, err }).toMatchObject({ code: 0 });
  expect(err).toContain('1 dataset: dataset');
  expect(out).toBe(`Wrote ${full}/golongrl.yaml. Train with: golongrl train ${full}/golongrl.yaml\n`);
  expect(config().split('\n')[0]).toMatch(/^# yaml-language-server: \$schema=.*train\.json$/);
  const parsed = parseConfig(config(), { file: 'golongrl.yaml' });
  expect(parsed).toMatchObject({ model: 'policy', data: { train: 'dataset/native/train.jsonl' } });
  expect(parsed.data.maxPromptTokens + parsed.rollout.maxTokens).toBeLessThanOrEqual(1536);
  const dry = { out: '', err: '' };
  const terminal = {
    out: (text: string) => (dry.out += text),
    err: (text: string) => (dry.err += text),
    columns: undefined,
  };
  expect(await runCommand(['train', path.join(full, 'golongrl.yaml'), '--dry-run'], terminal), dry.err).toBe(0);
});

test('a configuration that is there stays unless a person or a flag says otherwise', async () => {
  writeFileSync(path.join(full, 'golongrl.yaml'), 'mine');
  expect(await init([full])).toMatchObject({ code: 2, err: expect.stringContaining('Add --overwrite to replace it.') });
  expect(await init([full], [0])).toMatchObject({ code: 2 });
  expect(config()).toBe('mine');
  expect(await init([full, '--overwrite', '--model', 'micro'])).toMatchObject({ code: 0 });
  expect(config()).toContain('model: micro ');
});

test('a person is asked four questions at most, and stopping writes nothing', async () => {
  const before = config();
  const { asked, code } = await init([full], [1, 0, 1]);
  expect(code).toBe(0);
  expect(asked.map(({ question }) => question.slice(0, 20))).toHaveLength(3);
  expect(asked.map(({ answers }) => answers[0])).toEqual([
    'Leave it alone and stop',
    'policy, here',
    'about two hours',
  ]);
  expect(config()).not.toBe(before);
  const stopped = await init([full, '--overwrite'], []);
  expect(stopped).toMatchObject({ code: 2, err: expect.stringContaining('Nothing was written.') });
});

test('an empty folder, a missing one and a file are told apart, and nothing is left in them', async () => {
  const empty = path.join(folder, 'empty');
  mkdirSync(empty);
  expect(await init([empty])).toMatchObject({
    code: 1,
    err: expect.stringContaining('holds no dataset and no documents'),
  });
  expect(existsSync(path.join(empty, 'golongrl.yaml'))).toBe(false);
  expect((await init([path.join(folder, 'nowhere')])).err).toContain('there is no such folder');
  expect((await init([path.join(full, 'README.md')])).err).toContain('is a file');
});
