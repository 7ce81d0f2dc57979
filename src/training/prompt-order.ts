/**
 * @file The seeded order in which training prompts are drawn: a pure function of a position, so a checkpoint stores one integer
 * and a resumed run draws what the unbroken one would have drawn.
 * `balanced`: every block of K positions holds each of the K tasks once, in a random order; within a task, every epoch visits
 * each sample once, in a random order. `shuffled`: the same with all samples as one task, so that tasks keep the dataset's shares.
 */
import { random } from '../random.ts';

/** Values of `data.order`. */
export const promptOrders = ['balanced', 'shuffled'] as const;

/** @example const at = promptOrder(samples, 1); at(0); at(1); */
export function promptOrder<S extends { readonly task: string }>(
  samples: readonly S[],
  seed: number,
  order: (typeof promptOrders)[number] = 'balanced',
): (position: number) => S {
  const taskOf = ({ task }: S) => (order === 'balanced' ? task : '');
  const tasks = [...new Set(samples.map(taskOf))].sort();
  if (tasks.length === 0) throw new RangeError('promptOrder: got no samples, expected at least one');
  const byTask = new Map(tasks.map((task) => [task, samples.filter((sample) => taskOf(sample) === task)]));
  const epochs = new Map<string, { epoch: number; order: readonly S[] }>();

  // Only the newest epoch of a task is kept: positions are asked for in rising order.
  const epochOrder = (task: string, epoch: number): readonly S[] => {
    const known = epochs.get(task);
    if (known?.epoch === epoch) return known.order;
    const order = random(seed, 'epoch', task, epoch).shuffle(byTask.get(task) ?? []);
    epochs.set(task, { epoch, order });
    return order;
  };

  return (position) => {
    const block = Math.floor(position / tasks.length);
    const task = random(seed, 'tasks', block).shuffle(tasks)[position % tasks.length] as string;
    const size = byTask.get(task)?.length ?? 1;
    return epochOrder(task, Math.floor(block / size))[block % size] as S;
  };
}
