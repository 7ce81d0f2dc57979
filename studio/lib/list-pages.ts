/** @file The pages of one list, asked for as they come into sight, the next ones before. */
import { signal } from '@preact/signals';
import { type AnswerError, answerErrorOf } from './api.ts';

const pageSize = 100;

/** What a page of any list says. */
export interface ListPage<Row> {
  readonly total: number;
  readonly rows: readonly Row[];
}

/** One selection of one list. */
export class ListPages<Row, Page extends ListPage<Row>> {
  /** The newest page: totals, counts. */
  readonly page = signal<Page | undefined>(undefined);
  readonly error = signal<AnswerError | undefined>(undefined);
  /** Rises when rows came. */
  readonly version = signal(0);
  private readonly pages = new Map<number, readonly Row[] | 'asked'>();
  /** The pages around what is in sight. */
  private seen: readonly [number, number] = [0, 0];
  private readonly ask: (offset: number, limit: number, signal: AbortSignal) => Promise<Page>;
  private readonly controller = new AbortController();

  constructor(ask: (offset: number, limit: number, signal: AbortSignal) => Promise<Page>) {
    this.ask = ask;
    this.want(0);
  }

  row(index: number): Row | undefined {
    const page = this.pages.get(Math.floor(index / pageSize));
    return page === undefined || page === 'asked' ? undefined : page[index % pageSize];
  }

  /** Asks for the rows from `first` to `last`, and for a page on either side. */
  range(first: number, last: number): void {
    this.seen = [Math.max(0, Math.floor(first / pageSize) - 1), Math.floor(last / pageSize) + 1];
    for (let page = this.seen[0]; page <= this.seen[1]; page++) this.want(page);
  }

  /** Asks again for what is there; it stays until the answers come. */
  refresh(): void {
    for (const page of [...this.pages.keys()]) {
      if (page >= this.seen[0] && page <= this.seen[1]) this.askFor(page);
      else this.pages.delete(page);
    }
  }

  close(): void {
    this.controller.abort();
  }

  private want(page: number): void {
    const total = this.page.value?.total;
    if (this.pages.has(page) || (total !== undefined && page * pageSize >= total)) return;
    this.pages.set(page, 'asked');
    this.askFor(page);
  }

  private askFor(page: number): void {
    this.ask(page * pageSize, pageSize, this.controller.signal).then(
      (answer) => {
        this.pages.set(page, answer.rows);
        this.page.value = answer;
        this.error.value = undefined;
        this.version.value++;
      },
      (error: unknown) => {
        if (this.pages.get(page) === 'asked') this.pages.delete(page);
        if (!this.controller.signal.aborted) this.error.value = answerErrorOf(error);
      },
    );
  }
}
