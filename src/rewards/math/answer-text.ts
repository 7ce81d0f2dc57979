/**
 * @file Brings an answer into one spelling before its type is read: Unicode signs as LaTeX, digits of every script as ASCII,
 * spacing and sizing commands gone, `\text{..}` opened (a space keeps what stood upright apart from variables).
 * A currency's `\$` becomes `＄`, so that it is no mark of mathematics.
 */

const plain = /^[\n\x20-\x7e]*$/;

const signs: Readonly<Record<string, string>> = {
  '−': '-',
  '﹣': '-',
  '–': '-',
  '‐': '-',
  '‑': '-',
  '﹢': '+',
  '×': '\\times ',
  '✕': '\\times ',
  '⋅': '\\cdot ',
  '·': '\\cdot ',
  '∙': '\\cdot ',
  '÷': '\\div ',
  '±': '\\pm ',
  '∓': '\\mp ',
  '≤': '\\le ',
  '≦': '\\le ',
  '⩽': '\\le ',
  '≥': '\\ge ',
  '≧': '\\ge ',
  '⩾': '\\ge ',
  '≠': '\\ne ',
  '≈': '\\approx ',
  '≃': '\\approx ',
  '≅': '\\approx ',
  '∼': '\\approx ',
  '∞': '\\infty ',
  '∈': '\\in ',
  '∉': '\\notin ',
  '∪': '\\cup ',
  '∩': '\\cap ',
  '∖': '\\setminus ',
  '∅': '\\emptyset ',
  '⌀': '\\emptyset ',
  '√': '\\sqrt',
  '∛': '\\sqrt[3]',
  '∜': '\\sqrt[4]',
  '∠': '\\angle ',
  '△': '\\triangle ',
  '→': '\\to ',
  '⇒': '\\Rightarrow ',
  '∑': '\\sum ',
  '∏': '\\prod ',
  '∫': '\\int ',
  '∂': '\\partial ',
  '⟨': '\\langle ',
  '⟩': '\\rangle ',
  '〈': '\\langle ',
  '〉': '\\rangle ',
  '⌊': '\\lfloor ',
  '⌋': '\\rfloor ',
  '⌈': '\\lceil ',
  '⌉': '\\rceil ',
  ℝ: '\\mathbb{R}',
  ℤ: '\\mathbb{Z}',
  ℕ: '\\mathbb{N}',
  ℚ: '\\mathbb{Q}',
  ℂ: '\\mathbb{C}',
  ℓ: 'l',
  '∶': ':',
  '：': ':',
  '，': ', ',
  '、': ', ',
  '；': '; ',
  '。': '. ',
  '｡': '. ',
  '！': '! ',
  '？': '? ',
  '“': '"',
  '”': '"',
  '„': '"',
  '«': '"',
  '»': '"',
  '「': '"',
  '」': '"',
  '‘': "'",
  '’': "'",
  '′': "'",
  º: '°',
  '˚': '°',
  '㎝': 'cm',
  '㎡': 'm^{2}',
  '㎞': 'km',
  '㎏': 'kg',
  '…': '\\ldots ',
  '⋯': '\\ldots ',
  '＄': '\\$',
  '¼': '\\frac{1}{4}',
  '½': '\\frac{1}{2}',
  '¾': '\\frac{3}{4}',
  '⅓': '\\frac{1}{3}',
  '⅔': '\\frac{2}{3}',
  '⅕': '\\frac{1}{5}',
  '⅖': '\\frac{2}{5}',
  '⅗': '\\frac{3}{5}',
  '⅘': '\\frac{4}{5}',
  '⅙': '\\frac{1}{6}',
  '⅚': '\\frac{5}{6}',
  '⅐': '\\frac{1}{7}',
  '⅛': '\\frac{1}{8}',
  '⅜': '\\frac{3}{8}',
  '⅝': '\\frac{5}{8}',
  '⅞': '\\frac{7}{8}',
  '⅑': '\\frac{1}{9}',
  '⅒': '\\frac{1}{10}',
};

const raisedDigits = '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ';
const raisedPlain = '0123456789+-=()ni';
const loweredDigits = '₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙ';
const loweredPlain = '0123456789+-=()n';

const script = (run: string, from: string, to: string): string =>
  [...run].map((char) => to.charAt(from.indexOf(char))).join('');

function digitOf(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  // Digits of a script stand in runs of ten: the zero is the first before this one that is no digit's successor.
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return String((code - zero) % 10);
}

/** Unicode to ASCII and LaTeX; Han, kana and accented letters stay. */
export function asciiSigns(text: string): string {
  if (plain.test(text)) return text;
  return text
    .replace(/[\u200b-\u200f\u2060\ufeff\u00ad]/g, '')
    .replace(/[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g, ' ')
    .replace(
      /√\s*(\d+(?:\.\d+)?|[a-z]|\([^()]*\))/g,
      (_, inner: string) => `\\sqrt{${inner.replace(/^\((.*)\)$/, '$1')}}`,
    )
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ]+/g, (run) =>
      run.length === 1 ? `^${script(run, raisedDigits, raisedPlain)}` : `^{${script(run, raisedDigits, raisedPlain)}}`,
    )
    .replace(/[₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙ]+/g, (run) => `_{${script(run, loweredDigits, loweredPlain)}}`)
    .replace(/[^\n\x20-\x7e\u4e00-\u9fff]/g, (char) => {
      const sign = signs[char];
      if (sign !== undefined) return sign;
      if (/\p{Nd}/u.test(char) && char < '０') return digitOf(char);
      return char >= '\uff01' && char <= '\uff5e' ? String.fromCharCode(char.charCodeAt(0) - 0xfee0) : char;
    });
}

