/**
 * @file Decontamination by the rules of another tool, reported like ours. What it finds is a hit as it stands: nothing is weighed,
 * nothing is ignored.
 */
import type { Sample } from '../../samples/sample.ts';
import type { BenchmarkReport, Finding, Match } from './report/findings.ts';

/** The rules of another tool, with benchmarks already indexed. */
export interface ReferenceTool {
  /** Benchmark items indexed. */
  readonly items: number;
  /** At most one match for each gram length. */
  check(sample: Sample): Promise<Match[]>;
}

/** Every sample with a match is removed; `ignored` and `wording` stay empty. */
export async function decontaminateLike(
  tool: ReferenceTool,
  samples: AsyncIterable<Sample>,
  onFinding?: (finding: Finding) => void,
): Promise<BenchmarkReport> {
  const removed: string[] = [];
  const repeated = new Set<string>();
  const byKind: Record<string, number> = {};
  const byField: Record<string, number> = {};
  let count = 0;
  for await (const sample of samples) {
    count++;
    const matches = await tool.check(sample);
    const [first] = matches;
    if (first === undefined) continue;
    removed.push(sample.id);
    for (const { n, benchmark, item } of matches) {
      byKind[n] = (byKind[n] ?? 0) + 1;
      repeated.add(`${benchmark} ${item}`);
    }
    byField[first.field] = (byField[first.field] ?? 0) + 1;
    onFinding?.({ sample: sample.id, matches });
  }
  const counts = { benchmarkItems: tool.items, repeatedItems: repeated.size, byKind, byField };
  return { samples: count, removed, ...counts, ignored: 0, wording: [] };
}
