/**
 * @file Lists: the items of an answer, whatever joins them: lines, bullets, numbers, commas, arrows, JSON, a table, a sentence. How it is
 * cut depends on the form of the golds (whether they hold commas, are single characters or numbers), never on which items are right,
 * so that a wrong item cannot hide.
 */
import { shapeOf } from './gold-items.ts';
import { type LooseValue, looseJson } from './loose-json.ts';
import { htmlTable, markdownTable, type Table } from './table.ts';
import { plain } from './text/plain.ts';
import { cut } from './text/tokens.ts';

/** What the form of the golds says about the form of the answer. */
export interface ListForm {
  /** Whether an item may hold a comma, or an "and". */
  readonly commas: boolean;
  readonly ands: boolean;
  /** All items are one character: `BDAC` is four of them. */
  readonly characters: boolean;
  /** All items are bare whole numbers: `1. 3` and `3. the fire` must be told apart. */
  readonly numbers: boolean;
  /** All items are one word. */
  readonly oneWord: boolean;
  /** Items are circled numbers themselves: `④` is no number of a list. */
  readonly circled: boolean;
  readonly shapes: ReadonlySet<string>;
  readonly mostWords: number;
}

/** Looks at the golds alone, never at an answer. */
export function listForm(gold: readonly string[]): ListForm {
  const lists = gold.map((line) => cut(plain(line)).tokens);
  return {
    commas: gold.some((line) => /[,，、;；]/.test(line.replace(/(?<=\d),(?=\d{3})/g, ''))),
    ands: gold.some((line) => /\band\b|&|和|与|及|\bor\b/i.test(line)),
    characters: gold.every((line) => /^[\p{L}\p{N}]$/u.test(line.trim())),
    numbers: gold.every((line) => /^\d{1,3}$/.test(line.trim())),
    oneWord: lists.every((tokens) => tokens.length === 1),
    circled: gold.some((line) => /^[①-⑳❶-❿⓵-⓾]/.test(line.trim())),
    shapes: new Set(gold.map((line) => shapeOf(plain(line)))),
    mostWords: Math.max(1, ...lists.map((tokens) => tokens.length)),
  };
}

/** Most pieces of one answer. */
const mostPieces = 5000;

const textOf = (value: LooseValue): string =>
  value.kind === 'text'
    ? value.text
    : value.kind === 'list'
      ? value.items.map(textOf).join(' ')
      : value.fields.map(([, item]) => textOf(item)).join(' ');

