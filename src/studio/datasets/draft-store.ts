/**
 * @file The drafts behind a dataset that language models wrote: `outcomes.jsonl` and `replies.jsonl` of the work directory, which lies beside the dataset
 * (`DATASET-work`) unless the configuration said otherwise.
 */
import { statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Outcome } from '../../construction/llm/make-sample.ts';
import { storedReplySchema } from '../../llm/cached-client.ts';
import type { Sample } from '../../samples/sample.ts';
import { journalLines } from '../../storage/journal.ts';
import { type JournalKind, trusted } from '../../storage/journal-line.ts';
import { KeptReplies } from '../index/kept-replies.ts';
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

/** The cache of a work directory. */
export type DraftReplies = KeptReplies<z.infer<typeof storedReplySchema>>;

/** Of one dataset. */
export class DraftStore {
  private readonly work: string;
  private known: { readonly made: number; readonly drafts: Drafts } | undefined;

  constructor(dataset: string) {
    this.work = `${dataset.replace(/\/+$/, '')}-work`;
  }

  private get file(): string {
    return path.join(this.work, 'outcomes.jsonl');
  }

  /** None where there is no work directory. @throws InputError naming a damaged line */
  async all(): Promise<Drafts> {
    const found = statSync(this.file, { throwIfNoEntry: false });
    if (found === undefined) return { file: undefined, rows: [] };
    if (found.mtimeMs === this.known?.made) return this.known.drafts;
    const rows: DraftRow[] = [];
    for await (const { value } of journalLines(this.file, kind)) rows.push(rowOf(value()));
    const drafts = { file: this.file, rows };
    this.known = { made: found.mtimeMs, drafts };
    return drafts;
  }

  /** What the writer and the judges said; close it. */
  openReplies(): DraftReplies {
    return new KeptReplies(path.join(this.work, 'replies.jsonl'), storedReplySchema);
  }

  /** The draft that became a sample, and the replies of its writer and its judges. */
  async of(
    { id, provenance: { llm } }: Sample,
    replies: DraftReplies,
  ): Promise<Pick<SampleDetail, 'draft' | 'judges' | 'written'>> {
    if (llm === undefined) return { draft: undefined, judges: [], written: undefined };
    const draft = (await this.all()).rows.find(({ sample }) => sample === id);
    const said = async (key: string) => (await replies.get(key))?.reply.text;
    const judges = [];
    for (const { model, verdict, request } of llm.judges) judges.push({ model, verdict, words: await said(request) });
    return { draft, judges, written: await said(llm.generation.request) };
  }
}
