/**
 * @file Lists of a text with their items, nested ones inside the items of others, and which of them tell steps: `Step 3:`, `第一步`, or numbers
 * before words that tell what to do.
 */
import type { Span } from '../document.ts';
import { findCasts } from './casts.ts';
import { type ListMark, listMark } from './list-markers.ts';
import type { Section } from './sections.ts';
import { fencedLines, isBlank, linesOf } from './text-lines.ts';

/** An item without its mark. */
export interface ListItem {
  /** As it stands: `1.`, `(a)`, `-`. */
  readonly marker: string;
  /** Its words with what belongs to it, to the end of the last line. */
  readonly span: Span;
}

/** At least two items of one style. */
export interface List {
  readonly ordered: boolean;
  /** Whether it tells what to do, one thing after the other. */
  readonly steps: boolean;
  readonly items: readonly ListItem[];
  /** From the first mark to the end of the last item. */
  readonly span: Span;
}

const verbs = new Set(
  `accept add adjust align allow apply arrange ask assemble attach avoid bake bend boil bring browse build call cancel change charge check choose clean
  clear click clone close collect combine compile complete configure confirm connect continue convert cook cool copy cover create cut decide decrease
  define delete deploy describe determine disable disconnect discard divide double download drag drain draw drill drop dry edit eject empty enable ensure enter establish evaluate
  execute exit expand export extract fasten feed fetch fill find finish fit flip fold follow force generate get give go grab hang heat highlight hold identify
  import increase initialize insert inspect install invoke issue join keep launch leave let lift link list load locate lock log loosen lower lubricate make mark
  measure merge mix modify monitor mount move name navigate note obtain open order pass paste peel perform pick place plug point pour prepare press print proceed provide
  pull push put read reassemble reboot record reduce refer refit reinstall release reload remove rename repeat replace report request reset restart restore
  retract return review right-click rinse roll rotate run save scan scrape screw scroll search season secure select send separate serve set shake shut sign simmer skip slide soak spread sprinkle squeeze start stir
  stop store strain submit subtract switch take tap tell test tie tighten toggle torque touch transfer transform trim turn type unlock unplug unscrew untar unzip update upgrade upload use
  verify visit wait warm wash weigh wipe withdraw wrap write`.split(/\s+/),
);
const chineseVerb =
  /^(?:请|先|再|将|把|用|在.{1,12}(?:中|上|里|内|下)?(?:点击|选择|输入|加入|放)|打开|关闭|点击|单击|双击|按|拔|插|取|拆|装|拧|安装|卸载|选择|输入|运行|执行|下载|上传|加|放|倒|切|煮|炒|洗|拌|搅|检查|确认|连接|断开|清理|擦|填写|提交|登录|进入|设置|配置|重启|启动|停止|等待|复制|粘贴|删除|创建|新建|保存|准备|清洗|撒|盖|旋|推|拉|拼|发送|收到|计算|生成|获取|调用|查询|导入|导出|编译|构建|申请|签|读取|写入|接通|松开|返回|重复|保持|合上|听到|量取?|摇匀|静置|加热|冷却|取下|按照|沿|用力|戴上|系好|鸣|称|浸|刮|测|挂|移|换|贴|拔|对准|调|旋|喷|涂|拭|抹|填|提起|开(?![展始户放])|关(?![于系键注]))/;
/** `豆温到200 ℃时，将火力降低`: when, before what is done. */
const condition = /^[^，。；：\n]{2,40}(?:[时后前）)]，|，(?=[将把]))/;
/** Duties and rights have no order. */
const duty = /应当?|不得|有权|可以|甲方|乙方|负责/;
/** Right before a list of them. */
const saysSteps =
  /(?:步骤|程序|方法|流程)[^。\n]{0,12}[:：]\s*$|\b(?:steps?|procedure|proceed|as follows|do the following)\b[^.\n]{0,30}[:.]?\s*$/i;
/** Of the items. */
const leastSteps = 0.6;

