/** @file What the profiles pay: gold, nothing, ordinary answers, exploits. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Metric } from '../tasks/task.ts';
import { exploitProbes, exploits } from './exploits.ts';
import { layouts, renderGold } from './render-gold.ts';
import { profiles, type RewardSpec } from './reward.ts';
import { scoreResponse, scoreUpstream } from './score.ts';

const prose =
  'The treaty ended the war in 1763 and moved the border west to the river, which both crowns had claimed since the founding of the first fort.';
const specs: readonly RewardSpec[] = [
  { metric: 'EM', gold: ['The Hague'], language: 'en' },
  { metric: 'Accuracy', gold: ['C'], language: 'en' },
  { metric: 'F1_Score', gold: ['Part 3', 'Part 8', 'Part 12'], language: 'en' },
  { metric: 'math_verify', gold: ['1,204.5'], language: 'en' },
  { metric: 'IoU', gold: ['{"columns":["name","votes"],"data":[["Oslo","1,200"],["Bergen","85"]]}'], language: 'en' },
  { metric: 'SubEM', gold: ['F1: river', 'F2: hill', 'F3: coast'], language: 'en' },
  { metric: 'NDCG', gold: ['Lima', 'Quito', 'La Paz', 'Bogota'], language: 'en' },
  { metric: 'Pairwise_Accuracy', gold: ['B', 'D', 'A', 'C'], language: 'en' },
  { metric: 'Summary', gold: [prose], language: 'en' },
  { metric: 'Summary', gold: ['会议决定明年春天重建旧桥，因为它不能再承载货车。'], language: 'zh' },
];
const spec = (metric: Metric): RewardSpec => {
  const found = specs.find((entry) => entry.metric === metric);
  if (found === undefined) throw new Error(metric);
  return found;
};
const answer = (text: string): string => `<think>\nhm\n</think>\n[Answer]\n${text}`;
const pay = (metric: Metric, text: string, extra: Partial<RewardSpec> = {}): number =>
  scoreResponse({ ...spec(metric), ...extra }, answer(text), 'hardened').score;

for (const profile of profiles) {
  test(`the rendered gold scores 1 and an empty response 0 under ${profile}`, () => {
    for (const entry of specs) {
      expect(scoreResponse(entry, renderGold(entry, profile), profile)).toMatchObject({ score: 1, status: 'ok' });
      for (const empty of ['', '\n', '</think>', '<think></think>\n[Answer]\n '])
        expect(scoreResponse(entry, empty, profile)).toMatchObject({ score: 0, status: 'ok' });
    }
  });
}

test('the upstream layout of EM and IoU scores 1 on the reference path', () => {
  for (const [data_source, metric] of [
    ['EM', 'EM'],
    ['multitableqa_pretraining', 'IoU'],
  ] as const) {
    const row = {
      data_source,
      solution_str: renderGold(spec(metric), 'paper', 'upstream'),
      ground_truth: { golden_label: spec(metric).gold[0] },
    };
    for (const profile of profiles) expect(scoreUpstream(row, profile).score).toBe(1);
  }
  expect(layouts).toEqual(['native', 'upstream']);
});

for (const { name, flaw, row, description } of exploits) {
  const paper = scoreUpstream(row, 'paper');
  const hardened = scoreUpstream(row, 'hardened');
  test(`${name} is ${flaw} under paper and not under hardened: ${description}`, () => {
    expect([paper.status, hardened.status]).toEqual(['ok', 'ok']);
    if (flaw === 'underpaid') expect([paper.score, hardened.score]).toEqual([0, 1]);
    else {
      expect(paper.score).toBeGreaterThan(0.34);
      expect(hardened.score).toBeLessThanOrEqual(0.34);
    }
  });
}

test('no generic probe over a prompt pays more than 0.34 under hardened', () => {
  const prompt = [
    ...Array.from({ length: 30 }, (_, i) => `Part ${i + 1}: F${i} is ${i * 37} votes from Oslo, Lima or Quito`),
    'A B C D E. The treaty was signed. The border moved. 1,204.5 and 17 and 19.',
  ].join('\n');
  for (const entry of specs)
    for (const { name, response } of exploitProbes(entry, prompt))
      expect({ name, metric: entry.metric, over: scoreResponse(entry, response, 'hardened').score > 0.34 }).toEqual({
        name,
        metric: entry.metric,
        over: false,
      });
});

test.each<[Metric, string, number]>([
  ['EM', 'the  hague.', 1],
  ['EM', '**The Hague**', 1],
  ['EM', 'The Hague\nParis', 0],
  ['EM', 'in The Hague', 1],
  ['EM', 'not in The Hague', 0],
  ['EM', 'The Hague or Paris', 0],
  ['EM', 'The Hague Academy', 0],
  ['Accuracy', '(c)', 1],
  ['Accuracy', 'The correct answer is (C).', 1],
  ['Accuracy', 'C, D', 0],
  ['Accuracy', 'B', 0],
  ['F1_Score', 'part 3\npart 8', 0.8],
  ['F1_Score', 'part 3\npart 3\npart 3', 0.5],
  ['F1_Score', '1\n2\n3\n4\nPart 3\nPart 8\nPart 12', 1 / 3],
  ['math_verify', '1204.50', 1],
  ['math_verify', '1204.5\n7', 0],
  ['math_verify', '1204.6', 0],
  ['IoU', '{"columns":["Votes","Name"],"data":[[85.0,"bergen"],[1200,"Oslo"]]}', 1],
  ['IoU', '{"columns":["name"],"data":[["Oslo"],["Bergen"]]}', 0],
  ['IoU', '{"columns":["name","votes"],"data":[["Oslo","1200"]]}', 0.5],
  ['IoU', '{"data":[["Oslo","1200"],["Bergen","85"]]}', 0],
  ['SubEM', 'f2: hill\nf1: river\nf3: bay', 2 / 3],
  ['SubEM', 'F1: river\nF2: hill\nF3: coast\nF3: bay', 2 / 3],
  ['SubEM', 'F1: river\nF1: river\nF1: river', 1 / 3],
  ['NDCG', 'Lima\nQuito\nLa Paz\nBogota\nLima', 1],
  ['NDCG', 'a\nb\nc\nd\ne\nLima\nQuito\nLa Paz\nBogota', 0],
  ['Pairwise_Accuracy', 'B\nD', 0],
  ['Pairwise_Accuracy', 'B\nD\nA\nC\nE', 0.2],
  ['Pairwise_Accuracy', 'B\nD\nA\nC\nB', 1],
  ['Summary', `${prose} ${prose} ${prose}`, 0],
])('hardened %s: %j pays %d', (metric, text, expected) => {
  expect(pay(metric, text)).toBeCloseTo(expected, 10);
});

test('an object whose names are the numbers of items gives each its value, and two values give it none', () => {
  const matched = { gold: ['1: Oslo', '2: Bergen', '3: Tromsø'] };
  expect(pay('SubEM', '{"1": "Oslo", "2": "Bergen", "3": "Tromsø"}', matched)).toBe(1);
  expect(pay('SubEM', '{"1": "Bergen", "2": "Oslo", "3": "Tromsø"}', matched)).toBeCloseTo(1 / 3, 10);
  expect(pay('SubEM', '{"1": "Oslo", "1": "Bergen", "2": "Bergen", "3": "Tromsø"}', matched)).toBeCloseTo(2 / 3, 10);
});

const mathematics = (gold: readonly string[], text: string, extra: Partial<RewardSpec> = {}) =>
  scoreResponse({ metric: 'math_verify', gold, language: 'en', ...extra }, text, 'hardened');

test('mathematics is judged by type: one gold against the whole answer, several by position, options as the sample states them', () => {
  expect(mathematics(['5 m'], 'The rope is $\\boxed{5}$ km.').score).toBe(0);
  expect(mathematics(['5 m'], 'We add.\n\nThe rope is $\\boxed{500\\text{ cm}}$.').score).toBe(1);
  expect(mathematics(['5 m'], '[Answer]\n5', { unitsDemanded: true }).score).toBe(0);
  expect(mathematics(['200'], '[Answer]\n203', { tolerance: 0.02 }).score).toBe(1);
  expect(mathematics(['200'], '[Answer]\n205', { tolerance: 0.02 }).score).toBe(0);
  expect(mathematics(['1, 2, 3'], '[Answer]\n3, 2, 1', { ordered: true }).score).toBe(0);
  expect(mathematics(['3', '4 km'], '[Answer]\n1. 3\n2. 4 km').score).toBe(1);
  expect(mathematics(['3', '4 km'], '[Answer]\nThe values are:\n4\n4 km').score).toBe(0.5);
  expect(mathematics(['42'], '[Answer]\n```json\n{"answer": "42"}\n```').score).toBe(1);
  expect(mathematics(['42'], '[Answer]\n41\n\nSo \\boxed{42}').state).toBe('answered');
});

test('a gold that nobody can judge is no verdict, with and without an answer', () => {
  for (const text of ['[Answer]\n7', '', '<think>so 7'])
    expect(mathematics(['\\frac{'], text)).toMatchObject({
      status: 'unjudgeable',
      score: 0,
      reason: expect.stringContaining('gold'),
    });
});

test('EM respects case where the sample says that it matters', () => {
  expect(pay('EM', 'the hague', { caseSensitive: true })).toBe(0);
  expect(pay('EM', 'The Hague', { caseSensitive: true })).toBe(1);
});

test('EM under paper fails on case and on a full stop, as the reference does', () => {
  expect(scoreResponse(spec('EM'), answer('the hague'), 'paper').score).toBe(0);
  expect(scoreResponse(spec('EM'), answer('The Hague.'), 'paper').score).toBe(0);
});

test('hardened reads only what follows the last </think> and the last mark', () => {
  expect(scoreResponse(spec('EM'), '[Answer]\nThe Hague', 'hardened').score).toBe(1);
  expect(scoreResponse(spec('EM'), '[Answer]\nThe Hague</think>Paris', 'hardened').score).toBe(0);
  expect(scoreResponse(spec('EM'), '</think>[Answer] The Hague\n[答案] Paris', 'hardened').score).toBe(0);
});

test('a row that cannot be scored is an error with a message, not a silent 0', () => {
  expect(scoreUpstream({ data_source: 'EN', solution_str: '</think>', ground_truth: '' }, 'paper')).toMatchObject({
    status: 'error',
    reason: expect.stringContaining('Did you mean "EM"?'),
  });
  expect(scoreUpstream({ data_source: 'EM', solution_str: 'x</think>y', ground_truth: {} }, 'paper').status).toBe(
    'error',
  );
});

test('any response to any metric scores within [0, 1], under both profiles, without an error', () => {
  const piece = fc.constantFrom(
    '[Answer]',
    '</think>',
    '<think>',
    '\n',
    'A',
    'part 3',
    '1,204',
    '.',
    '{',
    '"data"',
    '\u0085',
    '桥',
  );
  const text = fc.array(fc.oneof(piece, fc.string({ maxLength: 6 })), { maxLength: 30 }).map((list) => list.join(''));
  fc.assert(
    fc.property(text, fc.constantFrom(...specs), fc.constantFrom(...profiles), (response, entry, profile) => {
      const { score, status, reason, state } = scoreResponse(entry, response, profile);
      expect(status).toBe('ok');
      // No zero is silent.
      expect(reason).not.toBe('');
      if (profile === 'hardened' && score > 0) expect(state).toBe('answered');
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(1);
    }),
    { numRuns: 1000 },
  );
});

/** Forms that a first measurement on unseen answers lost or paid wrongly, in other words. */
test.each([
  ['a denied name before the right one', { metric: 'EM', gold: ['陆管家'] }, '[答案]\n不是沈砚秋，而是陆管家。', 1],
  ['a right name that is denied', { metric: 'EM', gold: ['沈砚秋'] }, '[答案]\n不是沈砚秋，而是陆管家。', 0],
  ['an end token with a name before a colon', { metric: 'EM', gold: ['Lisbon'] }, '[Answer]\nLisbon<seed:eos>', 1],
  ['a wrapper around the turn', { metric: 'EM', gold: ['Lisbon'] }, '<response>[Answer]\nLisbon</response>', 1],
  [
    'an option whose text begins with a negation',
    { metric: 'Accuracy', gold: ['C'], options: { A: 'Yes', B: 'No', C: 'Not known' } },
    '[Answer]\nC) Not known\n\nShall I go on?',
    1,
  ],
  [
    'a letter with its text in brackets',
    { metric: 'Accuracy', gold: ['B'], options: { A: '9', B: '11' } },
    '[Answer]\nB (11)',
    1,
  ],
  [
    'a second letter as a possibility',
    { metric: 'Accuracy', gold: ['B'] },
    '[Answer]\nB, or perhaps A if one insists',
    0,
  ],
  [
    'letters that are asked',
    { metric: 'Accuracy', gold: ['B'] },
    'A? B? I cannot settle it. B looks right but A fits the date.',
    0,
  ],
  [
    'numbers before tabs',
    { metric: 'F1_Score', gold: ['a.b', 'c.d'] },
    '[Answer]\n1\ta.b\n2\tc.d\n\nAnything else?',
    1,
  ],
  [
    'leaves of XML',
    { metric: 'F1_Score', gold: ['a.b', 'c.d'] },
    '[Answer]\n<keys>\n <key>a.b</key>\n <key>c.d</key>\n</keys>',
    1,
  ],
  [
    'a LaTeX list',
    { metric: 'F1_Score', gold: ['f. 2r', 'f. 9v'] },
    '[Answer]\n\\begin{itemize}\n\\item f. 2r\n\\item f. 9v\n\\end{itemize}',
    1,
  ],
  [
    'pairs by bars with empty lines',
    { metric: 'SubEM', gold: ['T-1 | open', 'T-2 | shut'] },
    '[Answer]\nT-1 | open\n\nT-2 | shut',
    1,
  ],
  [
    'pairs that hedge',
    { metric: 'SubEM', gold: ['T-1 | open', 'T-2 | shut'] },
    '[Answer]\nT-1 | open or shut\nT-2 | open or shut',
    0,
  ],
  ['a tag behind the mark', { metric: 'EM', gold: ['Lisbon'] }, '[Answer]\n<answer>Lisbon</answer>', 1],
  ['kinds of tilde and degree', { metric: 'EM', gold: ['2～8℃'] }, '[答案]\n2~8℃', 1],
  ['a tag around a letter', { metric: 'Accuracy', gold: ['B'] }, '[Answer]\n<choice>B</choice>\n\nShall I go on?', 1],
  [
    'a list that is completed',
    { metric: 'F1_Score', gold: ['Graz', 'Linz', 'Wels'] },
    '[Answer]\nGraz\nLinz\n\nI forgot one; the full list:\n\n[Answer]\nGraz\nLinz\nWels',
    1,
  ],
  [
    'identifiers in brackets, joined by commas',
    { metric: 'NDCG', gold: ['[12]', '[3]', '[8]'] },
    '[Answer]\n[12], [3], [8]',
    1,
  ],
  ['circled numbers as items', { metric: 'Pairwise_Accuracy', gold: ['④', '①', '②'] }, '[答案]\n④，①，②', 1],
  [
    'reasoning that breaks off without an answer',
    { metric: 'NDCG', gold: ['P4', 'P2', 'P9'] },
    'Step 1: P4 answers at once; P2 gives costs.\nStep 2: this suggests P4, P2, P9, though I must first look at the',
    0,
  ],
] as const)('%s', (_, spec, response, score) => {
  expect(scoreResponse({ language: 'en', ...spec }, response, 'hardened').score).toBeCloseTo(score, 6);
});

test.each([
  'The ratio was 0.81 for gaps of 5–10 m and 0.43 for 10–20 m, “dead hedges” included.',
  'Bats (*Rhinolophus hipposideros*) keep to hedges — at p < 0.05 — and shun light’s edge.',
  '`make -j4` builds it in 3–4 minutes; see <https://example.org/a_b>.',
])('a summary that repeats its reference is paid in full, whatever signs are in it: %s', (summary) => {
  const spec: RewardSpec = { metric: 'Summary', gold: [summary], language: 'en' };
  expect(scoreResponse(spec, renderGold(spec, 'hardened'), 'hardened')).toMatchObject({ status: 'ok', score: 1 });
});
