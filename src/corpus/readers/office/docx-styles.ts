/** @file What the styles of a DOCX make of a paragraph: heading, title, caption, item of a list, line of a table of contents. */
import { attribute, child, elements, type XmlElement } from '../packed/xml.ts';

/** A paragraph style with what it takes over from others. */
export interface ParagraphStyle {
  /** Lower case, as Word names it in any language: `heading 1`, `caption`, `toc 2`. */
  readonly name: string;
  /** From 0; undefined for text. */
  readonly outline: number | undefined;
  readonly numId: string | undefined;
  readonly level: number | undefined;
}

const none: ParagraphStyle = { name: '', outline: undefined, numId: undefined, level: undefined };

/** Styles on styles; a circle ends it. */
const mostParents = 20;

const numberOf = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));

function ownStyle(properties: XmlElement | undefined, name: string): ParagraphStyle {
  const numbering = child(properties, 'numPr');
  const outline = numberOf(attribute(child(properties, 'outlineLvl'), 'val'));
  const heading = /^heading ([1-9])$/.exec(name)?.[1];
  return {
    name,
    outline: outline ?? (heading === undefined ? undefined : Number(heading) - 1),
    numId: attribute(child(numbering, 'numId'), 'val'),
    level: numberOf(attribute(child(numbering, 'ilvl'), 'val')),
  };
}

const over = (own: ParagraphStyle, base: ParagraphStyle): ParagraphStyle => ({
  name: own.name === '' ? base.name : own.name,
  outline: own.outline ?? base.outline,
  numId: own.numId ?? base.numId,
  level: own.level ?? base.level,
});

/** The styles of a file by their identifier. */
export class Styles {
  private readonly elements: ReadonlyMap<string, XmlElement>;
  private readonly found = new Map<string, ParagraphStyle>();

  constructor(tree: XmlElement | undefined) {
    const all = elements(child(tree, 'styles'), 'style');
    this.elements = new Map(all.map((element) => [attribute(element, 'styleId') ?? '', element]));
  }

  private style(id: string, depth = 0): ParagraphStyle {
    const known = this.found.get(id);
    const element = this.elements.get(id);
    if (known !== undefined || element === undefined || depth > mostParents) return known ?? none;
    const name = (attribute(child(element, 'name'), 'val') ?? '').toLowerCase();
    const base = attribute(child(element, 'basedOn'), 'val');
    const own = ownStyle(child(element, 'pPr'), name);
    const style = base === undefined ? own : over(own, this.style(base, depth + 1));
    this.found.set(id, style);
    return style;
  }

  /** What a paragraph is, by its style and its own properties. */
  of(properties: XmlElement | undefined): ParagraphStyle {
    const id = attribute(child(properties, 'pStyle'), 'val');
    const style = id === undefined ? none : this.style(id);
    return over({ ...ownStyle(properties, ''), name: '' }, style);
  }
}
