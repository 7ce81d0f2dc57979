/**
 * @file A corpus on disk: `documents.jsonl` (P1's documents with what P2 says of each), `refused.jsonl` (what was turned away
 * and why), `manifest.json` (settings and counts, written last). All is streamed, so a corpus may be larger than the memory. Until it is
 * complete, the two grow as `.partial` files beside a journal, and a run that was killed goes on after its last checkpoint: what was
 * kept is read again, which rebuilds the index of duplicates, and the inputs go on where they stood.
 */

import { createHash, type Hash } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { findInOrder } from '../corpus/analysis/find-in-order.ts';
import { checkTargets, documentSources } from '../corpus/readers/read-documents.ts';
import type { ReadItem } from '../corpus/readers/reader.ts';
import {
  type CorpusDocument,
  type CorpusItem,
  type CorpusOptions,
  CorpusSelector,
  findersOptions,
  type RefusalCode,
  textOf,
} from '../corpus/stream-corpus.ts';
import { InputError, UsageError } from '../errors.ts';
import { fileError, writeFileAtomic } from '../storage/files.ts';
import { trusted } from '../storage/journal-line.ts';
import { type FileSummary, LineWriter, readLines } from '../storage/lines.ts';
import { inLockedDirectory } from '../storage/lock.ts';
import { type FileKind, parseJson } from '../storage/parse-json.ts';
import { publishPartial } from '../storage/partial-file.ts';
import { findRecord } from '../storage/record.ts';
import { CorpusCounter, type CorpusSummary } from './corpus-counter.ts';
import { CorpusJournal, type CorpusProgress, corpusJournalFile, readCorpusJournal } from './corpus-journal.ts';
import {
  type CorpusSettings,
  corpusOptions,
  corpusSettingsSchema,
  readOptions,
  settingsDifferences,
} from './corpus-settings.ts';

/** `resume` needs the settings of the run that was begun. */
export interface WriteCorpusOptions {
  /** When the directory holds a corpus or a part of one. Default `fail`. */
  readonly ifExists?: 'fail' | 'overwrite' | 'resume';
  /** Called for each item of this process, kept or not. */
  readonly onItem?: (item: CorpusItem) => void;
  readonly onNotice?: (text: string) => void;
  /** Threads that look into the documents; the bytes do not depend on it. See `CorpusOptions`. */
  readonly workers?: number;
}

/** Also the content of `manifest.json`. */
export interface WrittenCorpus extends CorpusSummary {
  readonly settings: CorpusSettings;
  readonly files: Readonly<Record<'documents.jsonl' | 'refused.jsonl', FileSummary>>;
}

const manifestFile = 'manifest.json';
const [documentsFile, refusedFile] = ['documents.jsonl', 'refused.jsonl'];

/** A checkpoint comes after so many bytes of documents or so many items. */
const checkpointBytes = 8 * 2 ** 20;
const checkpointItems = 250;

/** @throws UsageError when the settings are not those of the run that was begun. */
function checkSettings(directory: string, now: CorpusSettings, begun: CorpusSettings): void {
  const differences = settingsDifferences(now, begun);
  if (differences.length === 0) return;
  const message = `${directory}: was begun with other settings: ${differences.join('; ')}`;
  throw new UsageError('resume-settings', message, 'Repeat the settings, or start anew with --overwrite.');
}

const manifestSchema = trusted<WrittenCorpus>({
  settings: corpusSettingsSchema,
  documents: z.int(),
  tokens: z.int(),
  files: z.looseObject({}),
});
const manifestKind: FileKind = {
  name: 'the manifest of a corpus of this version',
  code: 'corpus-invalid',
  hint: 'Name another --out, or --overwrite.',
};

const lineOf = (name: string): FileKind => ({ name, code: 'corpus-damaged', hint: 'Start anew with --overwrite.' });
const keptLine = trusted<CorpusDocument>({ id: z.string(), text: z.string(), licence: z.string() });
const refusedLine = trusted<{ readonly code: RefusalCode }>({ code: z.string() });

