/** @file Gradients on the device: what comes back are log-probabilities, entropies and one number that says whether all is finite. */
import { evaluateLoss } from '../../losses.ts';
import { buildTraining } from '../graph/model-graph.ts';
import { checkLogprobs, notFinite } from '../train/accumulate.ts';
import { gateFeeds, lossTokens } from '../train/gate-feeds.ts';
import type { HeadRows, MicroBatch } from '../train/packing.ts';
import type { PieceLoss, UnitLoss, UnitTrainer } from '../train/unit-trainer.ts';
import type { Unit } from '../train/units.ts';
import { projectionKey } from '../weights/parameters.ts';
import { type DeviceModel, microFeeds } from './device-model.ts';
import type { DeviceOutputs, ProgramSpec } from './device-program.ts';
import type { DeviceState } from './device-state.ts';
import { type DeviceTensor, disposeAll } from './device-tensor.ts';
import { stepLayered } from './layered/device-sequence.ts';
import { scatteredRows } from './scatter-rows.ts';

/** Adds to the gradients of a state. */
export class DeviceUnits implements UnitTrainer {
  private readonly model: DeviceModel;
  private readonly state: DeviceState;

  constructor(model: DeviceModel, state: DeviceState) {
    this.model = model;
    this.state = state;
  }

  begin(): void {
    this.state.dropGradients();
  }

  keep(): Promise<void> {
    return this.state.keepGradients();
  }

  drop(): void {
    this.state.dropGradients();
  }

  clear(): void {
    this.state.clearGradients();
  }

  /** Programs are the device's. */
  async release(): Promise<void> {}

  async packed(micro: MicroBatch, { spec, byRollout, load }: PieceLoss): Promise<UnitLoss> {
    const { config, device } = this.model;
    const { rows, shape } = micro;
    const program: ProgramSpec = {
      key: `training ${shape.kind} ${shape.chunks}`,
      build: () => buildTraining(config, shape, 'webgpu'),
      kept: (name) => name.startsWith('gradient.') || name === 'dx' || name === 'targetRows',
    };
    const tokens = lossTokens(spec, rows, byRollout);
    const gate = gateFeeds(spec, tokens);
    const feeds = { ...this.model.tables, ...microFeeds(micro), ...gate };
    const run = () => device.run(program, micro.sizes, { ...this.state.feeds, ...feeds });
    let outputs = await run();
    const result = evaluateLoss(spec, { ...tokens, now: outputs.host.logp as Float32Array });
    if (result.vetoed.size > 0) {
      // As on the processor: once more without the rollouts that the veto takes out.
      for (const [row, id] of rows.rolloutIds.entries()) if (result.vetoed.has(id)) gate.scale[row] = 0;
      disposeAll(Object.values(outputs.kept));
      outputs = await run();
    }
    await this.take(outputs, micro);
    load.add(outputs.host.expertLoad);
    return { result, entropy: (outputs.host.entropy as Float32Array).reduce((a, b) => a + b, 0) };
  }

  layered(unit: Unit, loss: PieceLoss, signal: AbortSignal | undefined): Promise<UnitLoss & { rows: HeadRows }> {
    return stepLayered(this.model, this.state, unit, { ...loss, signal });
  }

  /** Checks the outputs and adds what is a gradient; every kept output is the state's then, or gone. */
  private async take({ host, kept }: DeviceOutputs, micro: MicroBatch): Promise<void> {
    const { config, device } = this.model;
    const { groups } = micro.rows;
    try {
      checkLogprobs(host.logp as Float32Array, groups);
    } catch (error) {
      disposeAll(Object.values(kept));
      throw error;
    }
    const { dx, targetRows, ...gradients } = kept as Record<string, DeviceTensor>;
    for (const [name, gradient] of Object.entries(gradients))
      await this.state.addGradient(name.slice('gradient.'.length), gradient);
    const vocabulary = config.vocabSize;
    const parts = [
      [projectionKey(config), targetRows, micro.rows.targets],
      ['embedding', dx, micro.tokens],
    ] as const;
    for (const [key, rows, index] of parts) {
      if (!rows) continue;
      await this.state.addGradient(key, await scatteredRows(device, rows, { index, vocabulary }));
      rows.dispose();
    }
    const broken = await this.state.brokenGradient();
    const members = [...new Set(groups)].sort((a, b) => a - b);
    if (broken !== undefined) throw notFinite(`gradient of ${broken}`, `group ${members.join(' or ')}`);
  }
}
