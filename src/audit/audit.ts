/**
 * @file The audit of a dataset and its reward: what right answers lose in other forms, what wrong ones earn that come near, and what is
 * earned without reading.
 */
import { random } from '../random.ts';
import type { Profile } from '../rewards/reward.ts';
import { measureBlind } from './blind/measure.ts';
import { Collector, type Group } from './collect.ts';
import { type AuditItem, type AuditSource, profileOf } from './item.ts';
import { lintFindings } from './lints.ts';
import { type ReaderName, readerNames } from './readers/readers.ts';
import {
  type AuditLimits,
  type AuditReport,
  defaultLimits,
  type GroupFinding,
  overLimits,
  type Tally,
} from './report.ts';
import { jobOf, type Score, scoreHere } from './scoring.ts';
import { VariantTally } from './tally.ts';
import { rightVariants, wrongVariants } from './variants/variants.ts';

/** How an audit is run; by default with `defaultLimits`. */
export interface AuditOptions extends Partial<AuditLimits> {
  /** Rewards are paid under this profile (default `hardened`); `paper` stands beside as a second grader. */
  readonly profile?: Profile;
  /** Of every draw (default 7): which samples are tried, halves, orders at random. */
  readonly seed?: number;
  /** Samples of each generator that are tried (default 100); the others are counted. */
  readonly limit?: number;
  /** Badly judged answers that the report names (default 20). */
  readonly worst?: number;
  /** Who scores: this thread by default, `pool.score` of a reward pool for several, with deadlines. */
  readonly score?: Score;
  /** Rows that the reader passed over, asked for when all are read. */
  readonly skipped?: () => AuditReport['skipped'];
  /** Samples tried so far, of all that will be. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Samples that are scored at a time: a pool has enough to do, and memory holds few responses. */
const together = 8;

interface Judged {
  readonly notItself: boolean;
  readonly unjudgeable: boolean;
}

interface Settings {
  readonly profile: Profile;
  readonly seed: number;
  readonly score: Score;
}

async function tryVariants(
  item: AuditItem,
  others: readonly AuditItem[],
  tally: VariantTally,
  { profile, seed, score }: Settings,
): Promise<Judged> {
  const rng = random(seed, 'audit', 'variants', item.id);
  const tried = [
    ...rightVariants(item).map((variant) => ({ side: 'right' as const, variant })),
    ...wrongVariants(item, { rng, others: rng.sample(others, 20) }).map((variant) => ({
      side: 'wrong' as const,
      variant,
    })),
  ];
  const scored = async (reader: Profile) =>
    score(tried.map(({ variant }) => jobOf(item.spec, variant.response, reader)));
  const by = profileOf(item, profile);
  const own = await scored(by);
  const paper = by === 'paper' ? own : await scored('paper');
  const unjudgeable = own[0]?.status === 'unjudgeable';
  tried.forEach(({ side, variant }, i) => {
    const [result, second] = [own[i], paper[i]];
    if (!unjudgeable && result !== undefined && second !== undefined) tally.add(item, side, variant, result, second);
  });
  return { unjudgeable, notItself: !unjudgeable && (own[0]?.score ?? 0) < 1 - 1e-6 };
}

/** The generator's samples that have another gold. */
const othersOf = (item: AuditItem, group: Group): AuditItem[] => {
  const gold = item.spec.gold.join('\n');
  return group.items.filter(({ spec }) => spec.gold.join('\n') !== gold);
};

async function groupFinding(
  group: Group,
  task: readonly AuditItem[],
  tally: VariantTally,
  settings: Settings,
  tick: (samples: number) => void,
): Promise<GroupFinding> {
  let [notItself, unjudgeable] = [0, 0];
  for (let at = 0; at < group.items.length; at += together) {
    const chunk = group.items.slice(at, at + together);
    const judged = await Promise.all(chunk.map((item) => tryVariants(item, othersOf(item, group), tally, settings)));
    notItself += judged.filter((one) => one.notItself).length;
    unjudgeable += judged.filter((one) => one.unjudgeable).length;
    tick(chunk.length);
  }
  const blind = await measureBlind(group.items, task, settings);
  tick(group.items.length);
  const readers = await readersRewards(group.items, settings);
  const { task: name, generator, samples, items } = group;
  const { right, wrong } = tally.group(name, generator);
  const lints = lintFindings(items);
  const tried = items.length;
  return { task: name, generator, samples, tried, notItself, unjudgeable, right, wrong, blind, readers, lints };
}

/** Mean rewards over the items. */
async function readersRewards(
  items: readonly AuditItem[],
  { profile, score }: Settings,
): Promise<Record<ReaderName, number>> {
  const sums = readerNames.map(() => 0);
  for (const item of items) {
    const jobs = readerNames.map((name) => jobOf(item.spec, item.readings[name], profileOf(item, profile)));
    for (const [i, { score: earned }] of (await score(jobs)).entries()) sums[i] = (sums[i] ?? 0) + earned;
  }
  const mean = (i: number): number => (sums[i] ?? 0) / Math.max(1, items.length);
  return Object.fromEntries(readerNames.map((name, i) => [name, mean(i)])) as Record<ReaderName, number>;
}

const added = (tallies: readonly Tally[]): Tally => {
  const sum = (of: (tally: Tally) => number): number => tallies.reduce((total, tally) => total + of(tally), 0);
  const tried = sum((tally) => tally.tried);
  return {
    tried,
    bad: sum(({ bad }) => bad),
    badByPaper: sum(({ badByPaper }) => badByPaper),
    reward: tried === 0 ? 0 : sum((tally) => tally.reward * tally.tried) / tried,
  };
};

function taskFindings(groups: readonly GroupFinding[]): AuditReport['tasks'] {
  return [...new Set(groups.map(({ task }) => task))].map((task) => {
    const own = groups.filter((group) => group.task === task);
    const sum = (of: (group: GroupFinding) => number): number => own.reduce((total, group) => total + of(group), 0);
    const tried = sum((group) => group.tried);
    return {
      task,
      samples: sum(({ samples }) => samples),
      tried,
      notItself: sum(({ notItself }) => notItself),
      unjudgeable: sum(({ unjudgeable }) => unjudgeable),
      right: added(own.map(({ right }) => right)),
      wrong: added(own.map(({ wrong }) => wrong)),
      blind: tried === 0 ? 0 : sum((group) => group.blind.reward * group.tried) / tried,
      readers: Object.fromEntries(
        readerNames.map((name) => [name, tried === 0 ? 0 : sum((group) => group.readers[name] * group.tried) / tried]),
      ) as Record<ReaderName, number>,
    };
  });
}

const nothingSkipped = (): AuditReport['skipped'] => ({ rows: 0, reasons: [] });

/**
 * Audits the samples of a dataset with their rewards. Memory holds the facts of at most `limit` samples a generator, and no prompt.
 *
 * @param sources Samples (`sourceOfSample`), or rows of any trainer (`sourcesOf`).
 *
 * @example
 * const report = await audit(sourcesOf('dataset'), { limit: 50 });
 * report.over // [] when nothing is over its limit
 */
export async function audit(
  sources: AsyncIterable<AuditSource> | Iterable<AuditSource>,
  options: AuditOptions = {},
): Promise<AuditReport> {
  const { profile = 'hardened', seed = 7, limit = 100, worst = 20, score = scoreHere, onProgress } = options;
  const limits = Object.fromEntries(
    Object.entries(defaultLimits).map(([name, value]) => [name, options[name as keyof AuditLimits] ?? value]),
  ) as unknown as AuditLimits;
  const collector = new Collector({ limit, seed });
  for await (const source of sources) collector.add(source);
  const groups = collector.finish();
  const tally = new VariantTally();
  const total = 2 * groups.reduce((sum, { items }) => sum + items.length, 0);
  let done = 0;
  const tick = (samples: number): void => {
    done += samples;
    onProgress?.(done, total);
  };
  const findings: GroupFinding[] = [];
  for (const group of groups) {
    const task = groups.filter((other) => other.task === group.task).flatMap(({ items }) => items);
    findings.push(await groupFinding(group, task, tally, { profile, seed, score }, tick));
  }
  return {
    profile,
    seed,
    limits,
    samples: groups.reduce((sum, { samples }) => sum + samples, 0),
    tried: total / 2,
    skipped: (options.skipped ?? nothingSkipped)(),
    groups: findings,
    tasks: taskFindings(findings),
    kinds: tally.kinds(),
    worst: tally.worstAnswers(worst),
    over: overLimits(findings, limits),
  };
}
