/**
 * @file Headings and their levels: paragraphs of a larger font, bold ones, those that the PDF's own outline names. The outline gives the level
 * where there is one, else the order of the fonts' heights and the depth of the numbers.
 */
import type { Element, TextElement } from './paragraphs.ts';
import { type Line, median } from './shapes.ts';

/** An entry of the PDF's outline, `depth` from 1. */
export interface OutlineEntry {
  readonly title: string;
  readonly depth: number;
}

const longestHeading = 180;
/** The title is among the first of a document. */
const mostTitleElements = 8;
const numbering = /^(?:(?:chapter|section|appendix|part)\s+)?((?:\d{1,3}|[A-Z])(?:\.\d{1,3})*)[.:]?\s+(?=\S)/i;
const letters = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
const keyOf = (text: string): string => letters(text.replace(numbering, ''));

/** Larger than the body by this factor. */
const larger = 1.1;

/** Text of several lines that could be a heading. */
function couldBe({ text, lines, marker }: TextElement): boolean {
  const numbered = marker !== undefined && /^\d{1,2}[.)]$|^[A-Z]\.$/.test(marker);
  return (
    (marker === undefined || numbered) &&
    lines.length <= 4 &&
    text.length <= longestHeading &&
    /\p{L}{2}|\p{Script=Han}/u.test(text)
  );
}

/** A heading has no wide gap but behind its number: that is the head of a table. */
const isParted = ({ chunks }: Line): boolean =>
  chunks.some((chunk, i) => {
    const above = chunks[i - 1];
    return (
      above !== undefined &&
      chunk.x0 - above.x1 > 1.5 * chunk.size &&
      (i > 1 || !/\d[.)]?$|^\p{Lu}[.)]?$/u.test(above.text))
    );
  });