type State = { readonly complete: WrittenCorpus } | { readonly progress: CorpusProgress };

/** Where to begin. @throws UsageError when what lies there is in the way. */
async function stateOf(directory: string, settings: CorpusSettings, ifExists: string): Promise<State> {
  const nothing = { progress: { settings, sources: [], checkpoint: undefined, manifest: undefined } };
  if (ifExists === 'overwrite') return nothing;
  const unfinished = [corpusJournalFile, `${documentsFile}.partial`, `${refusedFile}.partial`].some((name) =>
    existsSync(path.join(directory, name)),
  );
  if (existsSync(path.join(directory, manifestFile)) && !unfinished) {
    if (ifExists === 'fail') {
      const message = `${directory}: holds a corpus already`;
      throw new UsageError('corpus-exists', message, 'Name another --out, or --overwrite.');
    }
    const complete = await findRecord(path.join(directory, manifestFile), manifestSchema, manifestKind);
    if (complete !== undefined) {
      checkSettings(directory, settings, complete.settings);
      return { complete };
    }
  }
  if (unfinished && ifExists === 'fail') {
    const message = `${directory}: holds a part of a corpus, whose run was ended`;
    throw new UsageError('corpus-unfinished', message, 'Go on with --resume, or start anew with --overwrite.');
  }
  const progress = await readCorpusJournal(directory);
  if (progress === undefined) {
    if (!unfinished && ifExists === 'resume') {
      const message = `${directory}: holds no corpus that could be resumed`;
      throw new UsageError('nothing-to-resume', message, 'Run without --resume.');
    }
    return nothing;
  }
  checkSettings(directory, settings, progress.settings);
  return { progress };
}

const digestItem = (hash: Hash, item: ReadItem): Hash =>
  hash.update(`${item.id}\0${item.type === 'document' ? item.text : item.code}\0`);

const inputsChanged = (what: string): InputError =>
  new InputError('inputs-changed', `${what} since the run was begun`, 'Start anew with --overwrite.');

/** A file is begun. */
interface SourceStep {
  readonly type: 'source';
  readonly id: string;
  readonly stamp: string | undefined;
  /** What the run that is resumed knew of it. */
  readonly known: CorpusProgress['sources'][number] | undefined;
}

/** What comes of reading: a file, or an item of the file that was begun last. */
type Step = SourceStep | { readonly type: 'item'; readonly raw: ReadItem; readonly isDone: boolean };

/** What is to be looked into: not what was done before the run was killed. */
const openText = (step: Step): string | undefined =>
  step.type === 'item' && !step.isDone ? textOf(step.raw) : undefined;

/** One run over the inputs, from its beginning or from a checkpoint. */
class CorpusRun {
  private readonly counter = new CorpusCounter();
  private selector = new CorpusSelector();
  private selectorOptions: CorpusOptions = {};
  private readonly directory: string;
  private readonly settings: CorpusSettings;
  private readonly progress: CorpusProgress;
  private readonly options: WriteCorpusOptions;
  private documents = 0;

  constructor(directory: string, settings: CorpusSettings, progress: CorpusProgress, options: WriteCorpusOptions) {
    this.directory = directory;
    this.settings = settings;
    this.progress = progress;
    this.options = options;
  }

