/**
 * @file The files of a bundle. Pages opened from a file may fetch nothing, but they may load scripts: each file is one call
 * `golongrlData(key, text)` with JSON as text. As text and not as an object, so that no name in it (`__proto__`) means anything to the browser.
 */
import type { RunDetail } from './api.ts';
import type { RolloutColumns } from './query/columns.ts';

/** `data/index.js`. */
export interface BundleIndex {
  readonly run: RunDetail;
  /** What was left out, in words. */
  readonly notes: readonly string[];
}

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

/** The text of a file. @param value anything that JSON holds */
export function bundleScript(key: string, value: unknown): string {
  const text = JSON.stringify(JSON.stringify(value)).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
  return `golongrlData(${JSON.stringify(key)}, ${text.replaceAll('<', '\\u003c')});\n`;
}
