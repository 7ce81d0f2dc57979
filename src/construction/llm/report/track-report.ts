/**
 * @file What a build of the LLM track tells of itself, for the screen, the card and `report.json`: what became of the drafts, what they cost
 * by stage, what they were sent back for, and how the judges did on keys that were known to be wrong.
 */
import { addCosts, type Cost, noCost } from '../../../llm/cost-ledger.ts';
import type { Sample } from '../../../samples/sample.ts';
import { textTable } from '../../../text-table.ts';
import { subTasks } from '../catalogue/catalogue.ts';
import type { LlmTrackConfig } from '../config.ts';
import { difficulties } from '../difficulty.ts';
import type { Outcome } from '../make-sample.ts';
import { promptVersions } from '../prompts.ts';
import { type CheckRow, checksTable, discardedOf } from './checks-table.ts';
import { type StageRow, stageTable } from './costs.ts';

/** How often a judge refused keys that were made wrong by one thing, with the Wilson interval of 95 %. */
export interface ControlRow {
  readonly judge: string;
  readonly controls: number;
  readonly refused: number;
  readonly interval: readonly [number, number];
}

/** What became of the drafts: `discarded` counts them by stage, `difficulty` the samples by tier. */
export interface LlmTrackReport {
  readonly drafts: number;
  readonly samples: number;
  /** Passed everything, left out for the ratio of difficulties or as a duplicate. */
  readonly leftOut: number;
  readonly discarded: Readonly<Record<string, number>>;
  readonly checks: readonly CheckRow[];
  readonly difficulty: Readonly<Record<string, number>>;
  /** Drafts and samples of each sub-task. */
  readonly subTasks: readonly { readonly subTask: string; readonly drafts: number; readonly samples: number }[];
  /** Faults sent back, by the stage that found them. */
  readonly repairs: Readonly<Record<string, number>>;
  readonly controls: readonly ControlRow[];
  /** For one accepted sample, by what was asked. */
  readonly stages: readonly StageRow[];
  /** Of all replies that the drafts used, each once, whoever paid for them and when. */
  readonly cost: Cost;
  readonly moneyPerSample: number;
}

