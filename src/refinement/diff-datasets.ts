/**
 * @file What changed between two versions of a dataset (P4): samples added, removed and changed, and the change in samples and
 * tokens of each task. An id is the content of task, prompt and gold, so a sample is changed when another one stands for the same
 * draw (generator, seed and split) over the same documents, or when the same content says something else beside it. Labels of a seed
 * alone tell no draw: unrelated builds of one seed have the same.
 */
import { createHash } from 'node:crypto';
import type { Sample } from '../samples/sample.ts';
import { type TaskId, taskIds } from '../tasks/task.ts';

/** One task in both versions; tokens are those of its prompts. */
export interface TaskDelta {
  readonly before: { readonly samples: number; readonly tokens: number };
  readonly after: { readonly samples: number; readonly tokens: number };
}

/** What changed, by ids of samples; `unchanged` is a count. */
export interface DatasetDiff {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly { readonly before: string; readonly after: string }[];
  readonly unchanged: number;
  readonly tasks: Readonly<Record<TaskId, TaskDelta>>;
}

interface Entry {
  readonly id: string;
  /** Names the draw. */
  readonly draw: string;
  readonly hash: string;
}

const drawOf = ({ split, rendering, provenance: { generator, seed, documents } }: Sample): string =>
  JSON.stringify([split, rendering, generator, seed, documents.map(({ id }) => id).sort()]);

const entryOf = (sample: Sample): Entry => ({
  id: sample.id,
  draw: drawOf(sample),
  hash: createHash('sha256').update(JSON.stringify(sample)).digest('base64'),
});

const nothing = () => ({ samples: 0, tokens: 0 });

/** Reads both versions once; holds an id, a draw and a hash of each sample. */
export async function diffDatasets(before: AsyncIterable<Sample>, after: AsyncIterable<Sample>): Promise<DatasetDiff> {
  const tasks = Object.fromEntries(taskIds.map((task) => [task, { before: nothing(), after: nothing() }])) as Record<
    TaskId,
    { before: ReturnType<typeof nothing>; after: ReturnType<typeof nothing> }
  >;
  const collect = async (samples: AsyncIterable<Sample>, side: 'before' | 'after'): Promise<Map<string, Entry>> => {
    const entries = new Map<string, Entry>();
    for await (const sample of samples) {
      tasks[sample.task][side].samples++;
      tasks[sample.task][side].tokens += sample.tokens;
      entries.set(sample.id, entryOf(sample));
    }
    return entries;
  };
  const old = await collect(before, 'before');
  const young = await collect(after, 'after');
  const gone = new Map([...old.values()].filter(({ id }) => !young.has(id)).map((entry) => [entry.draw, entry]));
  const added: string[] = [];
  const changed: { before: string; after: string }[] = [];
  const replaced = new Set<string>();
  let unchanged = 0;
  for (const entry of young.values()) {
    const same = old.get(entry.id);
    const former = same ?? gone.get(entry.draw);
    if (former === undefined || replaced.has(former.id)) added.push(entry.id);
    else if (former.hash === entry.hash) unchanged++;
    else {
      changed.push({ before: former.id, after: entry.id });
      replaced.add(former.id);
    }
  }
  const removed = [...old.keys()].filter((id) => !young.has(id) && !replaced.has(id));
  return { added, removed, changed, unchanged, tasks };
}
