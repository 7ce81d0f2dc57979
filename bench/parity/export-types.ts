/**
 * @file `npx tsx bench/parity/export-types.ts --python PYTHON [--model FOLDER]`: exports models as fp32, bf16 and fp16 and has
 * transformers load them: type and every weight must be as PyTorch would have rounded them. Without --model, on the tiny random
 * models of reference.py.
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { exportModel } from '../../src/engine/local/weights/export-model.ts';
import { weightTypes } from '../../src/engine/local/weights/safetensors.ts';

const { values } = parseArgs({
  options: { python: { type: 'string', default: 'python3' }, model: { type: 'string' } },
});
const script = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const python = (...args: string[]) =>
  spawnSync(values.python, args, { stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;

const work = await mkdtemp(join(tmpdir(), 'golongrl-export-'));
try {
  let sound = values.model !== undefined || python(script('reference.py'), 'make', work);
  const models = values.model ? [values.model] : (await readdir(work)).toSorted().map((name) => join(work, name));
  console.log('| model | --dtype | in transformers | values | unlike |\n| --- | --- | --- | --- | --- |');
  for (const model of models) {
    for (const type of weightTypes) {
      const copy = join(work, `copy-${type}`);
      await exportModel(model, copy, type);
      sound = python(script('export_types.py'), model, copy, type) && sound;
      await rm(copy, { recursive: true });
    }
  }
  process.exitCode = sound ? 0 : 1;
} finally {
  await rm(work, { recursive: true });
}