/** Figures' and tables' captions are bold in many documents. */
const caption = /^(?:figure|fig\.|table|图|表|図)\s*\d/i;
const isStyled = (element: TextElement, bodySize: number, boldBody: boolean): boolean => {
  const [first] = element.lines;
  if (first === undefined || caption.test(element.text) || isParted(first)) return false;
  if (!/^[\p{Lu}\p{Lt}\p{Lo}\d“"‘'(¿¡]/u.test(element.text) || /[,;]$/.test(element.text)) return false;
  const large = first.size >= larger * bodySize;
  const bold = !boldBody && element.lines.every((line) => line.bold) && first.size > 0.9 * bodySize;
  if (large) return element.text.length <= 120 || !/[.。]$/.test(element.text);
  return (
    bold &&
    element.text.length <= 120 &&
    element.lines.length <= 2 &&
    !/[.。:：]$/.test(element.text.replace(numbering, ''))
  );
};

/** Fonts' heights are compared in half points. */
const styleOf = (element: TextElement): number => {
  const [first] = element.lines;
  return Math.round((first?.size ?? 0) * 2) + (first?.bold === true ? 0.5 : 0);
};

const depthOf = (text: string): number => numbering.exec(text)?.[1]?.split('.').length ?? 0;
/** With its mark, which may be a heading's number; `a）` is written without a blank. */
export const withMarker = ({ marker, text }: TextElement): string =>
  marker === undefined ? text : `${marker}${/[）、]$/.test(marker) ? '' : ' '}${text}`;

/** Level by style: what the outline says of headings in that style, else one below the next larger style. */
function styleLevels(
  found: readonly TextElement[],
  depths: ReadonlyMap<TextElement, number>,
  title: boolean,
): Map<number, number> {
  const levels = new Map<number, number>();
  let above = 0;
  for (const style of [...new Set(found.map(styleOf))].sort((a, b) => b - a)) {
    const own = found.filter((element) => styleOf(element) === style);
    const stated = own.flatMap((element) => depths.get(element) ?? []);
    const shallowest = median(stated, 0);
    const level = stated.length > 0 ? shallowest + (title ? 1 : 0) : above + 1;
    levels.set(style, Math.min(6, level));
    above = Math.max(above, levels.get(style) ?? 0);
  }
  return levels;
}

/** The title: the first heading, on the first page, larger than all others; or as large as several with numbers, and without one. */
function titleOf(found: readonly TextElement[], depths: ReadonlyMap<TextElement, number>): TextElement | undefined {
  const [first, ...others] = found;
  if (first === undefined || first.page !== 1 || depths.has(first)) return undefined;
  const height = (element: TextElement): number => element.lines[0]?.size ?? 0;
  const rivals = others.filter((other) => height(other) >= height(first));
  if (rivals.length === 0) return first;
  const isAbove = rivals.every((other) => styleOf(other) === styleOf(first)) && depthOf(withMarker(first)) === 0;
  return isAbove && rivals.filter((other) => depthOf(withMarker(other)) > 0).length > 1 ? first : undefined;
}

/** What no title ends with, and no line but one that goes on. */
const goingOn = /(?:^|\s)(?:a|an|the|of|for|in|on|at|by|to|from|with|and|or|as|&)$|[-–—,:]$/i;

/** Whether a line of the title's font is the rest of the line above: it begins small, or the line above cannot end there, and is no further below it than lines of one text. */
function isRestOfTitle(above: TextElement, { lines: [line] }: TextElement): boolean {
  if (line?.gap === undefined || line.gap > 2 * line.size) return false;
  return /^[\p{Ll}(]/u.test(line.text) || goingOn.test(above.text);
}

/** Lines of the title, each of which is short of the next: they are one. */
export function withWholeTitle(elements: readonly Element[], bodySize: number): Element[] {
  const heights = elements.flatMap((element) => (element.kind === 'text' ? [element.lines[0]?.size ?? 0] : []));
  const largest = Math.max(...heights.slice(0, mostTitleElements));
  if (largest < 1.25 * bodySize) return [...elements];
  const joined: Element[] = [];
  for (const [i, element] of elements.entries()) {
    const last = joined.at(-1);
    const isTitle = (of: Element | undefined): of is TextElement =>
      of?.kind === 'text' &&
      of.page === 1 &&
      of.marker === undefined &&
      Math.abs((of.lines[0]?.size ?? 0) - largest) < 0.2;
    const goesOn = isTitle(element) && isTitle(last) && (element.soft === true || isRestOfTitle(last, element));
    if (i < mostTitleElements && goesOn && last.lines.length < 4)
      joined[joined.length - 1] = {
        ...last,
        text: `${last.text} ${element.text}`,
        lines: [...last.lines, ...element.lines],
      };
    else joined.push(element);
  }
  return joined;
}

/** Level of each heading, 1 to 6. */
export function headingLevels(
  elements: readonly Element[],
  { bodySize, boldBody, outline }: { bodySize: number; boldBody: boolean; outline: readonly OutlineEntry[] },
): Map<TextElement, number> {
  const named = new Map(outline.map(({ title, depth }) => [keyOf(title), depth]));
  const depths = new Map<TextElement, number>();
  const found = elements
    .filter((element) => element.kind === 'text')
    .filter((element) => {
      if (!couldBe(element)) return false;
      const depth = named.get(keyOf(withMarker(element)));
      const styled = isStyled(element, bodySize, boldBody);
      if (depth !== undefined && keyOf(withMarker(element)).length > 2 && (styled || depthOf(withMarker(element)) > 0))
        depths.set(element, depth);
      return styled || depths.has(element);
    });
  const title = titleOf(found, depths);
  const below = title !== undefined && found.filter((one) => styleOf(one) === styleOf(title)).length > 1 ? 1 : 0;
  const levels = styleLevels(found, depths, title !== undefined);
  const shallow = new Map<number, number>();
  for (const element of found) {
    const depth = depthOf(withMarker(element));
    if (depth > 0) shallow.set(styleOf(element), Math.min(shallow.get(styleOf(element)) ?? depth, depth));
  }
  const levelled = new Map(
    found.map((element): [TextElement, number] => {
      const [own, depth] = [depths.get(element), depthOf(withMarker(element))];
      if (own !== undefined) return [element, Math.min(6, own + (title === undefined ? 0 : 1))];
      const style = styleOf(element);
      const deeper = depth === 0 ? 0 : depth - (shallow.get(style) ?? depth);
      const under = element === title ? 0 : below;
      return [element, Math.min(6, (levels.get(style) ?? 1) + deeper + under)];
    }),
  );
  // What stands before the first numbered section, as an abstract does, is no part of another one, however small its letters are.
  const numbered = found.find((element) => depthOf(withMarker(element)) > 0);
  const shallowest = numbered === undefined ? 6 : (levelled.get(numbered) ?? 6);
  for (const element of found) {
    if (element === numbered) break;
    levelled.set(element, Math.min(levelled.get(element) ?? 6, shallowest));
  }
  return levelled;
}
