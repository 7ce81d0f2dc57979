/**
 * @file Compares models in the embedded engine with PyTorch and transformers (compare.ts). Prints a table; exits with 1 when a
 * bound is exceeded.
 *
 * Run: npx tsx bench/parity/parity.ts --python VENV/bin/python [--model FOLDER|FILE.gguf]...
 * The environment needs torch, transformers, safetensors, peft and, for GGUF files, gguf. Without --model the tiny random
 * models of reference.py are compared.
 */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bounds, compare } from './compare.ts';
import { Reference } from './reference.ts';

const { values } = parseArgs({
  options: { python: { type: 'string' }, model: { type: 'string', multiple: true } },
});
const { python } = values;
if (python === undefined) throw new Error('--python: a Python with torch and transformers is needed.');
const work = await mkdtemp(join(tmpdir(), 'golongrl-parity-'));
const reference = new Reference(python);

try {
  let models = values.model ?? [];
  if (models.length === 0) {
    await reference.call('make', work);
    models = (await readdir(work, { withFileTypes: true }))
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => join(work, name));
  }
  console.log(
    '| model | logits, max | gradient, worst relative | AdamW on the same gradient | AdamW on own gradient (share over 1e-5) | decoding | our copy, logits | adapter in peft, logits | its gradient | tokens |',
  );
  console.log(`|${' --- |'.repeat(10)}`);
  const number = (value: number) => value.toExponential(1);
  let failed = false;
  for (const path of models.toSorted()) {
    const row = await compare({ work, reference }, path);
    failed ||= !(row.logits <= bounds.logits && row.gradient <= bounds.gradient && row.step <= bounds.step);
    failed ||= !(row.decode <= bounds.logits) || row.tokens.startsWith('differ') || !(row.copy <= 1e-5);
    failed ||= !(row.adapterLogits <= bounds.logits && row.adapterGradient <= bounds.gradient);
    console.log(
      `| ${row.model} | ${number(row.logits)} | ${number(row.gradient)} (${row.gradientOf}) | ${number(row.step)} | ${number(row.ownStep)} (${number(row.ownStepShare)}) | ${number(row.decode)} | ${number(row.copy)} | ${number(row.adapterLogits)} | ${number(row.adapterGradient)} | ${row.tokens} |`,
    );
  }
  if (failed) process.exitCode = 1;
} finally {
  reference.close();
  await rm(work, { recursive: true });
}
