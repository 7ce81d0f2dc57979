/** @file What the pages compute beside queries: health, differences of texts and configurations, groups that are typed, looks of tokens, files of a bundle. */
import { expect, test } from 'vitest';
import type { MetricLine, RunDetail } from './api.ts';
import { bundleScript } from './bundle-format.ts';
import { configDiff } from './config-diff.ts';
import { findHealth } from './health.ts';
import { formatGroups, parseGroups } from './reward-groups.ts';
import { tokenLooks } from './token-looks.ts';
import { wordDiff } from './word-diff.ts';

const runOf = (metrics: MetricLine[], more: Partial<RunDetail> = {}) => ({ metrics, ...more }) as unknown as RunDetail;
const line = (step: number, more: object): MetricLine => ({
  step,
  reward: 0.5,
  groups: 10,
  dropped: 1,
  truncated: 0,
  entropy: 1,
  tasks: {},
  ...more,
});
const steps = (make: (share: number) => object): MetricLine[] =>
  Array.from({ length: 20 }, (_, i) => line(i + 1, make(i / 19)));
const said = (run: RunDetail): string =>
  findHealth(run)
    .map(({ text }) => text)
    .join('\n');

test('a run without anything to say is said to be well, a short one to be too short', () => {
  expect(said(runOf(steps(() => ({}))))).toBe('Nothing stands out.');
  expect(said(runOf(steps(() => ({})).slice(0, 3)))).toMatch(/too few/);
});

test.each([
  ['entropy', (share: number) => ({ entropy: 1 - 0.9 * share }), /entropy collapses/],
  [
    'entropy of one task',
    (share: number) => ({ tasks: { T2: { reward: 0.3 + 0.4 * share, entropy: 1 - 0.9 * share } } }),
    /entropy collapses by task: T2 0.9\d+ at first, 0.1\d+ now/,
  ],
  ['variance', () => ({ dropped: 8 }), /80 % of the groups have no variance/],
  ['truncation', (share: number) => ({ truncated: 0.4 * share }), /More and more answers are cut/],
  ['states', () => ({ states: { answered: 70, unreadable: 30 } }), /30 % of the answers are unreadable/],
  ['nothing earned', () => ({ tasks: { T7: { reward: 0.01 } } }), /T7 earns nothing/],
  ['no learning', () => ({ tasks: { T2: { reward: 0.4 } } }), /T2 does not learn/],
  ['falling', (share: number) => ({ tasks: { T2: { reward: 0.6 - 0.4 * share } } }), /T2 falls/],
])('health: %s is said with the rollouts that show it', (_, make, text) => {
  const findings = findHealth(runOf(steps(make)));
  const found = findings.find(({ text: own }) => text.test(own));
  expect(found?.query).toMatch(/step:/);
});

test('health: what is cut is said once', () => {
  const states = { answered: 60, cut: 40 };
  expect(said(runOf(steps((share) => ({ truncated: 0.4 * share, states })))).match(/ cut/g)).toHaveLength(1);
  expect(said(runOf(steps(() => ({ truncated: 0.4, states }))))).toMatch(/40 % of the answers are cut/);
});

test('health: a reward that rises while the held-out mean does not is the first thing said', () => {
  const run = runOf(
    steps((share) => ({ reward: 0.2 + 0.5 * share })),
    { heldout: { before: 0.4, after: 0.41, ci95: [-0.05, 0.07] } },
  );
  expect(findHealth(run)[0]?.text).toMatch(/reward of training rises, the held-out mean does not/);
});

test('health: a task that earns what somebody earns who reads nothing is said to be at its blind floor', () => {
  const blind = { T2: { reward: 0.33, policy: 'the longest option' } };
  const at = (reward: number) =>
    said(
      runOf(
        steps(() => ({ tasks: { T2: { reward } } })),
        { blind },
      ),
    );
  expect(at(0.34)).toMatch(/T2 is at its blind floor: reward 0.340, and 0.330 for "the longest option"/);
  expect(at(0.6)).not.toMatch(/blind floor/);
});

