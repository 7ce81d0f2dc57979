/** @file The caption of a table: the paragraph before it, or the one behind it that says so. */
import type { Span } from '../document.ts';
import { plainHeading } from '../structure/heading-lines.ts';
import { isBlank, type Line, pieceOf } from './lines.ts';
import { partMeasures } from './units.ts';

interface Caption {
  readonly text: string;
  readonly span: Span;
}

/** `Table 3.`, `TABLE IV`, `Tab. 2:`, `表 1-2`, `Exhibit 4`. */
export const numberedCaption =
  /^(?:\*\*|__|\*|_|: ?)?(?:(?:supplementary |appendix )?(?:tables?|tab\.|exhibit|schedule|tableau|tabelle|tabela|tabella|tabla|таблица|표)\s*(?:[A-Z]{0,2}[-.]?\d+(?:[-.]\d+)*[a-z]?|[IVXLC]+|[A-Z])\b|(?:附?表|表格|جدول)\s?[\d一二三四五六七八九十A-Z]|附表[\s：:])/i;
const unitLine =
  /^[([（【]?\s*(?:单位|币种|(?:amounts |dollars |figures |all figures |expressed )*(?:are )?in (?:thousands|millions|billions|USD|US\$|\$|€|£|EUR|percent))/i;

/** Between caption and table: where the figures are from, what is in them, how they stand. */
const note =
  /^[([（【]?\s*(?:source|notes?\b|draft\b|unaudited|as (?:of|at) |prepared |updated |last updated|status:|prices in |(?:figures|values|data|numbers) (?:at|as at|as of|for) |(?:all )?(?:values|amounts|figures|volumes|quantities|numbers)\b.{0,20} in |fuente|quelle|stand:|资料来源|数据来源|来源[:：]|注[:：]|编制单位|制表|截至|统计(?:时间|期)|期间[:：]|填报)/i;
const isNote = (line: Line): boolean => {
  const text = line.text.trim();
  return text.length <= 160 && (unitLine.test(text) || note.test(text) || partMeasures(text).length > 1);
};
const mostNotes = 2;

const longestCaption = 300;
/** What opens a line that is no caption: a heading, a list item, a quotation, a rule, code, a figure's image. */
const noCaption = /^(?:#|[-*+•] |>|\||\+[-=]|`{3}|~{3}|!\[|<|`[^`]+`$|\d{1,3}[.)] |[-=_*~]{3,}$)/;
const sentenceEnd = /[.!?;,。！？；，…]["”’')\]]*$/;

/** A heading may be a caption too, where it says so. */
const unheaded = (text: string): string => text.trim().replace(/^#{1,6} /, '');

/** Emphasis around the whole caption, and pandoc's `Table: ` before it, are marks. */
function captionOf(line: Line): Caption {
  const { value, span } = pieceOf(line, /^\s*#{1,6} /.exec(line.text)?.[0].length ?? 0, line.text.length);
  const [, lead = '', inner = value] = /^(\*\*|__|\*|_|: |Table: )([^*_].*)$/.exec(value) ?? [];
  const mark = lead.trim();
  const text =
    mark !== '' && !lead.endsWith(' ') && inner.endsWith(mark)
      ? inner.slice(0, -mark.length)
      : lead.endsWith(' ')
        ? inner
        : value;
  const start = span.start + value.indexOf(text);
  return { text, span: { start, end: start + text.length } };
}

/** Words over a table of any kind, which say nothing of its content. */
const generic =
  /^[*_]{0,2}(?:parameters|arguments|options|fields|headers|attributes|properties|response|request|example|returns|notes?|参数|参数说明|返回值|字段|选项|示例|备注)[*_]{0,2}[:：]?[*_]{0,2}$/i;

/** `They were as follows:` is the end of a sentence. */
const leadsIn = /[.!?。！？].*[:：]$|(?:如下|as follows|following)[:：]$/;

/** A short line that ends no sentence may be a caption; a longer one where it begins with `Table 3`. */
function mayCaption(text: string, figures: boolean): boolean {
  const line = text.trim();
  if (line === '' || line.length > longestCaption) return false;
  // The heading of a schedule is that of a section.
  if (/^#{1,6} (?:schedule|exhibit|appendix|annex|附件|附录)/i.test(line)) return false;
  if (generic.test(line) || leadsIn.test(line)) return false;
  if (numberedCaption.test(unheaded(line))) return true;
  const title = /^#{1,6} (.+)$/.exec(line)?.[1];
  // A heading right above figures names them, unless it counts the parts of the text.
  if (title !== undefined && title.length <= 80)
    return figures && (/^note \d/i.test(title) || plainHeading(title)?.number === undefined);
  if (noCaption.test(line)) return false;
  return line.length <= 120 && !sentenceEnd.test(line) && /[\p{L}\p{N}]/u.test(line);
}

/**
 * Caption and unit line of the table whose first line is at `first` and whose last is at `last`.
 *
 * @param lowest The first line that belongs to no earlier table.
 * @param figures Whether the table has columns of them.
 */
export function captionAround(
  lines: readonly Line[],
  first: number,
  last: number,
  lowest: number,
  figures: boolean,
): { readonly caption?: Caption; readonly above: string } {
  const before: Line[] = [];
  let blanks = 0;
  for (let at = first - 1; at >= lowest && before.length <= mostNotes && first - at < 10; at--) {
    const line = lines[at];
    if (line === undefined) break;
    if (isBlank(line)) {
      if (++blanks > 2) break;
      continue;
    }
    before.push(line);
    // Lines that state the unit or the source may stand between the caption and the table.
    if (before.length > mostNotes || !isNote(line)) break;
  }
  const behind = captionBehind(lines, last);
  const [nearest] = before;
  // `Prices were as follows (crowns per kg):` is no caption, but says the unit.
  if (behind !== undefined || /[:：]$/.test(nearest?.text.trim() ?? ''))
    if (!numberedCaption.test(unheaded(nearest?.text ?? '')))
      return { ...(behind && { caption: behind }), above: nearest?.text.trim() ?? '' };
  const notes = before.slice(0, mostNotes).filter((line, i) => before.slice(0, i + 1).every(isNote) && !numbered(line));
  const above = notes.map(({ text }) => text.trim()).join('; ');
  const candidate = before[notes.length];
  // Under the heading of a section of a filing this line is all that the table has of its own.
  const own = notes.find(({ text }) => /^\s*[*_]{0,2}\(in .{3,20}, except .{3,40}\)[*_]{0,2}\s*$/i.test(text));
  // A name in the same paragraph is the table's.
  const hasName =
    own !== undefined &&
    candidate !== undefined &&
    lines[lines.indexOf(own) - 1] === candidate &&
    mayCaption(candidate.text, figures) &&
    isAlone(lines, candidate, first);
  if (own !== undefined && !hasName && !numberedCaption.test(unheaded(candidate?.text ?? '')))
    return { caption: captionOf(own), above };
  if (candidate === undefined || !isAlone(lines, candidate, first)) return { above };
  return mayCaption(candidate.text, figures || notes.length > 0) ? { caption: captionOf(candidate), above } : { above };
}

const numbered = ({ text }: Line): boolean => numberedCaption.test(unheaded(text));

/** A caption is a paragraph of one line, or the first line above the table that begins with `Table 3`. */
function isAlone(lines: readonly Line[], line: Line, first: number): boolean {
  if (numberedCaption.test(unheaded(line.text))) return true;
  let at = first - 1;
  while (at >= 0 && lines[at] !== line) at--;
  return isBlank(lines[at - 1]) || /^#{1,6} /.test(lines[at - 1]?.text ?? '');
}

/** `Sales by region (thousand euros)` alone below a table of a slide. */
const isMeasured = (text: string, next: Line | undefined): boolean =>
  text.length <= 80 &&
  isBlank(next) &&
  !noCaption.test(text) &&
  /^[^()（）:：.]{4,60} ?[(（](?:单位[:：]\s?)?[^()（）\d]{1,24}[)）]$/.test(text) &&
  /[(（](?:单位[:：]|(?:in )?(?:hundreds?|thousands?|millions?|billions?|tonnes?|tons|percent|%|euros?|dollars|pounds|kg|km|US\$|\$|€|£)\b|[万亿千百]?(?:元|吨|人|公里|千米|件|册))/i.test(
    text,
  );

/** Behind a table, only what says that it is one: `Table 3: ...`, pandoc's `: ...` and `Table: ...`. */
function captionBehind(lines: readonly Line[], last: number): Caption | undefined {
  let at = last + 1;
  while (at <= last + 2 && at < lines.length && isBlank(lines[at])) at++;
  const line = lines[at];
  const text = line?.text.trim() ?? '';
  if (line === undefined || text.length > longestCaption) return undefined;
  const says = numberedCaption.test(text) || /^(?:: \S|Table: \S)/.test(text) || isMeasured(text, lines[at + 1]);
  // Of the next table, which has its own below it.
  const next = lines[at + 1];
  const following = isBlank(next) ? lines[at + 2] : next;
  return says && !/^\s*(?:\||\+[-=])/.test(following?.text ?? '') ? captionOf(line) : undefined;
}
