/** @file Numbered provisions of laws, contracts and manuals, and the references between them, read line by line. */
import type { Shown } from './prompt.ts';

/** A provision: `Article 7`, `section 4.2` or `第七条`. */
export interface Provision {
  readonly label: string;
  readonly title: string;
  /** Paragraphs below the heading, up to the next numbered heading. */
  readonly lines: string[];
}

/** `section 4.2`, and of a Chinese manual `第4.2节`. */
const sectionLabel = (number: string, title: string): string =>
  /\p{Script=Han}/u.test(title) ? `第${number}节` : `section ${number}`;

const headings: readonly [RegExp, (found: RegExpExecArray) => { label: string; title: string; rest?: string }][] = [
  [/^(?:#+ )?(Article) (\d+)[.:]? *(.*)$/, ([, kind = '', n = '', title = '']) => ({ label: `${kind} ${n}`, title })],
  [
    /^#+ (?:(?:Section|Chapter) )?(\d+(?:\.\d+)*)\.? +(.*)$/,
    ([, n = '', title = '']) => ({ label: sectionLabel(n, title), title }),
  ],
  [/^(第[一二三四五六七八九十百零\d]+条)[\s　]+(.*)$/, ([, label = '', rest = '']) => ({ label, title: '', rest })],
  // The blank may be lost in print.
  [
    /^(第[一二三四五六七八九十百零\d]+条)(?=[\p{Script=Han}](?<![第规所中的之至到和与及或以前后款项]))(.*)$/u,
    ([, label = '', rest = '']) => ({ label, title: '', rest }),
  ],
];

/** Below two numbers a heading may begin small, as the name of a command does: `3.8.7. ctbtest`. */
const plainHead = /^\s{0,3}((?:[A-Z]\.)?\d+(?:\.\d+)*)\.? +((?:\p{Lu}|(?<=\d\.\d+\.\d+\.? +)\p{Ll}).{2,110})$/u;

/** 4.10 after 4.9, A.1 after 9. */
function isAfter(a: string, b: string): boolean {
  const key = (number: string): number[] =>
    number.split('.').map((part) => (/\d/.test(part) ? Number(part) : 10_000 + part.charCodeAt(0)));
  const [one, other] = [key(a), key(b)];
  for (let i = 0; i < one.length; i++) {
    if (other[i] === undefined) return true;
    if (one[i] !== other[i]) return (one[i] ?? 0) > (other[i] ?? 0);
  }
  return false;
}

/** Paragraphs and items, each in one line. */
const joined = (lines: readonly string[]): string[] =>
  lines
    .join('\n')
    .split(/\n\s*\n|\n(?=\s*\d{1,2}\. )/)
    .map((part) => part.replace(/\s+/g, ' ').trim());

/** Numbered lines with blank ones around them, in a text without marks for headings; the numbers of real ones rise. */
function plainProvisions(lines: readonly string[]): Provision[] {
  const blank = (i: number): boolean => (lines[i] ?? '').trim() === '';
  const all = lines.flatMap((line, at) => {
    const [, number, title = ''] = plainHead.exec(line) ?? [];
    return number === undefined || !blank(at - 1) || !blank(at + 1) ? [] : [{ at, number, title }];
  });
  const hasParts = (i: number): boolean => all[i + 1]?.number.startsWith(`${all[i]?.number}.`) === true;
  const heads: typeof all = [];
  for (const [i, head] of all.entries()) {
    const isItem = !hasParts(i) && all.some((other, k) => k !== i && other.number === head.number && hasParts(k));
    const last = heads.at(-1);
    if (!isItem && (last === undefined || isAfter(head.number, last.number))) heads.push(head);
  }
  return heads.map(({ at, number, title }, i) => ({
    label: sectionLabel(number, title),
    title: title.trim(),
    lines: joined(lines.slice(at + 1, heads[i + 1]?.at ?? lines.length)),
  }));
}

/** The provisions of a document in their order. */
export function provisionsOf(shown: Shown): Provision[] {
  const marked = markedProvisions(shown);
  return marked.length >= 3 ? marked : plainProvisions(shown.lines);
}

function markedProvisions({ lines }: Shown): Provision[] {
  const found: Provision[] = [];
  let open = true;
  for (const line of lines) {
    const heading = headings.flatMap(([pattern, read]) => {
      const match = pattern.exec(line);
      return match === null ? [] : [read(match)];
    })[0];
    if (heading !== undefined) {
      found.push({
        label: heading.label,
        title: heading.title.trim(),
        lines: heading.rest === undefined ? [] : [heading.rest],
      });
      open = true;
    } else if (/^(?:#+ )?(?:Schedule|Annex|Appendix) \w+|^(?:#+ )?(?:附则|附件|第.+章)/.test(line)) open = false;
    else if (open && !/^[-=]{3,}$/.test(line)) found.at(-1)?.lines.push(line);
  }
  return found;
}

const digits = '零一二三四五六七八九';

/** 四十八 as 48; digits as they are. */
export function chineseNumber(text: string): number {
  if (/^[\d.]+$/.test(text)) return Number(text);
  let [all, part, digit] = [0, 0, 0];
  for (const sign of text.replaceAll('两', '二').replaceAll('〇', '零')) {
    const unit = { 十: 10, 百: 100, 千: 1000 }[sign];
    if (sign === '万' || sign === '亿') {
      all = (all + part + digit) * (sign === '万' ? 1e4 : 1e8);
      [part, digit] = [0, 0];
    } else if (unit === undefined) digit = digits.indexOf(sign);
    else {
      part += (digit === 0 ? 1 : digit) * unit;
      digit = 0;
    }
  }
  return all + part + digit;
}

const chineseReference =
  /(?<!》)第([一二三四五六七八九十百零\d]+(?:\.\d+)*)[条节](?:第[一二三四五六七八九十]+款)?(?:[至到]第([一二三四五六七八九十百零\d]+)条)?/g;
const englishReference =
  /(\bArticles?|\b[Ss]ections?|\b[Cc]lauses?|§+) ?((?:[A-Z]\.)?\d+(?:\.\d+)*(?:\([\da-z]{1,3}\))*(?:(?:,| and| or| to|, and| , or)? ?(?:Articles? |sections? |clauses? )?(?:[A-Z]\.)?\d+(?:\.\d+)*(?:\([\da-z]{1,3}\))*)*)(?! (?:of the owner|of that))/g;

/** Every number that a text refers to: `8.3`, or `39` of a Chinese article. */
export function referencesIn(text: string): { readonly number: string; readonly at: number }[] {
  const chinese = [...text.matchAll(chineseReference)].flatMap((found) => {
    if (found[1]?.includes('.')) return [{ number: found[1], at: found.index }];
    const [first, last] = [chineseNumber(found[1] ?? ''), chineseNumber(found[2] ?? found[1] ?? '')];
    return Array.from({ length: last - first + 1 }, (_, i) => ({ number: String(first + i), at: found.index }));
  });
  const english = [...text.matchAll(englishReference)].flatMap((found) => {
    const numbers = [...(found[2] ?? '').replace(/\([^()]*\)/g, '').matchAll(/(to )?((?:[A-Z]\.)?\d+(?:\.\d+)*)/g)];
    return numbers.flatMap(([, range, number = ''], i) => {
      const from = Number(numbers[i - 1]?.[2] ?? number);
      const between = range === undefined || number.includes('.') ? 0 : Number(number) - from - 1;
      const inner = Array.from({ length: Math.max(0, between) }, (_, k) => String(from + k + 1));
      return [...inner, number].map((one) => ({ number: one, at: found.index }));
    });
  });
  return [...chinese, ...english];
}

const numberOf = (label: string): string => {
  const chinese = /^第(.+)[条节]$/.exec(label)?.[1];
  if (chinese === undefined) return label.replace(/^\p{L}+ /u, '');
  return /^\d/.test(chinese) ? chinese : String(chineseNumber(chinese));
};

/** The provision that a number means: it, or the one that it is a part of. */
export function provisionOf(provisions: readonly Provision[], number: string): Provision | undefined {
  const exact = provisions.find(({ label }) => numberOf(label) === number);
  const whole = number.includes('.') ? number.replace(/\.\d+$/, '') : undefined;
  return exact ?? (whole === undefined ? undefined : provisionOf(provisions, whole));
}

export const textOf = ({ lines }: Provision): string => lines.join('\n');

/** Labels of the provisions that one refers to, without itself. */
export function citedBy(provisions: readonly Provision[], provision: Provision): Set<string> {
  const labels = referencesIn(textOf(provision)).flatMap(({ number }) => provisionOf(provisions, number)?.label ?? []);
  return new Set(labels.filter((label) => label !== provision.label));
}

/** The provision that a question names by its heading or its number. */
export function named(provisions: readonly Provision[], words: string): Provision | undefined {
  const title = /“([^”]+)”/.exec(words)?.[1];
  const byTitle = provisions.find((provision) => provision.title === title);
  const label = words
    .replace(/\s*[(（].*$/, '')
    .trim()
    .toLowerCase();
  const fits = ({ label: own }: Provision): boolean =>
    label === own.toLowerCase() || label.endsWith(` ${own.toLowerCase()}`);
  return byTitle ?? provisions.find(fits);
}

/** Whether a text uses a defined term, in the singular or plural. */
export function uses(text: string, term: string): boolean {
  if (/\p{Script=Han}/u.test(term)) return text.includes(term);
  const stem = term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/y$/, '(?:y|ie)');
  return new RegExp(`(?<![\\p{L}\\p{N}])${stem}(?:e?s)?(?![\\p{L}\\p{N}])`, 'u').test(text);
}

/** `Rent: £27,000 a year`, one of several such lines of a provision. */
const glossary = /^(\p{Lu}[\p{L} ’'-]{1,40}): (\S.*)$/u;

/** Defined terms with their definition and the provision that has it. */
export function definitionsIn(provisions: readonly Provision[]): { term: string; meaning: string; label: string }[] {
  return provisions.flatMap((provision) => {
    const isGlossary = provision.lines.filter((line) => glossary.test(line)).length > 2;
    return provision.lines.flatMap((line) => {
      const found =
        /^["“]([^"”]+)["”] means (.*)$/.exec(line) ??
        /^（[^）]+）([^，。；]{1,12})，是指(.*)$/.exec(line) ??
        (isGlossary ? glossary.exec(line) : null);
      return found === null ? [] : [{ term: found[1] ?? '', meaning: found[2] ?? '', label: provision.label }];
    });
  });
}
