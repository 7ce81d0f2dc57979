/** @file What the corpus finds in a file, as texts that labels can be compared with. */

import path from 'node:path';
import { pathToFileURL } from 'node:url';

interface Span {
  readonly start: number;
  readonly end: number;
}

/** The facts of a structure; each kind may be missing, so that any version of the reader can be scored. */
interface LooseStructure {
  readonly form?: string;
  readonly sections?: readonly { readonly title: string; readonly number?: string; readonly level: number }[];
  readonly tables?: readonly {
    readonly caption?: { readonly text: string };
    readonly columns?: readonly (string | FoundColumn)[];
    readonly rows?: readonly {
      readonly cells?: readonly { readonly value: string }[];
      readonly total?: boolean;
      readonly heading?: boolean;
    }[];
  }[];
  readonly turns?: readonly {
    readonly speaker: string;
    readonly person?: string;
    readonly fullName?: string;
    readonly time?: string;
    readonly span: Span;
    readonly bodyStart?: number;
    readonly directions?: readonly Span[];
  }[];
  readonly names?: readonly { readonly name: string; readonly kind?: string; readonly mentions?: readonly Span[] }[];
  readonly definitions?: readonly { readonly term: string; readonly meaning: string | Span; readonly span: Span }[];
  readonly references?: readonly {
    readonly label: string;
    readonly to?: string;
    readonly target?: Span;
    readonly span: Span;
  }[];
  readonly quotations?: readonly { readonly speaker?: string; readonly span: Span }[];
  readonly events?: readonly { readonly iso: string; readonly span: Span }[];
  readonly quantities?: readonly {
    readonly value: number;
    readonly scale?: number;
    readonly unit?: string;
    readonly span: Span;
  }[];
  readonly lists?: readonly {
    readonly ordered?: boolean;
    readonly steps?: boolean;
    readonly items: readonly { readonly marker?: string; readonly span: Span }[];
  }[];
  readonly summaries?: readonly { readonly kind?: string; readonly span: Span }[];
  readonly omitted?: Readonly<Record<string, number>>;
}

/** A column of a table that was found. */
export interface FoundColumn {
  readonly header: string;
  readonly unit?: string;
  readonly scale?: number;
}

/** A table that was found. */
export interface FoundTable {
  readonly caption: string | undefined;
  readonly columns: readonly FoundColumn[];
  readonly rows: readonly { readonly cells: readonly string[]; readonly total: boolean; readonly heading: boolean }[];
}

/** A turn that was found. */
export interface FoundTurn {
  readonly speakers: readonly string[];
  readonly time: string | undefined;
  /** What is said, with and without directions. */
  readonly body: string;
  readonly said: string;
  readonly directions: readonly string[];
}

/** All that was found in a file; of a file of many documents, in all of them. */
export interface FoundFacts {
  readonly text: string;
  readonly language: string;
  readonly form: string;
  readonly refusals: readonly string[];
  readonly omitted: Readonly<Record<string, number>>;
  readonly sections: readonly { readonly title: string; readonly number?: string; readonly level: number }[];
  readonly tables: readonly FoundTable[];
  readonly turns: readonly FoundTurn[];
  readonly names: readonly { readonly name: string; readonly kind?: string; readonly count: number }[];
  readonly definitions: readonly { readonly term: string; readonly meaning: string }[];
  readonly references: readonly { readonly label: string; readonly to?: string; readonly target?: string }[];
  readonly quotations: readonly { readonly text: string; readonly speaker?: string }[];
  readonly events: readonly { readonly iso: string; readonly sentence: string }[];
  readonly quantities: readonly { readonly text: string; readonly values: readonly number[]; readonly unit: string }[];
  readonly lists: readonly { readonly items: readonly string[]; readonly steps: boolean }[];
  readonly summaries: readonly { readonly kind: string; readonly text: string }[];
}

const columnOf = (column: string | FoundColumn): FoundColumn =>
  typeof column === 'string' ? { header: column } : column;

/** The span without the inner ones. */
function without(text: string, { start, end }: Span, inner: readonly Span[]): string {
  let [at, said] = [start, ''];
  for (const span of [...inner].sort((a, b) => a.start - b.start)) {
    said += text.slice(at, Math.max(at, span.start));
    at = Math.max(at, span.end);
  }
  return said + text.slice(at, Math.max(at, end));
}

