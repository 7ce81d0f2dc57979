/**
 * @file `golongrl data decontaminate`: samples that repeat a benchmark are found, shown side by side and left out.
 */
import type { Command } from 'commander';
import { UsageError } from '../errors.ts';
import { BenchmarkIndex } from '../refinement/benchmarks/benchmark-index.ts';
import { readBenchmark } from '../refinement/benchmarks/benchmark-item.ts';
import { decontaminateAgainst, type Finding } from '../refinement/benchmarks/decontaminate-benchmarks.ts';
import { benchmarkReportHtml } from '../refinement/benchmarks/report-html.ts';
import { writeFileAtomic } from '../runs/files.ts';
import { writeLines } from '../samples/lines.ts';
import type { Sample } from '../samples/sample.ts';
import { samplesOf } from './data-inspect.ts';
import { choice, type Format, formats, wholeNumber } from './options.ts';
import type { Terminal } from './terminal.ts';

interface Flags {
  readonly benchmark: readonly string[];
  readonly n: readonly number[];
  readonly contextShare: number;
  readonly boilerplate: number;
  readonly out?: string;
  readonly report?: string;
  readonly format: Format;
}

async function* jsonLines(samples: AsyncIterable<Sample>, removed: ReadonlySet<string>): AsyncGenerator<string> {
  for await (const sample of samples) if (!removed.has(sample.id)) yield JSON.stringify(sample);
}

/** Findings that the page shows; the command's JSON names all. */
const shownFindings = 1000;

async function run(place: string, flags: Flags, terminal: Terminal): Promise<void> {
  const index = new BenchmarkIndex({ ns: flags.n });
  for (const file of flags.benchmark) for await (const item of readBenchmark(file)) index.add(item);
  if (index.items === 0) {
    throw new UsageError(
      'benchmark-empty',
      `--benchmark ${flags.benchmark.join(' ')}: got no items, expected JSON lines`,
    );
  }
  const findings: Finding[] = [];
  const onFinding = (finding: Finding): void => void (findings.length < shownFindings && findings.push(finding));
  const { boilerplate, contextShare } = flags;
  const report = await decontaminateAgainst(index, () => samplesOf(place), { boilerplate, contextShare, onFinding });
  if (flags.report !== undefined) await writeFileAtomic(flags.report, benchmarkReportHtml(report, findings));
  if (flags.out !== undefined) await writeLines(flags.out, jsonLines(samplesOf(place), new Set(report.removed)));
  if (flags.format === 'json') terminal.out(`${JSON.stringify(report)}\n`);
  if (flags.format !== 'human') return;
  const list = (counts: Readonly<Record<string, number>>): string =>
    Object.entries(counts)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ') || 'none';
  terminal.out(
    `${[
      `${report.removed.length} of ${report.samples} samples repeat ${report.repeatedItems} of ${report.benchmarkItems} benchmark items`,
      `  by gram length: ${list(report.byKind)}`,
      `  by place in the sample: ${list(report.byField)}`,
      `  ${report.ignored} more share only wording with a benchmark, or a quotation in a context`,
    ].join('\n')}\n`,
  );
}

const append =
  <T>(parse: (text: string) => T) =>
  (text: string, before: readonly T[] | undefined): T[] => [...(before ?? []), parse(text)];

function share(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value > 0 && value <= 1) return value;
  throw new UsageError('not-a-share', `--context-share: got "${text}", expected a number above 0, at most 1.`);
}

/** Several lengths with commas. */
const lengths = (text: string): number[] => text.split(',').map(wholeNumber('--n', 2));

export function registerDecontaminate(data: Command, terminal: Terminal): void {
  data
    .command('decontaminate')
    .description('find samples that repeat a benchmark: question, answer and context, by 13-grams and containment')
    .argument('<path>', 'dataset directory, or a file of native samples (JSON lines)')
    .requiredOption('--benchmark <file>', 'JSON lines with question, answer, context; repeatable', append(String))
    .option('--n <list>', 'gram lengths in words, with commas', lengths, [13])
    .option('--context-share <x>', 'share of the shorter context that two contexts have in common', share, 0.25)
    .option(
      '--boilerplate <n>',
      'samples that may ask one thing in the same words before it is ignored',
      wholeNumber('--boilerplate', 1),
      10,
    )
    .option('--out <file>', 'write the samples that are left (JSON lines)')
    .option('--report <file>', 'write the findings side by side as HTML')
    .option('--format <name>', formats.join(' | '), choice('--format', formats), 'human')
    .action((place: string, flags: Flags) => run(place, flags, terminal));
}
