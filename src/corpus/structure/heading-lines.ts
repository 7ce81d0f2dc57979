/**
 * @file The forms of heading lines: `## Title`, `Chapter 3. Title`, `PART II`, `4.2.1  Title`, `IV. Title`, `§ 12 Title`, `Article 7`, `Item 1A. Title`,
 * `NOTE 3 -- TITLE`, `Appendix B`, `Abstract`, `\section{Title}`, `第三章 标题`, `第五条`, `一、标题`, `附录A`.
 */

/** What a heading's number counts. */
export type SectionUnit =
  | 'book'
  | 'part'
  | 'title'
  | 'chapter'
  | 'act'
  | 'scene'
  | 'section'
  | 'article'
  | 'clause'
  | 'appendix'
  | 'item'
  | 'note';

/** What a line says as a heading. */
export interface HeadingLine {
  /** Without the number. */
  readonly title: string;
  /** As it stands: `4.2`, `IV`, `7`, `三`, `A`. */
  readonly number?: string;
  readonly unit?: SectionUnit;
  /** Headings of one style stand on one level. */
  readonly style: string;
  /** Of two styles, that with the lower rank is the outer one. */
  readonly rank: number;
  /** Characters of the line that are the heading, where the text of the section goes on behind it. */
  readonly runIn?: number;
}

/** A heading and where it stands. */
export interface Heading extends HeadingLine {
  readonly start: number;
  readonly bodyStart: number;
  /** The number of its line. */
  readonly line: number;
  /** Lines that it takes. */
  readonly lines: number;
}

/** Ranks: Markdown's levels are 1 to 6, dotted numbers begin at `numbers`. */
export const ranks = { roman: 410, capitals: 420, bracketed: 425, numbers: 431, clause: 445 } as const;

const units: Readonly<Record<string, { readonly unit: SectionUnit; readonly rank: number }>> = {
  book: { unit: 'book', rank: 100 },
  volume: { unit: 'book', rank: 100 },
  卷: { unit: 'book', rank: 100 },
  编: { unit: 'part', rank: 200 },
  部: { unit: 'part', rank: 200 },
  篇: { unit: 'part', rank: 200 },
  part: { unit: 'part', rank: 200 },
  act: { unit: 'act', rank: 200 },
  title: { unit: 'title', rank: 250 },
  chapter: { unit: 'chapter', rank: 300 },
  幕: { unit: 'act', rank: 200 },
  场: { unit: 'scene', rank: 300 },
  章: { unit: 'chapter', rank: 300 },
  回: { unit: 'chapter', rank: 300 },
  scene: { unit: 'scene', rank: 300 },
  节: { unit: 'section', rank: 430 },
  section: { unit: 'section', rank: 430 },
  sec: { unit: 'section', rank: 430 },
  item: { unit: 'item', rank: ranks.numbers },
  note: { unit: 'note', rank: ranks.numbers },
  appendix: { unit: 'appendix', rank: ranks.numbers },
  annex: { unit: 'appendix', rank: ranks.numbers },
  schedule: { unit: 'appendix', rank: ranks.numbers },
  exhibit: { unit: 'appendix', rank: ranks.numbers },
  附录: { unit: 'appendix', rank: ranks.numbers },
  附件: { unit: 'appendix', rank: ranks.numbers },
  article: { unit: 'article', rank: 440 },
  条: { unit: 'article', rank: 440 },
  clause: { unit: 'clause', rank: ranks.clause },
};

