import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { tokenizerJson, trainBpe } from '../../../../models/micro/bpe.ts';
import { loadTokenizer } from '../../tokenizer.ts';
import { EngineCore } from '../engine-core.ts';
import { StopText } from './stop-text.ts';

const folder = await mkdtemp(join(tmpdir(), 'golongrl-stop-'));
const { vocab, merges } = trainBpe(['Kenya: capital Nairobi', 'Peru: capital Lima\n'], 300);
await writeFile(join(folder, 'tokenizer.json'), tokenizerJson(vocab, merges));
const tokenizer = await loadTokenizer(folder);
await rm(folder, { recursive: true });

/** Feeds a text token by token; the text up to the token that ends it. */
async function textUntilStop(text: string, stops: readonly string[]): Promise<string> {
  const stopText = new StopText(stops, (windows) => tokenizer.decode(windows, { specialTokens: true }));
  const stream = { tokens: [] as number[] };
  for (const token of await tokenizer.encode(text)) {
    stream.tokens.push(token);
    if ((await stopText.ended([stream])).length > 0) break;
  }
  const [kept = ''] = await tokenizer.decode([Int32Array.from(stream.tokens)], { specialTokens: true });
  return kept;
}

test.each([
  ['Kenya: x\n\nPeru', ['\n\n'], 'Kenya: x\n\n'],
  // Characters of two to four bytes, each byte a token.
  ['é京 ½ 😀 Peru', ['½'], 'é京 ½'],
  ['é京 😀😀 Peru', ['😀😀'], 'é京 😀😀'],
  ['x京。y', ['京。'], 'x京。'],
  ['a<|end|>b', ['<|end|>'], 'a<|end|>'],
  ['abcd', ['zz', 'c', 'd'], 'abc'],
  ['no such thing', ['京'], 'no such thing'],
])('%j with stops %j ends as %j', async (text, stops, kept) => {
  expect(await textUntilStop(text, stops)).toBe(kept);
});

test('bytes that are no character hold up nothing for long', async () => {
  const bytes = (await tokenizer.encode('京')).slice(0, 1);
  const tail = await tokenizer.encode('stop');
  const stopText = new StopText(['stop'], (windows) => tokenizer.decode(windows));
  const stream = { tokens: Array.from({ length: 9 }, () => bytes[0] as number) };
  const all = [...stream.tokens, ...tail];
  stream.tokens.length = 0;
  let ended = 0;
  for (const token of all) {
    stream.tokens.push(token);
    ended += (await stopText.ended([stream])).length;
  }
  expect(ended).toBe(1);
});

test('a completion of the engine ends with the token that completes a stop string', async () => {
  const model = fileURLToPath(new URL('../../../../models/micro', import.meta.url));
  const own = await loadTokenizer(model);
  const engine = await EngineCore.open({ model, threads: 1 });
  const prompts = await own.encodePrompts(['Kenya?']);
  const request = { prompts, rolloutsPerPrompt: 8, maxTokens: 24, temperature: 1, stopTokens: [], seeds: [1] };
  const [free = []] = await engine.sample(request);
  const [stopped = []] = await engine.sample({ ...request, stopStrings: ['e', 'an'] });
  for (const [g, { tokens, stopReason }] of stopped.entries()) {
    expect([...tokens]).toEqual([...(free[g]?.tokens.subarray(0, tokens.length) ?? [])]);
    const [text = '', before = ''] = await own.decode([tokens, tokens.subarray(0, -1)], { specialTokens: true });
    expect(/e|an/.test(text)).toBe(stopReason === 'stop');
    expect(before).not.toMatch(/e|an/);
  }
  expect(stopped.some(({ stopReason }) => stopReason === 'stop')).toBe(true);
  await engine.close();
});
