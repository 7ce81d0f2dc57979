/**
 * @file NaN put into the memory of the real engine in the middle of a run: the run must end naming the prompt, keep the prompts in
 * `not-finite.json`, and leave only checkpoints that load, all from before.
 */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Engine } from '../../../src/engine/engine.ts';
import { EngineCore } from '../../../src/engine/local/engine-core.ts';
import type { OptimizerState } from '../../../src/engine/local/train/optimizer.ts';
import type { Parameters } from '../../../src/engine/local/weights/parameters.ts';
import { EngineError } from '../../../src/errors.ts';
import type { Fault } from './main.ts';
import { checkRecorded, expectThat, trainHere } from './training.ts';

/** The memory of the engine, which nothing but a fault has a reason to reach. */
const weightsOf = (core: EngineCore) => Reflect.get(core, 'parameters') as Parameters;
const momentsOf = (core: EngineCore) => Reflect.get(core, 'optimizer') as OptimizerState;

const poison = (values: Float32Array | undefined) => values?.fill(Number.NaN, 0, 1);

/** The step that meets the fault. */
const badStep = 9;

type Before = 'sample' | 'forwardBackward' | 'optimStep' | 'save';

/** The engine with `fault` just before one of its calls of the bad step. */
function breaking(core: EngineCore, before: Before, fault: () => void): Engine {
  let updates = 0;
  const here = (method: Before) => {
    if (method === before && updates + 1 === badStep) fault();
  };
  return {
    info: () => core.info(),
    sample: (request) => {
      here('sample');
      return core.sample(request);
    },
    forwardBackward: (batch, loss, signal) => {
      here('forwardBackward');
      return core.forwardBackward(batch, loss, signal);
    },
    optimStep: async (params) => {
      here('optimStep');
      const metrics = await core.optimStep(params);
      updates += 1;
      return metrics;
    },
    save: (directory) => {
      // Checkpoints follow even steps: the first one after the bad step's update.
      if (before === 'save' && updates >= badStep) fault();
      return core.save(directory);
    },
    load: (ref) => core.load(ref),
    close: () => core.close(),
  };
}

const cases: Readonly<
  Record<string, { before: Before; fault: (core: EngineCore) => void; names: RegExp | undefined }>
> = {
  'weights, before sampling': {
    before: 'sample',
    fault: (core) => poison(weightsOf(core).views.finalNorm),
    names: /Prompt 0 of the draw/,
  },
  'weights, before the gradient': {
    before: 'forwardBackward',
    fault: (core) => poison(weightsOf(core).views['layer0.up']),
    names: /group \d/,
  },
  'moments, before the update': {
    before: 'optimStep',
    fault: (core) => poison(momentsOf(core).v),
    names: /parameters are not finite after step 9/,
  },
  'weights, before the checkpoint': {
    before: 'save',
    fault: (core) => poison(weightsOf(core).views['layer0.down']),
    names: /layer0\.down holds values that are not finite; nothing was written/,
  },
};

export const notFinite: Readonly<Record<string, Fault>> = Object.fromEntries(
  Object.entries(cases).map(([name, { before, fault, names }]): [string, Fault] => [
    `NaN in live ${name}`,
    async ({ root, model }) => {
      const run = join(root, `nan ${name}`);
      await mkdir(run);
      const core = await EngineCore.open({ model, threads: 1 });
      const engine = breaking(core, before, () => fault(core));
      const error: unknown = await trainHere(run, model, engine).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expectThat(error instanceof EngineError && error.code === 'not-finite', `The run ended with ${String(error)}`);
      const { message } = error as EngineError;
      expectThat(names?.test(message) ?? true, `The error is: ${message}`);
      const recorded = await checkRecorded(run);
      expectThat(
        recorded.length > 0 && recorded.every((step) => step < badStep),
        `Checkpoints of steps ${recorded} are there.`,
      );
      if (before === 'save') return `"${message}"; checkpoints of steps ${recorded.join(', ')} load`;
      const saved = JSON.parse(await readFile(join(run, 'not-finite.json'), 'utf8'));
      expectThat(saved.step === badStep && saved.groups.length === 4, 'not-finite.json lacks the prompts of the step.');
      return `"${message}"; not-finite.json has the prompts; checkpoints of steps ${recorded.join(', ')} load`;
    },
  ]),
);
