import fc from 'fast-check';
import { expect, test } from 'vitest';
import { randomTokens, tinyConfig, tinyFamilies, tinyModel, tinyQwen } from '../../../../test/engine/tiny-model.ts';
import type { SampleEvent, SampleRequest } from '../../engine.ts';
import { Scorer } from '../train/scorer.ts';
import type { ModelConfig } from '../weights/model-config.ts';
import { Decoder } from './decoder.ts';
import { type DecoderLimits, defaultDecoderLimits } from './decoder-limits.ts';

const decoderOf = (limits: DecoderLimits = defaultDecoderLimits, config: ModelConfig = tinyConfig) =>
  new Decoder({ config, parameters: tinyModel(config), threads: 1, limits });

const prompts = [9, 1, 30, 2, 17].map((length, p) => randomTokens(length, tinyConfig, 'prompt', p));
const request: SampleRequest = {
  prompts,
  rolloutsPerPrompt: 4,
  maxTokens: 70,
  temperature: 1,
  // About one token in twenty ends a completion: rows and groups finish at different steps and are dropped, and caches grow.
  stopTokens: [0, 1],
  seeds: [11, 12, 13, 14, 15],
};

test('completions end with the first stop token, or at the limit', async () => {
  const decoder = decoderOf();
  const completions = (await decoder.sample({ ...request, maxTokens: 12 })).flat();
  expect(completions).toHaveLength(20);
  for (const { tokens, logprobs, stopReason } of completions) {
    const stop = tokens.findIndex((token) => token < 2);
    expect(stopReason).toBe(stop >= 0 ? 'stop' : 'length');
    expect(tokens).toHaveLength(stop >= 0 ? stop + 1 : 12);
    expect(logprobs).toHaveLength(tokens.length);
  }
  expect(new Set(completions.map(({ stopReason }) => stopReason)).size).toBe(2);
  await decoder.release();
});

for (const config of [tinyConfig, tinyQwen]) {
  test(`the same seed gives the same tokens, whatever else is in the batch: ${config.architecture}`, async () => {
    const whole = decoderOf(defaultDecoderLimits, config);
    const small = decoderOf({ rows: 3, prefillTokens: 8, cacheBytes: 1, ownBytes: 1e9 }, config);
    const expected = await whole.sample(request);
    expect(await whole.sample(request)).toEqual(expected);
    const apart = await small.sample(request);
    for (const p of [4, 0, 2, 1, 3]) {
      const [alone] = await whole.sample({
        ...request,
        prompts: [prompts[p] as Int32Array],
        seeds: [request.seeds[p] as number],
        rolloutsPerPrompt: 2,
      });
      for (let g = 0; g < 4; g++) {
        const { tokens, logprobs } = expected[p]?.[g] ?? { tokens: [], logprobs: [] };
        expect(apart[p]?.[g]?.tokens, `prompt ${p} rollout ${g}`).toEqual(tokens);
        for (const [t, logprob] of logprobs.entries()) expect(apart[p]?.[g]?.logprobs[t]).toBeCloseTo(logprob, 4);
        if (g < 2) expect(alone?.[g]?.tokens).toEqual(tokens);
      }
    }
    await whole.release();
    await small.release();
  });
}

for (const [name, config] of Object.entries(tinyFamilies)) {
  // With one row the request takes so many steps that the decoder keeps a copy of the weights.
  test.each([6, 1])(`what is sampled has the log-probabilities of scoring: ${name}, %i rows`, async (rows) => {
    const decoder = decoderOf({ ...defaultDecoderLimits, rows }, config);
    const completions = await decoder.sample({ ...request, stopTokens: [0], maxTokens: 13 });
    const limits = { tokens: 10_000, scores: 1e8, wholeBytes: Number.POSITIVE_INFINITY };
    const scorer = new Scorer({ config, limits, threads: 1 });
    const batch = prompts.map((prompt, p) => ({ prompt, rollouts: completions[p] ?? [] }));
    const scored = await scorer.logprobs(batch, tinyModel(config).views);
    for (const [p, group] of completions.entries())
      for (const [g, { logprobs }] of group.entries())
        for (const [t, value] of logprobs.entries()) expect(scored[p]?.[g]?.[t]).toBeCloseTo(value, 4);
    await scorer.release();
    await decoder.release();
  });
}

