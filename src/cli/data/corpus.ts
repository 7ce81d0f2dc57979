/**
 * @file `golongrl data corpus`: P1 and P2 on anyone's documents, in a stream.
 */

import path from 'node:path';
import type { Command } from 'commander';
import { CorpusCounter, type CorpusSummary } from '../../build/corpus-counter.ts';
import { type CorpusSettings, corpusOptions, readOptions } from '../../build/corpus-settings.ts';
import { writeCorpus } from '../../build/write-corpus.ts';
import { defaultWorkers } from '../../corpus/analysis/finders.ts';
import { type DocumentFormat, formats as documentFormats } from '../../corpus/readers/formats.ts';
import { readDocuments } from '../../corpus/readers/read-documents.ts';
import { type CorpusItem, filterFields, streamCorpus } from '../../corpus/stream-corpus.ts';
import { languageName } from '../../corpus/structure/language.ts';
import { InputError } from '../../errors.ts';
import { allCounts } from '../../format.ts';
import { printable } from '../../printable.ts';
import { versions } from '../../runs/versions.ts';
import { taskIds, tasks } from '../../tasks/task.ts';
import { choice, type Format, formats, ifExistsRule, wholeNumber } from '../shared/options.ts';
import { progressLine } from '../shared/progress-line.ts';
import type { Terminal } from '../shared/terminal.ts';

interface Flags {
  readonly out: string;
  readonly where?: string;
  readonly licence?: string;
  readonly textField?: string;
  readonly encoding?: string;
  readonly stdinFormat?: DocumentFormat;
  readonly maxDocumentMb?: number;
  readonly nearDuplicates: boolean;
  readonly limit?: number;
  readonly tokenizer?: string;
  readonly workers: number;
  readonly resume?: boolean;
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

/** Refusals are told on stderr, the first ten of them; exit code 1 where no document was kept. */
export function registerCorpus(command: Command, terminal: Terminal): void {
  command
    .description(
      `read documents (${documentFormats.join(', ')}, each also .gz), filter them, say which tasks each serves`,
    )
    .argument('<paths...>', 'files, folders, patterns; - is standard input')
    .option('--out <dir>', 'where to write the corpus', 'corpus')
    .option('--where <expression>', 'keep only documents that fit')
    .option('--licence <name>', 'licence of documents that state none, as an SPDX identifier')
    .option('--text-field <name>', 'column that holds the text, in JSON, CSV and Parquet')
    .option('--encoding <label>', 'of text files, e.g. gb18030, windows-1252; told from the bytes by default')
    .option('--stdin-format <format>', 'what - holds', choice('--stdin-format', documentFormats), 'jsonl')
    .option(
      '--max-document-mb <n>',
      'largest document that is read, in MiB (default 64)',
      wholeNumber('--max-document-mb', 1),
    )
    .option('--no-near-duplicates', 'leave out only exact copies')
    .option('--tokenizer <path>', 'count tokens with that of a model: its folder or GGUF file (default: an estimate)')
    .option('--limit <n>', 'stop after so many documents', wholeNumber('--limit', 1))
    .option(
      '--workers <n>',
      'threads that look into the documents, of some 200 MB each; 1 does so in this process',
      wholeNumber('--workers', 1),
      defaultWorkers(),
    )
    .option('--resume', 'go on with a run that was killed; the settings and inputs must be the same')
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

const settingsOf = (targets: readonly string[], flags: Flags): CorpusSettings => {
  const { where, licence, textField, encoding, maxDocumentMb, nearDuplicates, limit, tokenizer } = flags;
  const stdinFormat = targets.includes('-') ? flags.stdinFormat : undefined;
  const version = versions().golongrl ?? '';
  return {
    version,
    targets: [...targets],
    where,
    licence,
    textField,
    encoding,
    stdinFormat,
    maxDocumentMb,
    nearDuplicates,
    limit,
    tokenizer: tokenizer === undefined ? undefined : path.resolve(tokenizer),
  };
};

async function corpus(targets: readonly string[], flags: Flags, terminal: Terminal): Promise<void> {
  const { out, format, workers, dryRun = false } = flags;
  const settings = settingsOf(targets, flags);
  let told = 0;
  let seen = 0;
  const line = progressLine(terminal);
  if (format !== 'quiet') line.start('Read documents');
  const onItem = (item: CorpusItem): void => {
    if (format !== 'quiet') line.show({ done: ++seen });
    if (item.type === 'document' || format === 'quiet' || told++ >= shownRefusals) return;
    line.keep(printable(`${item.id === '' ? targets.join(' ') : item.id}: ${item.code}: ${item.reason}`));
  };
  const onNotice = (text: string): void => (format === 'quiet' ? undefined : line.keep(text));
  const ifExists = ifExistsRule(flags) ?? 'fail';
  const summary = dryRun
    ? await countOnly(settings, workers, onItem)
    : await writeCorpus(out, settings, { ifExists, onItem, onNotice, workers });
  if (format !== 'quiet') line.clear();
  if (format === 'json') terminal.out(`${JSON.stringify(dryRun ? summary : { out, ...summary })}\n`);
  else if (format === 'quiet') terminal.out(dryRun ? '' : `${out}\n`);
  else
    terminal.out(
      `${[...summaryLines(summary, settings.tokenizer !== undefined).map(printable), dryRun ? 'Nothing was written.' : `Written to ${out}.`].join('\n')}\n`,
    );
  if (summary.documents > 0) return;
  const why =
    Object.keys(summary.refused).length === 0 ? 'there is no document' : `all were refused: ${list(summary.refused)}`;
  const where = dryRun ? '' : ` ${path.join(out, 'refused.jsonl')} names each with its reason.`;
  throw new InputError(
    'corpus-empty',
    `no document was kept of ${targets.join(' ')}: ${why}`,
    `Check the paths and --where.${where}`,
  );
}

async function countOnly(
  settings: CorpusSettings,
  workers: number,
  onItem: (item: CorpusItem) => void,
): Promise<CorpusSummary> {
  const counter = new CorpusCounter();
  const raw = readDocuments(settings.targets, readOptions(settings));
  const options = await corpusOptions(settings);
  for await (const item of take(streamCorpus(raw, { ...options, workers }), settings.limit)) {
    onItem(item);
    counter.add(item);
  }
  return counter.summary();
}

const list = (counts: Readonly<Record<string, number>>): string => allCounts(counts) || 'none';

const byName = (counts: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(counts).map(([code, count]) => [languageName(code), count]));

function summaryLines(summary: CorpusSummary, exact: boolean): string[] {
  const { documents, words, tokens, licences, languages, forms, refused, qualification } = summary;
  return [
    `${documents} documents, ${words} words, ${exact ? '' : 'about '}${tokens} tokens`,
    `refused: ${list(refused)}`,
    `licences: ${list(licences)}; languages: ${list(byName(languages))}; forms: ${list(forms)}`,
    ...taskIds.flatMap((task) => [
      `${task} ${String(qualification.byTask[task]).padStart(7)}  ${tasks[task].ability}`,
      ...qualification.subTasks
        .filter((entry) => entry.task === task)
        .map((entry) => `   ${String(entry.documents).padStart(7)}    ${entry.subTask}`),
    ]),
  ];
}
