/** @file What is watched: found again every few seconds, runs listened to for changes. Tables of a few places stay in memory. */
import { messageOf } from '../errors.ts';
import { RunDirectory } from '../runs/run-directory.ts';
import { historyOf } from './answers/group-detail.ts';
import { datasetLine } from './datasets/dataset-detail.ts';
import { DatasetIndex } from './datasets/dataset-index.ts';
import { DraftStore } from './datasets/draft-store.ts';
import type { DocumentIndex } from './documents/document-index.ts';
import type { OpenEvaluation } from './evaluations/open-evaluation.ts';
import { RunIndex } from './index/run-index.ts';
import { type Found, type FoundRun, findPlaces } from './runs/find-runs.ts';
import { changedAt, summariseRun } from './runs/summarise-run.ts';
import { loadSummaries, saveSummaries } from './runs/summary-cache.ts';
import type { ChangeEvent, ElsewhereRun, RunSummary } from './shared/api.ts';
import type { Place, Places } from './shared/dataset-api.ts';
import { stampOf } from './stamp.ts';

/** A run in use. */
export interface OpenRun {
  readonly found: FoundRun;
  readonly directory: RunDirectory;
  readonly index: RunIndex;
}

/** A dataset in use. */
export interface OpenDataset {
  readonly place: Place;
  readonly index: DatasetIndex;
  readonly drafts: DraftStore;
}

/** The last few places that were asked for. */
class Kept<T> {
  private readonly places = new Map<string, T>();
  private readonly make: (place: FoundRun) => T;

  constructor(make: (place: FoundRun) => T) {
    this.make = make;
  }

  get(place: FoundRun): T {
    const known = this.places.get(place.id) ?? this.make(place);
    this.places.delete(place.id);
    this.places.set(place.id, known);
    for (const old of [...this.places.keys()].slice(0, -mostOpen)) this.places.delete(old);
    return known;
  }

  /** Without bringing it forward. */
  peek(id: string): T | undefined {
    return this.places.get(id);
  }
}

/** Runs that are looked through for a sample. */
const mostElsewhere = 8;
/** Tables in memory: a million rollouts take 30 MB, and a comparison needs two. */
const mostOpen = 4;
/** Milliseconds between two looks at what changed. */
const every = 1000;
/** Looks after which folders are searched again. */
const searchEvery = 5;

// Loaded when somebody looks: benchmarks and readers of documents take 50 MB.
const openEvaluation = async (place: FoundRun): Promise<OpenEvaluation> => {
  const { OpenEvaluation: Evaluation } = await import('./evaluations/open-evaluation.ts');
  return new Evaluation(place);
};
const openDocuments = async (place: FoundRun): Promise<DocumentIndex> => {
  const { DocumentIndex: Documents } = await import('./documents/document-index.ts');
  return new Documents(place);
};

/** Watches folders. Close it: it looks at files every second while anybody listens. */
export class Library {
  private readonly folders: readonly string[];
  private places: Promise<Found> | undefined;
  private readonly openRuns = new Kept<OpenRun>((found) => ({
    found,
    directory: new RunDirectory(found.path),
    index: new RunIndex(found.path),
  }));
  private readonly openDatasets = new Kept<OpenDataset>((place) => ({
    place,
    index: new DatasetIndex(place.path),
    drafts: new DraftStore(place.path),
  }));
  private readonly openEvaluations = new Kept(openEvaluation);
  private readonly openDocuments = new Kept(openDocuments);
  private readonly known = new Map<string, RunSummary>();
  private kept: Promise<ReadonlyMap<string, RunSummary>> | undefined;
  /** Whether a summary is newer than what is kept. */
  private unkept = false;
  private keeping: Promise<void> | undefined;
  private readonly stamps = new Map<string, string>();
  private hasStamps = false;
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

  private find(): Promise<Found> {
    this.places ??= findPlaces(this.folders);
    return this.places;
  }

  private async placed(kind: keyof Found, id: string): Promise<FoundRun | undefined> {
    const known = (await this.find())[kind].find((place) => place.id === id);
    if (known !== undefined) return known;
    // It may have come since folders were searched.
    this.places = undefined;
    return (await this.find())[kind].find((place) => place.id === id);
  }

  /** Newest change first. A run is read again only when it changed. */
  async summaries(): Promise<RunSummary[]> {
    this.places = undefined;
    const { runs } = await this.find();
    const summaries = await Promise.all(runs.map((run) => this.summary(run)));
    if (this.unkept) this.keeping = this.keep();
    return summaries.sort((a, b) => b.changed - a.changed);
  }

  /** Once for each list with something new; the lines of other folders stay. */
  private async keep(): Promise<void> {
    this.unkept = false;
    const kept = new Map(await this.kept);
    for (const summary of this.known.values()) kept.set(summary.path, summary);
    await saveSummaries(kept.values());
  }

