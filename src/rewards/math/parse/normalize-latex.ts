/**
 * @file Brings LaTeX as models write it into the form that the parser reads: boxes opened, spacing and sizing commands gone,
 * spellings unified, units and quotes removed, malformed fractions, roots and powers mended.
 * Follows the order of latex2sympy2_extended's `normalize_latex`, because later steps see what earlier ones left; written as
 * linear scans where its patterns backtrack.
 */
import { strip } from '../../text.ts';

/** Which boxes count: all of the text joined by commas, or the last run of neighbouring ones. */
export type BoxMode = 'all' | 'last';

/** The matching close of the brace at `open`, searching below `end`; -1 where there is none. */
function closingBrace(text: string, open: number, end: number): number {
  let depth = 0;
  for (let i = open; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === 123) depth++;
    else if (code === 125 && --depth === 0) return i;
  }
  return -1;
}

/** Two boxes belong to one answer when they are close, or differ and a comma, semicolon or and/or stands between them. */
function neighbours(between: string, content: string, next: string): boolean {
  if (between.length < 10) return true;
  return next !== content && between.length < 70 && /\b(?:and|or)\b|[,;]/.test(between);
}

/** The contents of `\boxed{...}` and `\fbox{...}`, from the right; the text itself where there are none. */
export function openBoxes(text: string, mode: BoxMode): string {
  if (!text.includes('box')) return text;
  const contents: string[] = [];
  let before = text.length;
  let end = text.length;
  let nextStart: number | undefined;
  for (;;) {
    const boxed = lastBefore(text, '\\boxed', before);
    const framed = lastBefore(text, '\\fbox', before);
    const start = Math.max(boxed, framed);
    if (start < 0) break;
    let open = start + (boxed > framed ? 6 : 5);
    while (open < end && /\s/.test(text.charAt(open))) open++;
    if (open >= end) break;
    const close = text.charAt(open) === '{' ? closingBrace(text, open, end) : -1;
    if (close < 0) {
      if (contents.length === 0) contents.push(text.slice(open));
      break;
    }
    const content = strip(text.slice(open + 1, close));
    const next = contents.at(-1) ?? '';
    if (mode === 'last' && nextStart !== undefined && !neighbours(text.slice(close + 1, nextStart), content, next))
      break;
    if (contents.length === 0 || next !== content) contents.push(content);
    nextStart = start;
    end = start;
    before = start;
  }
  return contents.length === 0 ? text : contents.reverse().join(',');
}

/** The last place where `part` ends at or before `end`. */
function lastBefore(text: string, part: string, end: number): number {
  return end < part.length ? -1 : text.lastIndexOf(part, end - part.length);
}

const sized =
  /\\m?(?:left|right)(?=\\[{}|]|[{}|[\]()]|\\(?:lgroup|rgroup|lbrace|rbrace|lbrack|rbrack|lvert|rvert|vert|lceil|rceil|lfloor|rfloor|langle|rangle|[lu][lr]corner))/g;
