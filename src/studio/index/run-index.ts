/** @file The index of one run: its table, brought up to date when asked, and the answers to the last few queries. */
import type { IndexState } from '../shared/api.ts';
import { compileQuery, selectRows } from '../shared/query/compile.ts';
import { sortRows } from '../shared/query/sort.ts';
import { loadIndex, saveIndex } from './index-cache.ts';
import { indexRun, stepFiles } from './index-run.ts';
import { waitAWhile } from './patience.ts';
import { RolloutTable } from './rollout-table.ts';

/** Milliseconds after which files are looked at again. */
const freshFor = 700;
/** Selections that are kept, so that scrolling asks for nothing new; one of a million rows is 4 MB. */
const keptSelections = 6;

/** Steps that were read anew, after which the index is kept. */
const worthKeeping = 50;

/** Rows that a query means, in order, and what must still be searched in texts. */
export interface Selection {
  readonly rows: Uint32Array;
  readonly texts: readonly { readonly needle: string; readonly wanted: boolean }[];
}

/** One run's rollouts. */
export class RunIndex {
  readonly path: string;
  table = new RolloutTable();
  private loaded = false;
  private ofSteps = 0;
  private counted: Promise<void> | undefined;
  private looked = 0;
  private pass: Promise<void> | undefined;
  private version = 0;
  private readonly selections = new Map<string, Selection>();

  constructor(path: string) {
    this.path = path;
  }

  get state(): IndexState {
    const { steps, groups, length } = this.table;
    return {
      steps: steps.length,
      ofSteps: Math.max(this.ofSteps, steps.length),
      rollouts: length,
      groups: groups.step.length,
    };
  }

  /** Whether there is an answer on a step: its groups, or that there are none. */
  knows(step: number): boolean {
    return this.table.groupsOf(step) !== undefined || this.pass === undefined;
  }

  /** Looks for new steps unless it just did. Resolves when a pass is over, or after `patience` milliseconds while it goes on. */
  async refresh(patience = 200): Promise<void> {
    // How much there is to read is known before anything is answered: a run that is not read yet is no empty one.
    this.counted ??= stepFiles(this.path).then(({ length }) => {
      this.ofSteps = Math.max(this.ofSteps, length);
    });
    await this.counted;
    if (this.pass === undefined && Date.now() - this.looked > freshFor) this.pass = this.run();
    if (this.pass === undefined) return;
    await waitAWhile(this.pass, patience);
  }

  private async run(): Promise<void> {
    try {
      if (!this.loaded) this.table = (await loadIndex(this.path)) ?? this.table;
      this.loaded = true;
      const before = this.table.steps.length;
      const { changed, ofSteps } = await indexRun(this.path, this.table, (count) => {
        this.ofSteps = count;
      });
      this.ofSteps = ofSteps;
      if (changed) this.version++;
      if (this.table.steps.length >= before + worthKeeping) await saveIndex(this.path, this.table);
    } finally {
      this.looked = Date.now();
      this.pass = undefined;
    }
  }

  /** @throws UsageError that says what is wrong with the query or the order */
  select(query: string, sort: string): Selection {
    const key = JSON.stringify([query, sort, this.version, this.table.length]);
    const known = this.selections.get(key);
    if (known !== undefined) return known;
    const compiled = compileQuery(this.table, query);
    const rows = sortRows(this.table, selectRows(this.table, compiled), sort);
    const selection = { rows, texts: compiled.texts };
    this.selections.set(key, selection);
    for (const old of [...this.selections.keys()].slice(0, -keptSelections)) this.selections.delete(old);
    return selection;
  }
}
