import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packagedDocuments } from '../../../test/packaged-documents.ts';
import { makeDocument } from '../../corpus/make-document.ts';
import { random } from '../../random.ts';
import { scoreResponse } from '../../rewards/index.ts';
import { taskIds } from '../../tasks/task.ts';
import { estimateTokens } from '../../tokens.ts';
import { gateIds } from '../gates/gate.ts';
import { generators } from '../synthetic/generators/registry.ts';
import { readingGenerators } from '../synthetic/readings/registry.ts';
import { drawReading } from './draw-reading.ts';
import type { ReadingLanguage } from './phrase.ts';
import type { ReadingDraft, ReadingGenerator } from './reading.ts';
import { failedReadingGate, specOfReading } from './reading-gates.ts';
import { rederiveReading } from './rederive-reading.ts';
import { renderReading } from './render-reading.ts';

const english = packagedDocuments();

/** Sentences about five people and their towns, in Chinese, written for this test. */
const chinese = Array.from({ length: 12 }, (_, d) => {
  const people = ['陈建国', '李小梅', '王大山', '赵玉兰', '周文博'];
  const towns = ['青石镇', '白杨村', '河口城', '松林县', '东湖镇', '南桥村', '西山城'];
  const goods = ['茶叶', '木材', '布匹', '粮食', '瓷器', '药材', '煤炭', '棉花', '铁器', '纸张', '水果'];
  const text = Array.from({ length: 220 }, (_, i) => {
    const k = i * 7 + d * 131;
    const year = 1900 + ((k * 13) % 97);
    return `${year}年，${people[(k * k + d) % 5]}从${towns[k % 7]}运来${goods[(k + d) % 11]}${100 + ((k * 37) % 800)}担，卖给了${towns[(k * 3 + 1) % 7]}的商人${people[(k + 2) % 5]}，${i % 3 === 0 ? '路上遇到大雨' : `前后走了${(k % 26) + 3}天`}。${`${people[i % 5]}点了点头。`.repeat((i * i) % 6)}${`同行的${people[(d + 1) % 5]}也在场。`.repeat(i % 9 === 0 ? (i / 9) % 7 : 0)}`;
  }).join('\n\n');
  return makeDocument({
    id: `zh/${d}`,
    title: `商路记事${d + 1}`,
    source: 'written for this test',
    licence: 'CC0-1.0',
    language: 'zh',
    kind: 'chapter',
    text,
  });
});

interface Posed {
  readonly draft: ReadingDraft;
  readonly prompt: string;
}

/** The first problem of a stream that passes every gate at this length. */
function pose(
  generator: ReadingGenerator,
  seed: number,
  tokens: number,
  language: ReadingLanguage = 'en',
): Posed | undefined {
  const { kind, reserve } = generator;
  const documents = language === 'zh' ? chinese : english;
  for (let i = 0; i < 120; i++) {
    const rng = random('reading test', generator.id, seed, i);
    const reading = drawReading({ documents, language, kind, tokens, reserve, countTokens: estimateTokens, rng });
    const draft = reading === undefined ? undefined : generator.propose(reading, rng);
    if (draft === undefined) continue;
    const prompt = renderReading(draft, generator.task);
    const counted = estimateTokens(prompt);
    if (failedReadingGate({ generator, draft, prompt, tokens: counted, length: tokens }) === undefined)
      return { draft, prompt };
  }
  return undefined;
}

const derive = (generator: ReadingGenerator, { draft, prompt }: Posed, gold: readonly string[]) =>
  rederiveReading({
    generator,
    prompt,
    question: draft.question,
    gold,
    sources: draft.evidence.map(({ document }) => document),
  });

