import { expect, test } from 'vitest';
import { wilson } from '../../audit/wilson.ts';
import type { Sample } from '../../samples/sample.ts';
import type { Metric, TaskId } from '../../tasks/task.ts';
import { chiSquareP } from './chance.ts';
import { type LintReport, lintDataset } from './lint-dataset.ts';

interface Parts {
  readonly task?: TaskId;
  readonly metric?: Metric;
  readonly gold: string;
  readonly question: string;
  readonly context?: string;
  readonly rationale?: string;
}

function sample(index: number, { task = 'T2', metric = 'Accuracy', gold, question, ...rest }: Parts): Sample {
  return {
    id: `s${index}`,
    task,
    prompt: `${rest.context ?? `Notes of day ${index}.`}\n\n${question}\nAfter [Answer], write the answer.`,
    reward: { metric, gold: [gold], language: 'en' },
    question,
    rationale: rest.rationale ?? '',
    rendering: 'short',
    split: 'train',
    cluster: `d${index}`,
    tokens: 10,
    provenance: { documents: [], evidence: [], generator: 'planted', generatorVersion: 1, seed: String(index) },
  };
}

async function* stream(samples: readonly Sample[]): AsyncGenerator<Sample> {
  yield* samples;
}
const many = (make: (index: number) => Parts): AsyncGenerator<Sample> =>
  stream(Array.from({ length: 120 }, (_, i) => sample(i, make(i))));
const verdict = (report: LintReport, name: string) => report.lints.find(({ lint }) => lint === name)?.verdict;

const letters = 'ABCD';
/** Four options whose lengths rotate apart from the letters; the right one is at `right`. */
const choice = (i: number, right: number, longest = (i >> 2) % 4): Parts => ({
  gold: letters[right] ?? '',
  question: `Which one is it?\n${[...letters].map((name, k) => `(${name}) ${k === longest ? 'quite some longer text' : 'x'.repeat(3 + ((k + i) % 3))}`).join('\n')}`,
});

test('a favourite letter fails, even letters pass', async () => {
  const biased = await lintDataset(many((i) => choice(i, 1)));
  expect(biased.failed).toContain('letter-balance');
  expect(biased.failed).toContain('reward-hackability');
  const even = await lintDataset(many((i) => choice(i, i % 4)));
  expect(verdict(even, 'letter-balance')).toBe('pass');
  expect(verdict(even, 'option-length')).toBe('pass');
  expect(verdict(even, 'reward-hackability')).toBe('pass');
});

test('a right option that is always the longest fails, letters being even', async () => {
  const report = await lintDataset(many((i) => choice(i, i % 4, i % 4)));
  // Who picks the longest option reads nothing.
  expect(report.failed).toEqual(['option-length', 'reward-hackability']);
});

test.each([
  'Which is it: 4 (A), 98765 (B), 11 (C), 44 (D)?',
  'Which is it?\nA. 4\nB. 98765\nC. 11\nD. 44',
  'Which is it? A) 4, B) 98765, C) 11, D) 44',
])('options are read as %j has them', async (question) => {
  const report = await lintDataset(many(() => ({ gold: 'B', question })));
  expect(report.lints.find(({ lint }) => lint === 'option-length')?.figures).toMatchObject({ longest: { share: 1 } });
});

test('evidence in one place fails, evidence all over passes', async () => {
  const quote = 'The lantern hangs above the ninth stair.';
  const filler = 'Nothing else happens on this long day. ';
  const placed = (depth: number): Parts => ({
    task: 'T1',
    metric: 'EM',
    gold: 'stair',
    question: 'Above what?',
    context: filler.repeat(depth * 4 + 2) + quote + filler.repeat((9 - depth) * 4 + 2),
    rationale: quote,
  });
  expect((await lintDataset(many(() => placed(4)))).failed).toContain('evidence-position');
  expect(verdict(await lintDataset(many((i) => placed(i % 10))), 'evidence-position')).toBe('pass');
});

