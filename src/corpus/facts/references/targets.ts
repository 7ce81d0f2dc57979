/** @file Where in a text the numbers, titles and anchors stand that references point to. */
import type { Span } from '../../document.ts';
import type { Caption } from '../../structure/captions.ts';
import { ordinalOf } from '../../structure/ordinal.ts';
import { lastBefore, type Prose } from '../../structure/prose.ts';
import type { Section } from '../../structure/sections.ts';
import type { ReferenceKind } from './reference.ts';

/** `Section 4.2` and `4.2.`; the parts of a number in one form. */
function numberKey(given: string): string {
  const parts = given.replace(/(?:\([^)]*\))+$/, '').split(/[.-]/);
  return parts
    .map((part) => {
      const value = ordinalOf(part);
      return Number.isNaN(value) || (parts.length > 1 && /^[A-Z]$/.test(part)) ? part.toUpperCase() : String(value);
    })
    .join('.');
}

/** What a number can be of, in the order that is tried. */
const unitsOf: Partial<Record<ReferenceKind, readonly string[]>> = {
  section: ['section', 'clause'],
  chapter: ['chapter', 'section'],
  part: ['part', 'book'],
  article: ['article'],
  clause: ['clause', 'section'],
  appendix: ['appendix'],
  item: ['item', 'section'],
  note: ['note'],
};

/** `6.1 The skipper shall ...`: a paragraph with a number of its own. */
const clauseNumber = /^(\d{1,3}(?:\.\d{1,3}){1,3})\.?[ \t]+\p{L}/u;

/** `2.3.0`, `v2.3`, `[2.3.0] - 2024-05-01`, `2.3.0（2024年5月1日）` */
const versionTitle = /^\[?v?(\d{1,3}\.\d{1,3}(?:\.\d{1,4})?)\]?(?:$|\s?[-–—(（])/;

/** Sections of one title that are kept. */
const mostPlaces = 100;

export class Targets {
  private readonly places = new Map<string, Span[]>();
  private readonly slugs = new Map<string, Span[]>();
  private readonly versions = new Map<string, Span[]>();
  private readonly sections: readonly Section[];
  private readonly spans: readonly Span[];

  constructor({ text, sections, lists, tables, paragraphs }: Prose, captions: readonly Caption[]) {
    this.sections = sections;
    this.spans = sections.map(({ span }) => span);
    const grids = tables.map(({ span }) => span);
    for (const { title, span } of sections) {
      const version = versionTitle.exec(title)?.[1];
      if (version !== undefined) this.versions.set(version, [...(this.versions.get(version) ?? []).slice(0, 2), span]);
      const slug = slugOf(title);
      const same = this.slugs.get(slug);
      if (same === undefined) this.slugs.set(slug, [span]);
      else if (same.length < mostPlaces) same.push(span);
    }
    for (const { unit, number: given, span } of sections)
      if (unit !== undefined && given !== undefined) this.add(unit, numberKey(given), span);
    for (const { unit, number: given, span, parent } of sections)
      if (
        unit === undefined &&
        given !== undefined &&
        (parent === undefined || sections[parent]?.number === undefined || given.includes('.'))
      )
        this.add('section', numberKey(given), span);
    for (const { kind, number: given, span } of captions) {
      // The table that begins right behind its caption, or with it.
      const table = kind === 'table' ? grids[lastBefore(grids, span.end + 3)] : undefined;
      const own = table !== undefined && table.end > span.end;
      this.add(kind, numberKey(given), own ? { start: span.start, end: table.end } : span);
    }
    for (const span of paragraphs) {
      const key = clauseNumber.exec(text.slice(span.start, span.start + 20))?.[1];
      if (key !== undefined && !this.places.has(`section ${key}`)) this.add('clause', key, span);
    }
    for (const { steps, ordered, items } of lists)
      for (const [i, { marker, span }] of items.entries())
        if (ordered && /\d/.test(marker))
          this.add(steps ? 'step' : 'clause', String(Number(/\d+/.exec(marker)?.[0] ?? i + 1)), span);
  }

  private add(unit: string, key: string, span: Span): void {
    const name = `${unit} ${key}`;
    this.places.set(name, [...(this.places.get(name) ?? []).slice(0, 20), span]);
  }

  /** The only place of that number, or the only one in the innermost section around the reference that has one. */
  find(kind: ReferenceKind, given: string, at: number): Span | undefined {
    const key = numberKey(given);
    for (const unit of unitsOf[kind] ?? [kind]) {
      const places = (this.places.get(`${unit} ${key}`) ?? []).filter(
        ({ start, end }) => end - start > 0 && !(at === start),
      );
      if (places.length === 1) return places[0];
      if (places.length > 1) return this.nearest(places, at);
    }
    return undefined;
  }

  private nearest(places: readonly Span[], at: number): Span | undefined {
    const last = lastBefore(this.spans, at);
    for (let section = this.sections[last]; section !== undefined; section = this.sections[section.parent ?? -1]) {
      const { span } = section;
      const inside = places.filter(({ start, end }) => span.start <= start && end <= span.end);
      if (inside.length === 1) return inside[0];
      if (inside.length > 1) return undefined;
    }
    return undefined;
  }

  /** Whether the text has titles at all; without any, `titled` need not be asked. */
  get hasTitles(): boolean {
    return this.slugs.size > 0;
  }

  /** Whether a title is that of a version: `2.3.0`, `[2.3.0] - 2024-05-01`. */
  get hasVersions(): boolean {
    return this.versions.size > 0;
  }

  /** The section of a version, where it is the only one. */
  version(name: string): Span | undefined {
    const found = this.versions.get(name.replace(/^v/, '')) ?? [];
    return found.length === 1 ? found[0] : undefined;
  }

  /** The section of a title; and of its anchor in a link. */
  titled(title: string, at?: number): Span | undefined {
    const found = this.slugs.get(slugOf(title)) ?? [];
    return found.length > 1 && at !== undefined ? this.nearest(found, at) : found.length === 1 ? found[0] : undefined;
  }
}

const slugOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\d\s_-]/gu, '')
    .trim()
    .replace(/[\s_]+/g, '-');
