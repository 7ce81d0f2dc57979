/** @file Characters that LaTeX writes as commands. */

const marks: Readonly<Record<string, string>> = {
  '`': '\u0300',
  "'": '\u0301',
  '^': '\u0302',
  '~': '\u0303',
  '"': '\u0308',
  '=': '\u0304',
  '.': '\u0307',
  u: '\u0306',
  v: '\u030c',
  H: '\u030b',
  c: '\u0327',
  k: '\u0328',
  r: '\u030a',
  d: '\u0323',
};

/** Commands that put a mark on the letter behind them. */
export const isAccent = (command: string): boolean => marks[command] !== undefined;

/** @example accented("'", 'e') // 'é' */
export function accented(command: string, letter: string): string {
  const plain = letter.replace(/^\\([ij])\s*/, '$1');
  return `${plain.slice(0, 1)}${marks[command] ?? ''}${plain.slice(1)}`.normalize('NFC');
}

/** What a command without arguments prints. */
export const printed: Readonly<Record<string, string>> = {
  '&': '&',
  '%': '%',
  $: '$',
  '#': '#',
  _: '_',
  '{': '{',
  '}': '}',
  ' ': ' ',
  ',': ' ',
  ';': ' ',
  ':': ' ',
  '!': '',
  '/': '',
  '-': '',
  '@': '',
  '\\': '\n',
  newline: '\n',
  linebreak: '\n',
  par: '\n\n',
  ss: 'ß',
  ae: 'æ',
  AE: 'Æ',
  oe: 'œ',
  OE: 'Œ',
  o: 'ø',
  O: 'Ø',
  aa: 'å',
  AA: 'Å',
  l: 'ł',
  L: 'Ł',
  i: 'i',
  j: 'j',
  S: '§',
  P: '¶',
  dag: '†',
  ddag: '‡',
  copyright: '©',
  pounds: '£',
  euro: '€',
  ldots: '…',
  dots: '…',
  textellipsis: '…',
  textendash: '–',
  textemdash: '—',
  textbackslash: '\\',
  textasciitilde: '~',
  textasciicircum: '^',
  textbar: '|',
  textless: '<',
  textgreater: '>',
  textunderscore: '_',
  textdegree: '°',
  degree: '°',
  textregistered: '®',
  texttrademark: '™',
  textbullet: '•',
  quad: ' ',
  qquad: ' ',
  enspace: ' ',
  thinspace: ' ',
  nobreakspace: ' ',
  and: ', ',
  LaTeX: 'LaTeX',
  TeX: 'TeX',
  BibTeX: 'BibTeX',
  today: '',
  slash: '/',
  times: '×',
};

/** Quotation marks and dashes that are written by several characters, and the blank that does not break. */
export const typographic = (text: string): string =>
  text
    .replace(/``/g, '“')
    .replace(/''/g, '”')
    .replace(/(?<![!<-])---(?!-)/g, '—')
    .replace(/(?<![!<-])--(?!-)/g, '–')
    .replaceAll('~', ' ');
