import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { loadCorpus } from './corpus/load-corpus.ts';
import { openTokenCounter } from './engine/token-counter.ts';
import { estimateTokens } from './tokens.ts';

/** Own words, with their tokens in Qwen3's vocabulary and in SmolLM2's. */
const counted = [
  [
    'English',
    "The harbour board met on 3 March 1921 and agreed, by seven votes to two, to lend the pilots' association 4,250 pounds for a second boat. Nobody mentioned the first one, which had been lying on its side behind the customs house since the storm.",
    61,
    61,
  ],
  [
    'Chinese',
    '港务委员会于一九二一年三月三日开会，以七票对两票同意向引航员协会借出四千二百五十英镑，用来购买第二艘船。没有人提起第一艘船，自从那场风暴以后，它一直侧躺在海关大楼后面。',
    60,
    166,
  ],
  [
    'Japanese',
    '港湾委員会は三月三日に開かれ、七対二の票決で、水先人組合に二隻目の船のための資金を貸すことに決めた。最初の船については誰も触れなかった。嵐のあと、それは税関の裏で横倒しになったままだった。',
    70,
    183,
  ],
  [
    'source code',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source code as a text
    'export function pilotsOn(day: Date, rota: readonly Shift[]): string[] {\n  const open = rota.filter(({ from, to }) => from <= day && day < to);\n  if (open.length === 0) throw new RangeError(`no shift covers ${day.toISOString()}`);\n  return open.map((shift) => shift.pilot.name);\n}\n',
    75,
    94,
  ],
  [
    'a table',
    'vessel,tons,crew,built,insured\nAurora,412,17,1904,38000\nBess,88,6,1911,7250\nCormorant,1030,31,1899,91500\nDelight,254,11,1908,20400\n',
    97,
    97,
  ],
] as const;

test.each(counted)(
  '%s is within a fifth of two real tokenizers, each by its kind of vocabulary',
  (_, text, qwen, smol) => {
    expect(Math.abs(estimateTokens(text) / qwen - 1)).toBeLessThan(0.2);
    expect(Math.abs(estimateTokens(text, 'english') / smol - 1)).toBeLessThan(0.2);
  },
);

test('an estimate of parts adds up to that of the whole', () => {
  const whole = counted.map(([, text]) => text).join('\n\n');
  const parts = counted.reduce((sum, [, text]) => sum + estimateTokens(text), 0);
  expect(Math.abs(estimateTokens(whole) / parts - 1)).toBeLessThan(0.05);
});

test('a tokenizer that is named counts exactly, and fits the estimate to itself', async () => {
  const documents = loadCorpus().slice(0, 120);
  const counter = await openTokenCounter(
    fileURLToPath(new URL('../models/micro', import.meta.url)),
    documents.slice(0, 60),
  );
  expect(counter.name).toBe('micro');
  const unseen = documents.slice(60, 80);
  let [exact, estimated, plain] = [0, 0, 0];
  for (const { text } of unseen) {
    exact += await counter.count(text);
    estimated += counter.estimate(text);
    plain += estimateTokens(text);
  }
  // Its vocabulary has 512 entries: the estimate for large ones is far off, the fitted one is not.
  expect(Math.abs(plain / exact - 1)).toBeGreaterThan(0.2);
  expect(Math.abs(estimated / exact - 1)).toBeLessThan(0.1);
});