test('each token has the entropy of what it was drawn from, at temperature 1 whatever it was drawn at', async () => {
  const decoder = decoderOf();
  const completions = await decoder.sample({ ...request, rolloutsPerPrompt: 2, maxTokens: 9, temperature: 0.7 });
  const scorer = new Scorer({
    config: tinyConfig,
    limits: { tokens: 10_000, scores: 1e8, wholeBytes: Number.POSITIVE_INFINITY },
    threads: 1,
  });
  for (const [p, [first]] of completions.entries()) {
    const prompt = prompts[p] ?? Int32Array.of();
    const { tokens, entropies } = first ?? { tokens: Int32Array.of(), entropies: undefined };
    expect(entropies).toHaveLength(tokens.length);
    const [top] = await scorer.top(
      [Int32Array.of(...prompt, ...tokens)],
      tinyConfig.vocabSize,
      tinyModel(tinyConfig).views,
    );
    for (const [t, entropy] of (entropies ?? []).entries()) {
      const from = (prompt.length + t) * tinyConfig.vocabSize;
      const logs = Array.from(top?.logprobs.subarray(from, from + tinyConfig.vocabSize) ?? []);
      expect(entropy).toBeCloseTo(-logs.reduce((sum, log) => sum + Math.exp(log) * log, 0), 3);
    }
  }
  await scorer.release();
  await decoder.release();
});

test('rows that come and go at any limits change no token', { tags: ['long'] }, async () => {
  const ragged = {
    ...request,
    prompts: [...prompts, ...prompts],
    seeds: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    maxTokens: 40,
  };
  const whole = decoderOf();
  const expected = (await whole.sample(ragged)).map((group) => group.map(({ tokens }) => [...tokens]));
  await whole.release();
  const limits = fc.record({
    rows: fc.integer({ min: 1, max: 45 }),
    prefillTokens: fc.integer({ min: 1, max: 100 }),
    cacheBytes: fc.integer({ min: 1, max: 60_000 }),
    ownBytes: fc.integer({ min: 1, max: 2_000_000 }),
  });
  await fc.assert(
    fc.asyncProperty(limits, async (drawn) => {
      const decoder = decoderOf(drawn);
      const actual = await decoder.sample(ragged);
      await decoder.release();
      expect(actual.map((group) => group.map(({ tokens }) => [...tokens]))).toEqual(expected);
    }),
    { numRuns: 12, seed: 1 },
  );
});

test('fewer rollouts step together the longer they may become', async () => {
  const { layers, kvHeads, headDim } = tinyConfig;
  const tokenBytes = 4 * 2 * layers * kvHeads * headDim;
  const widest = async (maxTokens: number) => {
    const decoder = decoderOf({ ...defaultDecoderLimits, ownBytes: 60 * tokenBytes });
    let rows = 0;
    const onEvent = (event: SampleEvent) => {
      if (event.type === 'tokens-drawn') rows = Math.max(rows, event.tokens.length);
    };
    await decoder.sample({ ...request, maxTokens, onEvent });
    await decoder.release();
    return rows;
  };
  expect([await widest(3), await widest(10), await widest(30)]).toEqual([20, 6, 2]);
});

test('events tell every prompt token, every token drawn and every completion', async () => {
  const decoder = decoderOf({ ...defaultDecoderLimits, rows: 6, prefillTokens: 20 });
  const events: SampleEvent[] = [];
  const completions = await decoder.sample({ ...request, onEvent: (event) => events.push(event) });
  const drawn = prompts.map(() => Array.from({ length: 4 }, () => [] as number[]));
  let prefilled = 0;
  for (const event of events) {
    if (event.type === 'prefill-progress') {
      expect(event.total).toBe(9 + 1 + 30 + 2 + 17 - 5);
      expect(event.tokens).toBeGreaterThan(prefilled);
      prefilled = event.tokens;
    } else if (event.type === 'tokens-drawn') {
      expect(event.tokens.length).toBeLessThanOrEqual(6);
      for (const [b, token] of event.tokens.entries())
        drawn[event.prompts[b] as number]?.[event.rollouts[b] as number]?.push(token);
    } else {
      expect(event.completion).toEqual(completions[event.prompt]?.[event.rollout]);
      expect(drawn[event.prompt]?.[event.rollout]).toEqual([...event.completion.tokens]);
    }
  }
  expect(prefilled).toBe(54);
  expect(events.filter(({ type }) => type === 'rollout-end')).toHaveLength(20);
  await decoder.release();
});

