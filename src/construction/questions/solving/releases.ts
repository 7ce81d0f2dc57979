/** @file Gate g1: how solvers read changelogs: lines with a version and a day, and the items below them. */
import type { ShownDocument } from '../read-prompt.ts';
import { flat } from './quoted.ts';

/** A release as its lines show it. */
export interface ShownRelease {
  readonly version: string;
  /** Milliseconds of its day. */
  readonly day: number;
  readonly lines: readonly string[];
}

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const month = (name: string): number => months.indexOf(name.slice(0, 3).toLowerCase());

/** The first day that a line gives. */
function dayIn(line: string): number | undefined {
  const iso = /(\d{4})-(\d{2})-(\d{2})/.exec(line) ?? /(\d{4})年(\d{1,2})月(\d{1,2})日/.exec(line);
  if (iso !== null) return Date.UTC(Number(iso[1]), Number(iso[2]) - 1, Number(iso[3]));
  // Behind a dash alone: `1.6.9 - 20200227`.
  const packed = /[-–—]\s*((?:19|20)\d\d)(\d{2})(\d{2})\s*$/.exec(line);
  if (packed !== null && Number(packed[2]) <= 12)
    return Date.UTC(Number(packed[1]), Number(packed[2]) - 1, Number(packed[3]));
  const british = /(?<!\d|\d\.)(\d{1,2}) ([A-Z][a-z]{2,8}) (\d{4})/.exec(line);
  if (british !== null && month(british[2] ?? '') >= 0)
    return Date.UTC(Number(british[3]), month(british[2] ?? ''), Number(british[1]));
  const american = /([A-Z][a-z]{2,8}) (\d{1,2}), (\d{4})/.exec(line);
  return american !== null && month(american[1] ?? '') >= 0
    ? Date.UTC(Number(american[3]), month(american[1] ?? ''), Number(american[2]))
    : undefined;
}

/** Versions of lines that say nothing else, in a changelog without days; by their order in it, newest first or last. */
function undatedReleases(text: string): ShownRelease[] {
  const found: { version: string; lines: string[] }[] = [];
  for (const line of text.split('\n')) {
    const words = line.replace(/^[#*\s]+|[*\]:：\s]+$/g, '').split(/[\s[]+/);
    const last = words.at(-1)?.replace(/^v/i, '') ?? '';
    const before = words.slice(0, -1).join(' ').toLowerCase();
    const isHead =
      /^\d+(?:\.\d+)+[a-z]?$/i.test(last) && /^(?:(?:changes|what's new|new) .*|version|release|版本|v)?$/.test(before);
    if (isHead && words.length <= 5) found.push({ version: last, lines: [] });
    else found.at(-1)?.lines.push(line);
  }
  const falling = order(found[0]?.version ?? '', found.at(-1)?.version ?? '') > 0;
  return found.map((one, i) => ({ ...one, day: falling ? found.length - i : i }));
}

/** Above zero where the first of two versions is the later. */
function order(a: string, b: string): number {
  const gaps = a.split('.').map((part, i) => parseInt(part, 10) - (parseInt(b.split('.')[i] ?? '', 10) || 0));
  return gaps.find((gap) => gap !== 0) ?? (a.length - b.length || a.localeCompare(b));
}

/** The releases of a changelog, in its order. */
export function shownReleases(shown: ShownDocument): ShownRelease[] {
  const dated = datedReleases(shown);
  return dated.length > 0 ? dated : undatedReleases(shown.text);
}

/** What stands under a heading: `=====`. */
const ruler = /^(?:={3,}|-{3,}|~{3,})\s*$/;

function datedReleases({ text }: ShownDocument): ShownRelease[] {
  const found: { version: string; day: number | undefined; lines: string[] }[] = [];
  // Level of the heading of the last release; a heading of its level or above without a day ends it.
  let [level, open] = [6, true];
  const all = text.split('\n');
  for (const [i, line] of all.entries()) {
    if (ruler.test(line)) continue;
    const packaged = /^[\w.+-]+ \(([^)\s]+)\) .*urgency=/.exec(line)?.[1];
    const day = dayIn(line);
    if (/^[-*+] /.test(line) && found.length > 0) {
      if (open) found.at(-1)?.lines.push(line);
      continue;
    }
    const marks = /^(#{1,6}) /.exec(line)?.[1]?.length;
    const isHead = /^#{1,3} /.test(line) || (ruler.test(all[i + 1] ?? '') && line.trim() !== '');
    const marked = day !== undefined && isHead ? /v?(\d+\.\d+[\w.+~-]*)/.exec(line)?.[1] : undefined;
    if (packaged !== undefined) found.push({ version: packaged, day: undefined, lines: [] });
    else if (marked !== undefined) {
      found.push({ version: marked, day, lines: [] });
      [level, open] = [marks ?? 6, true];
    } else if (marks !== undefined && marks <= level && found.length > 0) open = false;
    else if (open) {
      const last = found.at(-1);
      if (last !== undefined && /^ ?-- /.test(line)) last.day ??= day;
      else last?.lines.push(line);
    }
  }
  return found.flatMap(({ version, day, lines }) => (day === undefined ? [] : [{ version, day, lines }]));
}

/** The one release that has some words; undefined where none or several have. */
export function releaseWith(releases: readonly ShownRelease[], quote: string): ShownRelease | undefined {
  const words = quote.replace(/^“|”$/g, '');
  const texts = releases.map(({ lines }) => flat(lines.join('\n')));
  // The kind stands before the words, or in a heading above them.
  const [, kind = '', bare = ''] = /^([^:：]{2,30})[:：]\s*(.+)$/.exec(words) ?? [];
  const holds = (text: string): boolean =>
    text.includes(words) || (bare !== '' && text.includes(bare) && text.slice(0, text.indexOf(bare)).includes(kind));
  const fits = releases.filter((_, i) => holds(texts[i] ?? ''));
  return fits.length === 1 ? fits[0] : undefined;
}

/** How many items of a kind a release lists: with its word before them, or under its heading. */
export function itemsOfKind({ lines }: ShownRelease, kind: string): number {
  let [heading, count] = ['', 0];
  for (const line of lines) {
    if (/^#{1,6} /.test(line)) heading = line.replace(/^[^\p{L}]+|[^\p{L})]+$/gu, '');
    heading = /^(\p{Lu}[\p{L} ]{2,29}|\p{Script=Han}{2,8})[:：]\s*$/u.exec(line)?.[1] ?? heading;
    const item = /^[-*+] +(.*)$/.exec(line)?.[1];
    if (item === undefined) continue;
    const word = /^[*_\s]*(\p{L}+)[*_\s]*[:：]/u.exec(item)?.[1];
    if (word === kind || heading === kind) count++;
  }
  return count;
}

/** `2024-04-02`. */
export const isoOf = ({ day }: ShownRelease): string => new Date(day).toISOString().slice(0, 10);
