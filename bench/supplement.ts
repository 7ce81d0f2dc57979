/**
 * @file The loop of P4 once round, with real training (`npm run check:supplement`, about 10 minutes on two idle cores): a dataset is
 * validated on the embedded micro policy, the run's evaluation is diagnosed, what is weakest becomes a request, the request becomes the
 * next version, and the next version is validated. Prints both results; it promises nothing about which is better.
 * `-- --out DIR` keeps everything and, started again, goes on where it stood; `--samples`, `--steps`, `--add` and `--least` (responses that a cell needs) change
 * its size.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runCommand } from '../src/cli/main.ts';

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'runs/supplement' },
    samples: { type: 'string', default: '2700' },
    steps: { type: 'string', default: '76' },
    add: { type: 'string', default: '300' },
    least: { type: 'string', default: '20' },
  },
});
const at = (...names: string[]): string => path.join(values.out, ...names);

async function golongrl(...args: string[]): Promise<void> {
  console.log(`\n$ golongrl ${args.join(' ')}`);
  const terminal = {
    out: (text: string) => process.stdout.write(text),
    err: (text: string) => process.stderr.write(text),
    columns: undefined,
  };
  const code = await runCommand(args, terminal);
  if (code !== 0) throw new Error(`exit code ${code}`);
}
const complete = (dataset: string): boolean => existsSync(at(dataset, 'manifest.json'));
const validate = async (dataset: string, run: string): Promise<void> => {
  const begun = existsSync(at(run, 'config.yaml')) ? ['--resume'] : [];
  await golongrl('data', 'validate', at(dataset), '--steps', values.steps, '--out', at(run), ...begun);
};

if (!complete('base'))
  await golongrl('data', 'build', '--short', values.samples, '--long', '0', '--out', at('base'), '--overwrite');
await validate('base', 'run-base');
await golongrl(
  'data',
  'diagnose',
  at('run-base'),
  '--samples',
  values.add,
  '--least-samples',
  values.least,
  '--anyway',
  '--out',
  at('request.json'),
);
if (!complete('next'))
  await golongrl(
    'data',
    'build',
    '--request',
    at('request.json'),
    '--base',
    at('base'),
    '--out',
    at('next'),
    '--overwrite',
  );
await golongrl('data', 'diff', at('base'), at('next'));
await validate('next', 'run-next');
