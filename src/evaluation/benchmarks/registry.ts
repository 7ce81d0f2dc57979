/**
 * @file All benchmarks, in the order of the paper's tables. A new one is a file that exports a `Benchmark` and a line here.
 */
import { unknownValue } from '../../errors.ts';
import type { Benchmark } from '../benchmark.ts';
import { aime2024, aime2025 } from './aime.ts';
import { bfclMemory } from './bfcl-memory.ts';
import { corpusqa, corpusqa1m } from './corpusqa.ts';
import { docmath } from './docmath.ts';
import { frames } from './frames.ts';
import { gpqaDiamond } from './gpqa-diamond.ts';
import { longbenchQa } from './longbench-qa.ts';
import { longbenchV2 } from './longbench-v2.ts';
import { longmemeval } from './longmemeval.ts';
import { mmluPro } from './mmlu-pro.ts';
import { mrcr, mrcr1m, mrcr512k } from './mrcr.ts';
import { nineTasks } from './nine-tasks.ts';

/** What `eval list` shows, and where a name is looked up. */
export const benchmarks: readonly Benchmark[] = [
  docmath,
  longbenchV2,
  frames,
  mrcr,
  corpusqa,
  longbenchQa,
  mrcr512k,
  mrcr1m,
  corpusqa1m,
  mmluPro,
  gpqaDiamond,
  aime2024,
  aime2025,
  longmemeval,
  bfclMemory,
  nineTasks,
];

/** @throws UsageError with the nearest name */
export function benchmarkByName(name: string): Benchmark {
  const found = benchmarks.find((benchmark) => benchmark.name === name);
  if (found !== undefined) return found;
  throw unknownValue(
    'benchmark',
    name,
    benchmarks.map((benchmark) => benchmark.name),
  );
}