/** Whether words begin with what is to be done. */
export const beginsStep = (words: string): boolean =>
  chineseVerb.test(words) ||
  chineseVerb.test(words.slice(condition.exec(words)?.[0].length ?? words.length)) ||
  verbs.has((/^[*_`"“(]*([A-Za-z-]+)/.exec(words)?.[1] ?? '').toLowerCase());

interface OpenList {
  readonly style: string;
  readonly indent: number;
  readonly start: number;
  readonly items: { marker: string; start: number; end: number; value: number | undefined }[];
  /** Whether a single item is a list: a mark that is no number, after a blank line. */
  readonly alone: boolean;
  /** Text that is no item stands behind the last one, after a blank line. */
  broken: boolean;
}

/** What follows the last item of a numbered list belongs to it where the numbers go on, up to this many characters. */
const longestInterlude = 3000;

class ListScanner {
  readonly found: OpenList[] = [];
  private open: OpenList[] = [];

  expects(style: string, value: number): boolean {
    return this.open.some((list) => list.style === style && list.items.at(-1)?.value === value - 1);
  }

  item(mark: ListMark, start: number, end: number, afterBlank: boolean): void {
    const at = this.open.findLastIndex((list) => this.goesOn(list, mark, start));
    if (at >= 0) this.close(at + 1);
    else if (!this.open.some((list) => this.nests(list, mark))) this.close(0);
    const list = at >= 0 ? this.open[at] : undefined;
    const item = { marker: mark.marker, start: start + mark.length, end, value: mark.value };
    if (list === undefined)
      this.open.push({
        style: mark.style,
        indent: mark.indent,
        start: start + mark.indent,
        items: [item],
        broken: false,
        alone: afterBlank && mark.value === undefined && mark.style !== '–' && mark.style !== '**',
      });
    else {
      const last = list.items.at(-1);
      if (last !== undefined && list.broken) last.end = Math.max(last.end, this.lastText);
      list.items.push(item);
      list.broken = false;
    }
    this.extend(end);
  }

  /** The end of the last line that is not blank. */
  private lastText = 0;

  line(end: number, afterBlank: boolean, indent: number): void {
    const inside = !afterBlank || this.open.some((list) => indent > list.indent && indent > 1);
    if (afterBlank)
      while (this.open.length > 0 && !inside) {
        const top = this.open.at(-1);
        if (top?.items.at(-1)?.value !== undefined) break;
        this.close(this.open.length - 1);
      }
    if (inside && !this.open.some(({ broken }) => broken)) this.extend(end);
    else for (const list of this.open) list.broken = true;
    this.lastText = end;
  }

  close(from: number): void {
    const closed = this.open.splice(from);
    this.found.push(...closed.filter(({ items, alone }) => items.length > 1 || alone));
  }

  private extend(end: number): void {
    this.lastText = end;
    for (const { items, broken } of this.open) {
      const last = items.at(-1);
      if (last !== undefined && !broken) last.end = Math.max(last.end, end);
    }
  }

  private goesOn(list: OpenList, mark: ListMark, start: number): boolean {
    const last = list.items.at(-1);
    if (list.style !== mark.style || last === undefined) return false;
    if (mark.value === undefined) return !list.broken && Math.abs(list.indent - mark.indent) < 2;
    return mark.value === (last.value ?? 0) + 1 && start - last.end < longestInterlude;
  }

  private nests(list: OpenList, mark: ListMark): boolean {
    if (list.broken) return false;
    return (
      mark.indent > list.indent + 1 ||
      (list.style !== mark.style && mark.indent >= list.indent && mark.value !== undefined)
    );
  }
}

function listOf({ style, start, items }: OpenList, text: string): List {
  const spans = items.map(({ marker, start: from, end }) => ({ marker, span: { start: from, end } }));
  const ordered = items[0]?.value !== undefined;
  const told = spans.filter(({ span }) => beginsStep(text.slice(span.start, Math.min(span.end, span.start + 50))));
  // Clauses of a sentence end with a semicolon; so do the steps of Chinese manuals.
  const clauses = spans.filter(({ span }) => {
    const words = text.slice(span.start, span.end);
    return /；$/.test(words) && !/[(（]/.test(style)
      ? duty.test(words)
      : /[;；](?:\s*(?:and|or|以及|和))?$/.test(words);
  });
  const steps =
    style === 'step' ||
    (ordered &&
      told.length >= leastSteps * spans.length &&
      ((clauses.length < spans.length / 2 && !/[(（]/.test(style)) ||
        saysSteps.test(text.slice(Math.max(0, start - 60), start))));
  return { ordered, steps, items: spans, span: { start, end: spans.at(-1)?.span.end ?? start } };
}

/** Works that a text refers to, and links to other texts, are no lists of it. */
const aside =
  /^(?:references|bibliography|works cited|literature|further reading|external links|contents|table of contents|related(?: articles| stories| news| links)?|recommended|most read|read more|参考文献|参考资料|参考|外部链接|目录|热门推荐|相关(?:新闻|阅读|推荐|链接)|推荐阅读|延伸阅读)[.:：]?$/i;

/** The innermost section around a place. */
function sectionAt(sections: readonly Section[], at: number): Section | undefined {
  let [low, high] = [0, sections.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sections[middle]?.span.start ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  let index: number | undefined = low - 1;
  while (index !== undefined && index >= 0 && (sections[index]?.span.end ?? 0) <= at) index = sections[index]?.parent;
  return index === undefined ? undefined : sections[index];
}

/** Subsections of a law are whole sentences that are counted. */
function isKept({ items, span }: List, text: string, sections: readonly Section[]): boolean {
  const section = sectionAt(sections, span.start);
  if (section === undefined) return true;
  if (aside.test(section.title)) return false;
  if (section.number === undefined || !/^\(1\)$/.test(items[0]?.marker ?? '')) return true;
  return !items.every((item) => {
    const words = text.slice(item.span.start, item.span.end);
    return /^["“]?\p{Lu}/u.test(words) && /(?:[.;:]["”)]?|[-—–]{1,2})$/.test(words);
  });
}

/** The lists in order of their beginnings. Numbered ones begin with the first number or go on by one. */
export function findLists(text: string, sections: readonly Section[], skipped: readonly Span[] = []): List[] {
  const lines = linesOf(text);
  const fenced = fencedLines(lines);
  const heads = new Map(sections.map(({ span, bodyStart }) => [span.start, bodyStart]));
  const scanner = new ListScanner();
  const expects = (style: string, value: number): boolean => scanner.expects(style, value);
  let [afterBlank, tableAbove, headEnd, skip] = [true, false, 0, 0];
  for (const [i, line] of lines.entries()) {
    const { text: words, start } = line;
    headEnd = heads.get(start) ?? headEnd;
    while ((skipped[skip]?.end ?? Number.POSITIVE_INFINITY) <= start) skip++;
    if (start < headEnd || (skipped[skip]?.start ?? Number.POSITIVE_INFINITY) <= start) {
      scanner.close(0);
      [afterBlank, tableAbove] = [true, start >= headEnd];
      continue;
    }
    if (isBlank(line)) {
      afterBlank = true;
      continue;
    }
    const mark = fenced.has(i) ? undefined : listMark(words, expects);
    const end = start + words.trimEnd().length;
    // `* Includes cars`: a note to the table above.
    const noted = mark?.style === '*' && tableAbove;
    tableAbove = false;
    if (mark !== undefined) scanner.item(mark, start, end, afterBlank && !noted);
    else scanner.line(end, afterBlank, words.length - words.trimStart().length);
    afterBlank = false;
  }
  scanner.close(0);
  const named = findCasts(lines, fenced).filter(({ items }) => !items.some(({ span }) => heads.has(span.start)));
  return [...scanner.found.map((list) => listOf(list, text)), ...named]
    .filter((list) => isKept(list, text, sections))
    .sort((a, b) => a.span.start - b.span.start);
}