  /** @returns the manifest's text; both outputs are in place then. */
  async run(): Promise<string> {
    const { workers } = this.options;
    this.selectorOptions = { ...(await corpusOptions(this.settings)), ...(workers === undefined ? {} : { workers }) };
    this.selector = new CorpusSelector(this.selectorOptions);
    await checkTargets(this.settings.targets);
    mkdirSync(this.directory, { recursive: true });
    // An old journal must not speak of the files that are begun now.
    if (this.progress.checkpoint === undefined) rmSync(path.join(this.directory, corpusJournalFile), { force: true });
    const { checkpoint, sources } = this.progress;
    const kept = await this.reopen(documentsFile, checkpoint?.documents, (line, place) => {
      const document = parseJson(line, place, keptLine, lineOf('a document of a corpus'));
      if (!this.selector.restore(document))
        throw inputsChanged(`${path.join(this.directory, documentsFile)}.partial: was changed`);
      this.counter.keep(document);
      this.documents++;
    });
    const refused = await this.reopen(refusedFile, checkpoint?.refused, (line, place) =>
      this.counter.refuse(parseJson(line, place, refusedLine, lineOf('a refusal of a corpus'))),
    );
    if (checkpoint !== undefined)
      this.options.onNotice?.(
        `Goes on after ${this.documents} documents of ${sources.length} files, with ${checkpoint.items} items of the last one.`,
      );
    const journal = await CorpusJournal.open(this.directory, this.progress);
    try {
      await this.readAll(kept, refused, journal);
      const files = { [documentsFile]: kept.close(), [refusedFile]: refused.close() };
      const manifest = `${JSON.stringify({ settings: this.settings, ...this.counter.summary(), files }, null, 2)}\n`;
      journal.end(manifest);
      return manifest;
    } finally {
      journal.close();
    }
  }

  /** Reads the part of an output that is to stay, and opens it for more. */
  private async reopen(
    name: string,
    bytes: number | undefined,
    take: (line: string, place: string) => void,
  ): Promise<LineWriter> {
    const file = path.join(this.directory, name);
    if (bytes === undefined) return new LineWriter(file);
    const partial = `${file}.partial`;
    if ((statSync(partial, { throwIfNoEntry: false })?.size ?? -1) < bytes) {
      const message = `${partial}: is shorter than the journal says`;
      throw new InputError('corpus-damaged', message, 'Start anew with --overwrite.');
    }
    const hash = createHash('sha256');
    let read = 0;
    if (bytes > 0)
      for await (const { line, number, bytes: length } of readLines(partial)) {
        take(line, `${partial}:${number}`);
        hash.update(`${line}\n`);
        read += length + 1;
        if (read >= bytes) break;
      }
    if (read !== bytes) throw inputsChanged(`${partial}: was changed`);
    return new LineWriter(file, { bytes, hash });
  }

  /** What is read: each source, then its items. */
  private async *steps(): AsyncGenerator<Step> {
    const { sources, checkpoint } = this.progress;
    let begun = 0;
    for await (const source of documentSources(this.settings.targets, readOptions(this.settings))) {
      const known = sources[begun++];
      yield { type: 'source', id: source.id, stamp: await source.stamp(), known };
      if (begun < sources.length) continue;
      const skip = known === undefined ? 0 : (checkpoint?.items ?? 0);
      let items = 0;
      for await (const raw of source.items()) yield { type: 'item', raw, isDone: ++items <= skip };
      if (items < skip) throw inputsChanged(`${source.id}: has ${items} items, ${skip} of it were read`);
    }
    if (begun < sources.length) throw inputsChanged(`${sources[begun]?.source}: is gone`);
  }

  private async readAll(kept: LineWriter, refused: LineWriter, journal: CorpusJournal): Promise<void> {
    const { limit = Number.POSITIVE_INFINITY } = this.settings;
    const { checkpoint } = this.progress;
    let [bytes, unsaved, items] = [0, 0, 0];
    let digest = createHash('sha256');
    const save = (): void => {
      kept.flush(true);
      refused.flush(true);
      [bytes, unsaved] = [0, 0];
      journal.checkpoint({ items, digest: digest.copy().digest('hex'), documents: kept.bytes, refused: refused.bytes });
    };
    if (this.documents >= limit) return;
    const found = findInOrder(this.steps(), openText, findersOptions(this.selectorOptions));
    let source = '';
    for await (const { item: step, found: inText } of found) {
      if (step.type === 'source') {
        this.begin(step, journal);
        [source, items, digest] = [step.id, 0, createHash('sha256')];
        continue;
      }
      digestItem(digest, step.raw);
      items++;
      if (step.isDone) {
        if (items === checkpoint?.items && digest.copy().digest('hex') !== checkpoint.digest)
          throw inputsChanged(`${source}: its first ${items} items have changed`);
        continue;
      }
      const item = await this.selector.take(step.raw, inText);
      this.options.onItem?.(item);
      bytes += this.write(item, kept, refused);
      if (this.documents >= limit) return;
      if (bytes >= checkpointBytes || ++unsaved >= checkpointItems) save();
    }
  }

