/**
 * @file Brings LaTeX as models write it into the form that the parser reads: boxes opened, spacing and sizing commands gone,
 * synonyms unified, units and quotes removed, malformed fractions, roots and powers mended.
 * Follows the order of latex2sympy2_extended's `normalize_latex`, because later steps see what earlier ones left; written as
 * linear scans where its patterns backtrack.
 */
import { strip } from '../text.ts';

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

/** Synonyms, tried in this order at every place; each entry is a pattern and what stands for it. */
const synonyms: readonly (readonly [RegExp, string])[] = [
  [/\\math(?:rm|it|bf)/y, '\\text'],
  [/\\text(?:normal|bf|it|rm)/y, '\\text'],
  [/\\[dtc]frac/y, '\\frac'],
  [/\s\./y, ' 0.'],
  [/\{\./y, '{0.'],
  [/~=/y, '\\approx'],
  [/\s*\{\s*,\s*\}/y, ','],
  [/(?<![a-zA-Z]),?\s*(?:and|or)(?![a-zA-Z])/y, ','],
  [/,?\s*\\text\{\s*(?:and|or)\s*\}/y, ','],
  [/(?<!\\)\\\s/y, ' '],
  [/infinity/y, '\\infty'],
  [/,?\\ldots/y, ' '],
  [/\s*\bpercentage\b/y, '\\%'],
  [/\\text\{percentage\}/y, '%'],
  [/\s*\bpercent\b/y, '\\%'],
  [/\\text\{percent\}/y, '%'],
  [/\s*\bpct\b/y, '\\%'],
  [/\\text\{pct\}/y, '%'],
  [/(?<!\\)inf(?!inity)/y, '\\infty'],
  [/ sqrt/y, '\\sqrt'],
];
/** No synonym begins with any other character. */
const synonymStart = /[\\\s{~,aoip]/g;

function replaceSynonyms(text: string): string {
  let out = '';
  let copied = 0;
  synonymStart.lastIndex = 0;
  for (let start = synonymStart.exec(text); start !== null; start = synonymStart.exec(text)) {
    const at = start.index;
    for (const [pattern, replacement] of synonyms) {
      pattern.lastIndex = at;
      if (!pattern.test(text)) continue;
      out += text.slice(copied, at) + replacement;
      copied = pattern.lastIndex;
      synonymStart.lastIndex = copied;
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
  out = replaceSynonyms(out.replace(silent, '')).replace(/[\n\t]/g, ' ');
  return out.includes('matrix') ? out : out.replace(/\\\\(?=[a-zA-Z])/g, '\\');
}

/** Words and letters that may follow a number as its unit; plurals in s and es are understood. */
const unitWords = new Set(
  `ab acre am apple are bc by c cc cent cm coin cube cubic d day decrease deg degree digit dm east edge excess feet
  ft g gain gal gallon gm h hectare hour hr inch inches increase kg km kmh kmph l lb less liter litre loss lt m man
  mark meal men meter metre mile min minute minw mm monkey month more mp mph mt mtr multiple noon number o ohm per
  pie pm pound prime profit pure ratio rd rise rounds rs rupee s sec second soldier sq square st student sue
  Surface t th tile toy unit way west woman women yard year yr`.split(/\s+/),
);
const unitPhrases = [
  'children ticket',
  'no change',
  'profit of rs',
  'cu cm',
  'sq inch',
  'sq m',
  'm square',
  ' m east',
  'pi sq m',
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

const repairs: readonly (readonly [RegExp, string])[] = [
  [/\^\s?\((.*?)\)/g, '^{$1}'],
  [/sqrt\s?\((.*?)\)/g, '\\sqrt{$1}'],
  [/\\frac\s?(\d)\s?(\d+)/g, '\\frac{$1}{$2}'],
  [/\\log_\s?(\d)\s?(\d+)/g, '\\log_{$1}{$2}'],
  [/\\frac\s?\{(.*?)\}\s?(\d)/g, '\\frac{$1}{$2}'],
  [/\\frac\s?(\d)\s?\{(.*?)\}/g, '\\frac{$1}{$2}'],
  [/\\sqrt\s?(\d)/g, '\\sqrt{$1}'],
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

/** The form of a LaTeX answer that the parser reads. */
export function normalizeLatex(latex: string, boxes: BoxMode = 'all'): string {
  let out = withoutUnits(basic(openBoxes(latex, boxes)));
  if (out.startsWith('.')) out = `0${out}`;
  if (out === '0.5') out = '\\frac{1}{2}';
  return strip(mended(out));
}
