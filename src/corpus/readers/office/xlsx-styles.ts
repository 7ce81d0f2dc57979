/** @file Numbers of a workbook as its sheets show them: dates, percentages, amounts, by the formats of the cells (ECMA-376, 18.8.30). */
import { optionalPackage } from '../../../records/optional-package.ts';
import { attribute, child, elements, type XmlElement } from '../packed/xml.ts';

/** Formats that Excel writes by their number only. Dates of the reader's own country are told as ISO 8601, which all countries read. */
const builtIn: Readonly<Record<number, string>> = {
  0: 'General',
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  9: '0%',
  10: '0.00%',
  11: '0.00E+00',
  12: '# ?/?',
  13: '# ??/??',
  14: 'yyyy-mm-dd',
  15: 'd-mmm-yy',
  16: 'd-mmm',
  17: 'mmm-yy',
  18: 'h:mm AM/PM',
  19: 'h:mm:ss AM/PM',
  20: 'h:mm',
  21: 'h:mm:ss',
  22: 'yyyy-mm-dd h:mm',
  37: '#,##0;(#,##0)',
  38: '#,##0;(#,##0)',
  39: '#,##0.00;(#,##0.00)',
  40: '#,##0.00;(#,##0.00)',
  41: '#,##0;(#,##0);"-"',
  42: '$#,##0;($#,##0);"-"',
  43: '#,##0.00;(#,##0.00);"-"',
  44: '$#,##0.00;($#,##0.00);"-"',
  45: 'mm:ss',
  46: '[h]:mm:ss',
  47: 'mm:ss.0',
  48: '##0.0E+0',
  49: '@',
};

/** Those between are dates and times of East Asia. */
const eastern = (id: number): string | undefined =>
  (id >= 27 && id <= 36) || (id >= 50 && id <= 58)
    ? [32, 33, 34, 35, 55, 56].includes(id)
      ? 'h:mm:ss'
      : 'yyyy-mm-dd'
    : undefined;

/** A number as a cell of that style shows it. */
export type ShowNumber = (value: number, style: number) => string;

/** Days between the two calendars that workbooks count in. */
const since1904 = 1462;

/** Formats beyond this length are none that a person made. */
const longestFormat = 500;

/** @param date1904 whether day 0 is in 1904 */
export async function numberFormats(styles: XmlElement | undefined, date1904: boolean): Promise<ShowNumber> {
  const { format, isDateFormat, isValidFormat } = await optionalPackage('numfmt', () => import('numfmt'));
  const sheet = child(styles, 'styleSheet');
  const own = new Map(
    elements(child(sheet, 'numFmts'), 'numFmt').map((element) => [
      Number(attribute(element, 'numFmtId')),
      attribute(element, 'formatCode') ?? 'General',
    ]),
  );
  const patterns = elements(child(sheet, 'cellXfs'), 'xf').map((element) => {
    const id = Number(attribute(element, 'numFmtId') ?? 0);
    const pattern = own.get(id) ?? builtIn[id] ?? eastern(id) ?? 'General';
    const known = pattern.length <= longestFormat && isValidFormat(pattern);
    return { pattern: known ? pattern : 'General', date: known && isDateFormat(pattern) };
  });
  return (value, style) => {
    const { pattern, date } = patterns[style] ?? { pattern: 'General', date: false };
    // Excel shows the first 11 digits of a number, which is no number that anyone meant.
    if (pattern === 'General' && Number.isSafeInteger(value)) return String(value);
    return format(pattern, date && date1904 ? value + since1904 : value).trim();
  };
}
