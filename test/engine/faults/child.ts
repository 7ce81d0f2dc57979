/** @file `child.ts RUN MODEL DEVICE STEPS`: the process of a training that may be broken. */
import type { ComputeDevice } from '../../../src/engine/local/compute.ts';
import { trainHere } from './training.ts';

const [path, model, device, steps] = process.argv.slice(2);
const variant = { device: device as ComputeDevice, steps: Number(steps) };
await trainHere(path as string, model as string, undefined, variant).catch((error: unknown) => {
  const { message, hint, code } = error as { message: string; hint?: string; code?: string };
  process.stderr.write(`${code ?? 'unexpected'}: ${message}\n${hint ?? ''}\n`);
  process.exitCode = 1;
});
