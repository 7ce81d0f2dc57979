/**
 * @file `golongrl data corpus`: P1 and P2 on anyone's documents, in a stream.
 */
import type { Command } from 'commander';
import { type DocumentFormat, formats as documentFormats } from '../corpus/readers/formats.ts';
import { readDocuments } from '../corpus/readers/read-documents.ts';
import { type CorpusItem, filterFields, streamCorpus } from '../corpus/stream-corpus.ts';
import { CorpusCounter, type CorpusSummary, writeCorpus } from '../experiment/write-corpus.ts';
import { taskIds, tasks } from '../tasks/task.ts';
import { choice, type Format, formats, wholeNumber } from './options.ts';
import type { Terminal } from './terminal.ts';

interface Flags {
  readonly out: string;
  readonly where?: string;
  readonly licence?: string;
  readonly textField?: string;
  readonly stdinFormat?: DocumentFormat;
  readonly maxDocumentMb?: number;
  readonly nearDuplicates: boolean;
  readonly limit?: number;
  readonly overwrite?: boolean;
  readonly dryRun?: boolean;
  readonly format: Format;
}

const help = `
Fields of --where: ${filterFields.join(', ')}, and metadata.NAME for a column of your files.

Examples:
  golongrl data corpus books 'papers/**/*.jsonl.gz' --licence CC-BY-4.0 --out corpus
  golongrl data corpus filings --where 'language == "en" and tokens > 8000 and numericTables >= 2' --dry-run
  zcat dump.jsonl.gz | golongrl data corpus - --text-field body
`;

export function registerCorpus(data: Command, terminal: Terminal): void {
  data
    .command('corpus')
    .description(
      `read documents (${documentFormats.join(', ')}, each also .gz), filter them, say which tasks each serves`,
    )
    .argument('<paths...>', 'files, folders, patterns; - is standard input')
    .option('--out <dir>', 'where to write the corpus', 'corpus')
    .option('--where <expression>', 'keep only documents that fit')
    .option('--licence <name>', 'licence of documents that state none, as an SPDX identifier')
    .option('--text-field <name>', 'column that holds the text, in JSON lines, CSV and Parquet')
    .option('--stdin-format <format>', 'what - holds', choice('--stdin-format', documentFormats), 'jsonl')
    .option(
      '--max-document-mb <n>',
      'largest document that is read, in MiB (default 64)',
      wholeNumber('--max-document-mb', 1),
    )
    .option('--no-near-duplicates', 'leave out only exact copies')
    .option('--limit <n>', 'stop after so many documents', wholeNumber('--limit', 1))
    .option('--overwrite', 'replace a corpus in the same place')
    .option('--dry-run', 'report, and write nothing')
    .option('--format <format>', `result on stdout: ${formats.join(' | ')}`, choice('--format', formats), 'human')
    .addHelpText('after', help)
    .action((targets: string[], flags: Flags) => corpus(targets, flags, terminal));
}

async function* take(items: AsyncIterable<CorpusItem>, limit = Number.POSITIVE_INFINITY): AsyncGenerator<CorpusItem> {
  let documents = 0;
  for await (const item of items) {
    yield item;
    if (item.type === 'document' && ++documents >= limit) return;
  }
}

/** Refusals that are told one by one; `refused.jsonl` names all. */
const shownRefusals = 10;

async function corpus(targets: readonly string[], flags: Flags, terminal: Terminal): Promise<void> {
  const { out, where, licence, textField, stdinFormat, maxDocumentMb, nearDuplicates, limit, format } = flags;
  const limits = maxDocumentMb === undefined ? {} : { maxDocumentBytes: maxDocumentMb * 2 ** 20 };
  const raw = readDocuments(targets, { limits, textField, stdinFormat });
  const options = { where, licence, threshold: nearDuplicates ? undefined : 2 };
  let told = 0;
  const onItem = (item: CorpusItem): void => {
    if (item.type === 'document' || format === 'quiet' || told++ >= shownRefusals) return;
    terminal.err(`${item.id === '' ? targets.join(' ') : item.id}: ${item.code}: ${item.reason}\n`);
  };
  const items = take(streamCorpus(raw, options), limit);
  const summary =
    flags.dryRun === true
      ? await countOnly(items, onItem)
      : await writeCorpus(out, items, { overwrite: flags.overwrite, onItem });
  if (format === 'json') terminal.out(`${JSON.stringify(flags.dryRun === true ? summary : { out, ...summary })}\n`);
  else if (format === 'quiet') terminal.out(flags.dryRun === true ? '' : `${out}\n`);
  else
    terminal.out(
      `${[...summaryLines(summary), flags.dryRun === true ? 'Nothing was written.' : `Written to ${out}.`].join('\n')}\n`,
    );
}

async function countOnly(items: AsyncIterable<CorpusItem>, onItem: (item: CorpusItem) => void): Promise<CorpusSummary> {
  const counter = new CorpusCounter();
  for await (const item of items) {
    onItem(item);
    counter.add(item);
  }
  return counter.summary();
}

const list = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, number]) => `${name} ${number}`)
    .join(', ') || 'none';

function summaryLines(summary: CorpusSummary): string[] {
  const { documents, words, tokens, licences, languages, forms, refused, qualification } = summary;
  return [
    `${documents} documents, ${words} words, about ${tokens} tokens`,
    `refused: ${list(refused)}`,
    `licences: ${list(licences)}; languages: ${list(languages)}; forms: ${list(forms)}`,
    ...taskIds.flatMap((task) => [
      `${task} ${String(qualification.byTask[task]).padStart(7)}  ${tasks[task].ability}`,
      ...qualification.subTasks
        .filter((entry) => entry.task === task)
        .map((entry) => `   ${String(entry.documents).padStart(7)}    ${entry.subTask}`),
    ]),
  ];
}
