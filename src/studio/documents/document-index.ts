/** @file The documents of a corpus (`documents.jsonl`) or of one file, listed once; each is read again when somebody opens it. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { qualify } from '../../assignment/qualify.ts';
import { factMarks } from '../../corpus/inspect/fact-marks.ts';
import { readFile } from '../../corpus/readers/read-file.ts';
import { analyse, type CorpusDocument } from '../../corpus/stream-corpus.ts';
import { parseStructure } from '../../corpus/structure/structure.ts';
import { trusted } from '../../storage/journal-line.ts';
import { readLines } from '../../storage/lines.ts';
import { parseJson } from '../../storage/parse-json.ts';
import { tasks } from '../../tasks/task.ts';
import { readPlace } from '../index/read-line.ts';
import type { Place } from '../shared/dataset-api.ts';
import type { DocumentDetail, DocumentEntry, DocumentList } from '../shared/document-api.ts';

/** Documents that are listed. */
const mostListed = 5000;

const line = trusted<CorpusDocument>({
  id: z.string(),
  title: z.string(),
  text: z.string(),
  language: z.string(),
  licence: z.string(),
  form: z.string(),
  measures: z.looseObject({ tokens: z.number() }),
});
const kind = { name: 'a document of a corpus', code: 'corpus-damaged', hint: 'Make it anew: golongrl data corpus.' };

interface PlacedDocument {
  readonly entry: DocumentEntry;
  readonly offset: number;
  readonly bytes: number;
}

const entryOf = ({ id, title, form, language, licence, measures, text }: CorpusDocument, row: number) => ({
  row,
  id,
  title,
  form,
  language,
  licence,
  tokens: measures.tokens,
  characters: text.length,
});

/** One corpus, or one file. */
export class DocumentIndex {
  readonly place: Place;
  private made = -1;
  private list: Promise<PlacedDocument[]> | undefined;

  constructor(place: Place) {
    this.place = place;
  }

  private async entries(): Promise<PlacedDocument[]> {
    const found = await stat(this.place.path);
    const { mtimeMs } = found.isDirectory() ? await stat(path.join(this.place.path, 'documents.jsonl')) : found;
    if (this.list === undefined || mtimeMs !== this.made) {
      this.made = mtimeMs;
      this.list = found.isDirectory() ? this.ofCorpus() : this.ofFile();
      this.list.catch(() => {
        this.list = undefined;
      });
    }
    return await this.list;
  }

  private async ofCorpus(): Promise<PlacedDocument[]> {
    const file = path.join(this.place.path, 'documents.jsonl');
    const entries: PlacedDocument[] = [];
    for await (const { line: text, number, offset, bytes } of readLines(file)) {
      if (entries.length === mostListed + 1) break;
      entries.push({ entry: entryOf(parseJson(text, `${file}:${number}`, line, kind), entries.length), offset, bytes });
    }
    return entries;
  }

  private async ofFile(): Promise<PlacedDocument[]> {
    const entries: PlacedDocument[] = [];
    for await (const document of this.documents()) {
      if (entries.length === mostListed + 1) break;
      entries.push({ entry: entryOf(document, entries.length), offset: 0, bytes: 0 });
    }
    return entries;
  }

  private async *documents(): AsyncGenerator<CorpusDocument> {
    for await (const item of readFile(this.place.path, path.basename(this.place.path), {})) {
      const document = item.type === 'document' ? analyse(item) : undefined;
      if (document !== undefined) yield document;
    }
  }

  /** @throws InputError when it cannot be read */
  async all(): Promise<DocumentList> {
    const entries = await this.entries();
    const rows = entries.slice(0, mostListed).map(({ entry }) => entry);
    return { ...this.place, total: rows.length, rows, more: entries.length > mostListed };
  }

  /** Undefined where there is no such document. */
  async document(row: number): Promise<DocumentDetail | undefined> {
    const found = (await this.entries())[row];
    if (found === undefined) return undefined;
    const document = await this.read(found, row);
    if (document === undefined) return undefined;
    const { text } = document;
    const served = qualify(document).map(({ task, subTasks, lacks }) => ({
      task,
      ability: tasks[task].ability,
      serves: subTasks,
      lacks,
    }));
    return { entry: found.entry, text, marks: factMarks(parseStructure(text)), tasks: served };
  }

  private async read({ offset, bytes }: PlacedDocument, row: number): Promise<CorpusDocument | undefined> {
    if (bytes > 0) {
      const file = path.join(this.place.path, 'documents.jsonl');
      return parseJson(await readPlace(file, offset, bytes), file, line, kind);
    }
    let at = 0;
    for await (const document of this.documents()) if (at++ === row) return document;
    return undefined;
  }
}
