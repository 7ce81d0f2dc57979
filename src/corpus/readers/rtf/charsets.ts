/** @file The character sets of RTF, by the numbers of Windows, as labels of the Encoding Standard. */

const byCharset: Readonly<Record<number, string>> = {
  77: 'macintosh',
  128: 'shift_jis',
  129: 'euc-kr',
  134: 'gb18030',
  136: 'big5',
  161: 'windows-1253',
  162: 'windows-1254',
  163: 'windows-1258',
  177: 'windows-1255',
  178: 'windows-1256',
  186: 'windows-1257',
  204: 'windows-1251',
  222: 'windows-874',
  238: 'windows-1250',
};

const byCodePage: Readonly<Record<number, string>> = {
  874: 'windows-874',
  932: 'shift_jis',
  936: 'gb18030',
  949: 'euc-kr',
  950: 'big5',
  10000: 'macintosh',
  54936: 'gb18030',
  65001: 'utf-8',
};

/** Of a font; undefined where it says nothing. */
export const charsetLabel = (charset: number | undefined): string | undefined => byCharset[charset ?? -1];

/** Of the file. */
export const codePageLabel = (page: number | undefined): string =>
  byCodePage[page ?? 1252] ?? (page !== undefined && page >= 1250 && page <= 1258 ? `windows-${page}` : 'windows-1252');

/** Bytes as Latin-1 in their encoding. */
export function decodeBytes(bytes: string, label: string): string {
  let ascii = true;
  for (let i = 0; ascii && i < bytes.length; i++) ascii = bytes.charCodeAt(i) < 128;
  if (ascii) return bytes;
  const decoder = new TextDecoder(label);
  // As a stream: at once, Node 20 takes windows-1252 for Latin-1.
  return decoder.decode(Buffer.from(bytes, 'latin1'), { stream: true }) + decoder.decode();
}