test('health: while a run goes on, held-out means by step are held against the reward of training', () => {
  const rising = steps((share) => ({ reward: 0.2 + 0.5 * share }));
  const facts = (...scores: number[]) => ({ heldout: scores.map((score, i) => ({ step: 10 * i, score })) });
  expect(said(runOf(rising, { facts: facts(0.4, 0.39) }))).toMatch(/does not so far: 0.400 to 0.390/);
  expect(said(runOf(rising, { facts: facts(0.4, 0.5) }))).not.toMatch(/so far/);
  expect(said(runOf(rising, { facts: { heldout: 'none' } }))).not.toMatch(/so far/);
});

test('a difference keeps both texts', () => {
  const [a, b] = ['the old man and the sea', 'the young man and a sea of troubles'];
  const parts = wordDiff(a, b);
  expect(
    parts
      .filter(({ type }) => type !== 'second')
      .map(({ text }) => text)
      .join(''),
  ).toBe(a);
  expect(
    parts
      .filter(({ type }) => type !== 'first')
      .map(({ text }) => text)
      .join(''),
  ).toBe(b);
  expect(parts.some(({ type, text }) => type === 'same' && text.includes('man and'))).toBe(true);
});

test('configurations differ by dotted name', () => {
  const first = 'steps: 30\nadvantage:\n  type: grpo\n  alpha: 0.8\ndata:\n  tasks:\n    - T1\n    - T2\n';
  const second = 'steps: 30\nadvantage:\n  type: tmn\n  alpha: 0.8\ndata:\n  tasks:\n    - T1\n';
  expect(configDiff([first, second])).toEqual([
    { name: 'advantage.type', values: ['grpo', 'tmn'] },
    { name: 'data.tasks', values: ['T1 T2', 'T1'] },
  ]);
});

test('groups are read as they are typed, up to the line that is none', () => {
  expect(parseGroups('EM: 1 0\n\n[0.5, 1]')).toEqual({
    groups: [
      { task: 'EM', rewards: [1, 0] },
      { task: 'task', rewards: [0.5, 1] },
    ],
  });
  expect(parseGroups('EM: 1\nF1: high').problem).toMatch(/Line 2/);
  const { groups } = parseGroups('EM: 1 0\nF1: 0.25');
  expect(parseGroups(formatGroups(groups)).groups).toEqual(groups);
});

test('a token far from the sampler is clipped, one beyond all bounds masked', () => {
  const trace = { pieces: ['a', 'b', 'c'], sampler: [-1000, -1000, -3000], trainer: [-1000, -500, 0] };
  const looks = tokenLooks(trace, { low: 0.2, high: 0.28, least: 0.1, most: 10 });
  expect(looks.map(({ clipped, masked }) => [clipped, masked])).toEqual([
    [false, false],
    [true, false],
    [true, true],
  ]);
  expect(
    tokenLooks({ pieces: ['a'], sampler: [-700] }, { low: 0, high: 0, least: 0, most: 1 })[0]?.ratio,
  ).toBeUndefined();
});

test('the entropy of a token is told where the trace has it', () => {
  const bounds = { low: 1, high: 1, least: 0, most: 9 };
  const trace = { pieces: ['a', 'b'], sampler: [-10, -20], entropy: [1500, 0] };
  expect(tokenLooks(trace, bounds).map(({ entropy }) => entropy)).toEqual([1.5, 0]);
  expect(tokenLooks({ pieces: ['a'], sampler: [-10] }, bounds)[0]?.entropy).toBeUndefined();
});

test('a file of a bundle gives back what went in, and no name in it means anything', () => {
  const value = JSON.parse('{"__proto__":{"polluted":1},"a":"</script>\\u2028"}') as unknown;
  const script = bundleScript('key', value);
  expect(script).not.toContain('</script>');
  let got: unknown;
  new Function('golongrlData', script)((_: string, text: string) => {
    got = JSON.parse(text);
  });
  expect(JSON.stringify(got)).toBe(JSON.stringify(value));
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});
