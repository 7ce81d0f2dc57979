/**
 * @file The sections of a text as a tree, by its headings (heading-lines.ts says which forms). A line of a fenced block is none, and no
 * line of a list of contents.
 */
import type { Span } from '../document.ts';
import { findHeadings } from './heading-candidates.ts';
import { type Heading, ranks, type SectionUnit } from './heading-lines.ts';
import { isBlank, type Line, linesOf } from './text-lines.ts';

/** A heading with what stands below it; inner sections lie within outer ones. */
export interface Section {
  /** Without the number where it has both; `CHAPTER IX` where it has no other. */
  readonly title: string;
  /** As it stands: `4.2`, `IV`, `7`, `三`, `A`. */
  readonly number?: string;
  /** What the number counts. */
  readonly unit?: SectionUnit;
  /** 1 is the outermost. */
  readonly level: number;
  /** From the heading to the next heading of the same or an outer level. */
  readonly span: Span;
  /** Where the heading ends. */
  readonly bodyStart: number;
  /** Index of the section that this one lies in; undefined at the top. */
  readonly parent?: number;
}

const titleOnNextLine = new Set<SectionUnit>(['book', 'part', 'title', 'chapter', 'article', 'appendix', 'section']);

/** A division that is only a number has its title on the next line: `PART 1` above `PRELIMINARY`. */
function withTitle(head: Heading, lines: readonly Line[], taken: ReadonlySet<number>, text: string): Heading {
  if (head.unit === 'act' || head.unit === 'scene') return head;
  if (head.title !== '')
    return { ...head, title: head.title.replace(/(?<=\p{Ll}{2})\.$|\s*¶$|\s*\[(?:edit(?: source)?|编辑)\]$/u, '') };
  const own = { ...head, title: text.slice(head.start, head.bodyStart).trim().replace(/[.:]$/, '') };
  const at = head.line + 1 + (isBlank(lines[head.line + 1]) ? 1 : 0);
  const next = lines[at];
  if (head.runIn !== undefined || head.unit === undefined || !titleOnNextLine.has(head.unit)) return own;
  if (next === undefined || taken.has(at) || next.text.length > 90 || !isBlank(lines[at + 1])) return own;
  const words = next.text.trim();
  if (!/^["“‘']?[\p{Lu}\p{Script=Han}]/u.test(words) || /[,;:?!，；：。]$|[.] \p{Lu}|[a-z]\.$/u.test(words)) return own;
  return { ...head, title: words.replace(/\.$/, ''), bodyStart: lines[at + 1]?.start ?? text.length };
}

/** An article that begins with a section or a dotted number is the outer one; elsewhere articles are the inner ones. */
function articlesFirst(heads: readonly Heading[]): boolean {
  return heads.some(({ unit, runIn, bodyStart }, i) => {
    const next = heads[i + 1];
    return (
      unit === 'article' &&
      runIn === undefined &&
      next !== undefined &&
      next.start - bodyStart < 4 &&
      next.unit === 'section'
    );
  });
}

interface Open {
  readonly index: number;
  readonly level: number;
  readonly rank: number;
}

const depthOf = (style: string): number => Number(/^number(\d)$/.exec(style)?.[1] ?? 0);

/** Level below what is open: one more, or as many as a dotted number has parts. */
function levelIn(head: Heading, outer: Open | undefined, outerStyle: string): number {
  const depth = depthOf(head.style);
  if (head.style.startsWith('ruled')) return Math.min(head.rank, (outer?.level ?? 0) + 1);
  if (head.rank <= 6.9) return Math.floor(head.rank) + Math.round((head.rank % 1) * 10);
  return (outer?.level ?? 0) + (depth === 0 ? 1 : Math.max(1, depth - depthOf(outerStyle)));
}

function nested(heads: readonly Heading[], text: string): Section[] {
  const first = articlesFirst(heads);
  const rankOf = ({ unit, rank }: Heading): number => (unit === 'article' && first ? ranks.numbers - 3 : rank);
  const open: Open[] = [];
  const ends = heads.map(() => text.length);
  const sections = heads.map(({ title, number, unit, start, bodyStart }, index) => {
    const head = heads[index] as Heading;
    for (let top = open.at(-1); top !== undefined && top.rank >= rankOf(head); top = open.at(-1)) {
      ends[top.index] = start;
      open.pop();
    }
    const outer = open.at(-1);
    const level = levelIn(head, outer, outer === undefined ? '' : (heads[outer.index]?.style ?? ''));
    open.push({ index, level, rank: rankOf(head) });
    return { title, level, bodyStart, start, number, unit, parent: outer?.index };
  });
  return sections.map(({ title, level, bodyStart, start, number, unit, parent }, i) => ({
    title,
    ...(number === undefined ? {} : { number }),
    ...(unit === undefined ? {} : { unit }),
    level,
    bodyStart,
    span: { start, end: ends[i] ?? text.length },
    ...(parent === undefined ? {} : { parent }),
  }));
}

/** Of headings with equal marks, `3.1` stands in `3`, and a scene in its act. */
function innerNumbers(heads: readonly Heading[]): Heading[] {
  const depthOfNumber = ({ number = '', unit }: Heading): number =>
    unit === 'scene' ? 2 : unit === 'act' ? 1 : /^\d+(?:\.\d+)*$/.test(number) ? number.split('.').length : 0;
  const key = (rank: number, number: string): string => `${rank} ${number}`;
  const known = new Set(heads.map(({ rank, number = '', unit }) => key(rank, unit === 'act' ? 'act' : number)));
  return heads.map((head) => {
    const { number = '', rank, unit } = head;
    const depth = depthOfNumber(head);
    const parent = unit === 'scene' ? 'act' : number.split('.').slice(0, -1).join('.');
    return rank <= 6 && depth > 1 && known.has(key(rank, parent)) ? { ...head, rank: rank + (depth - 1) / 10 } : head;
  });
}

/** An appendix stands beside the outermost parts that the text counts. */
function outerAppendices(heads: readonly Heading[]): Heading[] {
  const counted = heads.filter(({ unit, rank, number }) => unit !== 'appendix' && rank > 7 && number !== undefined);
  const outermost = counted.reduce<number>((least, { rank }) => Math.min(least, rank), ranks.numbers);
  return heads.map((head) => (head.unit === 'appendix' && head.rank > 7 ? { ...head, rank: outermost } : head));
}

/** All sections in order of their headings; nested ones lie inside the spans of the outer ones. */
export function findSections(text: string): Section[] {
  const lines = linesOf(text);
  const heads = findHeadings(lines, text);
  const taken = new Set(heads.filter(({ style }) => style !== 'capitals').map(({ line }) => line));
  const titled = heads.map((head) => withTitle(head, lines, taken, text));
  const apart = titled.filter(({ start }, i) => start >= (titled[i - 1]?.bodyStart ?? 0));
  return nested(outerAppendices(innerNumbers(apart)), text);
}

/** Characters before the end of which a text says what it is called. */
const titleWithin = 100;

/** A title stands at the very beginning, or is the only heading of the highest level. */
export function titleIn(sections: readonly Section[]): string | undefined {
  const top = Math.min(...sections.map(({ level }) => level));
  const [first, another] = sections.filter(({ level }) => level === top);
  return first !== undefined && (another === undefined || first.span.start < titleWithin) ? first.title : undefined;
}