test.each([
  ['A．', 'B．', 'C．', 'D．'],
  ['A、', 'B、', 'C、', 'D、'],
  ['Ａ．', 'Ｂ．', 'Ｃ．', 'Ｄ．'],
  ['（A）', '（B）', '（C）', '（D）'],
  ['A：', 'B：', 'C：', 'D：'],
])('options marked %s are options', async (...marks) => {
  const make = (i: number): Parts => ({
    gold: letters[i % 4] ?? '',
    question: `哪一项正确？\n${marks.map((mark, k) => `${mark}${k === i % 4 ? '一个长得多的选项' : '短项'}`).join('\n')}`,
  });
  const report = await lintDataset(many(make));
  expect(report.failed).toEqual(['option-length', 'reward-hackability']);
  expect(report.lints.find(({ lint }) => lint === 'letter-balance')?.samples).toBe(120);
});

test('a prompt or an id that stands twice fails, however few samples there are', async () => {
  const [first, second] = [sample(0, choice(0, 1)), sample(1, choice(1, 1))];
  expect((await lintDataset(stream([first, second]))).failed).toEqual([]);
  expect((await lintDataset(stream([first, { ...first, id: 'other' }]))).failed).toEqual(['repeated-prompts']);
  const report = await lintDataset(stream([first, { ...second, id: first.id }]));
  expect(report.failed).toEqual(['repeated-prompts']);
  expect(report.lints.at(-1)?.figures).toEqual({ prompts: 0, ids: 1, examples: ['s0'] });
});

test('answers that stand in their questions fail', async () => {
  const asked = (hint: string) => (i: number) =>
    ({ task: 'T1', metric: 'EM', gold: `harbour ${i}`, question: `Where is ship ${hint}?` }) as const;
  const told = await lintDataset(many((i) => asked(`of Harbour ${i}`)(i)));
  expect(told.failed).toContain('lexical-overlap');
  // Whole words only: 1 does not stand in 12.
  const silent = await lintDataset(many((i) => asked(`of harbour ${i}${i}5`)(i)));
  expect(verdict(silent, 'lexical-overlap')).toBe('pass');
});

test('a constant that earns most of the reward fails, and the report names it', async () => {
  const report = await lintDataset(
    many((i) => ({ task: 'T1', metric: 'EM', gold: i % 2 === 0 ? 'Lisbon' : `port ${i}`, question: 'Which port?' })),
  );
  const { figures, verdict: judged } = report.lints.find(({ lint }) => lint === 'reward-hackability') ?? {};
  expect(judged).toBe('fail');
  expect(figures?.tasks).toEqual([
    { task: 'T1', samples: 60, policy: 'always "Lisbon"', reward: expect.closeTo(0.5, 1) as number },
  ]);
});

test('samples solved without context fail', async () => {
  const make = (i: number): Parts => choice(i, i % 4);
  const answers = (passing: number) =>
    new Map(Array.from({ length: 120 }, (_, i): [string, number[]] => [`s${i}`, [i < passing ? 1 : 0, 0]]));
  expect((await lintDataset(many(make), { closedBook: answers(90) })).failed).toEqual(['closed-book']);
  expect((await lintDataset(many(make), { closedBook: answers(20) })).failed).toEqual([]);
});

test('few samples are counted and not judged', async () => {
  const report = await lintDataset(stream([sample(0, choice(0, 1))]));
  expect(report.failed).toEqual([]);
  expect(verdict(report, 'letter-balance')).toBe('skipped');
});

test('probabilities and intervals agree with the tables', () => {
  for (const [value, degrees] of [
    [3.841, 1],
    [5.991, 2],
    [7.815, 3],
    [9.488, 4],
    [16.919, 9],
  ] as const)
    expect(chiSquareP(value, degrees)).toBeCloseTo(0.05, 4);
  const [low, high] = wilson(8, 10);
  expect([low.toFixed(3), high.toFixed(3)]).toEqual(['0.490', '0.943']);
});
