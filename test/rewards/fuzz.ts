/**
 * @file Throws inputs at the rewards: mutated golden rows, text out of marks and fragments, pairs of expressions, hostile
 * answers. Holds for every one: no exception and no `error`, a score within [0, 1], a verdict within the limit of processor
 * time, and the same verdict with gold and answer exchanged where equality of expressions is asked.
 */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { random } from '../../src/random.ts';
import { mathEqual } from '../../src/rewards/math/equal.ts';
import { profiles, type RewardSpec } from '../../src/rewards/reward.ts';
import { scoreResponse, scoreUpstream } from '../../src/rewards/score.ts';
import type { UpstreamRow } from '../../src/rewards/upstream.ts';
import { metrics } from '../../src/tasks/task.ts';
import { hostileMathematics, hostileText } from './hostile.ts';

/** Milliseconds of processor time after which a verdict counts as a hang: the deadline of the pool. */
const limit = 1000;

export interface FuzzOptions {
  /** How many inputs, all kinds together. */
  readonly inputs: number;
  readonly seed: number;
  readonly onProgress?: (done: number) => void;
}

export interface FuzzReport {
  readonly inputs: number;
  readonly byKind: Readonly<Record<string, number>>;
  /** Verdicts that took more than 50 ms of processor time, and the slowest. */
  readonly over50: number;
  readonly slowest: { readonly milliseconds: number; readonly input: string };
}

interface GoldenMath {
  readonly solution_str: string;
  readonly ground_truth: string;
}

const golden = <T>(name: string): T[] =>
  readFileSync(new URL(`../golden/${name}.jsonl`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);

function goldenRows(): UpstreamRow[] {
  const mathematics = golden<GoldenMath>('math_verify').map(({ solution_str, ground_truth }) => ({
    data_source: 'math_longcot_math_verify',
    solution_str: `<think></think>${solution_str}`,
    ground_truth: { golden_label: ground_truth },
    extra_info: {},
  }));
  return [...golden<UpstreamRow>('rewards'), ...golden<UpstreamRow>('rouge_zh'), ...mathematics];
}

const pieces =
  '[Answer]|[答案]|</think>|<think>|<answer>|</answer>|\n|\n\n|\\boxed{|}|{|$|$$|\\frac|\\sqrt{|^{2}|_|&|\\\\|%| |  |\t|A|B|1|0.5|1,204|-|=|<|,|;|.|"|[|]|:|**|```json\n|{"data":|桥|。|é|𝒜|\u0085|\ufeff|\ud800|final answer is |answer: |\\text{cm}|\\begin{pmatrix}|\\infty|e|!'.split(
    '|',
  );

export const atom = fc.constantFrom(
  'x',
  'y',
  '2',
  '3',
  '0.5',
  '\\pi',
  '\\sqrt{2}',
  'e',
  '\\frac{1}{3}',
  '12',
  '-7',
  '10^{9}',
);
/** Expressions without relations: between these, equality must be symmetric. */
export const expression = fc.letrec<{ tree: string }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    atom,
    fc.tuple(tie('tree'), fc.constantFrom('+', '-', '\\cdot '), tie('tree')).map(([a, op, b]) => `(${a}${op}${b})`),
    fc.tuple(tie('tree'), tie('tree')).map(([a, b]) => `\\frac{${a}}{${b}}`),
    fc.tuple(tie('tree'), fc.integer({ min: 2, max: 4 })).map(([a, n]) => `(${a})^{${n}}`),
    tie('tree').map((a) => `\\sin(${a})`),
  ),
})).tree;

const text = fc
  .array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...pieces) }, fc.string({ maxLength: 8, unit: 'binary' })), {
    maxLength: 40,
  })
  .map((parts) => parts.join(''));

const spec: fc.Arbitrary<RewardSpec> = fc.record({
  metric: fc.constantFrom(...metrics),
  gold: fc.array(text, { minLength: 1, maxLength: 6 }),
  language: fc.constantFrom('en' as const, 'zh' as const),
  caseSensitive: fc.boolean(),
});

