/**
 * @file A gain beside the blind floor of its questions, which is what a policy earns that reads nothing (`audit/blind/floor.ts`): what
 * is gained below it shows no reading.
 */
import type { Change, Comparison } from './statistics.ts';

/** Mean blind reward by task. */
export type Floors = Readonly<Record<string, { readonly reward: number }>>;

type Levels = Pick<Change, 'before' | 'after'>;

/** The part of the gain that lies above the floor. @example beyondFloor({ before: 0.1, after: 0.5 }, 0.3) // 0.2 */
export const beyondFloor = ({ before, after }: Levels, floor: number): number =>
  Math.max(after, floor) - Math.max(before, floor);

/** When the policy earned less than the floor; undefined where it never did. */
export function underFloor(
  { before, after }: Levels,
  floor: number,
): 'before' | 'after' | 'before and after' | undefined {
  if (before < floor) return after < floor ? 'before and after' : 'before';
  return after < floor ? 'after' : undefined;
}

/** The tasks whose floor is known that were under it before or after training. */
export const tasksUnderFloor = (when: 'before' | 'after', { tasks }: Comparison, floors: Floors): string[] =>
  Object.entries(tasks)
    .filter(([task, change]) => change[when] < (floors[task]?.reward ?? 0))
    .map(([task]) => task);

/** Floor and gain beyond it as means over the tasks of a comparison; undefined unless all of them have one. */
export function meanBeyond({ tasks }: Comparison, floors: Floors): { floor: number; beyond: number } | undefined {
  const rows = Object.entries(tasks).map(([task, change]) => ({ change, floor: floors[task]?.reward }));
  const [floor, beyond] = [
    rows.reduce((sum, row) => sum + (row.floor ?? Number.NaN), 0) / rows.length,
    rows.reduce((sum, row) => sum + beyondFloor(row.change, row.floor ?? Number.NaN), 0) / rows.length,
  ];
  return Number.isNaN(floor) ? undefined : { floor, beyond };
}
