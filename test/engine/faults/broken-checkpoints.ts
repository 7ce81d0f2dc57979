/**
 * @file Checkpoints of a real run, damaged: resuming must name what is wrong and change nothing; without the damaged folder, as the
 * error's hint says, the run must go on from the one before and end as the unbroken one.
 */
import { cp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import xxhash from 'xxhash-wasm';
import { readCheckpoint, writeModel } from '../../../src/engine/local/weights/checkpoint.ts';
import { makeParameters, parameterLayout } from '../../../src/engine/local/weights/parameters.ts';
import type { Fault } from './main.ts';
import { compare, expectThat, finishTraining, startTraining } from './training.ts';

type Damage = (checkpoint: string) => Promise<void>;

/** Makes the manifest say what the files are now, as a program would that wrote them so. */
async function reseal(checkpoint: string): Promise<void> {
  const path = join(checkpoint, 'manifest.json');
  const manifest = JSON.parse(await readFile(path, 'utf8'));
  const { h64Raw } = await xxhash();
  for (const name of Object.keys(manifest.files)) {
    const bytes = await readFile(join(checkpoint, name));
    manifest.files[name] = { bytes: bytes.length, xxhash64: h64Raw(bytes).toString(16).padStart(16, '0') };
  }
  await writeFile(path, JSON.stringify(manifest));
}

/** The same checkpoint with other numbers, and a manifest that fits them. */
async function rewrite(checkpoint: string, change: (values: Float32Array) => void, what: 'weights' | 'moments') {
  const { config, configJson, parameters: flat, optimizer } = await readCheckpoint(checkpoint);
  change(what === 'weights' ? flat : optimizer.v);
  const parameters = makeParameters(parameterLayout(config), flat);
  await writeModel(checkpoint, { config, configJson, parameters, optimizer });
}

const cut =
  (name: string): Damage =>
  async (checkpoint) => {
    const path = join(checkpoint, name);
    await truncate(path, Math.floor((await readFile(path)).length / 2));
  };

const poison = (values: Float32Array) => {
  values[Math.floor(values.length / 3)] = Number.NaN;
};

/** Damage by name, and what the error must say. */
const damages: Readonly<Record<string, { damage: Damage; says: RegExp }>> = {
  'model.safetensors cut': {
    damage: cut('model.safetensors'),
    says: /model\.safetensors: got \d+ bytes, the manifest says/,
  },
  'model.safetensors cut, manifest fitting': {
    damage: async (checkpoint) => {
      await cut('model.safetensors')(checkpoint);
      await reseal(checkpoint);
    },
    says: /tensor ".+" ends at byte \d+, but the file has \d+/,
  },
  'optimizer.safetensors cut': { damage: cut('optimizer.safetensors'), says: /optimizer\.safetensors: got \d+ bytes/ },
  'a byte changed': {
    damage: async (checkpoint) => {
      const path = join(checkpoint, 'model.safetensors');
      const bytes = await readFile(path);
      bytes[bytes.length - 9] = (bytes[bytes.length - 9] as number) ^ 1;
      await writeFile(path, bytes);
    },
    says: /model\.safetensors: the content is not what the manifest says/,
  },
  'manifest missing': { damage: (checkpoint) => rm(join(checkpoint, 'manifest.json')), says: /manifest\.json/ },
  'wrong shapes': {
    damage: async (checkpoint) => {
      const path = join(checkpoint, 'model.safetensors');
      const text = (await readFile(path)).toString('latin1');
      // The header keeps its length, so that every byte of the data stays where it is.
      const swapped = text.replace(/("model\.norm\.weight":\{"dtype":"F32","shape":)\[32\]/, '$1[23]');
      expectThat(swapped !== text, 'the header has no such tensor');
      await writeFile(path, Buffer.from(swapped, 'latin1'));
      await reseal(checkpoint);
    },
    says: /tensor "model\.norm\.weight" has shape \[23\], expected \[32\]/,
  },
  'another configuration': {
    damage: async (checkpoint) => {
      const path = join(checkpoint, 'config.json');
      await writeFile(path, (await readFile(path, 'utf8')).replace('"hidden_size": 32', '"hidden_size": 64'));
      await reseal(checkpoint);
    },
    says: /tensor ".+" has shape \[.+\], expected \[.+\]/,
  },
  'NaN in the weights': {
    damage: (checkpoint) => rewrite(checkpoint, poison, 'weights'),
    says: /tensor ".+" holds values that are not finite/,
  },
  'NaN in the moments': {
    damage: (checkpoint) => rewrite(checkpoint, poison, 'moments'),
    says: /optimizer\.safetensors: tensor "v" holds values that are not finite/,
  },
};

export const brokenCheckpoints: Readonly<Record<string, Fault>> = Object.fromEntries(
  Object.entries(damages).map(([name, { damage, says }]): [string, Fault] => [
    name,
    async ({ root, whole, model }) => {
      const run = join(root, `damaged ${name}`);
      await cp(whole, run, { recursive: true });
      const last = join(run, 'checkpoints', (await readdir(join(run, 'checkpoints'))).sort().at(-1) ?? '');
      await damage(last);
      const metrics = await readFile(join(run, 'metrics.jsonl'));
      const { code, said } = await startTraining(run, model).ended;
      expectThat(code === 1 && says.test(said) && said.includes(last), `Ended with ${code} and said: ${said}`);
      expectThat(metrics.equals(await readFile(join(run, 'metrics.jsonl'))), 'The refused run changed its metrics.');
      await rm(last, { recursive: true });
      await finishTraining(run, model);
      await compare(whole, run);
      return `"…${says.exec(said)?.[0]}"; resumed from the one before: equal`;
    },
  ]),
);
