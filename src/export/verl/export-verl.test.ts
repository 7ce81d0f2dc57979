import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { afterAll, expect, test } from 'vitest';
import { packagedDocuments } from '../../../test/packaged-documents.ts';
import { buildDataset } from '../../construction/build.ts';
import { contextCheck, splitCheck } from '../../doctor/context-check.ts';
import { InputError, UsageError } from '../../errors.ts';
import { contextOfConfig } from '../../planning/context-of-config.ts';
import { subTaskMetric } from '../../rewards/upstream.ts';
import type { Sample } from '../../samples/sample.ts';
import { toUpstreamRecord } from '../../samples/upstream.ts';
import { tasks } from '../../tasks/task.ts';
import { integrationsFolder } from '../python-package.ts';
import { deadKeys, idleKeys } from './differences.ts';
import { type ExportVerlOptions, exportVerl } from './export-verl.ts';
import { overrideKey, verlOverrides } from './overrides.ts';
import { parseVerlPreset, verlPresetNames, verlPresets } from './preset.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'golongrl-verl-'));
afterAll(() => rmSync(folder, { recursive: true }));

const { samples } = buildDataset({
  documents: packagedDocuments(),
  seed: 4,
  short: { train: 27, heldout: 9 },
  long: { samples: 0, bins: [8] },
});
const own = (split: Sample['split']) => samples.filter((sample) => sample.split === split);
const smallStep = ['data.train_batch_size=9', 'actor_rollout_ref.actor.ppo_mini_batch_size=9'];

async function* stream(list: readonly Sample[]): AsyncGenerator<Sample> {
  yield* list;
}

const options = (name: string, more: Partial<ExportVerlOptions> = {}): ExportVerlOptions => ({
  preset: 'qwen3-4b-tmn-reweight',
  out: path.join(folder, name),
  samples: () => stream(samples),
  source: 'samples',
  profile: 'paper',
  set: smallStep,
  version: '0',
  ...more,
});

const valuesOf = (overrides: readonly string[]) =>
  Object.fromEntries(overrides.map((text) => [overrideKey(text), text.slice(text.indexOf('=') + 1)]));

const paperPresets = verlPresetNames.filter((name) => verlPresets[name].backend === 'megatron');

const presetValues = (name: keyof typeof verlPresets, set: readonly string[] = []) =>
  valuesOf(verlOverrides(verlPresets[name], { profile: 'paper', set }).flatMap(({ overrides }) => overrides));

test("the paper's presets carry the hyperparameters that the released scripts share", () => {
  for (const name of paperPresets) {
    expect(presetValues(name), name).toMatchObject({
      'actor_rollout_ref.actor.clip_ratio_low': '0.2',
      'actor_rollout_ref.actor.clip_ratio_high': '0.28',
      'actor_rollout_ref.actor.clip_ratio_c': '3.0',
      'actor_rollout_ref.actor.loss_agg_mode': 'token-mean',
      'actor_rollout_ref.actor.optim.lr': '2e-6',
      'actor_rollout_ref.actor.optim.lr_warmup_steps': '5',
      'actor_rollout_ref.actor.optim.weight_decay': '0.1',
      'actor_rollout_ref.actor.ppo_max_token_len_per_gpu': '22528',
      'actor_rollout_ref.rollout.n': '16',
      'actor_rollout_ref.rollout.max_model_len': '180224',
      'algorithm.rollout_correction.rollout_is_threshold': '"0.5_5.0"',
      'algorithm.rollout_veto_threshold': '1e-4',
      'data.train_batch_size': '128',
      'data.max_prompt_length': '163840',
      'data.max_response_length': '16384',
    });
  }
});

test("the paper's presets differ in estimator and sharding as the released scripts do", () => {
  const shown = paperPresets.map((name) => {
    const values = presetValues(name);
    const { 'algorithm.adv_estimator': estimator, 'algorithm.difficulty_smooth_alpha': alpha } = values;
    const megatron = 'actor_rollout_ref.actor.megatron';
    return [
      estimator,
      alpha,
      values[`${megatron}.tensor_model_parallel_size`],
      values[`${megatron}.expert_model_parallel_size`],
    ];
  });
  expect(shown).toEqual([
    ['grpo', undefined, '8', '1'],
    ['tmn_grpo', '0.8', '8', '1'],
    ['grpo', undefined, '4', '4'],
  ]);
});

