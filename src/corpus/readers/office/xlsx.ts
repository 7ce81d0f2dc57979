/**
 * @file XLSX (and XLSM, whose macros are not looked at): every sheet is a document with its tables as shown, formulas by the values that the
 * file keeps of them (ECMA-376, part 1). Hidden sheets are set aside by name.
 */
import { printable } from '../../../printable.ts';
import { quarantined } from '../../../records/quarantined.ts';
import { QuarantineError } from '../../../records/reader.ts';
import { attribute, child, elements, type XmlElement } from '../packed/xml.ts';
import type { RawDocument, Reader, ReadItem } from '../reader.ts';
import { openPackage, type PackageParts, partTree, relatedPart, statedProperties } from './package-parts.ts';
import { sheetText } from './sheet-regions.ts';
import { readWorksheet, sharedStrings, type WorkbookValues } from './xlsx-sheet.ts';
import { numberFormats } from './xlsx-styles.ts';

/** The document of a sheet; undefined for one that is empty. */
async function sheetDocument(
  id: string,
  name: string,
  xml: string,
  values: WorkbookValues,
  stated: RawDocument['metadata'],
): Promise<RawDocument | undefined> {
  const sheet = await readWorksheet(xml, values);
  const text = sheetText(sheet.cells);
  const left = { hiddenRows: sheet.hiddenRows, hiddenColumns: sheet.hiddenColumns };
  const counts = Object.entries({ ...left, formulasWithoutValue: sheet.formulasWithoutValue });
  const metadata = { ...stated, ...Object.fromEntries(counts.filter(([, count]) => count > 0)) };
  return text === '' && sheet.formulasWithoutValue === 0
    ? undefined
    : { type: 'document', id, text, title: name, metadata };
}

async function valuesOf(parts: PackageParts, workbook: XmlElement | undefined): Promise<WorkbookValues> {
  const strings = await relatedPart(parts, 'sharedStrings');
  const date1904 = ['1', 'true'].includes(attribute(child(workbook, 'workbookPr'), 'date1904') ?? '');
  return {
    strings: await sharedStrings(strings === undefined ? undefined : await parts.text(strings)),
    show: await numberFormats(await partTree(parts, await relatedPart(parts, 'styles')), date1904),
  };
}

/** A sheet is one document. @throws QuarantineError when the file is damaged, encrypted or too large. */
export const readXlsx: Reader = async function* (input) {
  const parts = await openPackage(input, 'XLSX');
  const workbook = child(await partTree(parts, parts.main), 'workbook');
  const values = await valuesOf(parts, workbook);
  const { metadata } = await statedProperties(parts);
  const targets = new Map((await parts.relationships(parts.main)).map((found) => [found.id, found]));
  let found = 0;
  for (const sheet of elements(child(workbook, 'sheets'), 'sheet')) {
    const name = attribute(sheet, 'name') ?? '';
    const id = printable(`${input.id}#${name}`);
    const target = targets.get(Object.entries(sheet.attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? '');
    const xml = target?.type === 'worksheet' ? await parts.text(target.target) : undefined;
    // Sheets of charts and macros have no cells.
    if (xml === undefined) continue;
    const item = isShown(sheet)
      ? await sheetItem(id, () => sheetDocument(id, name, xml, values, metadata))
      : hidden(id);
    if (item === undefined) continue;
    found++;
    yield item;
  }
  if (found === 0) throw new QuarantineError('empty', 'no sheet of the workbook has anything in it');
};

const isShown = (sheet: XmlElement): boolean => (attribute(sheet, 'state') ?? 'visible') === 'visible';

/** Sheets that nobody sees are not read, and said. */
export const hidden = (id: string): ReadItem => ({
  type: 'quarantined',
  id,
  code: 'hidden',
  reason: 'the sheet is hidden; show it to have it read',
});

/** One bad sheet leaves the others. */
export async function sheetItem(id: string, read: () => Promise<ReadItem | undefined>): Promise<ReadItem | undefined> {
  try {
    return await read();
  } catch (error) {
    return quarantined(id, error);
  }
}
