/** @file The samples and items of one evaluation in memory, read again when they change. */
import { existsSync, statSync } from 'node:fs';
import type { ItemFacts } from '../../evaluation/benchmark.ts';
import { EvaluationDirectory } from '../../evaluation/run/evaluation-directory.ts';
import type { SampleRow } from '../../evaluation/run/score-samples.ts';
import type { Place } from '../shared/dataset-api.ts';

/** One evaluation. */
export class OpenEvaluation {
  readonly place: Place;
  readonly directory: EvaluationDirectory;
  private made = -1;
  private samples: Promise<SampleRow[]> | undefined;
  private readonly items = new Map<string, Promise<ReadonlyMap<string, ItemFacts>>>();

  constructor(place: Place) {
    this.place = place;
    this.directory = new EvaluationDirectory(place.path);
  }

  /** None before anything is scored. @throws InputError when they are damaged */
  rows(): Promise<SampleRow[]> {
    const file = this.directory.file('samples.jsonl');
    if (!existsSync(file)) return Promise.resolve([]);
    const made = statSync(file).mtimeMs;
    if (this.samples === undefined || made !== this.made) {
      this.made = made;
      this.items.clear();
      this.samples = this.directory.readSamples();
    }
    return this.samples;
  }

  /** Questions, gold and evidence of a benchmark, by id. */
  facts(benchmark: string): Promise<ReadonlyMap<string, ItemFacts>> {
    const known =
      this.items.get(benchmark) ??
      this.directory.readItems(benchmark).then((items) => new Map(items.map((item) => [item.id, item])));
    this.items.set(benchmark, known);
    return known;
  }
}
