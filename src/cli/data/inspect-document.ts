/** @file A look into a document: what the pipeline sees of it, on the terminal, as JSON or as a page. */
import path from 'node:path';
import { qualify } from '../../assignment/qualify.ts';
import { type DocumentLook, lookAt } from '../../corpus/inspect/document-look.ts';
import { type FactMark, factMarks } from '../../corpus/inspect/fact-marks.ts';
import { lookLines } from '../../corpus/inspect/look-lines.ts';
import { type ReadOptions, readFile } from '../../corpus/readers/read-file.ts';
import { analyse, type CorpusDocument } from '../../corpus/stream-corpus.ts';
import { parseStructure } from '../../corpus/structure/structure.ts';
import { InputError, UsageError } from '../../errors.ts';
import { printable } from '../../printable.ts';
import { documentPage } from '../../report/document/document-page.ts';
import { writeFileAtomic } from '../../storage/files.ts';
import { tasks } from '../../tasks/task.ts';
import type { Format } from '../shared/options.ts';
import type { Terminal } from '../shared/terminal.ts';

/** The flags of a look into a document. */
export interface DocumentFlags {
  /** Number from 0, or id; default the first. */
  readonly document?: string;
  readonly html?: string;
  readonly textField?: string;
  readonly encoding?: string;
  readonly full?: boolean;
  readonly format: Format;
}

interface Found {
  readonly document: CorpusDocument;
  /** Whether the file holds more documents behind it. */
  readonly more: boolean;
}

/** The document that is asked for. @throws InputError when it cannot be read, UsageError when there is no such one. */
async function findDocument(target: string, { document: which, textField, encoding }: DocumentFlags): Promise<Found> {
  const options: ReadOptions = {
    ...(textField === undefined ? {} : { textField }),
    ...(encoding === undefined ? {} : { encoding }),
  };
  let [index, found, refusal]: [number, CorpusDocument | undefined, string | undefined] = [0, undefined, undefined];
  for await (const item of readFile(target, path.basename(target), options)) {
    if (found !== undefined) return { document: found, more: true };
    if (item.type !== 'document') refusal ??= `${item.id}: ${item.code}: ${item.reason}`;
    else if (which === undefined || which === String(index) || which === item.id) {
      found = analyse(item);
      if (found === undefined) refusal ??= `${item.id}: nothing but boilerplate`;
    }
    if (item.type === 'document') index++;
  }
  if (found !== undefined) return { document: found, more: false };
  if (refusal !== undefined && (which === undefined || index === 0))
    throw new InputError('document-unreadable', printable(`${target} cannot be shown: ${refusal}`));
  const allowed = `expected an id or a number from 0 to ${index - 1}`;
  throw new UsageError('no-such-document', `--document: got "${which ?? ''}", ${allowed}`);
}

/** All that is known of it, with its marks. */
function look(document: CorpusDocument): { look: DocumentLook; marks: FactMark[] } {
  const structure = parseStructure(document.text);
  const served = qualify(document).map(({ task, subTasks, lacks }) => ({
    task,
    ability: tasks[task].ability,
    serves: subTasks,
    lacks,
  }));
  return { look: lookAt(document, structure, served), marks: factMarks(structure) };
}

/** Shows one document of the file. */
export async function inspectDocument(target: string, flags: DocumentFlags, terminal: Terminal): Promise<void> {
  const { document, more } = await findDocument(target, flags);
  const seen = look(document);
  if (flags.html !== undefined) await writeFileAtomic(flags.html, documentPage(seen.look, seen.marks));
  if (flags.format === 'json') return terminal.out(`${JSON.stringify(seen.look)}\n`);
  if (flags.format === 'quiet') return flags.html === undefined ? undefined : terminal.out(`${flags.html}\n`);
  const rest = more ? ['', 'The file holds more documents: --document 1, or an id.'] : [];
  const page = flags.html === undefined ? [] : ['', `The page with every fact marked: ${printable(flags.html)}`];
  terminal.out(`${[...lookLines(seen.look, { full: flags.full === true }), ...rest, ...page].join('\n')}\n`);
}
