/**
 * @file `npm run check:exports -- --venv DIR`: builds a small mixture, exports it in every form, and lets the trainers' own loaders read
 * it: `datasets`, TRL's GRPOTrainer (one step on a tiny random model), verl's RLHFDataset, OpenRLHF's PromptDataset. DIR is a Python
 * virtual environment with datasets, trl, verl and openrlhf; what is missing in it fails the check by name.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runCommand } from '../src/cli/main.ts';

const { values } = parseArgs({ options: { venv: { type: 'string' } } });
if (values.venv === undefined) throw new Error('Give the virtual environment: npm run check:exports -- --venv DIR');

const folder = mkdtempSync(path.join(tmpdir(), 'golongrl-exports-'));
const terminal = { out: (text: string) => process.stdout.write(text), err: () => undefined, columns: undefined };
const golongrl = async (...args: string[]): Promise<void> => {
  const code = await runCommand(args, terminal);
  if (code !== 0) throw new Error(`golongrl ${args.join(' ')}: exit code ${code}`);
};
try {
  const dataset = path.join(folder, 'dataset');
  await golongrl('data', 'build', '--preset', 'balanced', '--samples', '180', '--out', dataset, '--format', 'quiet');
  for (const trainer of ['verl', 'trl', 'openrlhf'])
    for (const end of ['parquet', 'jsonl'])
      await golongrl('data', 'export', dataset, '--to', trainer, '--out', path.join(folder, `${trainer}.${end}`));
  await golongrl('data', 'export', dataset, '--to', 'hf', '--out', path.join(folder, 'hub'));
  const python = path.join(values.venv, 'bin', 'python');
  const script = path.resolve(import.meta.dirname, 'checks', 'exports.py');
  const env = {
    ...process.env,
    HF_HUB_OFFLINE: '1',
    HF_HOME: path.join(folder, 'cache'),
    TOKENIZERS_PARALLELISM: 'false',
  };
  const { status } = spawnSync(python, [script, folder], { stdio: 'inherit', env });
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true });
}
