/**
 * @file `npm run check:families -- --python PYTHON [--only NAME]...`: a tiny random model of every family that the engine runs, against
 * transformers and peft, as one table. Exits with 1 when a cell exceeds its bound.
 * The environment needs torch, transformers, safetensors and peft.
 */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bounds, compare, type Row } from './compare.ts';
import { Reference } from './reference.ts';

const { values } = parseArgs({
  options: { python: { type: 'string', default: 'python3' }, only: { type: 'string', multiple: true } },
});

/** The cells of a row, each with its bound. */
const cells = (row: Row): readonly (readonly [value: number, bound: number])[] => [
  [row.logits, bounds.logits],
  [row.gradient, bounds.gradient],
  [row.step, bounds.step],
  [row.decode, bounds.logits],
  [row.adapterLogits, bounds.logits],
  [row.adapterGradient, bounds.gradient],
  [row.copy, bounds.copy],
];

const work = await mkdtemp(join(tmpdir(), 'golongrl-families-'));
const reference = new Reference(values.python);
try {
  await reference.call('families', work);
  const folders = (await readdir(work, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const names = folders
    .map(({ name }) => name)
    .filter((name) => values.only === undefined || values.only.includes(name));
  console.log('| family | logits | gradients | AdamW | decoding | LoRA, logits | LoRA, gradients | export |');
  console.log(`|${' --- |'.repeat(8)}`);
  let faults = 0;
  for (const name of names.toSorted()) {
    const row = cells(await compare({ work, reference }, join(work, name)));
    faults += row.filter(([value, bound]) => !(value <= bound)).length;
    const shown = row.map(([value, bound]) => `${value <= bound ? '' : 'OVER '}${value.toExponential(1)}`);
    console.log(`| ${name} | ${shown.join(' | ')} |`);
  }
  console.log(faults === 0 ? 'Every cell is within its bound.' : `${faults} cells are over their bounds.`);
  process.exitCode = faults === 0 ? 0 : 1;
} finally {
  reference.close();
  await rm(work, { recursive: true });
}
