/**
 * @file The files of a bundle. Pages opened from a file may fetch nothing, but they may load scripts: each file is one call
 * `golongrlData(key, text)` with JSON as text. As text and not as an object, so that no name in it (`__proto__`) means anything to the browser.
 */
import type { RunDetail } from './api.ts';
import type { DatasetDetail, SampleRow } from './dataset-api.ts';
import type { EvaluationDetail, ScoredRow } from './evaluation-api.ts';
import type { RolloutColumns } from './query/columns.ts';

/** `data/index.js`: what the bundle holds. */
export type BundleIndex = {
  /** What was left out, in words. */
  readonly notes: readonly string[];
} & (
  | { readonly kind: 'run'; readonly run: RunDetail }
  | { readonly kind: 'dataset'; readonly dataset: DatasetDetail }
  /** The first is the one that was asked for, the others are those it is held against. */
  | { readonly kind: 'evaluation'; readonly evaluations: readonly EvaluationDetail[] }
);

/** `data/samples.js` of a dataset: the list; each sample has a file of its own. */
export type BundleSamples = readonly SampleRow[];

/** `data/scored-ID.js` of an evaluation: the list, with the bins that it is narrowed by. */
export interface BundleScored {
  readonly rows: readonly (ScoredRow & { readonly bins: { readonly length: string; readonly depth: string } })[];
}

/** Scored samples in one file. */
export const scoredInFile = 50;

/** `data/rollouts.js`: the columns, and the beginning of each answer. */
export interface BundleRollouts {
  readonly length: number;
  readonly rows: Readonly<Record<keyof RolloutColumns['rows'], readonly (number | null)[]>>;
  readonly groups: Readonly<Record<keyof RolloutColumns['groups'], readonly number[]>>;
  readonly words: Readonly<Record<keyof RolloutColumns['words'], readonly string[]>>;
  readonly answers: readonly string[];
}

/** The file of a key, relative to the page. */
export const bundleFile = (key: string): string => `data/${key}.js`;
export const stepKey = (step: number): string => `step-${step}`;
export const promptKey = (hash: string): string => `prompt-${hash}`;
/** Names of evaluations hold no `..`. */
export const compareKey = (before: string, after: string): string => `compare-${before}..${after}`;

export const sampleKey = (id: string): string => `sample-${id}`;
export const scoredKey = (evaluation: string): string => `scored-${evaluation}`;
/** Of the samples from number `part` times `scoredInFile` on. */
export const scoredPartKey = (evaluation: string, part: number): string => `scored-${evaluation}-${part}`;
export const publishedKey = (evaluation: string): string => `published-${evaluation}`;
export const againstKey = (evaluation: string, other: string): string => `against-${evaluation}-${other}`;

/** The text of a file. @param value anything that JSON holds */
export function bundleScript(key: string, value: unknown): string {
  const text = JSON.stringify(JSON.stringify(value)).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
  return `golongrlData(${JSON.stringify(key)}, ${text.replaceAll('<', '\\u003c')});\n`;
}