/** The interval of Wilson for a share, at 95 %. */
export function wilson(hits: number, of: number): readonly [number, number] {
  if (of === 0) return [0, 1];
  const z = 1.96;
  const share = hits / of;
  const middle = (share + z ** 2 / (2 * of)) / (1 + z ** 2 / of);
  const half = (z / (1 + z ** 2 / of)) * Math.sqrt((share * (1 - share)) / of + z ** 2 / (4 * of ** 2));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

const counted = (names: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
};

function controlRows(outcomes: readonly Outcome[]): ControlRow[] {
  const all = outcomes.flatMap(({ controls }) => controls);
  return [...new Set(all.map(({ judge }) => judge))].map((judge) => {
    const own = all.filter((control) => control.judge === judge);
    const refused = own.filter((control) => control.refused).length;
    return { judge, controls: own.length, refused, interval: wilson(refused, own.length) };
  });
}

/** @param samples Those that are written, of the outcomes that have one. */
export function reportOf(outcomes: readonly Outcome[], samples: readonly Sample[]): LlmTrackReport {
  const discarded = discardedOf(outcomes);
  const ids = new Set(samples.map(({ id }) => id));
  const cost = outcomes.reduce((sum, outcome) => addCosts(sum, outcome.cost), noCost);
  const tier = (name: string): number => samples.filter(({ provenance }) => provenance.llm?.difficulty === name).length;
  const rows = subTasks.map(({ id }) => {
    const own = outcomes.filter(({ subTask }) => subTask === id);
    const accepted = own.filter(({ sample }) => sample !== undefined && ids.has(sample.id)).length;
    return { subTask: id, drafts: own.length, samples: accepted };
  });
  return {
    drafts: outcomes.length,
    samples: samples.length,
    leftOut: outcomes.filter(({ sample }) => sample !== undefined).length - samples.length,
    discarded,
    checks: checksTable(discarded, outcomes.length),
    difficulty: Object.fromEntries(difficulties.map((name) => [name, tier(name)])),
    subTasks: rows.filter(({ drafts }) => drafts > 0),
    repairs: counted(outcomes.flatMap(({ repairs }) => repairs.map(({ stage }) => stage))),
    controls: controlRows(outcomes),
    stages: stageTable(
      outcomes.map(({ stages }) => stages),
      samples.length,
    ),
    cost,
    moneyPerSample: samples.length === 0 ? 0 : cost.money / samples.length,
  };
}

/** For a terminal: what one accepted sample costs, by what was asked. */
export function renderStages(rows: readonly StageRow[]): string {
  const lines = rows.map((row) => [
    row.stage,
    row.requestsPerSample.toFixed(1),
    row.promptTokensPerSample.toFixed(0),
    row.completionTokensPerSample.toFixed(0),
    row.moneyPerSample.toFixed(4),
  ]);
  return textTable([['for one sample', 'requests', 'prompt tokens', 'completion tokens', 'money'], ...lines], [0]);
}

/** For the card. */
export const stageLine = (row: StageRow): string =>
  `${row.stage}: ${row.requestsPerSample.toFixed(1)} requests, ${row.promptTokensPerSample.toFixed(0)} + ${row.completionTokensPerSample.toFixed(0)} tokens, ${row.moneyPerSample.toFixed(4)} of money`;

/** In one line each: repairs by reason, and the judges' agreement with controls. */
export function reportLines({ repairs, controls, difficulty }: LlmTrackReport): string[] {
  const sent = Object.entries(repairs).sort(([, a], [, b]) => b - a);
  const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
  return [
    ...(sent.length === 0 ? [] : [`sent back for: ${sent.map(([stage, count]) => `${stage} ${count}`).join(', ')}`]),
    ...controls.map(
      ({ judge, controls: all, refused, interval: [least, most] }) =>
        `judge ${judge}: refused ${refused} of ${all} near misses (95 %: ${percent(least)} to ${percent(most)})`,
    ),
    ...Object.entries(difficulty)
      .filter(([, count]) => count > 0)
      .map(([name, count]) => `${name}: ${count}`),
  ];
}

const used = (name: string, endpoint: string | undefined, { endpoints }: LlmTrackConfig): string[] =>
  endpoint === undefined ? [] : [`${name} (${endpoints[endpoint]?.model ?? endpoint})`];

/** The checks that every sample passed, and with which model. */
export function checksPassed(config: LlmTrackConfig): string[] {
  const { judge, closedBook, blind, robustness, cascade } = config;
  return [
    'facts and key found in the documents by program, gates g2 g4 g5 g9',
    ...used('not answered without the documents', closedBook?.endpoint, config),
    ...used('answered alike by readers who did not see the key', blind?.endpoint, config),
    ...judge.endpoints.flatMap((endpoint) => used('judged, near misses refused', endpoint, config)),
    ...used('answered among other documents', robustness?.endpoint, config),
    ...used('difficulty by rollouts of a weak', cascade?.weak, config),
    ...used('and a strong policy', cascade?.strong, config),
  ];
}

/** What the card says of how the samples came to be. */
export function aboutOf(config: LlmTrackConfig, samples: number): string {
  const writers = [
    ...new Set(config.generation.routes.map(({ endpoint }) => config.endpoints[endpoint]?.model ?? endpoint)),
  ];
  const versions = Object.entries(promptVersions).map(([name, version]) => `${name} ${version}`);
  const unjudged = config.judge.endpoints.length === 0 ? ' No judge was asked.' : '';
  return `${samples} samples written by language models (${writers.join(', ')}) over the documents listed below, seed ${config.seed}: the model chose facts and quoted
them, wrote the key from them and the question last; drafts with faults were sent back at most ${config.generation.repairs} times. Every sample passed: ${checksPassed(config).join('; ')}.${unjudged}
Every sample carries its documents' hashes, the spans of its evidence, the keys of the replies that wrote and checked it, and what it cost (versions of the
prompts: ${versions.join(', ')}). Train and held-out share no document.`;
}