/** A wrong answer of the same form. */
function spoiled(generator: ReadingGenerator, gold: readonly string[]): string[] {
  const first = gold[0] ?? '';
  switch (generator.task) {
    case 'T1':
      return [`${first}x`];
    case 'T2':
      return [first === 'A' ? 'B' : 'A'];
    case 'T3':
      return gold.slice(1);
    case 'T4':
      return [String(Number(first) + 1)];
    case 'T5':
      return [first.replace(/"data":\[\[.*?\](,|\])/, '"data":[')];
    case 'T6':
      return [first.replace(/\S+$/, 'elsewhere'), ...gold.slice(1)];
    case 'T9':
      return [first.replace(/(\S+) (\S+)/, '$1 elsewhere $2')];
    default:
      return [...gold].reverse();
  }
}

test('every task has at least four generators, each known by its own name and exempt only from gates that exist', () => {
  for (const task of taskIds) {
    const own = readingGenerators.filter((generator) => generator.task === task);
    expect(own.length + (generators[task] === undefined ? 0 : 1), task).toBeGreaterThanOrEqual(4);
  }
  expect(new Set(readingGenerators.map(({ id }) => id)).size).toBe(readingGenerators.length);
  const gates = readingGenerators.flatMap(({ exempt }) => Object.keys(exempt));
  expect(gates.filter((gate) => !gateIds.some((known) => known === gate))).toEqual([]);
});

test.each(readingGenerators.map((generator) => [generator.id, generator] as const))(
  '%s: the gold pays 1, a wrong answer less and is refused by the second derivation',
  (_, generator) => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30 }), (seed) => {
        const posed = pose(generator, seed, 4096);
        if (posed === undefined) throw new Error(`${generator.id} poses nothing over 120 readings`);
        const { draft } = posed;
        const spec = specOfReading({ generator, draft });
        const score = (lines: readonly string[]): number =>
          scoreResponse(spec, `<think>\n</think>\n[Answer]\n${lines.join('\n')}`, 'hardened').score;
        const wrong = spoiled(generator, draft.gold);
        expect(score(draft.gold)).toBeCloseTo(1, 6);
        expect(score(wrong)).toBeLessThan(1);
        expect(derive(generator, posed, draft.gold)).toBeUndefined();
        expect(derive(generator, posed, wrong)).toBeDefined();
      }),
      { numRuns: 2, seed: 5 },
    );
  },
);

/** Those whose answers are English words or that need records, which the Chinese texts here have none of. */
const englishOnly = new Set([
  'typo-sweep',
  'rule-apply',
  'version-diff',
  'table-aggregate',
  'table-select',
  'table-join',
  'group-count',
  'table-rank',
  'comparison-summary',
]);

test.each(
  readingGenerators.filter(({ id }) => !englishOnly.has(id)).map((generator) => [generator.id, generator] as const),
)('%s asks in Chinese where the document is Chinese', (_, generator) => {
  const posed = pose(generator, 1, generator.task === 'T7' ? 8192 : 2048, 'zh');
  expect(posed, 'nothing posed').toBeDefined();
  expect(posed?.draft.question).toMatch(/\p{Script=Han}/u);
  expect(posed?.prompt).toContain('[答案]');
});

test('an altered prompt no longer proves its gold', () => {
  const generator = readingGenerators.find(({ id }) => id === 'ledger');
  if (generator === undefined) throw new Error('no ledger');
  const posed = pose(generator, 3, 2048);
  if (posed === undefined) throw new Error('nothing posed');
  const prompt = posed.prompt.replace(/the store holds (\d+)/, (_, n: string) => `the store holds ${Number(n) + 1}`);
  expect(derive(generator, { ...posed, prompt }, posed.draft.gold)).toMatch(/the prompt says/);
});

test('a dialogue of 32K tokens has more than fifty turns', () => {
  const rng = random('turns');
  const reading = drawReading({
    documents: english,
    language: 'en',
    kind: 'dialogue',
    tokens: 32768,
    reserve: 60,
    countTokens: estimateTokens,
    rng,
  });
  expect(reading?.units.length).toBeGreaterThan(50);
  expect(new Set(reading?.units.map(({ speaker }) => speaker)).size).toBeGreaterThan(2);
});
