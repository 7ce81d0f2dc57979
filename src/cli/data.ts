/**
 * @file `golongrl data`: datasets from documents, and a look into them.
 */
import type { Command } from 'commander';
import { registerBuild } from './data-build.ts';
import { registerCalibrate } from './data-calibrate.ts';
import { registerCorpus } from './data-corpus.ts';
import { registerDecontaminate } from './data-decontaminate.ts';
import { registerDiagnose } from './data-diagnose.ts';
import { registerDiff } from './data-diff.ts';
import { registerExport } from './data-export.ts';
import { registerImport } from './data-import.ts';
import { registerInspect } from './data-inspect.ts';
import { registerLint } from './data-lint.ts';
import { registerMerge } from './data-merge.ts';
import { registerValidate } from './data-validate.ts';
import type { Terminal } from './terminal.ts';

export function register(program: Command, terminal: Terminal): void {
  const data = program.command('data').description('build datasets from documents, and look into them');
  registerCorpus(data, terminal);
  registerBuild(data, terminal);
  registerImport(data, terminal);
  registerMerge(data, terminal);
  registerCalibrate(data, terminal);
  registerInspect(data, terminal);
  registerDiagnose(data, terminal);
  registerDecontaminate(data, terminal);
  registerDiff(data, terminal);
  registerLint(data, terminal);
  registerExport(data, terminal);
  registerValidate(data, terminal);
}
