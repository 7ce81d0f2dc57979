/**
 * @file What a build did: counts by every axis that matters, and what the gates turned away.
 */
import { allCounts } from '../format.ts';
import type { Sample } from '../samples/sample.ts';
import { type TaskId, taskIds } from '../tasks/task.ts';
import { type GateId, gateIds } from './gates/gate.ts';
import { type LengthBin, lengthBin, lengthBins } from './plan.ts';

/** Drafts of one generator that one gate turned away. */
export interface Rejection {
  readonly generator: string;
  readonly gate: GateId;
  count: number;
  /** The first reason seen, as an example. */
  readonly example: string;
}

/** The counts of a build over dossiers, for the dataset's record and the terminal; shares are in [0, 1]. */
export interface ConstructionReport {
  readonly samples: number;
  readonly byTask: Readonly<Record<TaskId, number>>;
  readonly bySplit: Readonly<Record<'train' | 'heldout', number>>;
  readonly byRendering: Readonly<Record<'short' | 'long', number>>;
  readonly byFamily: Readonly<Record<string, number>>;
  /** Long samples by bin of 1,024 tokens. */
  readonly byBin: Readonly<Record<LengthBin, number>>;
  /** Tokens of short prompts: least, mean, most. */
  readonly shortTokens: { readonly least: number; readonly mean: number; readonly most: number } | undefined;
  /** Long samples by depth of their first evidence, ten bins from the start of the context to its end. */
  readonly depth: readonly number[];
  /** T2: the share of the most frequent right letter; what a constant letter earns over the whole set. */
  readonly constantLetter: number;
  /** T8: the share of samples whose question lists the items in the right order or its reverse. */
  readonly presorted: number;
  readonly rejections: readonly Rejection[];
  /** Cells (`long/train/T5/128K`) that could not be filled, with how many samples they lack. */
  readonly unfilled: Readonly<Record<string, number>>;
}

/** Counts rejections by generator and gate. */
export class RejectionLog {
  private readonly entries = new Map<string, Rejection>();

  /** Counts a draft that a gate refused; the first example is kept. */
  add(generator: string, gate: GateId, example: string): void {
    const key = `${generator}\u0000${gate}`;
    const entry = this.entries.get(key);
    if (entry === undefined)
      this.entries.set(key, { generator, gate, count: 1, example: example.replaceAll('\n', ' / ') });
    else entry.count++;
  }

  /** Adds what another log has counted, after what is here. */
  merge(rejections: readonly Rejection[]): void {
    for (const { generator, gate, count, example } of rejections) {
      this.add(generator, gate, example);
      const entry = this.entries.get(`${generator}\u0000${gate}`);
      if (entry !== undefined) entry.count += count - 1;
    }
  }

  /** By generator, then gate. */
  list(): Rejection[] {
    const order = (gate: GateId): number => gateIds.indexOf(gate);
    return [...this.entries.values()].sort((a, b) =>
      a.generator === b.generator ? order(a.gate) - order(b.gate) : a.generator < b.generator ? -1 : 1,
    );
  }
}

const tally = <K extends string | number>(
  keys: readonly K[],
  values: readonly (K | undefined)[],
): Record<K, number> => {
  const counts = Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>;
  for (const value of values) if (value !== undefined) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
};

function constantLetter(samples: readonly Sample[]): number {
  const letters = samples.filter((sample) => sample.task === 'T2').map((sample) => sample.reward.gold[0] ?? '');
  return letters.length === 0 ? 0 : Math.max(...Object.values(tally([...new Set(letters)], letters))) / letters.length;
}

function presorted(samples: readonly Sample[]): number {
  const ordering = samples.filter((sample) => sample.task === 'T8');
  const trivial = ordering.filter(({ question, reward }) => {
    const gold = reward.gold.join(', ');
    return question.includes(gold) || question.includes([...reward.gold].reverse().join(', '));
  });
  return ordering.length === 0 ? 0 : trivial.length / ordering.length;
}

/** What the report is counted from; `families` has the family of each document by id. */
export interface ReportInput {
  readonly samples: readonly Sample[];
  readonly families: ReadonlyMap<string, string>;
  readonly depth: readonly number[];
  readonly rejections: RejectionLog;
  readonly unfilled: Readonly<Record<string, number>>;
}

/** Counts a finished build; families are those of the documents that samples are about. */
export function constructionReport({
  samples,
  families,
  depth,
  rejections,
  unfilled,
}: ReportInput): ConstructionReport {
  const short = samples.filter((sample) => sample.rendering === 'short').map((sample) => sample.tokens);
  const family = samples.map((sample) => families.get(sample.cluster) ?? 'none');
  return {
    samples: samples.length,
    byTask: tally(
      taskIds,
      samples.map((sample) => sample.task),
    ),
    bySplit: tally(
      ['train', 'heldout'],
      samples.map((sample) => sample.split),
    ),
    byRendering: tally(
      ['short', 'long'],
      samples.map((sample) => sample.rendering),
    ),
    byFamily: tally([...new Set(family)].sort(), family),
    byBin: tally(
      lengthBins,
      samples.map((sample) => (sample.rendering === 'long' ? lengthBin(sample.tokens) : undefined)),
    ),
    shortTokens:
      short.length === 0
        ? undefined
        : {
            least: Math.min(...short),
            mean: Math.round(short.reduce((a, b) => a + b, 0) / short.length),
            most: Math.max(...short),
          },
    depth,
    constantLetter: constantLetter(samples),
    presorted: presorted(samples),
    rejections: rejections.list(),
    unfilled,
  };
}

/** Unfilled cells that are named one by one. */
const shownCells = 9;

/** The report as lines for a terminal or a log. */
export function reportLines(report: ConstructionReport): string[] {
  const tokens = report.shortTokens;
  const lines = [
    `${report.samples} samples: ${allCounts(report.bySplit)}; ${allCounts(report.byRendering)}`,
    `tasks: ${allCounts(report.byTask)}`,
    `families: ${allCounts(report.byFamily)}`,
  ];
  if (tokens !== undefined) lines.push(`short prompts: ${tokens.least} to ${tokens.most} tokens, mean ${tokens.mean}`);
  if (report.byRendering.long > 0) {
    lines.push(`long prompts: ${lengthBins.map((bin) => `${bin}K ${report.byBin[bin]}`).join(', ')}`);
    lines.push(`evidence depth, tenths of the context: ${report.depth.join(' ')}`);
  }
  lines.push(
    `a constant letter earns ${report.constantLetter.toFixed(3)} on T2; presorted T8 questions: ${report.presorted.toFixed(3)}`,
  );
  const rejected = report.rejections.reduce((sum, entry) => sum + entry.count, 0);
  lines.push(`rejected drafts: ${rejected}`);
  for (const { generator, gate, count, example } of report.rejections)
    lines.push(`  ${generator} ${gate}: ${count} (e.g. ${example})`);
  const unfilled = Object.entries(report.unfilled);
  for (const [cell, missing] of unfilled.slice(0, shownCells)) lines.push(`  not filled: ${cell}, ${missing} missing`);
  if (unfilled.length > shownCells) lines.push(`  and ${unfilled.length - shownCells} cells more`);
  return lines;
}
