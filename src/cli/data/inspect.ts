/**
 * @file `golongrl data inspect`: what a dataset holds, one of its samples with its provenance, or a document as the pipeline sees it.
 */

import type { Command } from 'commander';
import { UsageError } from '../../errors.ts';
import { allCounts } from '../../format.ts';
import type { Sample } from '../../samples/sample.ts';
import { SampleCounter } from '../../samples/sample-counter.ts';
import { samplesOf } from '../../samples/samples-of.ts';
import { taskIds, tasks } from '../../tasks/task.ts';
import { choice, type Format, formats } from '../shared/options.ts';
import type { Terminal } from '../shared/terminal.ts';
import { DialogueCounter } from './dialogue-counter.ts';
import { isDocumentFile } from './document-file.ts';
import type { DocumentFlags } from './inspect-document.ts';

/** Characters of a prompt that are shown at its start and at its end. */
const shownPrompt = 700;

function sampleLines(sample: Sample, full: boolean): string[] {
  const { prompt, provenance, reward } = sample;
  const short = full || prompt.length <= 2 * shownPrompt;
  const shown = short
    ? prompt
    : `${prompt.slice(0, shownPrompt)}\n[... ${prompt.length - 2 * shownPrompt} characters ...]\n${prompt.slice(-shownPrompt)}`;
  return [
    `${sample.id}  ${sample.task} ${tasks[sample.task].ability} (${reward.metric})  ${sample.rendering}, ${sample.split}, ${sample.tokens} tokens`,
    '',
    shown,
    '',
    `Gold: ${reward.gold.join(' | ')}`,
    `Rationale: ${sample.rationale.replaceAll('\n', ' | ')}`,
    `Generator: ${provenance.generator} version ${provenance.generatorVersion}, seed ${provenance.seed}`,
    `Evidence: ${provenance.evidence.map(({ document, span }) => `${document} ${span.start}-${span.end}`).join(', ')}`,
    `Documents: ${provenance.documents.map(({ id, sha256, licence }) => `${id} (${sha256.slice(0, 8)}, ${licence})`).join(', ')}`,
  ];
}

interface InspectFlags extends DocumentFlags {
  readonly dialogues?: boolean;
  readonly sample?: string;
}

/** Flags that say something of the other kind of file only. */
function checkFlags(target: string, flags: InspectFlags, document: boolean): void {
  const { dialogues, sample, document: which, html, textField, encoding } = flags;
  const foreign: Readonly<Record<string, unknown>> = document
    ? { '--sample': sample, '--dialogues': dialogues }
    : { '--document': which, '--html': html, '--text-field': textField, '--encoding': encoding };
  const given = Object.keys(foreign).find((flag) => foreign[flag] !== undefined);
  if (given === undefined) return;
  const kind = document ? 'a document, and the flag is for datasets' : 'a dataset, and the flag is for documents';
  throw new UsageError('flags-conflict', `${given}: ${target} is ${kind}.`);
}

async function inspectDialogues(target: string, format: Format, terminal: Terminal): Promise<void> {
  const counter = new DialogueCounter();
  for await (const sample of samplesOf(target)) counter.add(sample);
  terminal.out(`${format === 'json' ? JSON.stringify(counter.summary()) : counter.lines().join('\n')}\n`);
}

async function inspect(target: string, flags: InspectFlags, terminal: Terminal): Promise<void> {
  const document = await isDocumentFile(target);
  checkFlags(target, flags, document);
  // The parser is loaded for documents only: samples are shown without it.
  if (document) return await (await import('./inspect-document.ts')).inspectDocument(target, flags, terminal);
  if (flags.dialogues === true) return await inspectDialogues(target, flags.format, terminal);
  const counter = new SampleCounter();
  let index = 0;
  for await (const sample of samplesOf(target)) {
    if (flags.sample === String(index) || flags.sample === sample.id) {
      const shown =
        flags.format === 'json' ? JSON.stringify(sample) : sampleLines(sample, flags.full === true).join('\n');
      terminal.out(`${shown}\n`);
      return;
    }
    counter.add(sample);
    index++;
  }
  if (flags.sample !== undefined) {
    throw new UsageError(
      'no-such-sample',
      `--sample: got "${flags.sample}", expected an id or a number from 0 to ${index - 1}`,
    );
  }
  const summary = counter.summary();
  if (flags.format === 'json') {
    terminal.out(`${JSON.stringify(summary)}\n`);
    return;
  }
  const { least, most, sum } = summary.tokens;
  terminal.out(
    `${[
      `${summary.samples} samples: ${allCounts(summary.bySplit)}; ${allCounts(summary.byRendering)}`,
      ...taskIds.map(
        (task) =>
          `  ${task} ${String(summary.byTask[task]).padStart(6)}  ${tasks[task].ability} (${tasks[task].metric})`,
      ),
      `prompt tokens: ${least} to ${most}, ${sum} in all`,
      `Look at one with --sample 0${index > 1 ? ` ... ${index - 1}` : ''} or --sample ID.`,
    ].join('\n')}\n`,
  );
}

/** Streams the samples, so a dataset may be larger than the memory. */
export function registerInspect(command: Command, terminal: Terminal): void {
  command
    .argument('<path>', 'dataset directory, a file of native samples (JSON lines), or a document')
    .option('--sample <which>', 'show this sample: its number from 0, or its id')
    .option('--full', 'show the whole prompt; of a document, all that was found')
    .option('--dialogues', 'count dialogues, and those of over 50 turns and 30K tokens')
    .option('--document <which>', 'of a file with many documents: its number from 0, or its id (default 0)')
    .option('--html <file>', 'write a page of the document with every fact marked in its text')
    .option('--text-field <name>', 'column that holds the text, in JSON, CSV and Parquet')
    .option('--encoding <label>', 'of a text file, e.g. gb18030; told from the bytes by default')
    .option('--format <format>', 'human | json | quiet', choice('--format', formats), 'human')
    .action((target: string, flags: InspectFlags) => inspect(target, flags, terminal));
}
