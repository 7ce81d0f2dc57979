/**
 * @file `npm run check:webgpu -- [--only TEXT] [--own] [--driver FILE]`: the engine on a WebGPU device beside the engine on the
 * processor. The device is SwiftShader, a software one that comes with Chromium (SWIFTSHADER names another folder of it); with `--own`
 * it is what the machine has, with `--driver` that of a Vulkan driver's manifest (`/usr/share/vulkan/icd.d/lvp_icd.x86_64.json` is
 * Mesa's lavapipe, of Mesa 25 or newer). Exits with 1 if something is not as it should be, and says why where there is no device to run on.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeChainPolicy } from '../../chain-policy.ts';
import { failures } from './failures.ts';
import { halfPrecision } from './half-precision.ts';
import { longPrompts } from './long-prompts.ts';
import { numbers } from './numbers.ts';
import { fiveSteps, killAndResume, micro } from './runs.ts';
import { useDriver, useSoftwareDevice } from './software-device.ts';

export interface WebgpuContext {
  /** A folder to work in. */
  readonly root: string;
  /** A small policy that learns. */
  readonly model: string;
}

/** Says what came of it. @throws when that is not as it should be. */
export type WebgpuCheck = (context: WebgpuContext) => Promise<string>;

const checks: Readonly<Record<string, WebgpuCheck>> = {
  'the test before a run': micro,
  ...numbers,
  ...halfPrecision,
  'prompts of 4K': longPrompts,
  'kill and resume': killAndResume,
  'quickstart of 5 steps': fiveSteps,
  ...failures,
};

async function runChecks(only: string): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'golongrl-webgpu-'));
  const model = await writeChainPolicy();
  try {
    for (const [name, check] of Object.entries(checks)) {
      if (!name.includes(only)) continue;
      const begun = performance.now();
      const [verdict, text] = await check({ root, model }).then(
        (came) => ['ok', came],
        (error: unknown) => ['FAILED', error instanceof Error ? error.message : String(error)],
      );
      if (verdict === 'FAILED') process.exitCode = 1;
      process.stdout.write(`${verdict} ${name} (${((performance.now() - begun) / 1000).toFixed(0)} s): ${text}\n`);
    }
  } finally {
    await rm(root, { recursive: true });
    await rm(join(model, '..'), { recursive: true });
  }
}

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    own: { type: 'boolean', default: false },
    driver: { type: 'string' },
  },
});
function chosenDevice(): string | undefined {
  if (values.own) return "the machine's own device";
  return values.driver === undefined ? useSoftwareDevice() : useDriver(values.driver);
}
const software = chosenDevice();
if (software === undefined) {
  process.stdout.write('Skipped: SwiftShader was not found. Install Chromium, or name its folder in SWIFTSHADER.\n');
} else {
  process.stdout.write(`Device: ${software}\n`);
  await runChecks(values.only);
}
