/**
 * @file Places for a data request (P4): one task at one range of lengths. A request counts four characters a token, as the diagnosis
 * does that wrote it; places aim inside of the range, and a prompt outside of it is drawn again.
 */
import { InputError } from '../../errors.ts';
import type { Sample } from '../../samples/sample.ts';
import type { TaskId } from '../../tasks/task.ts';
import type { GateFailure } from '../gates/gate.ts';
import { isHeldOut, type MixturePlace } from './mixture.ts';

/** The cell of a data request: `samples` prompts of one task and one range of lengths. */
export interface RequestedCell {
  readonly task: TaskId;
  /** Units of 1,024 tokens: above `from`, at most `to`. */
  readonly length: { readonly from: number; readonly to: number | null };
  readonly samples: number;
}

/** The longest prompt that generators make. */
const longest = 256;

/** Where in the range prompts are aimed at. English prose has more characters to an estimated token than four. */
const aims = [0.3, 0.45, 0.6, 0.75] as const;

/** Characters of a prompt lie within the request. */
export const inRange = (characters: number, { from, to }: RequestedCell['length']): boolean =>
  characters > from * 4096 && (to === null || characters <= to * 4096);

/** One of every five places is held out, as in every plan. @throws InputError when no generator makes prompts of the length. */
export function requestPlaces({ task, length, samples }: RequestedCell): MixturePlace[] {
  const top = Math.min(length.to ?? Number.POSITIVE_INFINITY, longest);
  const lengths = aims.map((aim) => Math.round(aim * top * 1024)).filter((tokens) => tokens > 1.1 * length.from * 1024);
  if (length.from >= longest || lengths.length === 0) {
    const message = `the request asks for prompts of over ${length.from}K tokens, the longest that are built have ${longest}K`;
    throw new InputError('request-too-long', message, 'Import samples of this length, or edit the request.');
  }
  return Array.from({ length: samples }, (_, index) => ({
    task,
    tokens: Math.max(100, lengths[index % lengths.length] ?? 100),
    split: isHeldOut(index) ? 'heldout' : 'train',
    index: Math.floor(index / lengths.length),
  }));
}

/** Refuses prompts outside of the range, and samples that the base has. */
export const requestObjection =
  ({ length }: RequestedCell, known: ReadonlySet<string>) =>
  ({ id, prompt }: Sample): GateFailure | undefined => {
    if (known.has(id)) return { gate: 'duplicate', why: 'the base has this sample' };
    return inRange(prompt.length, length)
      ? undefined
      : { gate: 'g7', why: `${prompt.length} characters are outside of the request` };
  };
