/** @file What the names of a PDF's fonts say: weight, and whether every character has the same width. */
import { isRecord } from '../../../json.ts';
import type { PlacedText } from './shapes.ts';

/** What is used of a font. */
export interface FontStyle {
  readonly name: string;
  readonly bold: boolean;
  readonly mono: boolean;
}

/** The fonts of a document by the name that pdf.js gives them. */
export interface Fonts {
  styleOf(id: string): FontStyle;
  /** Names that the file gives them. */
  names(): string[];
  /** True when a font that was not met yet has more than a few letters of the page. */
  lacks(page: PlacedText): boolean;
  learn(page: PlacedText, objects: { has(name: string): boolean; get(name: string): unknown }): void;
}

/** `CMBX10`, `SFBX1095`: the extended bold of TeX. */
const boldName = /bold|black|heavy|demi|[-,]b[di]?$|^(?:cm|sf|ec)b/i;
const monoName = /mono|courier|consol|typewriter|fixed|code|^(?:cm|sf|ec)(?:s?l?tt|it?tt)|menlo|inconsolata/i;
/** Share of a page's letters. */
const few = 0.04;
const plain: FontStyle = { name: '', bold: false, mono: false };

/** What pdf.js would draw the font by. */
const isMono = (style: object | undefined): boolean =>
  style !== undefined && 'fontFamily' in style && style.fontFamily === 'monospace';

/** Starts with none. */
export function makeFonts(): Fonts {
  const styles = new Map<string, FontStyle>();
  const idsOf = ({ items }: PlacedText): string[] =>
    items.flatMap((item) => ('fontName' in item && typeof item.fontName === 'string' ? [item.fontName] : []));
  return {
    styleOf: (id) => styles.get(id) ?? plain,
    names: () => [...new Set([...styles.values()].map(({ name }) => name))].filter((name) => name !== ''),
    lacks: ({ items }) => {
      let [unknown, all] = [0, 0];
      for (const item of items) {
        if (!('fontName' in item && typeof item.fontName === 'string' && 'str' in item)) continue;
        const letters = String(item.str).trim().length;
        all += letters;
        if (!styles.has(item.fontName)) unknown += letters;
      }
      return unknown > few * all;
    },
    learn: (page, objects) => {
      for (const id of new Set(idsOf(page))) {
        if (styles.has(id)) continue;
        const font = objects.has(id) ? objects.get(id) : undefined;
        const stated = isRecord(font) || typeof font === 'object' ? (font as Record<string, unknown>) : {};
        // `ABCDEF+Name`: only some of the font's characters are in the file.
        const name = String(stated.name ?? '').replace(/^[A-Z]{6}\+/, '');
        styles.set(id, {
          name,
          bold: boldName.test(name) || stated.bold === true || stated.black === true,
          mono: monoName.test(name) || isMono(page.styles[id]),
        });
      }
    },
  };
}
