/**
 * @file The drafts behind a dataset that language models wrote: `outcomes.jsonl` and `replies.jsonl` of the work directory, which lies beside the dataset
 * (`DATASET-work`) unless the configuration said otherwise.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Outcome } from '../../construction/llm/make-sample.ts';
import { storedReplySchema } from '../../llm/cached-client.ts';
import { RequestCache } from '../../llm/request-cache.ts';
import type { Sample } from '../../samples/sample.ts';
import { journalLines } from '../../storage/journal.ts';
import { type JournalKind, trusted } from '../../storage/journal-line.ts';
import type { DraftRow, Drafts, SampleDetail } from '../shared/dataset-api.ts';

const kind: JournalKind<Outcome> = {
  name: 'an outcome of a draft',
  code: 'outcomes-damaged',
  hint: 'Run the build again with --resume: replies are kept.',
  line: trusted<Outcome>({ index: z.int(), task: z.string() }),
};

function rowOf({ index, task, subTask, document, sample, stage, why, repairs, controls, cost }: Outcome): DraftRow {
  return {
    index,
    task,
    subTask: subTask ?? '',
    document: document ?? '',
    sample: sample?.id,
    stage,
    why,
    repairs: repairs ?? [],
    controls: controls ?? [],
    money: cost?.money ?? 0,
    requests: cost?.requests ?? 0,
  };
}

/** Of one dataset. */
export class DraftStore {
  private readonly work: string;

  constructor(dataset: string) {
    this.work = `${dataset.replace(/\/+$/, '')}-work`;
  }

  private get file(): string {
    return path.join(this.work, 'outcomes.jsonl');
  }

  /** None where there is no work directory. @throws InputError naming a damaged line */
  async all(): Promise<Drafts> {
    if (!existsSync(this.file)) return { file: undefined, rows: [] };
    const rows: DraftRow[] = [];
    for await (const { value } of journalLines(this.file, kind)) rows.push(rowOf(value()));
    return { file: this.file, rows };
  }

  /** The draft that became a sample, and the replies of its writer and its judges. */
  async of({ id, provenance: { llm } }: Sample): Promise<Pick<SampleDetail, 'draft' | 'judges' | 'written'>> {
    if (llm === undefined) return { draft: undefined, judges: [], written: undefined };
    const draft = (await this.all()).rows.find(({ sample }) => sample === id);
    const file = path.join(this.work, 'replies.jsonl');
    if (!existsSync(file))
      return { draft, written: undefined, judges: llm.judges.map((judge) => ({ ...judge, words: undefined })) };
    const cache = await RequestCache.open(file, storedReplySchema, true);
    try {
      const said = async (key: string) => (await cache.get(key))?.reply.text;
      const judges = [];
      for (const { model, verdict, request } of llm.judges) judges.push({ model, verdict, words: await said(request) });
      return { draft, judges, written: await said(llm.generation.request) };
    } finally {
      await cache.close();
    }
  }
}
