/**
 * @file Samples in the columns that other trainers read. verl reads the upstream record layout (`upstream.ts`); the others are here.
 *
 * - TRL's GRPOTrainer reads `prompt` as chat messages and hands every other column to the reward functions; ours
 *   (`integrations/golongrl`) reads `reward`.
 * - OpenRLHF reads `--input_key` and `--label_key`: chat messages with `--apply_chat_template`, and one string as label, here what
 *   our reward server takes as a label, as JSON. `datasource` groups its logs.
 */
import type { Sample } from './sample.ts';
import { toUpstreamRecord } from './upstream.ts';

/** Those whose columns are known here; `hf` of `data export` is a layout of files, not a trainer. */
export const trainers = ['verl', 'trl', 'openrlhf'] as const;
/** What `data export --to` takes beside `hf`. */
export type Trainer = (typeof trainers)[number];

const messages = ({ prompt }: Sample) => [{ role: 'user' as const, content: prompt }];

const common = ({ id, task, reward }: Sample) => ({ id, task, reward });

/** For TRL's GRPOTrainer: the prompt as chat messages, and what the reward function reads as further columns. */
export const toTrlRecord = (sample: Sample) => ({ prompt: messages(sample), ...common(sample) });

/** For OpenRLHF: its label is one string, so the reward travels as JSON text. */
export const toOpenRlhfRecord = (sample: Sample) => ({
  input: messages(sample),
  label: JSON.stringify(common(sample)),
  datasource: sample.task,
});

/** @param index The record's place in its file. */
export function toTrainerRecord(trainer: Trainer, sample: Sample, index: number): object {
  if (trainer === 'verl') return toUpstreamRecord(sample, index);
  return trainer === 'trl' ? toTrlRecord(sample) : toOpenRlhfRecord(sample);
}
