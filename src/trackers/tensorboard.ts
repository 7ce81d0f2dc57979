/**
 * @file Event files for TensorBoard under `RUN/tensorboard`: records of TFRecord with one `Event` each (tensorflow/core/util/event.proto,
 * framework/summary.proto). Trackio and wandb import such a folder too. A run that goes on is written anew from its directory, so that
 * steps which were rolled back do not stand there twice.
 */
import { mkdir, open, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import CRC32C from 'crc-32/crc32c.js';
import { ProtoWriter } from '../protobuf.ts';
import type { RolloutRow, Scalars, TrackedRun, Tracker } from './tracker.ts';

const stringTensor = 7;
const tensorData = 2;

/** The checksum of a TFRecord: CRC-32C, turned and shifted so that a checksum of checksums is not degenerate. */
function maskedChecksum(bytes: Uint8Array): number {
  const crc = CRC32C.buf(bytes) >>> 0;
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}

function record(data: Uint8Array): Uint8Array {
  const framed = new Uint8Array(data.length + 16);
  const view = new DataView(framed.buffer);
  view.setBigUint64(0, BigInt(data.length), true);
  view.setUint32(8, maskedChecksum(framed.subarray(0, 8)), true);
  framed.set(data, 12);
  view.setUint32(12 + data.length, maskedChecksum(data), true);
  return framed;
}

const event = (step: number, time: number, fill: (writer: ProtoWriter) => void): Uint8Array => {
  const writer = new ProtoWriter().double(1, time / 1000).integer(2, step);
  fill(writer);
  return record(writer.finish());
};

const scalarsEvent = (step: number, time: number, values: Scalars): Uint8Array =>
  event(step, time, (writer) =>
    writer.message(5, (summary) => {
      for (const [tag, value] of Object.entries(values))
        summary.message(1, (entry) => entry.string(1, tag).float(2, value));
    }),
  );

/** A text of the text plugin, in Markdown. */
const textEvent = (step: number, time: number, tag: string, text: string): Uint8Array =>
  event(step, time, (writer) =>
    writer.message(5, (summary) =>
      summary.message(1, (entry) =>
        entry
          .string(1, tag)
          .message(8, (tensor) =>
            tensor
              .integer(1, stringTensor)
              .message(2, (shape) => shape.message(2, (dimension) => dimension.integer(1, 1)))
              .string(8, text),
          )
          .message(9, (metadata) => metadata.message(1, (plugin) => plugin.string(1, 'text')).integer(4, tensorData)),
      ),
    ),
  );

const cell = (text: string): string =>
  text
    .replaceAll('|', '\\|')
    .replaceAll(/\s*\n\s*/g, '<br>')
    .slice(0, 600);

function table(rows: readonly RolloutRow[]): string {
  const lines = rows.map(({ sample, task, reward, advantage, tokens, gold, response }) =>
    [task, reward?.toFixed(3) ?? '', advantage?.toFixed(3) ?? '', String(tokens), gold, response, sample].map(cell),
  );
  const head = ['task', 'reward', 'advantage', 'tokens', 'gold', 'response', 'sample'];
  return [head, head.map(() => '---'), ...lines].map((line) => `| ${line.join(' | ')} |`).join('\n');
}

/** @param now milliseconds since 1970, for tests */
export function tensorboard(now: () => number = Date.now): Tracker {
  let file = '';
  const append = async (bytes: Uint8Array): Promise<void> => {
    const handle = await open(file, 'a');
    await handle.writeFile(bytes).finally(() => handle.close());
  };
  return {
    async begin({ directory, settings }: TrackedRun) {
      const folder = join(directory, 'tensorboard');
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder, { recursive: true });
      const time = now();
      file = join(folder, `events.out.tfevents.${Math.floor(time / 1000)}.${hostname()}.${process.pid}`);
      await append(event(0, time, (writer) => writer.string(3, 'brain.Event:2')));
      const text = Object.entries(settings).map(([name, value]) => `- ${name}: \`${value}\``);
      await append(textEvent(0, time, 'settings', text.join('\n')));
      return -1;
    },
    scalars: (step, values, time) => append(scalarsEvent(step, time, values)),
    rollouts: (step, rows, time) => append(textEvent(step, time, 'rollouts', table(rows))),
    end: async () => undefined,
  };
}
