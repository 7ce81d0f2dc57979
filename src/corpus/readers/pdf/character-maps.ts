/**
 * @file Character maps of Chinese, Japanese and Korean fonts that a PDF names and does not hold. unpdf has none, pdfjs-dist has all. Without
 * it, the maps whose codes are Unicode itself are made here: the code stands for the glyph, and the glyph for the code. Glyphs are then not
 * the font's own, which only its widths show.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

/** `UniGB-UCS2-H`, `UniJIS-UTF16-V`. */
const unicodeMap = /^Uni(GB|CNS|JIS|JIS2004|JISX0213|JISX02132004|KS)-(?:UCS2|UTF16)(?:-HW)?-([HV])$/;
/** From the glyphs of a collection to Unicode. */
const glyphMap = /^Adobe-(GB1|CNS1|Japan1|Korea1)-UCS2$/;
const collections: Readonly<Record<string, string>> = { GB: 'GB1', CNS: 'CNS1', KS: 'Korea1' };

/** A map in the language of PostScript. */
const mapText = (range: string, vertical: boolean): Uint8Array =>
  new TextEncoder().encode(
    `begincmap\n/WMode ${vertical ? 1 : 0} def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n${range}\nendcmap\n`,
  );

/** Where the maps of pdfjs-dist are, where it is installed. */
function installedMaps(): string | undefined {
  try {
    return path.join(path.dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json')), 'cmaps');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'MODULE_NOT_FOUND') return undefined;
    throw cause;
  }
}

/** What pdf.js is given to load maps by, and the names of those that it asked for in vain. */
export function characterMaps() {
  const folder = installedMaps();
  const missing = new Set<string>();
  const known = new Set<string>();
  const made = (name: string): Uint8Array | undefined => {
    const [, script = '', direction] = unicodeMap.exec(name) ?? [];
    if (script !== '') {
      known.add(collections[script] ?? 'Japan1');
      return mapText('1 begincidrange\n<0000> <FFFF> 0\nendcidrange', direction === 'V');
    }
    // Of fonts with other codes the glyphs are the font's own.
    if (!known.has(glyphMap.exec(name)?.[1] ?? '')) return undefined;
    return mapText('1 beginbfrange\n<0000> <FFFF> <0000>\nendbfrange', false);
  };
  /** The interface that pdf.js asks for its data files through. */
  class DataFiles {
    async fetch({ kind, filename }: { kind: string; filename: string }): Promise<Uint8Array> {
      if (kind !== 'cMapUrl') throw new Error('no other data is needed for text');
      const name = path.basename(filename, '.bcmap');
      const map =
        folder === undefined ? made(name) : Uint8Array.from(await readFile(path.join(folder, `${name}.bcmap`)));
      if (map !== undefined) return map;
      missing.add(name);
      throw new Error(`the character map ${name} is not installed`);
    }
  }
  return { missing, DataFiles, packed: folder !== undefined };
}
