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
    const [, number, rest = ''] = /^第([一二三四五六七八九十百零〇\d]+)条(?:[\s　：:]+(.*))?$/.exec(words) ?? [];
    return number === undefined ? undefined : { number, title: '', rest };
  }
  if (kind === 'section' || kind === '节') {
    const [, number, title = ''] = /^(\d{1,3}(?:\.\d{1,3})*)[.)、]?[\s　]+(\S.*)$/.exec(words) ?? [];
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
  const numbers = found.map(({ number }) => number);
  return found
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
  const number = '\\d{1,3}(?:\\.\\d{1,3})*(?:\\([\\da-z]{1,3}\\))*';
  const list = new RegExp(
    `${word}\\s*(${number}(?:(?:,\\s*(?:and|or)?\\s*|\\s+(?:and|or)\\s+)${number}(?!\\s*(?:%|days?|hours?|years?|months?|weeks?|metres?|per|[\\d,.]*\\d)))*)`,
    'g',
  );
  return [...text.matchAll(list)].flatMap(
    ([, numbers = '']) => numbers.replace(/\([^()]*\)/g, '').match(/\d{1,3}(?:\.\d{1,3})*/g) ?? [],
  );
}

/** The provision that a cited number is, or is a part of. */
export function citedProvision(all: readonly ShownProvision[], number: string): ShownProvision | undefined {
  const same = all.find((one) => one.number === number);
  if (same !== undefined) return same;
  const outer = all.find((one) => one.number === number.replace(/\.\d+$/, ''));
  return outer?.body.split('\n').some((line) => line.startsWith(`${number} `)) === true ? outer : undefined;
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

/** Whether a text defines a term: the term in quotation marks or at the start of a line, and then what it means. */
export const defines = (text: string, term: string): boolean =>
  ['means', 'includes', 'refers to', 'is ', 'are ', ':', '指', '，是指', '是指', '，指'].some((link) =>
    [`"${term}" ${link}`, `“${term}” ${link}`, `“${term}”${link}`, `${term}${link}`].some((form) =>
      text.includes(form),
    ),
  );