test('presets of one node have the objective of the paper, FSDP2 on the host and one sequence over all GPUs', () => {
  const differing =
    /^(actor_rollout_ref\.(actor|ref)\.(megatron|fsdp_config|strategy)|actor_rollout_ref\.rollout\.|data\.|trainer\.|model_engine)/;
  const sizes = /(ppo_mini_batch_size|max_token_len_per_gpu|max_resp_len|enable_gradient_checkpointing)$/;
  const objective = (name: keyof typeof verlPresets) =>
    Object.entries(presetValues(name)).filter(([key]) => !differing.test(key) && !sizes.test(key));
  for (const [name, tokens, rollout] of [
    ['qwen3-4b-8x80-32k', 32_768, '1'],
    ['qwen3-4b-8x80-64k', 65_536, '2'],
    ['qwen3-30b-a3b-8x80-64k', 65_536, '4'],
  ] as const) {
    expect(objective(name)).toEqual(objective('qwen3-4b-tmn-reweight'));
    expect(presetValues(name)).toMatchObject({
      'actor_rollout_ref.actor.strategy': 'fsdp2',
      'actor_rollout_ref.actor.fsdp_config.offload_policy': 'True',
      'actor_rollout_ref.actor.fsdp_config.ulysses_sequence_parallel_size': '8',
      'actor_rollout_ref.actor.ppo_max_token_len_per_gpu': String(tokens / 8),
      'actor_rollout_ref.rollout.max_model_len': String(tokens),
      'actor_rollout_ref.rollout.enable_chunked_prefill': 'True',
      'actor_rollout_ref.rollout.tensor_model_parallel_size': rollout,
    });
  }
});

test('no preset sets a key that verl does not know or ignores, and none twice', () => {
  const gone = [...deadKeys, ...idleKeys].flatMap(({ script }) => script.split(', '));
  for (const name of verlPresetNames) {
    const groups = verlOverrides(verlPresets[name], { profile: 'paper' });
    const keys = groups.flatMap(({ overrides }) => overrides.map(overrideKey));
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.filter((key) => gone.some((dead) => key === dead || key.startsWith(`${dead}.`)))).toEqual([]);
  }
});

test('--set takes the place of the preset, and must be an override', () => {
  expect(presetValues('qwen3-4b-grpo', ['trainer.save_freq=10'])).toMatchObject({ 'trainer.save_freq': '10' });
  expect(presetValues('qwen3-4b-grpo', ['+trainer.mine=1'])).toMatchObject({ 'trainer.mine': '1' });
  expect(() => presetValues('qwen3-4b-grpo', ['trainer.save_freq'])).toThrow(/expected KEY=VALUE/);
  expect(() => parseVerlPreset('qwen3-4b-gpro')).toThrow(/Did you mean "qwen3-4b-grpo"/);
});

test("an export holds the samples in verl's columns, and everything to install and to start", async () => {
  const out = path.join(folder, 'whole');
  const found = await exportVerl(options('whole'));
  expect(found.samples).toEqual({ train: own('train').length, heldout: own('heldout').length });
  for (const split of ['train', 'heldout'] as const) {
    const file = await asyncBufferFromFile(path.join(out, `data/${split}.parquet`));
    expect(await parquetReadObjects({ file })).toEqual(own(split).map(toUpstreamRecord));
  }
  expect(readdirSync(out).sort()).toEqual([
    'README.md',
    'data',
    'export.json',
    'launch.sh',
    'overrides.txt',
    'prepare_model.py',
    'python',
  ]);
  for (const name of ['golongrl/pyproject.toml', 'golongrl/src/golongrl/task_keys.json'])
    expect(existsSync(path.join(out, 'python', name)), name).toBe(true);
  const readme = readFileSync(path.join(out, 'README.md'), 'utf8');
  for (const { script } of [...deadKeys, ...idleKeys]) expect(readme).toContain(script.split(', ')[0]);
});

test('the launch script adds paths, sizes and rewards to the overrides, and the last word is the caller’s', async () => {
  await exportVerl(options('launch', { overwrite: true }));
  const out = path.join(folder, 'launch');
  const env = { ...process.env, MODEL: '/models/a b', NNODES: '2', GOLONGRL_REWARD_URL: 'http://rewards:5000' };
  const print = execFileSync('bash', [path.join(out, 'launch.sh'), '--print', 'trainer.nnodes=3'], { env });
  const lines = String(print).trim().split('\n');
  expect(lines).toContain("actor_rollout_ref.model.path='/models/a b'");
  expect(lines).toContain(`data.train_files='${out}/data/train.parquet'`);
  expect(lines).toContain("+reward.custom_reward_function.reward_kwargs.url='http://rewards:5000'");
  expect(lines.filter((line) => line.startsWith('trainer.nnodes='))).toEqual(['trainer.nnodes=2', 'trainer.nnodes=3']);
  expect(lines.filter((line) => line.startsWith('#'))).toEqual([]);
});

test('without held-out samples the training data stands in for the validation data', async () => {
  const train = own('train');
  await exportVerl(options('no-heldout', { samples: () => stream(train) }));
  const out = path.join(folder, 'no-heldout');
  expect(readdirSync(path.join(out, 'data'))).toEqual(['train.parquet']);
  expect(readFileSync(path.join(out, 'launch.sh'), 'utf8')).toContain('data/train.parquet');
  expect(readFileSync(path.join(out, 'launch.sh'), 'utf8')).not.toContain('heldout.parquet');
});

