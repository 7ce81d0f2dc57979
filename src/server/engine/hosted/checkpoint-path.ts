/** @file Names of checkpoints: `tinker://MODEL/KIND/NAME` to clients, a folder to the server. */
import { join } from 'node:path';
import { UsageError } from '../../../errors.ts';

/** What a checkpoint was saved for. All hold the same; of external ones, clients see the model's files alone. */
export const checkpointKinds = ['weights', 'sampler_weights', 'external_weights'] as const;
/** The middle part of a path `tinker://MODEL/KIND/NAME`. */
export type CheckpointKind = (typeof checkpointKinds)[number];

/** The parts of a path; `run` is the model's id. */
export interface CheckpointName {
  readonly run: string;
  readonly kind: CheckpointKind;
  readonly name: string;
}

const nameForm = /^[a-zA-Z0-9_-]{1,255}$/;
/** `SESSION:train:N`, which the official client puts together itself. */
const runForm = /^[a-zA-Z0-9_:-]{1,255}$/;

/** Whether a checkpoint may have this name. */
export const isCheckpointName = (name: string): boolean => nameForm.test(name);
/** Whether a run may have this id. */
export const isRunName = (id: string): boolean => runForm.test(id);

/** The path of a checkpoint to clients. */
export const tinkerPath = ({ run, kind, name }: CheckpointName): string => `tinker://${run}/${kind}/${name}`;

/** The parts of `tinker://MODEL/KIND/NAME`, or of the older `tinker://MODEL/NAME`. @throws UsageError for another path. */
export function parsePath(path: string): CheckpointName {
  const parts = /^tinker:\/\/([^/]+)\/(?:([^/]+)\/)?([^/]+)$/.exec(path);
  const kind = checkpointKinds.find((known) => known === (parts?.[2] ?? 'sampler_weights'));
  if (!parts || kind === undefined)
    throw new UsageError('path-invalid', `got "${path}", expected tinker://MODEL/weights/NAME.`);
  return { run: parts[1] ?? '', kind, name: parts[3] ?? '' };
}

/** Folder of a run below the server's; colons are not allowed in file names everywhere. */
export const runFolder = (id: string): string => id.replaceAll(':', '-');

/** Folder of a checkpoint below the server's. @throws UsageError for a name that is none. */
export function folderOf({ run, kind, name }: CheckpointName): string {
  if (!isCheckpointName(name) || !isRunName(run))
    throw new UsageError('name-invalid', `Checkpoint name: got "${name}", expected letters, digits, _ and -.`);
  return join(runFolder(run), kind, name);
}
