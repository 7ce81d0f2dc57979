/** @file The pages of one selection, asked for as they come into sight, the next ones before. */
import { signal } from '@preact/signals';
import type { RolloutPage, RolloutRow } from '../../src/studio/shared/api.ts';
import { AnswerError, source } from './api.ts';

const pageSize = 100;

/** One selection of one run. */
export class RolloutPages {
  /** Of the newest page: totals, histogram. */
  readonly page = signal<RolloutPage | undefined>(undefined);
  readonly error = signal<AnswerError | undefined>(undefined);
  /** Rises when rows came. */
  readonly version = signal(0);
  private readonly pages = new Map<number, readonly RolloutRow[] | 'asked'>();
  private readonly run: string;
  private readonly q: string;
  private readonly sort: string;
  private readonly controller = new AbortController();

  constructor(run: string, q: string, sort: string) {
    this.run = run;
    this.q = q;
    this.sort = sort;
    this.want(0);
  }

  row(index: number): RolloutRow | undefined {
    const page = this.pages.get(Math.floor(index / pageSize));
    return page === undefined || page === 'asked' ? undefined : page[index % pageSize];
  }

  /** Asks for the rows from `first` to `last`, and for a page on either side. */
  range(first: number, last: number): void {
    for (let page = Math.max(0, Math.floor(first / pageSize) - 1); page <= Math.floor(last / pageSize) + 1; page++)
      this.want(page);
  }

  close(): void {
    this.controller.abort();
  }

  private want(page: number): void {
    const total = this.page.value?.total;
    if (this.pages.has(page) || (total !== undefined && page * pageSize >= total)) return;
    this.pages.set(page, 'asked');
    const { q, sort } = this;
    source.rollouts(this.run, { q, sort, offset: page * pageSize, limit: pageSize }, this.controller.signal).then(
      (answer) => {
        this.pages.set(page, answer.rows);
        this.page.value = answer;
        this.error.value = undefined;
        this.version.value++;
      },
      (error: unknown) => {
        this.pages.delete(page);
        if (!this.controller.signal.aborted)
          this.error.value = error instanceof AnswerError ? error : new AnswerError('The server does not answer.');
      },
    );
  }
}