  private begin({ id, stamp, known }: SourceStep, journal: CorpusJournal): void {
    if (known !== undefined) this.checkSource(known, id, stamp);
    else journal.begin({ source: id, ...(stamp === undefined ? {} : { stamp }) });
  }

  private checkSource(known: CorpusProgress['sources'][number], id: string, stamp: string | undefined): void {
    if (known.source !== id) throw inputsChanged(`the files have changed: got ${id} in the place of ${known.source}`);
    if (known.stamp !== stamp)
      throw inputsChanged(`${id}: has changed (${stamp ?? 'unreadable'}, was ${known.stamp ?? 'unreadable'})`);
  }

  /** @returns about how many bytes it wrote. */
  private write(item: CorpusItem, kept: LineWriter, refused: LineWriter): number {
    if (item.type !== 'document') {
      this.counter.refuse(item);
      refused.add(JSON.stringify(item));
      return 0;
    }
    const qualifications = this.counter.keep(item);
    this.documents++;
    const { type: _, text, ...rest } = item;
    const tasks = qualifications.filter(({ subTasks }) => subTasks.length > 0).map(({ task }) => task);
    const lacks = qualifications.flatMap(({ task, lacks: missing }) => missing.map((why) => `${task} ${why}`));
    kept.add(JSON.stringify({ ...rest, tasks, lacks, text }));
    return text.length;
  }
}

/** Puts complete outputs in place, the manifest last; may be repeated. */
async function publish(directory: string, manifest: string): Promise<WrittenCorpus> {
  const written = parseJson(manifest, path.join(directory, corpusJournalFile), manifestSchema, manifestKind);
  rmSync(path.join(directory, manifestFile), { force: true });
  for (const name of [documentsFile, refusedFile]) {
    const file = path.join(directory, name);
    if (existsSync(`${file}.partial`)) publishPartial(file);
  }
  await writeFileAtomic(path.join(directory, manifestFile), manifest);
  rmSync(path.join(directory, corpusJournalFile), { force: true });
  return written;
}

/**
 * @throws UsageError when the directory holds a corpus, or a part of one that `ifExists` does not allow or that has other settings.
 * @throws InputError when an input does not exist, or changed since the run that is resumed was begun.
 * @throws ResourceError when another process works there, or the disk is full; `resume` goes on then.
 */
export async function writeCorpus(
  directory: string,
  settings: CorpusSettings,
  options: WriteCorpusOptions = {},
): Promise<WrittenCorpus> {
  const { ifExists = 'fail', onNotice } = options;
  return await inLockedDirectory(directory, async () => {
    const state = await stateOf(directory, settings, ifExists);
    if ('progress' in state) return await goOn(directory, settings, state.progress, options);
    onNotice?.(`${directory} is complete already.`);
    return state.complete;
  });
}

async function goOn(
  directory: string,
  settings: CorpusSettings,
  progress: CorpusProgress,
  options: WriteCorpusOptions,
): Promise<WrittenCorpus> {
  const { manifest } = progress;
  try {
    return await publish(directory, manifest ?? (await new CorpusRun(directory, settings, progress, options).run()));
  } catch (error) {
    throw fileError(error, directory, 'write');
  }
}