const silent = /\\mathrm\{th\}|\\!\s*|\\text\s*\{\s*\}|\\\$|\$|(?<!\\)["']|\\displaystyle/g;
const arrangement = /\(([\w+\-*/\\ ]+)\)_\{([\w+\-*/\\ ]+)\}/g;

/** The spellings of a sign or separator, by what they become. No two match at the same place, so that their order is free. */
const spellings = Object.entries({
  // Enumerations.
  ',': [
    String.raw`(?<![a-zA-Z]),?\s*(?:and|or)(?![a-zA-Z])`,
    String.raw`,?\s*\\text\{\s*(?:and|or)\s*\}`,
    String.raw`\s*\{\s*,\s*\}`,
  ],
  ' ': [String.raw`,?\\ldots`, String.raw`(?<!\\)\\\s`],
  // Percentages: a bare word takes the space before it along.
  '\\%': [String.raw`\s*\b(?:percent|percentage|pct)\b`],
  '%': [String.raw`\\text\{(?:percent|percentage|pct)\}`],
  // A point that lacks its zero.
  ' 0.': [String.raw`\s\.`],
  '{0.': [String.raw`\{\.`],
  // Commands under other names, or without their backslash.
  '\\text': [String.raw`\\math(?:bf|it|rm)`, String.raw`\\text(?:bf|it|rm|normal)`],
  '\\frac': [String.raw`\\[cdt]frac`],
  '\\sqrt': ' sqrt',
  '\\infty': ['infinity', String.raw`(?<!\\)inf(?!inity)`],
  '\\approx': '~=',
}).map(([meaning, forms]) => ({ meaning, pattern: new RegExp([forms].flat().join('|'), 'y') }));
/** No spelling begins with any other character. */
const spellingStart = /[\\\s{~,aoip]/g;

function unifySpellings(text: string): string {
  let out = '';
  let copied = 0;
  spellingStart.lastIndex = 0;
  for (let start = spellingStart.exec(text); start !== null; start = spellingStart.exec(text)) {
    for (const { meaning, pattern } of spellings) {
      pattern.lastIndex = start.index;
      if (!pattern.test(text)) continue;
      out += text.slice(copied, start.index) + meaning;
      copied = pattern.lastIndex;
      spellingStart.lastIndex = copied;
      break;
    }
  }
  return out + text.slice(copied);
}

function basic(text: string): string {
  let out = text;
  if (out.includes('\\')) {
    out = out
      .replaceAll('\\mathrm{T}', 'T')
      .replaceAll('\\mathrm{d}', 'd')
      .replaceAll('{\\rm d}', 'd')
      .replaceAll('\\left[\\begin{matrix}', '\\begin{bmatrix}')
      .replaceAll('\\end{matrix}\\right]', '\\end{bmatrix}')
      .replace(sized, '');
  }
  if (out.includes(')_{')) out = out.replace(arrangement, '\\frac{($1)!}{(($1)-($2))!}');
  out = unifySpellings(out.replace(silent, '')).replace(/[\n\t]/g, ' ');
  return out.includes('matrix') ? out : out.replace(/\\\\(?=[a-zA-Z])/g, '\\');
}

/** Words and letters that may follow a number as its unit; plurals in s and es are understood. */
const unitWords = new Set(
  [
    // Length, area, volume, mass.
    'mm cm dm m km inch inches feet ft yard mile metre meter mtr mt edge sq square are acre hectare cube cubic cc l lt liter litre gal gallon g gm kg lb pound',
    // Time, speed, angle, resistance, temperature.
    's sec second min minute h hr hour d day month year yr noon am pm bc kmh kmph mph mp minw deg degree o c ohm',
    // Money and trade.
    'cent coin rs rupee mark gain profit loss increase decrease rise more less excess',
    // What word problems count.
    'man men woman women student soldier monkey meal apple pie tile toy unit number digit multiple prime ratio rounds',
    // Directions, and what remains of abbreviations and ordinals.
    'east west way rd st th t ab by per pure sue Surface',
  ].flatMap((group) => group.split(' ')),
);
const unitPhrases = [
  'm square',
  'sq m',
  'sq inch',
  'pi sq m',
  'cu cm',
  ' m east',
  'profit of rs',
  'children ticket',
  'no change',
];

/** The text without a unit at its end, or undefined: a digit, closing brace or space must stand before the unit. */
function withoutUnit(text: string): string | undefined {
  let end = text.length;
  while (end > 0 && /\s/.test(text.charAt(end - 1))) end--;
  let start = end;
  while (start > 0 && /[a-zA-Z]/.test(text.charAt(start - 1))) start--;
  const candidates: number[] = [];
  const word = text.slice(start, end);
  if (word !== '' && [word, word.replace(/s$/, ''), word.replace(/es$/, '')].some((stem) => unitWords.has(stem)))
    candidates.push(start);
  for (const phrase of unitPhrases)
    for (const form of [phrase, `${phrase}s`, `${phrase}es`])
      if (text.endsWith(form, end)) candidates.push(end - form.length);
  if (candidates.length === 0) return undefined;
  const from = Math.min(...candidates);
  let keep = from;
  while (keep > 0 && /\s/.test(text.charAt(keep - 1))) keep--;
  const before = text.charAt(keep - 1);
  if (/[\d}]/.test(before)) return text.slice(0, keep);
  // The reference keeps the first space of the run.
  return keep < from ? text.slice(0, keep + 1) : undefined;
}

const unitPower = /^(?:\^\d|\{\^\d\})?$/;

/** Cuts a `\text{...}` or `\mbox{...}` that reaches to the end, from the first such command on. */
function withoutTrailingText(text: string): string {
  const close = text.lastIndexOf('}');
  if (close < 0) return text;
  const powered = /\{\^\d\}$/.test(text);
  const last = powered ? text.lastIndexOf('}', text.length - 5) : close;
  if (!unitPower.test(text.slice(last + 1)) && !unitPower.test(text.slice(close + 1))) return text;
  const command = /\\(?:text|mbox)\{/.exec(text);
  return command === null || command.index + command[0].length > close ? text : text.slice(0, command.index);
}

function withoutUnits(text: string): string {
  let out = text;
  const cut = strip(withoutTrailingText(out));
  if (cut !== '') out = cut === out ? out : cut;
  for (let pass = 0; pass < 2; pass++) out = withoutUnit(out) || out;
  return out;
}

type Pass = readonly [RegExp, string];

/** An argument in parentheses gets braces. */
const unparenthesised = (operator: RegExp, name: string): Pass => [
  new RegExp(String.raw`${operator.source}\s?\((.*?)\)`, 'g'),
  `${name}{$1}`,
];
/** Arguments of the given forms, a space before each allowed, get braces. */
const braced = (name: string, ...forms: string[]): Pass => [
  new RegExp(`${String.raw`\\`}${name}${forms.map((form) => String.raw`\s?${form}`).join('')}`, 'g'),
  `\\${name}${forms.map((_, i) => `{$${i + 1}}`).join('')}`,
];
const digit = String.raw`(\d)`;
const digits = String.raw`(\d+)`;
const group = String.raw`\{(.*?)\}`;

/** Mended one after the other, each over what the former ones left. */
const repairs: readonly Pass[] = [
  unparenthesised(/\^/, '^'),
  unparenthesised(/sqrt/, '\\sqrt'),
  braced('log_', digit, digits),
  braced('frac', digit, digits),
  braced('frac', group, digit),
  braced('frac', digit, group),
  braced('sqrt', digit),
];

/** `\sqrt a` and `\frac ab` with their arguments in braces. */
function bracedArguments(text: string): string {
  const roots = text.split('\\sqrt').map((part, i) => {
    if (i === 0) return part;
    const rest = part.trimStart();
    return rest === '' || rest.startsWith('{') || rest.startsWith('[') ? rest : `{${rest.charAt(0)}}${rest.slice(1)}`;
  });
  const joinedRoots = roots.join('\\sqrt');
  const fractions = joinedRoots.split('\\frac').map((part, i) => (i === 0 ? part : part.trimStart()));
  if (fractions.some((part, i) => i > 0 && !part.startsWith('{') && part.length < 2)) return joinedRoots;
  return fractions
    .map((part, i) => {
      if (i === 0 || part.startsWith('{')) return part;
      const [a = '', b = ''] = part;
      return b === '{' ? `{${a}}${part.slice(1)}` : `{${a}}{${b}}${part.slice(2)}`;
    })
    .join('\\frac');
}

function mended(text: string): string {
  let out = text;
  if (/[\\^]|sqrt/.test(out)) {
    for (const [pattern, replacement] of repairs) out = out.replace(pattern, replacement);
    out = bracedArguments(out.replaceAll(' sqrt', '\\sqrt'));
  }
  return /^-?(?:0|[1-9]\d*)\/-?(?:0|[1-9]\d*)$/.test(out) ? out.replace(/^(.*)\/(.*)$/, '\\frac{$1}{$2}') : out;
}

/** The form of a LaTeX answer that the parser reads; `keep` leaves units, which a typed reading has taken already. */
export function normalizeLatex(latex: string, boxes: BoxMode = 'all', units: 'drop' | 'keep' = 'drop'): string {
  const opened = basic(openBoxes(latex, boxes));
  let out = units === 'drop' ? withoutUnits(opened) : opened;
  if (out.startsWith('.')) out = `0${out}`;
  if (out === '0.5') out = '\\frac{1}{2}';
  return strip(mended(out));
}