/** The items of a JSON list, or of the one list in an object; pairs of an object as `name value`. */
function jsonItems(value: LooseValue): string[] | undefined {
  if (value.kind === 'list') return value.items.map(textOf);
  if (value.kind === 'text') return undefined;
  const [first] = value.fields;
  if (first === undefined) return undefined;
  if (value.fields.length === 1 && first[1].kind !== 'text') return jsonItems(first[1]);
  if (
    value.fields.length === 1 &&
    /^(?:final_?)?(?:answers?|items?|list|result|order|ranking|答案)$/i.test(first[0]) &&
    first[1].kind === 'text'
  )
    return undefined;
  const rank = value.fields.every(([name]) => /^(?:#?\d+|first|second|third|fourth|fifth|rank_?\d+)$/i.test(name));
  return value.fields.map(([name, item]) => (rank ? textOf(item) : `${name}: ${textOf(item)}`));
}

function fromJson(text: string): string[] | undefined {
  const from = text.search(/\S/);
  if (from < 0 || !/[[{]/.test(text.slice(0, from + 400))) return undefined;
  for (const { value, start, end } of looseJson(text)) {
    const items = jsonItems(value);
    if (items === undefined || items.length === 0) continue;
    // `[P2]` in a line of its own is an item in brackets, not a list.
    if (items.length === 1 && /[[{]/.test(text.slice(end))) return undefined;
    if (text.slice(0, start).trim().length > 200) return undefined;
    return items;
  }
  return undefined;
}

const rankCell = /^#?\d{1,3}[.)]?$|^(?:rank|order|no\.?|position|place|顺序|排名|序号|名次)$/i;

/** The rows of a table as items: without a column of ranks; one cell, or all cells in one line. */
function fromTable(table: Table, pairs: boolean, numbers: boolean): string[] {
  const wide = table.rows.every((row) => row.length > 1);
  const ranks =
    wide &&
    table.rows.every(
      (row, i) => rankCell.test(plain(row[0] ?? '').trim()) && (!numbers || (row[0] ?? '').trim() === String(i + 1)),
    );
  return table.rows.map((row) => {
    const cells = ranks ? row.slice(1) : row;
    return pairs ? cells.join(': ') : cells.length > 1 ? `${cells[0]}: ${cells.slice(1).join(', ')}` : (cells[0] ?? '');
  });
}

const circled = /[①-⑳❶-❿⓵-⓾]/g;
const numberMark =
  /^\s{0,8}(?:[#№]\s?\d{1,3}[.):、]?|[(（【[]\d{1,3}[)）】\]][.:、]?|\d{1,3}(?:[.)）:]\s|[、．)）]|\.(?=[^\d\s.])))\s{0,4}/;
const letterMark = /^\s{0,8}(?:[(（]?([a-zA-Z])[.)）、:])\s{0,4}/;
const bulletMark = /^\s{0,8}(?:[-*•·‣▪◦●○►–—+>]|->|→)\s{1,4}|^\s{0,8}[•·‣▪◦●○►]/;
const ordinalMark =
  /^\s{0,8}(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|lastly|finally|next|then|1st|2nd|3rd|\d{1,2}th|第[一二三四五六七八九十\d]{1,3}(?:名|位|个|步)?|(?:rank|place|step|position|no\.?) ?#?\d{1,2})\s?(?:[:：.)]|,|，| - |-\s)\s{0,4}/i;

const sequentialLetters = (lines: readonly string[]): boolean =>
  lines.length > 1 &&
  lines.every((line, i) => letterMark.exec(line)?.[1]?.toLowerCase() === String.fromCharCode(97 + i));

/** One line of an answer that may be an item. */
export interface Line {
  readonly text: string;
  /** Whether a bullet or a number marked it as an item. */
  readonly marked: boolean;
  /** The number that marked it. */
  readonly number?: number | undefined;
  /** Whether an empty line stands before it. */
  readonly paragraph: boolean;
}

/** The lines of an answer without their bullets and numbers. */
export function markedLines(text: string, form: ListForm): Line[] {
  const all = text.split('\n').slice(0, mostPieces);
  const said = all.filter((line) => line.trim() !== '');
  const letters = !form.characters && sequentialLetters(said.slice(0, 26));
  const numbered =
    said.length > 1 && said.every((line, i) => Number(/\d{1,3}/.exec(numberMark.exec(line)?.[0] ?? '')?.[0]) === i + 1);
  const lines: Line[] = [];
  let paragraph = false;
  for (const line of all) {
    if (line.trim() === '') {
      paragraph = lines.length > 0;
      continue;
    }
    let rest = line;
    let marked = false;
    const bullet = bulletMark.exec(rest);
    if (bullet !== null) {
      rest = rest.slice(bullet[0].length);
      marked = true;
    }
    let number: number | undefined;
    const mark = numberMark.exec(rest);
    // `[12], [3]` begins with an item, not with a number of the list.
    const listed = mark !== null && /^\s*[^\s,，、;；]/.test(rest.slice(mark[0].length));
    if (mark !== null && listed && (!form.numbers || numbered)) {
      number = Number(/\d{1,3}/.exec(mark[0])?.[0]);
      rest = rest.slice(mark[0].length);
      marked = true;
    } else if (letters) {
      rest = rest.slice(letterMark.exec(rest)?.[0].length ?? 0);
      marked = true;
    } else {
      const ordinal = ordinalMark.exec(rest);
      if (ordinal !== null && rest.length > ordinal[0].length) {
        rest = rest.slice(ordinal[0].length);
        marked = true;
      }
    }
    lines.push({ text: rest.trim(), marked, number, paragraph });
    paragraph = false;
  }
  return lines;
}

const wordCount = (text: string): number => cut(text).tokens.length;

/**
 * The lines that are items: without what introduces them, and without what is said behind them. Judged by form alone: what ends in
 * a colon before others, paragraphs of prose behind a list, lines without a bullet behind bulleted ones.
 */
export function itemLines(lines: readonly Line[], form: ListForm): Line[] {
  const bulleted = lines.filter(({ marked }) => marked).length;
  if (bulleted > 1) return lines.filter(({ marked }) => marked);
  let from = 0;
  const opening = lines[0]?.text ?? '';
  if (lines.length > 1 && /[:：]$/.test(opening) && wordCount(opening) > form.mostWords + 1) from = 1;
  const prose = (line: Line): boolean =>
    wordCount(line.text) > form.mostWords + 3 && /[.!?。！？)）]$|\s\S+\s\S+\s\S+\s/.test(line.text);
  const end = lines.findIndex((line, i) => i > from && line.paragraph && prose(line));
  const kept = lines.slice(from, end < 0 ? undefined : end);
  // A remark right below the items.
  while (kept.length > 1 && explains.test(kept.at(-1)?.text ?? '')) kept.pop();
  return kept;
}

const explains =
  /^(?:explanation|because|reason(?:ing)?|note|notes|both|all|these|this|those|here|i |the (?:above|others?|rest)|evidence|source|justification|解析|理由|说明|因为|注|以上|其余|依据|原因)(?![a-z])/i;

const arrows = /\s*(?:→|⇒|⟶|➔|➜|->|=>|-->|>|＞|<|＜|≻|≺|»|\|)\s*/;
const conjunctions =
  /\s*(?:,|，|、|;|；|\/)\s*(?:(?:and|then|followed by|and then|finally|&)\s+)?|\s+(?:and then|and finally|followed by|and|&|then)\s+|\s*(?:以及|然后|接着|最后|再|和|与|及)\s*/i;

/** A name before its comma and the rest behind: `Brandt, Ada`. */
function looksInverted(line: string, form: ListForm): boolean {
  const parts = line.split(/,\s*/);
  return (
    parts.length === 2 &&
    form.mostWords > 1 &&
    !/[\d_]/.test(line) &&
    [...form.shapes].some((shape) => shapeOf(`${parts[1]} ${parts[0]}`) === shape) &&
    !form.shapes.has(shapeOf(parts[0] ?? ''))
  );
}

/** Whether a piece could be an item by its form. */
const fits = (piece: string, form: ListForm): boolean => form.shapes.has(shapeOf(piece.replace(/[.。!?]$/, '').trim()));

function splitLine(line: string, form: ListForm, only: boolean): string[] {
  const bare = line.replace(/^[[({（【]([^[\](){}]*)[\])}）】][.。]?$/, '$1').trim();
  if (form.characters && /^[\p{L}\p{N}]{2,}[.。]?$/u.test(bare)) {
    const characters = [...bare.replace(/[.。]$/, '')];
    if (characters.length <= 64 && characters.every((char) => form.shapes.has(shapeOf(char)))) return characters;
  }
  if (arrows.test(bare) && !/^\s*[<>]/.test(bare)) return bare.split(arrows);
  if (!only && looksInverted(bare, form)) return [bare];
  // Parentheses hold glosses: their commas do not separate.
  const open = bare.replace(/[(（][^()（）]{0,300}[)）]/g, (gloss) =>
    gloss.replace(/[,，、;；/]/g, ' ').replace(/\band\b|和|与|及/gi, ' '),
  );
  if (/[;；]/.test(open) && form.commas) return open.split(/\s*[;；]\s*/);
  if (form.commas) return [bare];
  const pieces = open
    .split(form.ands ? /\s*(?:[,，、;；])\s*(?:(?:and|then)\s+)?/ : conjunctions)
    .filter((piece) => piece !== undefined && piece.trim() !== '');
  if (pieces.length > 1) {
    // In a line of its own, what stands behind the first comma is an item only if it has an item's form.
    if (only || pieces.slice(1).some((piece) => fits(piece, form))) return pieces;
    return [bare];
  }
  if (/\s-\s/.test(bare) && bare.split(/\s+-\s+/).every((piece) => fits(piece, form))) return bare.split(/\s+-\s+/);
  const hyphened = bare.split('-');
  if (form.oneWord && hyphened.length > 2 && hyphened.every((part) => fits(part, form))) return hyphened;
  if (form.oneWord) {
    const parts = bare.split(/\s+/);
    if (parts.length > 1 && parts.every((part) => fits(part, form))) return parts;
  }
  return [bare];
}

/** Spreads `Chapters 2, 5 and 9` over its items. */
function withSharedHead(pieces: readonly string[]): string[] {
  const head = /^(\p{L}{2,20}?)s?\.? ?(?=\d)/u.exec(pieces[0] ?? '')?.[1];
  return head !== undefined && pieces.length > 1 && pieces.slice(1).every((piece) => /^\d+[.。]?$/.test(piece.trim()))
    ? pieces.map((piece, i) =>
        i === 0 ? piece.replace(/^(\p{L}{2,20}?)s?\.? ?(?=\d)/u, `${head} `) : `${head} ${piece}`,
      )
    : [...pieces];
}

const leafTag = /<([a-z][\w-]{0,30})(?:\s[^<>]{0,200})?>([^<>]{1,500})<\/\1>/gi;

/** The leaves of one kind in a piece of XML that holds nothing else: `<keys><key>a</key>…</keys>`. */
function fromXml(text: string): string[] | undefined {
  if (!text.includes('</')) return undefined;
  const leaves = [...text.matchAll(leafTag)];
  const [first] = leaves;
  if (first === undefined || leaves.length < 2 || leaves.some(({ 1: name }) => name !== first[1])) return undefined;
  if (/^(?:li|td|th|p|b|i|em|strong|code|span|mark|u)$/i.test(first[1] ?? '')) return undefined;
  const around = text.replace(leafTag, '').replace(/<[^<>]{0,200}>|```\w*/g, '');
  return around.trim() === '' ? leaves.map(({ 2: item = '' }) => item.trim()) : undefined;
}

/** Numbers before tabs as numbers of a list: white space is one kind once a text is plain. */
export const withListMarks = (text: string): string =>
  text.includes('\t') ? text.replace(/^([ ]{0,8}\d{1,3})\t+(?=\S)/gm, '$1. ') : text;

/** The items of an answer as it names them, repetitions and foreign ones included. */
export function readList(answer: string, form: ListForm): string[] {
  const json = fromJson(answer) ?? fromXml(answer);
  if (json !== undefined) return json.map(plain);
  const table = htmlTable(answer) ?? markdownTable(answer);
  if (table !== undefined && table.rows.length > 0 && (table.rows.length > 1 || table.columns.length > 0))
    return fromTable(table, false, form.numbers).map(plain);
  const inline = /^\s*\(?1[.)]\s[^\n]*\s\(?2[.)]\s/.test(answer)
    ? answer.replace(/\s(?=\(?\d{1,2}[.)]\s)/g, '\n')
    : answer;
  const uncircled = form.circled ? inline : inline.replace(circled, (mark) => `\n${circledNumber(mark)}. `);
  const text = plain(withListMarks(uncircled));
  const lines = itemLines(markedLines(text, form), form);
  return lines
    .flatMap(({ text: line }) => withSharedHead(splitLine(line, form, lines.length === 1)))
    .slice(0, mostPieces);
}

function circledNumber(mark: string): number {
  const code = mark.charCodeAt(0);
  return code >= 0x2460 && code <= 0x2473
    ? code - 0x245f
    : code >= 0x2776 && code <= 0x277f
      ? code - 0x2775
      : code - 0x24f4;
}
