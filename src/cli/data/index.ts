/**
 * @file `golongrl data`: datasets from documents, and a look into them.
 */
import type { Command } from 'commander';
import { addLazyCommands, type LazyCommand } from '../shared/lazy-commands.ts';
import type { Terminal } from '../shared/terminal.ts';

/** In the order in which a dataset is made, looked into and handed on. */
export const commands: readonly LazyCommand[] = [
  {
    usage: 'corpus [options] <paths...>',
    description:
      'read documents (txt, md, rst, html, jsonl, json, csv, tsv, parquet, epub, pdf, docx, xlsx, pptx, odt, ods, rtf, tex, vtt, srt, eml, each also .gz), filter them, say which tasks each serves',
    load: async () => (await import('./corpus.ts')).registerCorpus,
  },
  {
    usage: 'build [options] [config]',
    description: 'build the nine-task dataset from documents, without a language model, or with those of CONFIG',
    load: async () => (await import('./build.ts')).registerBuild,
  },
  {
    usage: 'import [options] <paths...>',
    description: 'rows of the released layout, or of any question-answering set by a mapping file, as native samples',
    load: async () => (await import('./import.ts')).registerImport,
  },
  {
    usage: 'merge [options] <shards...>',
    description: 'all shards of `data build --shard i/n` as one dataset, the same bytes as one build writes',
    load: async () => (await import('./merge.ts')).registerMerge,
  },
  {
    usage: 'calibrate [options] <dataset>',
    description: 'label samples easy, medium or hard by rollouts, and choose them in a ratio',
    load: async () => (await import('./calibrate.ts')).registerCalibrate,
  },
  {
    usage: 'inspect [options] <path>',
    description: 'summarise a dataset, or show one of its samples with its provenance',
    load: async () => (await import('./inspect.ts')).registerInspect,
  },
  {
    usage: 'diagnose [options] <run>',
    description: 'find the weakest capability by prompt length in an evaluation, and write a data request',
    load: async () => (await import('./diagnose.ts')).registerDiagnose,
  },
  {
    usage: 'decontaminate [options] <path>',
    description: 'find samples that repeat a benchmark: question, answer and context, by 13-grams and containment',
    load: async () => (await import('./decontaminate.ts')).registerDecontaminate,
  },
  {
    usage: 'diff [options] <before> <after>',
    description: 'compare two versions of a dataset: samples added, removed, changed; samples and tokens of each task',
    load: async () => (await import('./diff.ts')).registerDiff,
  },
  {
    usage: 'lint [options] <path>',
    description: 'find favourite letters, telling lengths and places, copied answers, rewards that pay blind policies',
    load: async () => (await import('./lint.ts')).registerLint,
  },
  {
    usage: 'export [options] <path>',
    description: 'write a dataset for verl, TRL or OpenRLHF, or as a folder for the Hugging Face hub',
    load: async () => (await import('./export.ts')).registerExport,
  },
  {
    usage: 'validate [options] <dataset>',
    description:
      'train on a random subset of a dataset before a full run: held-out rewards before and after, with intervals',
    load: async () => (await import('./validate.ts')).registerValidate,
  },
];

/** Its commands are loaded when they are named, as those of the program are. */
export function register(command: Command, terminal: Terminal): void {
  addLazyCommands(command, terminal, commands);
}
