/**
 * @file `golongrl data decontaminate`: samples that repeat a benchmark are found, shown side by side and left out.
 */

import type { Command } from 'commander';
import { loadTokenizer } from '../../engine/tokenizer.ts';
import { UsageError } from '../../errors.ts';
import { allCounts } from '../../format.ts';
import { BenchmarkIndex } from '../../refinement/decontamination/benchmark-index.ts';
import {
  type BenchmarkItem,
  readBenchmark,
  readBenchmarkRows,
} from '../../refinement/decontamination/benchmark-item.ts';
import { DatatroveIndex } from '../../refinement/decontamination/datatrove.ts';
import { decontaminateAgainst } from '../../refinement/decontamination/decontaminate-benchmarks.ts';
import { decontaminateLike } from '../../refinement/decontamination/reference-tool.ts';
import type { BenchmarkReport, Finding } from '../../refinement/decontamination/report/findings.ts';
import { benchmarkReportHtml } from '../../refinement/decontamination/report/report-html.ts';
import { readPattern, type TokenTexts, UpstreamIndex } from '../../refinement/decontamination/upstream.ts';
import type { Sample } from '../../samples/sample.ts';
import { sampleCount, samplesOf } from '../../samples/samples-of.ts';
import { writeFileAtomic } from '../../storage/files.ts';
import { readLines, writeLines } from '../../storage/lines.ts';
import { choice, type Format, formats, wholeNumber } from '../shared/options.ts';
import type { ProgressLine } from '../shared/progress-line.ts';
import type { Terminal } from '../shared/terminal.ts';
import { counted, watching } from '../shared/watching.ts';

const modes = ['information', 'datatrove', 'upstream'] as const;
type Mode = (typeof modes)[number];

