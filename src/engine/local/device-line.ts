/** @file What a person is told of a device before a run: how it compared, and what of the graphs it does not run. */
import type { DeviceInfo } from '../engine.ts';

/** One line. */
export function deviceLine({ name, fallbacks, largestTensor, ...figures }: DeviceInfo): string {
  const { lossDifference, gradientDifference, equalTokens, tokens } = figures;
  const nodes = fallbacks.map(({ operator, nodes: count }) => `${operator} (${count})`);
  const where =
    nodes.length === 0 ? 'every node runs on the device' : `these nodes run on the processor: ${nodes.join(', ')}`;
  const largest = largestTensor === undefined ? '' : `; tensors of up to ${(largestTensor / 1e9).toFixed(1)} GB`;
  return `${name}: beside the processor the loss differs by ${lossDifference.toExponential(1)}, gradients by ${gradientDifference.toExponential(1)}, ${equalTokens} of ${tokens} tokens are equal; ${where}${largest}.`;
}