  /** What is no run, in the order of the folders. */
  async others(): Promise<Places> {
    const { datasets, evaluations, corpora } = await this.find();
    const told = async <T>(
      places: readonly FoundRun[],
      tell: (place: FoundRun) => Promise<T>,
      broken: (place: FoundRun, problem: string) => T,
    ) =>
      await Promise.all(places.map((place) => tell(place).catch((error: unknown) => broken(place, messageOf(error)))));
    return {
      datasets: await told(datasets, datasetLine, (place, problem) => ({
        ...place,
        samples: undefined,
        reviewed: 0,
        problem,
      })),
      evaluations: await told(
        evaluations,
        async (place) => {
          const { evaluationLine } = await import('./evaluations/evaluation-detail.ts');
          return await evaluationLine(await openEvaluation(place));
        },
        (place, problem) => ({ ...place, model: '', status: 'damaged', benchmarks: [], mean: undefined, problem }),
      ),
      corpora: corpora.map((place) => ({ ...place })),
    };
  }

  private async summary(found: FoundRun): Promise<RunSummary> {
    this.kept ??= loadSummaries();
    const known = this.known.get(found.id) ?? (await this.kept).get(found.path);
    const changed = await changedAt(new RunDirectory(found.path));
    const isFresh = known !== undefined && known.changed === changed && known.status !== 'running';
    // Of the same folder under another root the name is another one.
    const summary = isFresh ? { ...known, ...found } : await summariseRun(found, Date.now());
    if (!isFresh) this.unkept = true;
    this.known.set(found.id, summary);
    return summary;
  }

  /** Undefined where no watched folder holds it. So are the others. */
  async open(id: string): Promise<OpenRun | undefined> {
    const found = await this.placed('runs', id);
    return found && this.openRuns.get(found);
  }

  /** The other runs that drew a sample, of the last few that changed. */
  async elsewhere(id: string, sample: string): Promise<ElsewhereRun[]> {
    const others = (await this.summaries()).filter((run) => run.id !== id).slice(0, mostElsewhere);
    const found: ElsewhereRun[] = [];
    for (const { id: other, name, path } of others) {
      const index = this.openRuns.peek(other)?.index ?? new RunIndex(path);
      await index.refresh(800);
      const history = historyOf(index.table, sample);
      if (history.length > 0) found.push({ id: other, name, history });
    }
    return found;
  }

  async dataset(id: string): Promise<OpenDataset | undefined> {
    const found = await this.placed('datasets', id);
    return found && this.openDatasets.get(found);
  }

  /** The datasets in use that hold a sample: what a run's group leads to. */
  async datasetsOf(sample: string): Promise<Place[]> {
    const { datasets } = await this.find();
    const open = datasets.map((place) => this.openDatasets.get(place));
    // Those beyond the last few are let go again: a sample is looked for where somebody looks.
    for (const { index } of open.slice(-mostOpen)) await index.refresh(300).catch(() => undefined);
    return open.filter(({ index }) => index.has(sample)).map(({ place }) => place);
  }

  async evaluation(id: string): Promise<OpenEvaluation | undefined> {
    const found = await this.placed('evaluations', id);
    return found && (await this.openEvaluations.get(found));
  }

  async evaluations(): Promise<readonly Place[]> {
    return (await this.find()).evaluations;
  }

  async documents(id: string): Promise<DocumentIndex | undefined> {
    const found = await this.placed('corpora', id);
    return found && (await this.openDocuments.get(found));
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
    if (this.looks++ % searchEvery === 0) this.places = undefined;
    for (const found of (await this.find()).runs) {
      const before = this.known.get(found.id);
      const summary = await this.summary(found);
      if (before !== undefined && before.changed === summary.changed && before.status === summary.status) continue;
      this.tell({ kind: 'run', id: found.id, step: summary.step, status: summary.status });
    }
    await this.lookAtPlaces();
  }

  /** Files of datasets and evaluations are asked for their times alone. */
  private async lookAtPlaces(): Promise<void> {
    const { datasets, evaluations } = await this.find();
    const kinds = [
      ['dataset', datasets],
      ['evaluation', evaluations],
    ] as const;
    for (const [kind, places] of kinds)
      for (const { id, path } of places) {
        const [before, now] = [this.stamps.get(id), stampOf(kind, path)];
        this.stamps.set(id, now);
        // At the first look everything is new to the library, and nothing to whoever opened a page.
        if (before !== now && (before !== undefined || this.hasStamps)) this.tell({ kind, id });
      }
    this.hasStamps = true;
  }

  private tell(change: ChangeEvent): void {
    for (const listener of this.listeners) listener(change);
  }

  /** Stops looking, for good: whoever listens is let go. Resolves when nothing is written any more. */
  async close(): Promise<void> {
    this.closed = true;
    this.end();
    clearInterval(this.timer);
    this.timer = undefined;
    await this.keeping;
  }
}
