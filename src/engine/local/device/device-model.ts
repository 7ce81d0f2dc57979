/** @file The model as the device's programs share it: its shape, and its tables of cosines and sines, copied there once. */

import type { TensorData } from '../graph/graph.ts';
import { ropeTables } from '../graph/rope-tables.ts';
import type { MicroBatch } from '../train/packing.ts';
import type { ModelConfig } from '../weights/model-config.ts';
import type { Device } from './device.ts';
import type { DeviceTensor } from './device-tensor.ts';
import { type DeviceBlockSizes, defaultDeviceBlocks } from './layered/block-plan.ts';

/** Weights come with each call: they are those of the policy, or of its reference. */
export interface DeviceModel {
  readonly device: Device;
  readonly config: ModelConfig;
  /** [maxContext, headDim / 2] each, by the name that graphs have for them. */
  readonly tables: Readonly<Record<string, DeviceTensor>>;
  /** Of the layered pass. */
  readonly blocks: DeviceBlockSizes;
}

/** Copies the tables. */
export async function openDeviceModel(
  device: Device,
  config: ModelConfig,
  blocks: DeviceBlockSizes = defaultDeviceBlocks,
): Promise<DeviceModel> {
  const shape = [config.maxContext, config.headDim / 2];
  const tables: Record<string, DeviceTensor> = {};
  for (const [name, table] of Object.entries(ropeTables(config))) tables[name] = await device.upload(table, shape);
  return { device, config, tables, blocks };
}

/** A micro-batch's inputs, with the tails' positions as graphs for the device take them. */
export function microFeeds({ feeds, sizes }: MicroBatch): Readonly<Record<string, TensorData>> {
  const { positions } = feeds;
  const tailPositions = positions?.subarray(0, sizes.Nt);
  return tailPositions ? { ...feeds, tailPositions } : feeds;
}
