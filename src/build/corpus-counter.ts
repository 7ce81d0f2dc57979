/** @file What a stream of corpus items comes to: documents, words, tokens, licences, refusals, and the tasks they serve. */
import { type Qualification, QualificationCounter, type QualificationSummary, qualify } from '../assignment/qualify.ts';
import type { CorpusDocument, CorpusItem, RefusalCode } from '../corpus/stream-corpus.ts';

/** Counts over the documents kept; `refused` counts the others by code. */
export interface CorpusSummary {
  readonly documents: number;
  readonly words: number;
  readonly tokens: number;
  readonly licences: Readonly<Record<string, number>>;
  readonly languages: Readonly<Record<string, number>>;
  readonly forms: Readonly<Record<string, number>>;
  readonly refused: Readonly<Partial<Record<RefusalCode, number>>>;
  readonly qualification: QualificationSummary;
}

const count = <K extends string>(counts: Partial<Record<K, number>>, key: K): void => {
  counts[key] = (counts[key] ?? 0) + 1;
};

type Counted = Pick<CorpusDocument, 'form' | 'measures' | 'licence' | 'language'>;

/** Counts a stream of corpus items as it passes. */
export class CorpusCounter {
  private documents = 0;
  private words = 0;
  private tokens = 0;
  private readonly counts = { licences: {}, languages: {}, forms: {} } as Record<string, Record<string, number>>;
  private readonly refused: Partial<Record<RefusalCode, number>> = {};
  private readonly qualifications = new QualificationCounter();

  refuse({ code }: { readonly code: RefusalCode }): void {
    count(this.refused, code);
  }

  /** @returns what P2 says of the document. */
  keep(item: Counted): Qualification[] {
    const { licences = {}, languages = {}, forms = {} } = this.counts;
    this.documents++;
    this.words += item.measures.words;
    this.tokens += item.measures.tokens;
    count(licences, item.licence);
    count(languages, item.language);
    count(forms, item.form);
    const found = qualify(item);
    this.qualifications.add(found);
    return found;
  }

  add(item: CorpusItem): void {
    if (item.type === 'document') this.keep(item);
    else this.refuse(item);
  }

  summary(): CorpusSummary {
    const { documents, words, tokens, refused } = this;
    const { licences = {}, languages = {}, forms = {} } = this.counts;
    return {
      documents,
      words,
      tokens,
      licences,
      languages,
      forms,
      refused,
      qualification: this.qualifications.summary(),
    };
  }
}