const counts =
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty first second third fourth fifth sixth seventh last';
const division = new RegExp(
  `^(book|volume|part|act|title|chapter|scene|section|sec|article|clause|item|note|appendix|annex|schedule|exhibit)\\.? (\\d{1,4}[A-Z]?(?:\\.\\d{1,3}){0,3}|[IVXLC]+|[A-Z]|(?:the )?(?:${counts.replaceAll(' ', '|')}))(?![\\p{L}\\d])(.*)$`,
  'iu',
);
/** What stands behind the number of a division; `Section 2 of the law` goes on as prose. */
const divisionTitle = /^(?: ?(?:--|[.:–—-])? ?["“‘'([]?[\p{Lu}\d\p{Script=Han}].*| ?[.:–—-]?)$/u;
/** These stand before a full stop, a colon or a dash, or they are no headings: `Note 3 -- Inventories`. */
const stopped = new Set(['item', 'note', 'title', 'exhibit']);
/** Their headings are kept whole: the place and the time are no title. */
const whole = new Set<SectionUnit>(['act', 'scene']);
const runInUnits = new Set<SectionUnit>(['article', 'section', 'clause']);
/** A title ends with few words, a sentence with many. */
const longestDivision = 120;

/** `Annex A (normative) Pull test` */
const ofStandard = /^ \((?:normative|informative)\)(?= )/i;

/** A schedule names the section that it belongs to beside its number. */
const schedulePlace = /^Sections? \d[\d(), and]*$/;
const onlySchedule = /^(?:SCHEDULE|Schedule)(?: +Sections? \d[\d(), and]*)?$/;
const latinAct = /^ACTUS [A-Z]+(?:[.,] *SC[OA]?ENA [A-Z]+)?\.?$/i;

function divisionHeading(line: string): HeadingLine | undefined {
  const [, word = '', number = '', behind = ''] = /^\p{Lu}/u.test(line) ? (division.exec(line) ?? []) : [];
  const rest = behind.replace(ofStandard, '');
  if (onlySchedule.test(line)) return { title: '', unit: 'appendix', style: 'appendix', rank: ranks.numbers };
  if (latinAct.test(line)) return { title: line, unit: 'act', style: 'act', rank: 200 };
  const kind = units[word.toLowerCase()];
  const scene = kind?.unit === 'act' && /^, scene \w+\.?$/i.test(rest);
  if (kind === undefined || !(scene || divisionTitle.test(rest))) return undefined;
  if (stopped.has(word.toLowerCase()) && !/^ ?(?:[.:–—-]|$)/.test(rest)) return undefined;
  const isPart = kind.unit === 'part' && /^ ?(?:--|[.:–—-])/.test(rest);
  if (/^[A-Z]$/i.test(number) && kind.unit !== 'appendix' && !isPart && !/^[IVXLC]$/.test(number)) return undefined;
  const title = rest
    .replace(/^[\s.:,–—-]+/, '')
    .trim()
    .replace(schedulePlace, '');
  const shared = { number, unit: kind.unit, style: kind.unit, rank: kind.rank };
  // `Section 1. All legislative powers shall be vested ...`: the section goes on behind its number.
  if (runInUnits.has(kind.unit) && (line.length > longestDivision || /[a-z][.;]$/.test(title)) && /^[.:–—-]/.test(rest))
    return { ...shared, title: '', runIn: line.length - rest.length + 1 };
  return line.length > longestDivision ? undefined : { ...shared, title: whole.has(kind.unit) ? line.trim() : title };
}

const paperPart =
  /^(?:abstract|introduction|background|related work|methods?|materials and methods|results|discussion|conclusions?|acknowledge?ments|status of this memo|copyright notice|author's address|authors' addresses|normative references|informative references|references|bibliography|appendix|executive summary|summary|key (?:points|findings|takeaways)|highlights|摘要|引言|结论|参考文献|致谢|内容提要|内容简介|导读|前言|后记)[.:：]?$/i;
/** `Title`, without the end of a sentence or of a field; and a rule of dots goes to a page number of a list of contents. */
const numbered = /^ {0,3}(\d{1,3}(?:\.\d{1,3}){0,5})(?:\.|\)|、)?[ \t\u00a0\u3000]{1,8}(\S.*)$/;
const lettered = /^([A-Z](?:\.\d{1,2}){1,4})\.?[ \t]{1,4}(\S.*)$/;
const roman = /^([IVX]{1,6})\.[ \t]{1,4}(\p{Lu}.*)$/u;
const paragraphSign = /^§§? ?(\d{1,4}[a-z]?(?:\.\d{1,3}){0,3})\.?(?: +(\S.*))?$/;
const leaders = /(?:\.{3,}|…{2,}|(?:\. ){3,}|·{3,}|_{3,})/;
const titleWord = /^(?:[\p{Lu}\d"“‘'([`_*]|\p{Script=Han})/u;

/** Whether every longer word begins with a capital: `Conveying Verbatim Copies.` */
const isTitleCase = (words: string): boolean =>
  words
    .split(/\s+/)
    .filter((word) => word.length > 4)
    .every((word) => /^[^\p{L}]*\p{Lu}/u.test(word)) && words.length <= 80;

/** A title, and no item of a list or beginning of a sentence. */
function isTitle(words: string, depth: number): boolean {
  if (words.length < 2 || words.length > 110 || leaders.test(words) || !/\p{L}{2}/u.test(words)) return false;
  if (/[;,:，；：。！？]$/.test(words) || /[.!?] \p{Lu}/u.test(words.replace(/\b(?:vs|St|Mr|No|al)\./g, '')))
    return false;
  if (words.endsWith('.')) return isTitleCase(words);
  if (/^(?:\p{Lu}|\d)\S* ?[=+]/u.test(words)) return false;
  return depth > 1 ? /^[\p{L}"“‘'([`_*\\/]/u.test(words) : titleWord.test(words);
}

const numeral = '[零〇一二两三四五六七八九十百千\\d]';
const chineseDivision = new RegExp(
  `^第(${numeral}{1,7})(卷|部|编|篇|章|回|节|幕|场)(?:[ \\u3000:：].{0,60}|.{0,40}[^。！？；，])?$`,
);
const chineseArticle = new RegExp(`^第(${numeral}{1,7})条(?:之[一二三四五])?(.*)$`);
const enumerated = /^(?:([一二三四五六七八九十]{1,3})、|（([一二三四五六七八九十]{1,3})）)([^。！？；，：]{1,40})$/;
/** `（一）排查隐患。各区应当……`: the text goes on behind a short title. */
const runInTitle =
  /^(?:([一二三四五六七八九十]{1,3})、|（([一二三四五六七八九十]{1,3})）)(\p{Script=Han}[^。！？；，：、“”\d]{1,17})。(?=\S)/u;
const runInNumber = /^(\d{1,2})[．.、] ?(\p{Script=Han}[^。！？；，：、“”\d]{1,17})。(?=\S)/u;
const chineseAppendix = /^(附录|附件) ?([A-Z]|[一二三四五六七八九十]{1,3}|\d{1,2})(?:[ \u3000:：].{0,60})?$/;

/** `附：后续情况`, and no list that it opens: `附：1. 名单`. */
const chineseSupplement = /^附[：:][ \u3000]?(\p{Script=Han}[^。！？；，：:、“”\d]{2,20})$/u;

function chineseHeading(line: string): HeadingLine | undefined {
  const divided = chineseDivision.exec(line);
  if (divided !== null) {
    const [, number = '', word = ''] = divided;
    const title = line.slice(number.length + 2).replace(/^[ \u3000:：]+/, '');
    const kind = units[word] ?? { unit: 'chapter', rank: 300 };
    return { title: whole.has(kind.unit) ? line : title, number, ...kind, style: word };
  }
  const appendix = chineseAppendix.exec(line);
  if (appendix !== null) {
    const [, word = '', number = ''] = appendix;
    const title = line
      .replace(/^附. ?/, '')
      .slice(number.length)
      .replace(/^[ \u3000:：]+/, '');
    return { title, number, unit: 'appendix', style: 'appendix', rank: units[word]?.rank ?? ranks.numbers };
  }
  const supplement = chineseSupplement.exec(line)?.[1];
  if (supplement !== undefined)
    return { title: supplement.trim(), unit: 'appendix', style: 'supplement', rank: ranks.roman };
  const runIn = runInTitle.exec(line);
  if (runIn !== null) {
    const [head, outer, inner = '', title = ''] = runIn;
    const style = outer === undefined ? 'bracketed' : 'enumerated';
    const rank = outer === undefined ? ranks.bracketed : ranks.roman;
    return { title, number: outer ?? inner, style, rank, runIn: head.length };
  }
  const item = enumerated.exec(line);
  if (item !== null) {
    const [, outer, inner = '', title = ''] = item;
    const style = outer === undefined ? 'bracketed' : 'enumerated';
    return {
      title: title.trim(),
      number: outer ?? inner,
      style,
      rank: outer === undefined ? ranks.bracketed : ranks.roman,
    };
  }
  return articleHeading(line);
}

/** Style of an article whose text begins right behind its number. */
export const looseArticle = '条?';

/** Title words of an article; its text mostly goes on behind the number. */
function articleHeading(line: string): HeadingLine | undefined {
  const number = chineseArticle.exec(line)?.[1];
  if (number === undefined) return undefined;
  const head = /^第.{1,7}?条(?:之[一二三四五])?/.exec(line)?.[0] ?? '';
  const rest = line.slice(head.length).replace(/^[ \u3000:：]+/, '');
  // `第十条违反...`: told from prose by the articles before it.
  const style = /^(?:$|[ \u3000:：【（])/.test(line.slice(head.length)) ? '条' : looseArticle;
  const shared = { number, unit: 'article', style, rank: units.条?.rank ?? ranks.clause } as const;
  const named = /^[【（]([^】）]{1,30})[】）]/.exec(rest);
  if (named !== null && named[0].length < rest.length)
    return { ...shared, title: named[1] ?? '', runIn: line.length - rest.length + named[0].length };
  if (rest.length <= 20 && !/[。；，：！？]/.test(rest))
    return { ...shared, title: rest.replace(/^[【（]|[】）]$/g, '') };
  return { ...shared, title: '', runIn: head.length };
}

function numberHeading(line: string): HeadingLine | undefined {
  const han = /^\d{1,2}[．.、] ?\p{Script=Han}/u.test(line) ? runInNumber.exec(line) : null;
  if (han !== null)
    return { title: han[2] ?? '', number: han[1] ?? '', style: 'number1', rank: ranks.numbers, runIn: han[0].length };
  const [, number, title = ''] = numbered.exec(line) ?? lettered.exec(line) ?? [];
  if (number === undefined) return undefined;
  const depth = number.split('.').length;
  // `2. Grant of Copyright License. Subject to the terms ...`: the text goes on in the line.
  const lead = /^([A-Z][^.]{4,70})\. ["“]?[A-Z]/.exec(title)?.[1];
  if (depth === 1 && lead !== undefined && isTitleCase(lead)) {
    const runIn = line.length - title.length + lead.length + 1;
    return { title: lead, number, unit: 'section', style: 'number1', rank: ranks.numbers, runIn };
  }
  if (!isTitle(title.trim(), depth)) return undefined;
  return { title: title.trim(), number, unit: 'section', style: `number${depth}`, rank: ranks.numbers + depth - 1 };
}

const latex = /^\\(part|chapter|section|subsection|subsubsection)\*?\{(.+?)\}(?:\s*\\label\{[^}]*\})?\s*$/;
const latexLevels = ['part', 'chapter', 'section', 'subsection', 'subsubsection'];

function signHeading(line: string): HeadingLine | undefined {
  const [, command, words = ''] = latex.exec(line) ?? [];
  if (command !== undefined) return { title: words, style: command, rank: 1 + latexLevels.indexOf(command) };
  const [, number, title = ''] = paragraphSign.exec(line) ?? [];
  if (number === undefined) return undefined;
  const shared = { number, unit: 'section', style: '§', rank: 440 } as const;
  return isTitle(title, 1)
    ? { ...shared, title }
    : { ...shared, title: '', runIn: line.indexOf(number) + number.length };
}

/** A heading without Markdown's marks; undefined for prose. The line stands without blanks at its end. */
export function plainHeading(line: string): HeadingLine | undefined {
  const code = line.charCodeAt(0);
  if (code > 0x2e80) return chineseHeading(line) ?? (paperPart.test(line) ? part(line) : undefined);
  if (code === 0x5c || code === 0xa7) return signHeading(line);
  if (code === 0x20 || code === 0xa0 || (code >= 0x30 && code <= 0x39)) return numberHeading(line);
  if (code >= 0x61 && code <= 0x7a) return paperPart.test(line) ? part(line) : undefined;
  if (code < 0x41 || code > 0x5a) return undefined;
  if (paperPart.test(line)) return part(line);
  const numeral = roman.exec(line);
  if (numeral !== null && isTitle(numeral[2] ?? '', 1))
    return {
      title: (numeral[2] ?? '').trim(),
      number: numeral[1] ?? '',
      unit: 'section',
      style: 'roman',
      rank: ranks.roman,
    };
  return divisionHeading(line) ?? numberHeading(line);
}

const part = (line: string): HeadingLine => ({
  title: line.replace(/[.:：]$/, ''),
  style: 'number1',
  rank: ranks.numbers,
});

const markdown = /^(#{1,6}) (.+?) *#*$/;

/** `## 4.2 Title`: Markdown's level, and the number that its title begins with. */
export function markdownHeading(line: string): HeadingLine | undefined {
  const [, marks, words = ''] = line.startsWith('#') ? (markdown.exec(line) ?? []) : [];
  if (marks === undefined) return undefined;
  const shared = { style: `markdown${marks.length}`, rank: marks.length };
  const inner = plainHeading(words);
  if (inner === undefined || inner.number === undefined || inner.runIn !== undefined)
    return { ...shared, title: words };
  const { number, unit, title } = inner;
  return { ...shared, title: title === '' ? words : title, number, ...(unit === undefined ? {} : { unit }) };
}
