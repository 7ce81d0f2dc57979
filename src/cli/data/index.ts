/**
 * @file `golongrl data`: datasets from documents, and a look into them.
 */
import type { Command } from 'commander';
import type { Terminal } from '../shared/terminal.ts';
import { registerBuild } from './build.ts';
import { registerCalibrate } from './calibrate.ts';
import { registerCorpus } from './corpus.ts';
import { registerDecontaminate } from './decontaminate.ts';
import { registerDiagnose } from './diagnose.ts';
import { registerDiff } from './diff.ts';
import { registerExport } from './export.ts';
import { registerImport } from './import.ts';
import { registerInspect } from './inspect.ts';
import { registerLint } from './lint.ts';
import { registerMerge } from './merge.ts';
import { registerValidate } from './validate.ts';

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