interface Flags {
  readonly mode: Mode;
  readonly benchmark: readonly string[];
  readonly n?: readonly number[];
  readonly queryNgrams: boolean;
  readonly overlapNgrams: boolean;
  readonly tokenizer?: string;
  readonly patterns?: string;
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

/** Flags that one mode alone reads. */
const ownFlags: Readonly<Partial<Record<keyof Flags, Mode>>> = {
  contextShare: 'information',
  boilerplate: 'information',
  queryNgrams: 'datatrove',
  overlapNgrams: 'datatrove',
  tokenizer: 'upstream',
  patterns: 'upstream',
};

function checkFlags({ mode }: Flags, command: Command): void {
  for (const [name, owner] of Object.entries(ownFlags)) {
    if (owner === mode || command.getOptionValueSource(name) !== 'cli') continue;
    const flag = command.options.find((option) => option.attributeName() === name)?.long ?? name;
    throw new UsageError('flag-of-another-mode', `${flag} belongs to --mode ${owner}, got --mode ${mode}.`);
  }
}

type OnFinding = (finding: Finding) => void;

/** The items of all files; what was not read of one is told. */
async function* benchmarkItems({ benchmark }: Flags, line: ProgressLine): AsyncGenerator<BenchmarkItem> {
  for (const file of benchmark)
    yield* readBenchmark(file, { onUnread: (names) => line.keep(`${file}: fields not read: ${names.join(', ')}`) });
}

/** What is checked, and the line that shows how far. */
interface Place {
  readonly flags: Flags;
  readonly line: ProgressLine;
  /** The samples from the first, counted as they pass; `what` is done with them. */
  readonly samples: (what: string) => AsyncIterable<Sample>;
}

type Check = (place: Place, onFinding: OnFinding) => Promise<BenchmarkReport>;

const indexing = 'Index benchmark';
const comparing = 'Compare';

const byInformation: Check = async ({ flags, line, samples }, onFinding) => {
  const index = new BenchmarkIndex({ ns: flags.n ?? [13] });
  for await (const item of counted(line, indexing, benchmarkItems(flags, line))) index.add(item);
  checkItems(index.items, flags);
  const { boilerplate, contextShare } = flags;
  // Once for the wording that samples have in common, once to compare.
  const passes = ['Read wording', comparing];
  const next = () => samples(passes.shift() ?? comparing);
  return await decontaminateAgainst(index, next, { boilerplate, contextShare, onFinding });
};

const likeDatatrove: Check = async ({ flags, line, samples }, onFinding) => {
  const [n = 12, ...more] = flags.n ?? [];
  if (more.length > 0)
    throw new UsageError('one-length', `--n: got ${flags.n}, expected one length: datatrove has one.`);
  const { queryNgrams, overlapNgrams } = flags;
  const index = new DatatroveIndex({ n, queryNgrams, overlapNgrams });
  for await (const item of counted(line, indexing, benchmarkItems(flags, line))) index.add(item);
  checkItems(index.items, flags);
  return await decontaminateLike(index, samples(comparing), onFinding);
};

const likeUpstream: Check = async ({ flags, line, samples }, onFinding) => {
  if (flags.tokenizer === undefined)
    throw new UsageError(
      'tokenizer-needed',
      '--mode upstream: got no --tokenizer.',
      'Its grams are tokens: give the folder of a model.',
    );
  const patterns: string[] = [];
  if (flags.patterns !== undefined)
    for await (const { line } of readLines(flags.patterns)) patterns.push(readPattern(line));
  const index = new UpstreamIndex({ tokens: await tokenTexts(flags.tokenizer), ns: flags.n ?? [13], patterns });
  for (const file of flags.benchmark)
    for await (const { row, number } of counted(line, indexing, readBenchmarkRows(file)))
      if (typeof row.text === 'string' && row.text !== '') await index.add({ file, number, text: row.text });
  checkItems(index.items, flags, ' with `text`');
  return await decontaminateLike(index, samples(comparing), onFinding);
};

/** The texts of single tokens, as upstream joins them. */
async function tokenTexts(model: string): Promise<TokenTexts> {
  const tokenizer = await loadTokenizer(model);
  const texts = new Map<number, string>();
  return async (text) => {
    const ids = await tokenizer.encode(text);
    const fresh = [...new Set(ids)].filter((id) => !texts.has(id));
    const decoded = await tokenizer.decode(
      fresh.map((id) => Int32Array.of(id)),
      { specialTokens: true },
    );
    for (const [i, id] of fresh.entries()) texts.set(id, decoded[i] ?? '');
    return Array.from(ids, (id) => texts.get(id) ?? '');
  };
}

function checkItems(items: number, { benchmark }: Flags, what = ''): void {
  if (items > 0) return;
  throw new UsageError(
    'benchmark-empty',
    `--benchmark ${benchmark.join(' ')}: got no items, expected JSON lines${what}`,
  );
}

const checks: Readonly<Record<Mode, Check>> = {
  information: byInformation,
  datatrove: likeDatatrove,
  upstream: likeUpstream,
};

async function run(place: string, flags: Flags, terminal: Terminal): Promise<void> {
  const findings: Finding[] = [];
  const onFinding = (finding: Finding): void => void (findings.length < shownFindings && findings.push(finding));
  const report = await watching(terminal, flags.format, async (line) => {
    line.start(indexing);
    const total = await sampleCount(place);
    const samples = (what: string) => counted(line, what, samplesOf(place), total);
    const found = await checks[flags.mode]({ flags, line, samples }, onFinding);
    if (flags.report !== undefined) await writeFileAtomic(flags.report, benchmarkReportHtml(found, findings));
    if (flags.out !== undefined) await writeLines(flags.out, jsonLines(samples('Write'), new Set(found.removed)));
    return found;
  });
  if (flags.format === 'json') terminal.out(`${JSON.stringify(report)}\n`);
  if (flags.format !== 'human') return;
  const list = (counts: Readonly<Record<string, number>>): string => allCounts(counts) || 'none';
  terminal.out(
    `${[
      `${report.removed.length} of ${report.samples} samples repeat ${report.repeatedItems} of ${report.benchmarkItems} benchmark items`,
      `  by gram length: ${list(report.byKind)}`,
      `  by place in the sample: ${list(report.byField)}`,
      ...(flags.mode === 'information'
        ? [`  ${report.ignored} more share only wording with a benchmark, or a quotation in a context`]
        : []),
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

/** Finding repeats is no failure: the exit code stays 0, and the report on stdout counts them. */
export function registerDecontaminate(command: Command, terminal: Terminal): void {
  command
    .argument('<path>', 'dataset directory, or a file of native samples (JSON lines)')
    .requiredOption('--benchmark <file>', 'JSON lines with question, answer, context; repeatable', append(String))
    .option(
      '--mode <name>',
      `rules: ${modes.join(' | ')} (the script of the paper)`,
      choice('--mode', modes),
      'information',
    )
    .option('--n <list>', 'gram lengths, with commas: words (13, datatrove 12), upstream tokens (13)', lengths)
    .option('--query-ngrams', 'datatrove: grams of the question alone too (find_query_ngrams)', false)
    .option('--no-overlap-ngrams', 'datatrove: no grams over the end of the question (find_overlap_ngrams)')
    .option('--tokenizer <dir>', 'upstream: folder with tokenizer.json; grams are its tokens')
    .option('--patterns <file>', 'upstream: grams that hold a line of this file are passed over')
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
    .action(async (place: string, flags: Flags, command: Command) => {
      checkFlags(flags, command);
      await run(place, flags, terminal);
    });
}