/** @throws Error that names the input, at the first that breaks a promise. */
export function fuzzRewards({ inputs, seed, onProgress }: FuzzOptions): FuzzReport {
  const byKind: Record<string, number> = {};
  let done = 0;
  let over50 = 0;
  let slowest = { milliseconds: 0, input: '' };

  /** Runs `judge` on one input and holds it to its limit. */
  const check = <T>(kind: string, input: () => string, judge: () => T): T => {
    const before = process.cpuUsage();
    const verdict = judge();
    const { user, system } = process.cpuUsage(before);
    const milliseconds = (user + system) / 1000;
    if (milliseconds > 50) over50++;
    if (milliseconds > slowest.milliseconds) slowest = { milliseconds, input: `${kind}: ${input().slice(0, 200)}` };
    if (milliseconds > limit) throw new Error(`${kind}: ${milliseconds.toFixed(0)} ms for ${input().slice(0, 2000)}`);
    return verdict;
  };
  const count = (kind: string): void => {
    byKind[kind] = (byKind[kind] ?? 0) + 1;
    if (++done % 10_000 === 0) onProgress?.(done);
  };
  const checkRow = (kind: string, row: UpstreamRow): void => {
    for (const profile of profiles) {
      const shown = (): string => JSON.stringify({ profile, ...row });
      const { score, status, reason } = check(kind, shown, () => scoreUpstream(row, profile));
      if (!['ok', 'unjudgeable'].includes(status) || !(score >= 0 && score <= 1))
        throw new Error(`${kind}: score ${score}, ${status}, ${reason}: ${shown().slice(0, 2000)}`);
    }
    count(kind);
  };
  const checkResponse = (kind: string, entry: RewardSpec, response: string): void => {
    for (const profile of profiles) {
      const shown = (): string => JSON.stringify({ profile, entry, response });
      const { score, status, reason } = check(kind, shown, () => scoreResponse(entry, response, profile));
      if (!['ok', 'unjudgeable'].includes(status) || !(score >= 0 && score <= 1))
        throw new Error(`${kind}: score ${score}, ${status}, ${reason}: ${shown().slice(0, 2000)}`);
    }
    count(kind);
  };

  for (const [, answer] of hostileMathematics)
    for (const [gold, pred] of [
      ['5', answer],
      [answer, '5'],
    ] as const) {
      const verdict = check(
        'hostile',
        () => `${gold.slice(0, 80)} | ${pred.slice(0, 80)}`,
        () => mathEqual(gold, pred),
      );
      if (verdict.equal) throw new Error(`hostile: paid ${answer.slice(0, 200)}`);
      count('hostile');
    }
  for (const metric of metrics)
    for (const [, answer] of [...hostileText, ...hostileMathematics])
      checkResponse(
        'hostile',
        {
          metric,
          gold: metric === 'IoU' ? ['{"columns":["a"],"data":[["x"]]}'] : ['Part 1', 'Part 2'],
          language: 'en',
        },
        `</think>[Answer]\n${answer}`,
      );

  const rest = Math.max(0, inputs - done);
  const rows = goldenRows();
  const draw = random(seed, 'mutate');
  for (let i = 0; i < rest * 0.6; i++) {
    const row = draw.pick(rows);
    const other = draw.pick(rows).solution_str;
    let mutant = row.solution_str;
    for (let edit = draw.integer(1, 4); edit > 0; edit--) {
      const from = draw.integer(0, mutant.length);
      const to = Math.min(mutant.length, from + draw.integer(0, 12));
      const at = draw.integer(0, other.length);
      const inserted = draw.next() < 0.7 ? draw.pick(pieces) : other.slice(at, at + draw.integer(1, 200));
      mutant = mutant.slice(0, from) + inserted + mutant.slice(draw.next() < 0.5 ? to : from);
    }
    checkRow('mutated golden row', { ...row, solution_str: mutant });
  }
  const numRuns = Math.ceil(rest * 0.2);
  fc.assert(
    fc.property(spec, text, (entry, response) => checkResponse('text out of fragments', entry, response)),
    { numRuns, seed },
  );
  fc.assert(
    fc.property(expression, expression, (a, b) => {
      const [left, right] = [`$${a}$`, `$${b}$`];
      const shown = (): string => `${left} | ${right}`;
      const there = check('pair of expressions', shown, () => mathEqual(left, right).equal);
      const back = check('pair of expressions', shown, () => mathEqual(right, left).equal);
      if (there !== back) throw new Error(`equality is not symmetric: ${shown()}`);
      count('pair of expressions');
    }),
    { numRuns, seed },
  );
  return { inputs: done, byKind, over50, slowest };
}
