/** @file The runs that are watched: found again every few seconds, and listened to for changes. Tables of a few runs stay in memory. */
import { RunDirectory } from '../runs/run-directory.ts';
import { RunIndex } from './index/run-index.ts';
import { type FoundRun, findRuns } from './runs/find-runs.ts';
import { changedAt, summariseRun } from './runs/summarise-run.ts';
import type { ChangeEvent, RunSummary } from './shared/api.ts';

/** A run in use. */
export interface OpenRun {
  readonly found: FoundRun;
  readonly directory: RunDirectory;
  readonly index: RunIndex;
}

/** Tables in memory: a million rollouts take 30 MB, and a comparison needs two. */
const mostOpen = 4;
/** Milliseconds between two looks at what changed. */
const every = 1000;
/** Looks after which folders are searched again. */
const searchEvery = 5;

/** Watches folders. Close it: it looks at files every second while anybody listens. */
export class Library {
  private readonly folders: readonly string[];
  private runs: Promise<FoundRun[]> | undefined;
  private readonly openRuns = new Map<string, OpenRun>();
  private readonly known = new Map<string, RunSummary>();
  private readonly listeners = new Set<(change: ChangeEvent) => void>();
  private timer: NodeJS.Timeout | undefined;
  private looks = 0;
  private end: () => void = () => undefined;
  /** Resolves when nobody watches any more. */
  readonly whenClosed = new Promise<void>((resolve) => {
    this.end = resolve;
  });
  closed = false;

  constructor(folders: readonly string[]) {
    this.folders = folders;
  }

  private find(): Promise<FoundRun[]> {
    this.runs ??= findRuns(this.folders);
    return this.runs;
  }

  /** Newest change first. A run is read again only when it changed. */
  async summaries(): Promise<RunSummary[]> {
    this.runs = undefined;
    const runs = await this.find();
    const summaries = await Promise.all(runs.map((run) => this.summary(run)));
    return summaries.sort((a, b) => b.changed - a.changed);
  }

  private async summary(found: FoundRun): Promise<RunSummary> {
    const known = this.known.get(found.id);
    const changed = await changedAt(new RunDirectory(found.path));
    if (known !== undefined && known.changed === changed && known.status !== 'running') return known;
    const summary = await summariseRun(found, Date.now());
    this.known.set(found.id, summary);
    return summary;
  }

  /** Undefined where no watched folder holds it. */
  async open(id: string): Promise<OpenRun | undefined> {
    const known = this.openRuns.get(id);
    const found = known?.found ?? (await this.find()).find((run) => run.id === id);
    if (found === undefined) return undefined;
    const run = known ?? { found, directory: new RunDirectory(found.path), index: new RunIndex(found.path) };
    this.openRuns.delete(id);
    this.openRuns.set(id, run);
    for (const old of [...this.openRuns.keys()].slice(0, -mostOpen)) this.openRuns.delete(old);
    return run;
  }

  /** Tells of runs that change, until the returned function is called. */
  watch(listener: (change: ChangeEvent) => void): () => void {
    this.listeners.add(listener);
    this.timer ??= setInterval(() => void this.look(), every);
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size > 0) return;
      clearInterval(this.timer);
      this.timer = undefined;
    };
  }

  private async look(): Promise<void> {
    if (this.looks++ % searchEvery === 0) this.runs = undefined;
    for (const found of await this.find()) {
      const before = this.known.get(found.id);
      const summary = await this.summary(found);
      if (before !== undefined && before.changed === summary.changed && before.status === summary.status) continue;
      const change = { run: found.id, step: summary.step, status: summary.status };
      for (const listener of this.listeners) listener(change);
    }
  }

  /** Stops looking, for good: whoever listens is let go. */
  close(): void {
    this.closed = true;
    this.end();
    clearInterval(this.timer);
    this.timer = undefined;
  }
}
