/**
 * @file A document as the pipeline sees it, as one tree: outline, tables, speakers, names by kind and every other fact with its place.
 */
import type { Turn } from '../conversation/turns.ts';
import type { Span } from '../document.ts';
import type { Measures } from '../measures.ts';
import type { CorpusDocument } from '../stream-corpus.ts';
import type { LanguagePart } from '../structure/language.ts';
import type { Section } from '../structure/sections.ts';
import type { Structure } from '../structure/structure.ts';
import type { Table } from '../tables/table.ts';

/** Whether the document serves a task. */
export interface TaskLook {
  readonly task: string;
  readonly ability: string;
  /** Sub-tasks that it can serve. */
  readonly serves: readonly string[];
  /** Where there is none: what each sub-task lacks. */
  readonly lacks: readonly string[];
}

/** A section with those inside of it. */
export interface OutlineEntry {
  readonly title: string;
  readonly number?: string;
  readonly level: number;
  readonly span: Span;
  readonly inner: readonly OutlineEntry[];
}

/** Who speaks, and how much. */
export interface SpeakerLook {
  readonly speaker: string;
  readonly turns: number;
  /** Characters of the turns, directions with them. */
  readonly characters: number;
  readonly first: Span;
}

/** A name with how often it is mentioned. */
export interface NameLook {
  readonly name: string;
  readonly mentions: number;
  readonly first: Span;
}

/** What `golongrl data inspect FILE` shows; `--format json` prints it. Spans are in characters of `text`. */
export interface DocumentLook {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  /** ISO 639-1, or `und`. */
  readonly language: string;
  readonly languageParts: readonly LanguagePart[];
  readonly licence: string;
  readonly measures: Measures;
  readonly tasks: readonly TaskLook[];
  readonly outline: readonly OutlineEntry[];
  readonly tables: readonly Table[];
  readonly speakers: readonly SpeakerLook[];
  readonly turns: readonly Turn[];
  /** By kind; of each the most mentioned first. */
  readonly names: Readonly<Record<string, readonly NameLook[]>>;
  readonly lists: readonly ListLook[];
  readonly definitions: readonly { readonly term: string; readonly meaning: string; readonly span: Span }[];
  readonly references: readonly ReferenceLook[];
  readonly quotations: readonly { readonly text: string; readonly speaker?: string; readonly span: Span }[];
  readonly events: readonly { readonly iso: string; readonly text: string; readonly span: Span }[];
  readonly quantities: readonly QuantityLook[];
  readonly summaries: readonly { readonly kind: string; readonly text: string; readonly span: Span }[];
  /** What could not be told with confidence, by reason. */
  readonly omitted: Readonly<Record<string, number>>;
  readonly text: string;
}

/** A list or the steps of a procedure. */
export interface ListLook {
  readonly steps: boolean;
  readonly ordered: boolean;
  readonly items: readonly { readonly marker: string; readonly text: string }[];
  readonly span: Span;
}

/** A reference, and the beginning of what it refers to where that is in the text. */
export interface ReferenceLook {
  readonly label: string;
  readonly to: string;
  readonly target?: { readonly text: string; readonly span: Span };
  readonly span: Span;
}

/** A figure with its unit. */
export interface QuantityLook {
  readonly text: string;
  readonly value: number;
  readonly unit: string;
  readonly measures?: string;
  readonly span: Span;
}

/** `1.1 Cargo`; `Act I, Scene 3` says its number itself. */
export const sectionLabel = ({ number, title }: Pick<OutlineEntry, 'number' | 'title'>): string =>
  number === undefined || title.split(/[\s.:,，、]+/).includes(number) || title.includes(`第${number}`)
    ? title
    : `${number} ${title}`;

interface OpenEntry extends OutlineEntry {
  readonly inner: OpenEntry[];
}

/** Sections by what they lie in. */
export function outlineOf(sections: readonly Section[]): OutlineEntry[] {
  const outline: OpenEntry[] = [];
  const open: OpenEntry[] = [];
  for (const { title, number, level, span } of sections) {
    while ((open.at(-1)?.level ?? 0) >= level) open.pop();
    const entry: OpenEntry = { title, ...(number === undefined ? {} : { number }), level, span, inner: [] };
    (open.at(-1)?.inner ?? outline).push(entry);
    open.push(entry);
  }
  return outline;
}

/** Most turns first. */
export function speakersOf(turns: readonly Turn[]): SpeakerLook[] {
  const speakers = new Map<string, SpeakerLook>();
  for (const { speaker, span } of turns) {
    const { turns: count = 0, characters = 0, first = span } = speakers.get(speaker) ?? {};
    speakers.set(speaker, { speaker, turns: count + 1, characters: characters + span.end - span.start, first });
  }
  return [...speakers.values()].sort((a, b) => b.turns - a.turns);
}

function namesByKind(names: Structure['names']): Record<string, NameLook[]> {
  const kinds = new Map<string, NameLook[]>();
  for (const { name, kind, mentions } of names) {
    const [first] = mentions;
    if (first === undefined) continue;
    const look = { name, mentions: mentions.length, first };
    const known = kinds.get(kind);
    if (known === undefined) kinds.set(kind, [look]);
    else known.push(look);
  }
  return Object.fromEntries(kinds);
}

/** Characters of a target that are quoted. */
const targetLength = 80;

const firstLine = (text: string, { start }: Span): string =>
  text
    .slice(start, start + targetLength)
    .trimStart()
    .split('\n', 1)[0]
    ?.replace(/^#+ /, '') ?? '';

function proseFacts(text: string, structure: Structure) {
  const at = ({ start, end }: Span): string => text.slice(start, end);
  return {
    lists: structure.lists.map(({ ordered, steps, items, span }) => ({
      steps,
      ordered,
      items: items.map(({ marker, span: place }) => ({ marker, text: at(place) })),
      span,
    })),
    definitions: structure.definitions.map(({ term, meaning, span }) => ({ term, meaning, span })),
    references: structure.references.map(({ label, to, target, span }) => ({
      label,
      to,
      ...(target === undefined ? {} : { target: { text: firstLine(text, target), span: target } }),
      span,
    })),
    quotations: structure.quotations.map(({ speaker, span }) => ({
      text: at(span),
      ...(speaker === undefined ? {} : { speaker }),
      span,
    })),
    events: structure.events.map(({ iso, span }) => ({ iso, text: at(span), span })),
    quantities: structure.quantities.map(({ value, unit, measures, span }) => ({
      text: at(span),
      value,
      unit,
      ...(measures === undefined ? {} : { measures }),
      span,
    })),
    summaries: structure.summaries.map(({ kind, span }) => ({ kind, text: at(span), span })),
  };
}

/** @param structure Of the document's text. */
export function lookAt(document: CorpusDocument, structure: Structure, tasks: readonly TaskLook[]): DocumentLook {
  const { id, title, form, language, licence, measures, text } = document;
  const { languageParts, sections, tables, turns, names, omitted } = structure;
  const known = { id, title, kind: form, language, languageParts, licence, measures, tasks };
  return {
    ...known,
    outline: outlineOf(sections),
    tables,
    speakers: speakersOf(turns),
    turns,
    names: namesByKind(names),
    ...proseFacts(text, structure),
    omitted,
    text,
  };
}
