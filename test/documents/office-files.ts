/** @file Small office files made from the XML of their parts, as office programs write them, for tests and checks. */
import { strToU8, type Zippable, zipSync } from 'fflate';

/** XML of parts by name. */
export type Parts = Readonly<Record<string, string | Uint8Array>>;

/** An archive of these parts. */
export const packed = (parts: Parts): Uint8Array =>
  zipSync(
    Object.fromEntries(
      Object.entries(parts).map(([name, part]) => [name, typeof part === 'string' ? strToU8(part) : part]),
    ) as Zippable,
  );

const types = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const relationships = (targets: Readonly<Record<string, string>>): string =>
  `<Relationships>${Object.entries(targets)
    .map(([target, type], i) => `<Relationship Id="rId${i + 1}" Type="${types}/${type}" Target="${target}"/>`)
    .join('')}</Relationships>`;
const main = (target: string): Parts => ({ '_rels/.rels': relationships({ [target]: 'officeDocument' }) });

/** A DOCX with this body; `parts` are further parts, such as `numbering`, `styles`, `footnotes`. */
export function docx(body: string, parts: Readonly<Record<string, string>> = {}, more: Parts = {}): Uint8Array {
  const names = Object.keys(parts);
  return packed({
    ...main('word/document.xml'),
    'word/document.xml': `<?xml version="1.0"?><w:document xmlns:w="w"><w:body>${body}</w:body></w:document>`,
    'word/_rels/document.xml.rels': relationships(Object.fromEntries(names.map((name) => [`${name}.xml`, name]))),
    ...Object.fromEntries(names.map((name) => [`word/${name}.xml`, parts[name] ?? ''])),
    ...more,
  });
}

/** A paragraph of a DOCX. */
export const paragraph = (text: string, properties = ''): string =>
  `<w:p><w:pPr>${properties}</w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`;

/** A sheet of `xlsx`: its XML, and how it is hidden. */
export interface SheetParts {
  readonly xml: string;
  readonly state?: 'hidden' | 'veryHidden';
}

/** An XLSX with these sheets. */
export function xlsx(
  sheets: Readonly<Record<string, SheetParts>>,
  { strings = '', styles = '', more = {} }: { strings?: string; styles?: string; more?: Parts } = {},
): Uint8Array {
  const names = Object.keys(sheets);
  const entries = names.map((name, i) => {
    const state = sheets[name]?.state;
    return `<sheet name="${name}" sheetId="${i + 1}"${state === undefined ? '' : ` state="${state}"`} r:id="rId${i + 1}"/>`;
  });
  const targets = names.map((_, i): [string, string] => [`worksheets/sheet${i + 1}.xml`, 'worksheet']);
  return packed({
    ...main('xl/workbook.xml'),
    'xl/workbook.xml': `<workbook><sheets>${entries.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relationships({
      ...Object.fromEntries(targets),
      'sharedStrings.xml': 'sharedStrings',
      'styles.xml': 'styles',
    }),
    'xl/sharedStrings.xml': `<sst>${strings}</sst>`,
    'xl/styles.xml': `<styleSheet>${styles}</styleSheet>`,
    ...Object.fromEntries(names.map((name, i) => [`xl/worksheets/sheet${i + 1}.xml`, sheets[name]?.xml ?? ''])),
    ...more,
  });
}

/** Rows of a sheet: texts inline, numbers as they are, `''` for no cell. */
export const sheetRows = (rows: readonly (readonly (string | number)[])[], first = 1): string =>
  rows
    .map((row, y) => {
      const cells = row.map((value, x) => {
        const at = `${String.fromCharCode(65 + x)}${first + y}`;
        if (value === '') return '';
        return typeof value === 'number'
          ? `<c r="${at}"><v>${value}</v></c>`
          : `<c r="${at}" t="inlineStr"><is><t>${value}</t></is></c>`;
      });
      return `<row r="${first + y}">${cells.join('')}</row>`;
    })
    .join('');

/** A PPTX with these slides, each the XML of its shapes; notes by the number of the slide, from 0. */
export function pptx(slides: readonly string[], notes: Readonly<Record<number, string>> = {}): Uint8Array {
  const parts: Record<string, string> = {};
  for (const [i, shapes] of slides.entries()) {
    const hidden = shapes.startsWith('!') ? ' show="0"' : '';
    parts[`ppt/slides/slide${i + 1}.xml`] =
      `<p:sld${hidden}><p:cSld><p:spTree>${shapes.replace('!', '')}</p:spTree></p:cSld></p:sld>`;
    if (notes[i] === undefined) continue;
    parts[`ppt/slides/_rels/slide${i + 1}.xml.rels`] = relationships({
      [`../notesSlides/notes${i + 1}.xml`]: 'notesSlide',
    });
    parts[`ppt/notesSlides/notes${i + 1}.xml`] =
      `<p:notes><p:cSld><p:spTree>${shape('body', notes[i] ?? '')}</p:spTree></p:cSld></p:notes>`;
  }
  const targets = slides.map((_, i): [string, string] => [`slides/slide${i + 1}.xml`, 'slide']);
  return packed({
    ...main('ppt/presentation.xml'),
    'ppt/presentation.xml': `<p:presentation><p:sldIdLst>${slides.map((_, i) => `<p:sldId id="${256 + i}" r:id="rId${i + 1}"/>`).join('')}</p:sldIdLst></p:presentation>`,
    'ppt/_rels/presentation.xml.rels': relationships(Object.fromEntries(targets)),
    ...parts,
  });
}

/** A shape of a slide; each line of the text is a paragraph. */
export const shape = (type: string, text: string, properties = ''): string =>
  `<p:sp><p:nvSpPr><p:nvPr><p:ph type="${type}"/></p:nvPr></p:nvSpPr><p:txBody>${text
    .split('\n')
    .map((line) => `<a:p><a:pPr${properties}/><a:r><a:t>${line}</a:t></a:r></a:p>`)
    .join('')}</p:txBody></p:sp>`;

/** An ODT or ODS with this body. */
export const odf = (kind: 'text' | 'spreadsheet', body: string, automatic = '', more: Parts = {}): Uint8Array =>
  packed({
    'content.xml': `<office:document-content><office:automatic-styles>${automatic}</office:automatic-styles><office:body><office:${kind}>${body}</office:${kind}></office:body></office:document-content>`,
    ...more,
  });

/** An EPUB: its package's manifest, spine and metadata, and its files. */
export const epub = (manifest: string, spine: string, files: Parts, metadata = ''): Uint8Array =>
  packed({
    'META-INF/container.xml': '<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>',
    'OPS/book.opf': `<package><metadata>${metadata}</metadata><manifest>${manifest}</manifest><spine>${spine}</spine></package>`,
    ...files,
  });
