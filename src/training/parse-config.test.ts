import { expect, test } from 'vitest';
import { UsageError } from '../errors.ts';
import { completeConfig, configFields, formatConfig, parseConfig } from './parse-config.ts';

const minimal = 'model: models/micro\ndata:\n  train: train.jsonl\n';

test('a minimal file gets the values of the paper', () => {
  const config = parseConfig(minimal, { file: 'config.yaml' });
  expect(config.rollout).toMatchObject({ prompts: 128, group: 16, maxTokens: 16_384, temperature: 1 });
  expect(config.loss).toMatchObject({
    clipLow: 0.2,
    clipHigh: 0.28,
    dualClip: 3,
    ratioLow: 0.5,
    ratioHigh: 5,
    ratioVeto: 1e-4,
  });
  expect(config.optimizer).toMatchObject({ learningRate: 2e-6, warmupSteps: 5, weightDecay: 0.1, gradientClip: 1 });
  expect(config.advantage).toEqual({ type: 'tmn-reweight', alpha: 0.8, gamma: 1 });
  expect(config.dynamicSampling).toEqual({ enabled: true, draw: 4, enough: 1, maxDraws: 32 });
});

test('a wrong value is reported with file, line, column, the values allowed and the nearest one', () => {
  const text = `${minimal}advantage:\n  type: tnm\n`;
  expect(() => parseConfig(text, { file: 'config.yaml' })).toThrow(
    'config.yaml:5:9 advantage.type: got "tnm", expected grpo | dr-grpo | qwenlong | tmn | tmn-reweight | rloo | maxrl. Did you mean "tmn"?',
  );
});

test.each([
  [
    'an unknown field',
    `${minimal}optimiser:\n  learningRate: 1\n`,
    /config\.yaml:4:1 field: got "optimiser".*Did you mean "optimizer"/,
  ],
  [
    'an unknown nested field',
    `${minimal}optimizer:\n  learningrate: 1\n`,
    /config\.yaml:5:3 field of optimizer: got "learningrate".*"learningRate"/,
  ],
  ['a missing field', 'model: m\n', /config\.yaml:1:1 data: got nothing\. expected object\./],
  ['a number out of range', `${minimal}steps: 0\n`, /config\.yaml:4:8 steps: got 0/],
  ['a fraction where a whole number stands', `${minimal}steps: 1.5\n`, /steps: got 1\.5/],
  ['broken YAML', 'model: [', /config\.yaml: /],
  ['a list', '- 1\n', /expected fields/],
])('%s is an error that names the place', (_what, text, message) => {
  expect(() => parseConfig(text, { file: 'config.yaml' })).toThrow(message);
});

test('a dotted flag wins over the file, and its error names the flag', () => {
  const overrides = { 'optimizer.learningRate': '1e-4', 'data.tasks': '[T1, T9]', 'advantage.type': 'grpo' };
  const config = parseConfig(`${minimal}advantage: { type: tmn }\n`, { file: 'c.yaml', overrides });
  expect([config.optimizer.learningRate, config.data.tasks, config.advantage.type]).toEqual([
    1e-4,
    ['T1', 'T9'],
    'grpo',
  ]);
  expect(() => parseConfig(minimal, { file: 'c.yaml', overrides: { 'advantage.type': 'grop' } })).toThrow(
    /^--advantage\.type: got "grop".*Did you mean "grpo"/,
  );
});

test('the written configuration reads back as the same configuration', () => {
  const config = completeConfig({ preset: 'micro', model: 'm', data: { train: 't' } });
  expect(parseConfig(formatConfig(config), { file: 'config.yaml' })).toEqual(config);
});

test('every field has a description', () => {
  expect(configFields().length).toBeGreaterThan(25);
  expect(configFields().filter(({ description }) => description === '')).toEqual([]);
});

test('all faults of a file are told at once, each with its place', () => {
  const text = `model: micro
advantage:
  type: tmm
optimizer:
  learningrate: 1.0e-4
  betas: none
data:
  train: train.jsonl
steps: -3
ngroups: 8
`;
  const faults = [
    'config.yaml:3:9 advantage.type: got "tmm", expected grpo | dr-grpo | qwenlong | tmn | tmn-reweight | rloo | maxrl. Did you mean "tmn"?',
    'config.yaml:5:3 field of optimizer: got "learningrate", expected',
    'config.yaml:9:8 steps: got -3.',
    'config.yaml:10:1 field: got "ngroups", expected',
  ];
  expect(() => parseConfig(text, { file: 'config.yaml' })).toThrow(UsageError);
  for (const fault of faults) expect(() => parseConfig(text, { file: 'config.yaml' })).toThrow(fault);
});
