/**
 * @file Gate g1: how solvers read articles, sections and clauses. Lines that look like their headings, and the words `Article 8` or `第八条`, are all
 * there is to it; the parser of the corpus is not asked.
 */
import type { ShownDocument } from '../read-prompt.ts';

/** A provision as its lines show it. */
export interface ShownProvision {
  readonly name: string;
  readonly number: string;
  readonly title: string;
  /** What stands behind its heading, up to the next one. */
  readonly body: string;
}

const ruler = /^([=*~^"+-])\1{2,}\s*$/;
const columns = /\S(?: {2,}|\t|　{2,})\S.*(?: {2,}|\t|　{2,})\S/;

interface Head {
  readonly number: string;
  readonly title: string;
  /** Text of the provision in the line of its heading. */
  readonly rest: string;
}

/** The heading of a provision of the kind that a name is of. */
function headIn(line: string, kind: string, marked: boolean, alone: boolean): Head | undefined {
  if (columns.test(line) || line.startsWith('|')) return undefined;
  const words = line.replace(/^#{1,6} |^\*\*|\*\*$/g, '').trim();
  if (kind === '条') {
    // The wide blank behind it may be lost in print: `第三十三条违反本条例`.
    const [, number, rest = ''] =
      /^第([一二三四五六七八九十百零〇\d]+)条(?:[\s　：:]*(?![\s　]|[第规所中的之至到和与及或以前后款项、，。；）)])(.*)|[\s　：:]*)$/.exec(
        words,
      ) ?? [];
    return number === undefined ? undefined : { number, title: '', rest };
  }
  if (kind === 'section' || kind === '节') {
    const [, number, title = ''] = /^((?:[A-Z]\.)?\d{1,3}(?:\.\d{1,3})*)[.)、]?[\s　]+(\S.*)$/.exec(words) ?? [];
    return number === undefined || !(marked || alone) || words.length > 140
      ? undefined
      : { number, title: title.replace(/[¶]$/, '').trim(), rest: '' };
  }
  const [, number, stop = '', rest = ''] =
    new RegExp(`^${kind} (\\d{1,3}[A-Z]?(?:\\.\\d{1,3})*)([.:]?)(?:\\s*[—–-])?\\s*(.*)$`, 'i').exec(words) ?? [];
  if (number === undefined || !(marked || alone || stop !== '')) return undefined;
  const runIn = !marked && (words.length > 120 || /[a-z][.;]$/.test(rest));
  return { number, title: runIn ? '' : rest, rest: runIn ? rest : '' };
}

/** What a name counts: `Article`, `section`, `条`. */
const kindOf = (name: string): string => /[条节]$/.exec(name)?.[0] ?? name.replace(/ \S+$/, '');

const nameOf = (kind: string, number: string): string =>
  /[条节]/.test(kind) ? `第${number}${kind}` : `${kind} ${number}`;

interface Found {
  readonly number: string;
  readonly title: string;
  readonly lines: string[];
}

const tupleOf = (number: string): number[] =>
  number.split('.').map((part) => (/^\d/.test(part) ? Number(part) : 1e6 + part.charCodeAt(0)));

/** Below zero where the first number comes first. */
function order(a: string, b: string): number {
  const [one, other] = [tupleOf(a), tupleOf(b)];
  for (let i = 0; i < Math.max(one.length, other.length); i++) {
    const gap = (one[i] ?? -1) - (other[i] ?? -1);
    if (gap !== 0) return gap;
  }
  return 0;
}

/**
 * Of headings of several levels, those whose numbers rise: entries of a list of contents are left out, and items of lists that look like
 * headings go to the provision that they stand in.
 */
function withoutItems(found: readonly Found[]): readonly Found[] {
  if (found.filter(({ number }) => number.includes('.')).length < 6) return found;
  const kept: { number: string; title: string; lines: string[] }[] = [];
  for (const [i, one] of found.entries()) {
    const twins = found.filter(({ number }) => number === one.number);
    const leads = (head: Found): boolean =>
      found[found.indexOf(head) + 1]?.number.startsWith(`${head.number}.`) === true;
    const empty = one.lines.every((line) => line.trim() === '');
    const last = kept.at(-1);
    const isItem = twins.length > 1 && !leads(one) && twins.some((twin) => leads(twin));
    const isBack = last !== undefined && order(last.number, one.number) >= 0;
    if (twins.length > 1 && empty && !leads(one) && !isBack) continue;
    if (last !== undefined && (isItem || isBack))
      last.lines.push(`${one.number}. ${one.title}`, ...(found[i]?.lines ?? []));
    else kept.push({ ...one, lines: [...one.lines] });
  }
  return kept.length >= 0.7 * found.length ? kept : found;
}

/** All provisions of the kind that a name is of, in order, the first of each number. */
export function shownProvisions({ text }: ShownDocument, like: string): ShownProvision[] {
  const kind = kindOf(like);
  const lines = text.split('\n');
  const marks = lines.filter((line) => /^#{1,6} /.test(line)).length >= 3;
  const found: { number: string; title: string; lines: string[] }[] = [];
  let open = false;
  for (const [i, line] of lines.entries()) {
    const blank = (j: number): boolean => (lines[j] ?? '').trim() === '';
    const marked =
      /^#{1,6} /.test(line) || (ruler.test(lines[i + 1] ?? '') && line.trim() !== '' && !line.includes('|'));
    const alone = !marks && blank(i - 1) && blank(i + 1);
    const head = headIn(line, kind, marked, alone);
    if (head !== undefined) {
      found.push({ number: head.number, title: head.title, lines: [head.rest] });
      open = true;
    } else if (
      marked ||
      /^第[一二三四五六七八九十]+章/.test(line) ||
      (alone && /^(?:Schedule|Appendix|Annex|PART|CHAPTER) \w+\b.{0,80}$/.test(line))
    ) {
      // A heading inside of a numbered section belongs to it where its mark says that it is an inner one.
      open = open && /^#{4,6} /.test(line);
    } else if (open) found.at(-1)?.lines.push(line);
  }
  const headed = kind === 'section' ? withoutItems(found) : found;
  const numbers = headed.map(({ number }) => number);
  return headed
    .filter(({ number }, i) => numbers.indexOf(number) === i)
    .map(({ number, title, lines: own }) => ({ name: nameOf(kind, number), number, title, body: own.join('\n') }));
}

/** The numbers that a text refers to, as they stand: `8.3`, `13`, `十二`. */
export function citedNumbers(text: string, like: string): string[] {
  if (/[条节]$/.test(like))
    return [...text.matchAll(/第([一二三四五六七八九十百零〇\d.]+)[条节]/g)].map(([, number = '']) => number);
  const words: Readonly<Record<string, string>> = {
    Article: '[Aa]rticles?',
    Clause: '[Cc]lauses?',
    Section: '(?:[Ss]ections?|§§?)',
  };
  const word =
    words[kindOf(like)] ??
    '(?:[Ss]ections?|SECTIONS?|[Cc]lauses?|[Cc]hapters?|[Ss]ec\\.|§§?|[Pp]aragraphs?|[Ss]ubsections?)';
  const number = '(?:[A-Z]\\.)?\\d{1,3}(?:\\.\\d{1,3})*(?:\\([\\da-z]{1,3}\\))*';
  const list = new RegExp(
    `${word}\\s*(${number}(?:(?:,\\s*(?:and|or)?\\s*|\\s+(?:and|or)\\s+)${number}(?!\\s*(?:%|days?|hours?|years?|months?|weeks?|metres?|per|[\\d,.]*\\d)))*)`,
    'g',
  );
  return [...text.matchAll(list)].flatMap(
    ([, numbers = '']) => numbers.replace(/\([^()]*\)/g, '').match(/(?:[A-Z]\.)?\d{1,3}(?:\.\d{1,3})*/g) ?? [],
  );
}

/** The provision that a cited number is, or is a part of. */
export function citedProvision(all: readonly ShownProvision[], number: string): ShownProvision | undefined {
  const same = all.find((one) => one.number === number);
  if (same !== undefined) return same;
  for (let up = number.replace(/\.\d+$/, ''), down = number; up !== down; down = up, up = up.replace(/\.\d+$/, '')) {
    const outer = all.find((one) => one.number === up);
    if (outer === undefined) continue;
    const item = `${number.slice(up.length + 1).replace(/\..*/, '')}`;
    const lines = outer.body.split('\n').map((line) => line.trim());
    const holds = lines.some((line) => line.startsWith(`${number} `) || /^\(?(\d+)[.)] /.exec(line)?.[1] === item);
    return holds ? outer : undefined;
  }
  return undefined;
}

/** The provisions that a text refers to. */
export const citedBy = (all: readonly ShownProvision[], { body }: ShownProvision): ShownProvision[] => [
  ...new Set(citedNumbers(body, all[0]?.name ?? '').flatMap((number) => citedProvision(all, number) ?? [])),
];

/** Other provisions that refer to one or a part of it. */
export const citing = (all: readonly ShownProvision[], target: ShownProvision): ShownProvision[] =>
  all.filter(
    (one) =>
      one.number !== target.number && !one.number.startsWith(`${target.number}.`) && citedBy(all, one).includes(target),
  );

/** Whether a text uses a term in the singular or the plural. */
export function usesTerm(text: string, term: string): boolean {
  if (/\p{Script=Han}/u.test(term)) return text.includes(term);
  for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) {
    const rest = text.slice(at + term.length).replace(/^(?:es|s)(?![\p{L}\d])/u, '');
    if (!/[\p{L}\d]$/u.test(text.slice(0, at)) && !/^[\p{L}\d]/u.test(rest)) return true;
  }
  return false;
}

/** `运营单位指定专人`, `供餐点：` of a list: said of it, and no meaning. */
const noMeaning = /^指[定派导示令标明挥引出]|^[:：]/;

/** Whether a text defines a term: the term in quotation marks or at the start of a line, and then what it means. */
export const defines = (text: string, term: string): boolean =>
  ['means', 'includes', 'refers to', 'is ', 'are ', ':', '指', '，是指', '是指', '，指'].some((link) =>
    [`"${term}" ${link}`, `“${term}” ${link}`, `“${term}”${link}`, `${term}${link}`].some((form) => {
      const at = text.indexOf(form);
      const rest = text.slice(at + form.length - link.length);
      return at >= 0 && !(/\p{Script=Han}$/u.test(term) && form === `${term}${link}` && noMeaning.test(rest));
    }),
  );