test('an abort ends sampling between the parts of a prefill', async () => {
  const decoder = decoderOf({ ...defaultDecoderLimits, prefillTokens: 10 });
  const controller = new AbortController();
  const types: string[] = [];
  const onEvent = ({ type }: SampleEvent) => {
    types.push(type);
    controller.abort();
  };
  await expect(decoder.sample({ ...request, onEvent, signal: controller.signal })).rejects.toThrow('aborted');
  expect(types).toEqual(['prefill-progress']);
  await decoder.release();
});

test('other seeds, and other rollouts of a seed, give other tokens', async () => {
  const decoder = decoderOf();
  const many = { ...request, prompts: [prompts[0] as Int32Array], stopTokens: [], maxTokens: 12 };
  const texts = [];
  for (const seed of [1, 2])
    texts.push(...(await decoder.sample({ ...many, seeds: [seed] })).flat().map(({ tokens }) => tokens.join()));
  expect(new Set(texts).size).toBe(8);
  await decoder.release();
});

test('sampled tokens are as frequent as their probability says', async () => {
  const decoder = decoderOf();
  const count = 2000;
  const draw = async (temperature: number) => {
    const one = { ...request, prompts: [prompts[0] as Int32Array], seeds: [5], rolloutsPerPrompt: count, maxTokens: 1 };
    return (await decoder.sample({ ...one, temperature })).flat();
  };
  for (const temperature of [1, 0.5]) {
    const completions = await draw(temperature);
    const [mode] = (
      await decoder.sample({
        ...request,
        prompts: [prompts[0] as Int32Array],
        seeds: [5],
        temperature: 0,
        maxTokens: 1,
      })
    ).flat();
    const token = mode?.tokens[0];
    const share = completions.filter(({ tokens }) => tokens[0] === token).length / count;
    const raw = Math.exp(mode?.logprobs[0] ?? 0);
    // The reported log-probability is the raw model's at any temperature.
    for (const { tokens, logprobs } of completions)
      if (tokens[0] === token) expect(logprobs[0]).toBeCloseTo(Math.log(raw), 4);
    if (temperature === 1) expect(Math.abs(share - raw)).toBeLessThan(4 * Math.sqrt((raw * (1 - raw)) / count));
    else expect(share).toBeGreaterThan(raw * 1.5);
  }
  await decoder.release();
});

test('greedy rollouts of a prompt are alike, and a tiny nucleus is greedy', async () => {
  const decoder = decoderOf();
  const short = { ...request, maxTokens: 10, stopTokens: [] };
  const greedy = await decoder.sample({ ...short, temperature: 0 });
  for (const group of greedy) for (const { tokens } of group) expect(tokens).toEqual(group[0]?.tokens);
  const nucleus = await decoder.sample({ ...short, topP: 1e-6 });
  expect(nucleus.map((group) => group.map(({ tokens }) => tokens))).toEqual(
    greedy.map((group) => group.map(({ tokens }) => tokens)),
  );
  await decoder.release();
});

test('an abort ends sampling with an error', async () => {
  const decoder = decoderOf();
  const controller = new AbortController();
  const result = decoder.sample({ ...request, stopTokens: [], signal: controller.signal });
  controller.abort();
  await expect(result).rejects.toMatchObject({ name: 'EngineError', code: 'aborted' });
  await decoder.release();
});

test.each([
  [{ prompts: [new Int32Array(0)], seeds: [1] }, 'prompt 0 is empty'],
  [{ seeds: [1] }, 'seeds: got 1, expected one for each of 5 prompts'],
  [{ maxTokens: 0 }, 'maxTokens: got 0'],
  [{ topP: 0 }, 'topP: got 0'],
  [{ stopStrings: [''] }, 'stopStrings: got an empty string'],
  [{ stopStrings: ['x'] }, 'stopStrings: this engine has no tokenizer'],
  [{ temperature: -1 }, 'temperature: got -1'],
  [{ temperature: 1e-300 }, 'temperature: got 1e-300, expected 0 (greedy) or a number from 0.000001'],
  [{ maxTokens: 100 }, 'prompt 2: 30 tokens and 100 new ones exceed the context of 128'],
  [{ prompts: [Int32Array.of(40)], seeds: [1] }, 'prompt 0: token 40 is outside the vocabulary of 37'],
])('a request that cannot be met is refused: %j', async (fields, message) => {
  await expect(decoderOf().sample({ ...request, ...fields })).rejects.toThrow(message);
});