/** Characters at the target of a reference that are compared with its title. */
const targetLength = 400;

function factsOf(text: string, found: LooseStructure): Omit<FoundFacts, 'refusals' | 'language' | 'form'> {
  const at = ({ start, end }: Span): string => text.slice(start, end);
  return {
    text,
    omitted: found.omitted ?? {},
    sections: found.sections ?? [],
    tables: (found.tables ?? []).map(({ caption, columns, rows }) => ({
      caption: caption?.text,
      columns: (columns ?? []).map(columnOf),
      rows: (rows ?? []).map(({ cells, total, heading }) => ({
        cells: (cells ?? []).map(({ value }) => value),
        total: total === true,
        heading: heading === true,
      })),
    })),
    turns: (found.turns ?? []).map(
      ({ speaker, person, fullName, time, span, bodyStart = span.start, directions = [] }) => ({
        speakers: [speaker, person, fullName].filter((each) => each !== undefined),
        time,
        body: text.slice(bodyStart, span.end),
        said: without(text, { start: bodyStart, end: span.end }, directions),
        directions: directions.map(at),
      }),
    ),
    names: (found.names ?? []).map(({ name, kind, mentions }) => ({
      name,
      count: mentions?.length ?? 1,
      ...(kind === undefined ? {} : { kind }),
    })),
    definitions: (found.definitions ?? []).map(({ term, meaning }) => ({
      term,
      meaning: typeof meaning === 'string' ? meaning : at(meaning),
    })),
    references: (found.references ?? []).map(({ label, to, target }) => ({
      label,
      ...(to === undefined ? {} : { to }),
      // A reference may point at a table below its caption.
      ...(target === undefined
        ? {}
        : { target: text.slice(Math.max(0, target.start - 200), target.start + targetLength) }),
    })),
    quotations: (found.quotations ?? []).map(({ speaker, span }) => ({
      text: at(span),
      ...(speaker === undefined ? {} : { speaker }),
    })),
    events: (found.events ?? []).map(({ iso, span }) => ({ iso, sentence: at(span) })),
    quantities: (found.quantities ?? []).map(({ value, scale = 1, unit = '', span }) => ({
      text: at(span),
      values: [value, value * scale],
      unit,
    })),
    lists: (found.lists ?? []).map(({ items, steps, ordered }) => ({
      items: items.map(({ span }) => at(span)),
      steps: steps ?? ordered === true,
    })),
    summaries: (found.summaries ?? []).map(({ kind, span }) => ({ kind: kind ?? '', text: at(span) })),
  };
}

type Corpus = typeof import('../../src/corpus/index.ts');

/** @param source A checkout of the project; its `src/corpus` is the reader. */
export const loadCorpusOf = async (source: string): Promise<Corpus> =>
  await import(pathToFileURL(path.resolve(source, 'src/corpus/index.ts')).href);

/** Reads the file by the public reader and parses each document of it. */
export async function findFacts({ readFile, analyse, parseStructure }: Corpus, file: string): Promise<FoundFacts> {
  const refusals: string[] = [];
  const parts: Omit<FoundFacts, 'refusals' | 'language' | 'form'>[] = [];
  let [language, form] = ['und', 'other'];
  for await (const item of readFile(file, path.basename(file))) {
    if (item.type !== 'document') {
      refusals.push(`${item.code}: ${item.reason}`);
      continue;
    }
    const document = analyse(item);
    if (document === undefined) continue;
    const structure = parseStructure(document.text) as unknown as LooseStructure;
    if (parts.length === 0) [language, form] = [document.language, document.form];
    parts.push(factsOf(document.text, structure));
  }
  const all = <K extends keyof (typeof parts)[number]>(key: K): (typeof parts)[number][K][] =>
    parts.map((part) => part[key]);
  return {
    text: all('text').join('\n\n'),
    language,
    form,
    refusals,
    omitted: Object.assign({}, ...all('omitted')),
    sections: all('sections').flat(),
    tables: all('tables').flat(),
    turns: all('turns').flat(),
    names: all('names').flat(),
    definitions: all('definitions').flat(),
    references: all('references').flat(),
    quotations: all('quotations').flat(),
    events: all('events').flat(),
    quantities: all('quantities').flat(),
    lists: all('lists').flat(),
    summaries: all('summaries').flat(),
  };
}