const spaces =
  /(?<!\\)\\(?:[,;:> ]|q?quad|(?:thinspace|medspace|thickspace|enspace|space|hfill)(?![a-zA-Z])|[hv]space\*?\{[^{}]*\})|~/g;
const gone =
  /(?<!\\)\\(?:!|displaystyle|textstyle|limits|nolimits|left\.|right\.|left(?![a-z])|right(?![a-z])|middle|[bB]igg?[lrm]?(?![a-z])|hline|noindent|centering|tag\*?\{[^{}]*\}|label\{[^{}]*\}|color\{[^{}]*\}|negthinspace|rm(?![a-z])|bf(?![a-z])|it(?![a-z])|em(?![a-z])|,)/g;
const upright =
  /([_^])?\s*\\(text|textbf|textit|textrm|textsf|texttt|textnormal|emph|mathrm|mathbf|mathit|mathsf|mathtt|mathnormal|boldsymbol|bm|pmb|operatorname\*?|mbox|hbox|underline|ensuremath|rm)\s*\{([^{}]*)\}(\^\{?\d\}?)?/g;
const inlineUpright = new Set(['mathbf', 'boldsymbol', 'bm', 'pmb', 'mathit', 'mathnormal', 'ensuremath']);
const degrees = /\s*\^\s*(?:\{\s*\\(?:circ|degree|circle)\s*\}|\\(?:circ|degree|circle)(?![a-z])|°|\{\s*°\s*\})/g;

function opened(text: string): string {
  let out = text;
  for (let pass = 0; pass < 4 && upright.test(out); pass++) {
    upright.lastIndex = 0;
    out = out.replace(upright, (_, mark: string | undefined, name: string, inner: string, power = '') => {
      if (mark === '_') return `_{${inner.trim()}}${power}`;
      if (mark === '^') return /^\s*(?:st|nd|rd|th)\s*$/.test(inner) ? inner.trim() : `^{${inner.trim()}}`;
      if (inlineUpright.has(name)) return `${inner}${power}`;
      if (name.startsWith('operatorname')) return ` \\${inner.trim()} ${power}`;
      return ` ${inner.replaceAll('$', '')}${power} `;
    });
  }
  upright.lastIndex = 0;
  return out;
}

/** Upright or hatted i, j, k are unit vectors; the arrow of a vector marks them. */
const unitVectors =
  /\\(?:mathbf|hat|vec|boldsymbol|bm|widehat)\s*\{?\s*(?:\\mathbf\s*\{?\s*)?\\?([ijk])(?:math)?\s*\}{0,2}(?![a-zA-Z])/g;

function latexForm(text: string): string {
  return opened(
    text
      .replace(unitVectors, '⇀$1')
      .replace(/\\\$/g, '＄')
      .replace(/\{\s*,\s*\}/g, ',')
      .replace(/\{\s*([:=])\s*\}/g, '$1')
      .replace(/\\!\s*/g, '')
      .replace(/\\(?:mathbin|mathrel|mathopen|mathclose|mathord)\s*\{([^{}]*)\}/g, '$1')
      .replace(/\\colon(?![a-z])/g, ':')
      .replace(/\\lbrace(?![a-z])/g, '\\{')
      .replace(/\\rbrace(?![a-z])/g, '\\}')
      .replace(/\\lbrack(?![a-z])/g, '[')
      .replace(/\\rbrack(?![a-z])/g, ']')
      .replace(/\\[cdt]frac(?![a-z])/g, '\\frac')
      .replace(/\\(?:var)nothing(?![a-z])/g, '\\emptyset')
      .replace(/\\(?:euro|texteuro)(?:\{\})?(?![a-z])/g, '€')
      .replace(/\\(?:pounds|textsterling)(?:\{\})?(?![a-z])/g, '£')
      .replace(/\\(?:yen|textyen)(?:\{\})?(?![a-z])/g, '¥')
      .replace(spaces, ' ')
      .replace(gone, '')
      .replace(degrees, '°')
      .replace(/\\(?:degree|textdegree)(?:\{\})?(?![a-z])/g, '°')
      .replace(/\\([%#&_])/g, '$1'),
  ).replace(/\^\s*\{?\s*(?<![a-z])(st|nd|rd|th)\s*\}?(?![a-z])/g, '$1');
}

/** LaTeX with its backslashes doubled, as strings of other languages hold it. */
const unescaped = (text: string): string =>
  text.includes('\\\\') && !text.includes('\\begin') ? text.replace(/\\\\(?=[a-zA-Z{}])/g, '\\') : text;

/** The text in the spelling that the readers of types expect. */
export function cleanAnswer(text: string): string {
  const ascii = unescaped(asciiSigns(text));
  const latex = ascii.includes('\\') || ascii.includes('~') ? latexForm(ascii) : ascii;
  return latex.replace(/[^\S\n]+/g, ' ').trim();
}

/** White space of every kind as single spaces and at most one empty line: patterns with several `\\s*` stay linear. */
export const squeezed = (text: string): string =>
  text
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n');