test('too few samples for a step are refused before anything is written', async () => {
  await expect(exportVerl(options('few', { set: [] }))).rejects.toThrow(InputError);
  await expect(exportVerl(options('few', { set: [] }))).rejects.toThrow(/36 training samples.*128 prompts/);
  expect(existsSync(path.join(folder, 'few'))).toBe(false);
});

test('an export is replaced only on demand, and a foreign folder never', async () => {
  await exportVerl(options('twice'));
  await expect(exportVerl(options('twice'))).rejects.toThrow(UsageError);
  await exportVerl(options('twice', { overwrite: true, preset: 'qwen3-4b-grpo' }));
  const manifest = JSON.parse(readFileSync(path.join(folder, 'twice/export.json'), 'utf8')) as { preset: string };
  expect(manifest.preset).toBe('qwen3-4b-grpo');
  mkdirSync(path.join(folder, 'foreign'));
  writeFileSync(path.join(folder, 'foreign/thesis.tex'), 'mine');
  await expect(exportVerl(options('foreign', { overwrite: true }))).rejects.toThrow(/thesis\.tex/);
  expect(readdirSync(path.join(folder, 'foreign'))).toEqual(['thesis.tex']);
});

test("the plugin's table of tasks is that of the rewards", () => {
  const file = path.join(integrationsFolder, 'golongrl/src/golongrl/task_keys.json');
  const table = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  expect(Object.keys(table).length).toBe(25);
  for (const [name, metric] of Object.entries(table)) expect(subTaskMetric(name), name).toBe(metric);
  for (const sample of samples) {
    const { data_source, extra_info } = toUpstreamRecord(sample, 0);
    const task = data_source === 'longbench_pro' ? table[extra_info.reward_mode] : extra_info.reward_mode;
    expect(task).toBe(tasks[sample.task].metric);
  }
});

const writeModel = (name: string, more: object): string => {
  const model = path.join(folder, name);
  mkdirSync(model, { recursive: true });
  const shape = { model_type: 'qwen3', vocab_size: 64, hidden_size: 32, intermediate_size: 48, num_hidden_layers: 2 };
  const heads = { num_attention_heads: 32, num_key_value_heads: 8 };
  writeFileSync(
    path.join(model, 'config.json'),
    JSON.stringify({ ...shape, ...heads, max_position_embeddings: 40_960, ...more }),
  );
  writeFileSync(path.join(model, 'model.safetensors'), 'weights');
  return model;
};

test('a job prepares a model with too few positions: links to its files, and YaRN in its configuration', async () => {
  await exportVerl(options('prepared'));
  const out = path.join(folder, 'prepared');
  expect(readFileSync(path.join(out, 'launch.sh'), 'utf8')).toContain('prepare_model.py');
  const model = writeModel('short-model', { rope_parameters: { rope_theta: 1e6, rope_type: 'default' } });
  const copy = path.join(folder, 'long-model');
  execFileSync('python3', [path.join(out, 'prepare_model.py'), model, copy]);
  expect(readFileSync(path.join(copy, 'model.safetensors'), 'utf8')).toBe('weights');
  const config = JSON.parse(readFileSync(path.join(copy, 'config.json'), 'utf8')) as Record<string, unknown>;
  expect(config.rope_parameters).toMatchObject({ rope_theta: 1e6, rope_type: 'yarn', factor: 5.5 });
  expect(contextOfConfig(config)).toEqual({ positions: 180_224, trained: 32_768 });
  expect(await contextCheck(out, { MODEL: model })).toMatchObject({ status: 'ok' });
  expect(await splitCheck(out, { MODEL: model })).toMatchObject({ status: 'ok' });
  expect(await splitCheck(out, { MODEL: model, NNODES: '3' })).toMatchObject({ status: 'fail' });
});

test('a job whose model has the positions prepares nothing', async () => {
  await exportVerl(options('fits', { preset: 'qwen3-4b-8x80-32k' }));
  expect(readdirSync(path.join(folder, 'fits'))).not.toContain('prepare_model.py');
  expect(readFileSync(path.join(folder, 'fits', 'launch.sh'), 'utf8')).not.toContain('prepare_model.py');
});

test('a job that asks for more tokens than its model will have says so, with what to change', async () => {
  const set = [...smallStep, 'data.max_prompt_length=300000'];
  const { shortfall } = await exportVerl(options('too-long', { set }));
  expect(shortfall).toMatchObject({ asked: 316_384, positions: 180_224 });
  const readme = readFileSync(path.join(folder, 'too-long', 'README.md'), 'utf8');
  expect(readme).toContain('the job asks for 316,384 tokens of a sequence, the model has 180,224 positions');
  expect(readme).toContain('"rope_scaling": {"rope_type":"yarn"');
  expect(await contextCheck(path.join(folder, 'too-long'), {})).toMatchObject({ status: 'fail' });
});
