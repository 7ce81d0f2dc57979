/**
 * @file The title of a document as a sentence can name it: one line, capitals only where the text itself has them, no name of a file.
 */
import type { Document } from '../../corpus/document.ts';
import { fileNamed, fileStem, fileTitle } from './file-title.ts';
import { belowBody, sheetTitle, statedTitle } from './stated-title.ts';

const small = new Set('a an the and or of in on at to for from by with as nor but'.split(' '));
const roman = /^[IVXLC]+$/;

const capitalised = (word: string): string => word.toLowerCase().replace(/\p{L}/u, (letter) => letter.toUpperCase());

/** Whether the text knows the word in capitals only. */
const isAbbreviation = (word: string, text: string): boolean =>
  word.length <= 6 &&
  new RegExp(`\\p{Ll}[^\\n]{0,60} ${word}\\b`, 'u').test(text) &&
  !new RegExp(`(?<![\\p{L}])(?:${word.toLowerCase()}|${capitalised(word)})(?![\\p{L}])`, 'u').test(text);

/** `THE WINTER'S TALE` as `The Winter's Tale`. */
function inSmall(title: string, text: string): string {
  const words = title.split(' ');
  return words
    .map((word, i) => {
      const letters = word.replace(/[^\p{L}\d]/gu, '');
      if (roman.test(letters) || /\d/.test(letters)) return word;
      const opens = i === 0 || /[.:–—]$/.test(words[i - 1] ?? '');
      if (!opens && small.has(letters.toLowerCase())) return word.toLowerCase();
      return small.has(letters.toLowerCase()) || !isAbbreviation(letters, text) ? capitalised(word) : word;
    })
    .join(' ');
}

/** A title with the title of one of its parts behind it. */
const longer = /^(?=.{100})([^:：]{8,60})[:：]\s.*$/u;

/** `deploy-log`, `git_bisect`. */
const fileName = /^[a-z\d]+(?:[-_][a-z\d]+)+$/;

/** `hearing emergency`: made of the name of a file. */
const fromFile = /^[a-z\d]+(?:[ _-][a-z\d]+)+$/;
/** The head of a text, in which lines of capitals name it. */
const headLength = 600;
const longestHeadline = 90;

const isCapital = (line: string): boolean =>
  line.includes(' ') && /\p{Lu}{2}/u.test(line) && !/[\p{Ll}\p{Script=Han}]/u.test(line);

/** The last of the lines of capitals with which a text begins: above it stands who issues it. */
function headline(text: string): string | undefined {
  const lines = text
    .slice(0, headLength)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const end = lines.findIndex((line) => !isCapital(line));
  const last = lines.slice(0, Math.max(0, end)).at(-1);
  return last === undefined || last.length > longestHeadline || /[“”]/.test(last) ? undefined : inSmall(last, text);
}

/** A Chinese title stands between 《》: one that has them itself loses them, or has others inside. */
const withoutMarks = (title: string): string =>
  title.replace(/^《([^《》]*)》$/, '$1').replace(/《([^《》]*)》/g, '〈$1〉');

/** A title of capitals only written small, another as it is. */
function written(line: string, text: string): string {
  const isShouted = /\p{Lu}{2}/u.test(line) && !/\p{Ll}/u.test(line);
  return isShouted && (line.includes(' ') || text.includes(capitalised(line))) ? inSmall(line, text) : line;
}

/** The heading of the first column of a text that is a table. */
const firstColumn = /^\| ([\p{L}]{3,20}) \|/u;

/** `statecrime`, whose first column is `state`, as `state crime`. */
function parted(file: string, text: string): string {
  const column = firstColumn.exec(text)?.[1]?.toLowerCase();
  if (column === undefined || !/^\p{L}+$/u.test(file) || file.length < column.length + 3) return file;
  if (file.toLowerCase().startsWith(column)) return `${file.slice(0, column.length)} ${file.slice(column.length)}`;
  const at = file.length - column.length;
  return file.toLowerCase().endsWith(column) && at > 2 ? `${file.slice(0, at)} ${file.slice(at)}` : file;
}

/** A preposition that the rest of the title follows on another line: `A Masque presented at Ludlow Castle, 1634, before`. */
const dangling = /(?:,? (?:a|an|the|of|for|in|on|at|by|to|from|with|before|and|or|as))+$/i;

/** What a document is called that has only the name of its file, or none of its own. */
function named(line: string, document: Document): string | undefined {
  const file = fileNamed(document, line);
  const isFile = fileName.test(line) || fromFile.test(line);
  if (file === undefined && !isFile) return undefined;
  const { text } = document;
  return (
    headline(text) ?? chatName(file ?? line, text) ?? statedTitle(text) ?? fileTitle(parted(file ?? line, text), text)
  );
}

/** What an exported chat is called after who is in it. */
const exported = /^(?:(?:WhatsApp|Telegram|Signal|WeChat|Line) )?Chat (?:with|-) (.{2,60})$/i;

/** `WhatsApp Chat with Allotment 17` as `Allotment 17`, where that is no one of those who write. */
function chatName(title: string, text: string): string | undefined {
  const name = exported.exec(title)?.[1];
  return name === undefined || text.includes(`${name}: `) ? undefined : name;
}

/** `Lamp oil - The Harbour Lexicon`: a site's name behind the heading that the page itself has. */
const ofSite = /^(.{2,}\S) (?:[-–—|·]|::) [^-–—|·]{2,60}$/u;

function withoutSite(title: string, text: string): string {
  const own = ofSite.exec(title)?.[1];
  const heading = /^#* ?(\S.*)/m.exec(text.slice(0, headLength))?.[1]?.trim().toLowerCase();
  return own !== undefined && heading !== undefined && own.toLowerCase().startsWith(heading) ? own : title;
}

/** What every project calls its own. */
const ofAny = /^(?:change ?log|release notes|news|history|read ?me|what's new|更新日志|更新记录|版本说明|发布说明)$/i;

/** `Changelog` of `marrow-changelog.md` as `Marrow changelog`. */
function ofProject(title: string, { source, text }: Document): string | undefined {
  const file = fileStem(source);
  if (!ofAny.test(title) || !/[-_ ]|\p{Script=Han}/u.test(file) || !kindOfChanges.test(file)) return undefined;
  return fileTitle(file, text);
}

const kindOfChanges = /change|release|news|history|read.?me|what.?s.?new|更新|版本|发布/i;

/** The first release of a changelog is no title of it. */
const firstRelease = /^(?:changes|what's new) (?:from|in|for|since) |^(?:version|release)? ?v?\d+\.\d+(?:\.\d+)*$/i;

const known = new WeakMap<Document, string>();

/** The title of a document in one line. Found once: whether a word in capitals is an abbreviation takes a look through the text. */
export function plainTitle(document: Document): string {
  const title = known.get(document) ?? titleOf(document);
  known.set(document, title);
  return title;
}

function titleOf(document: Document): string {
  const { title, text } = document;
  const own = withoutSite(title.replace(/\s+/g, ' ').trim(), text);
  // A chapter of a manual that stands alone has its number before its title.
  const line = own
    .replace(/^\d{1,2}(?:\.\d{1,2})*\.?\s+(?=\p{Lu}\S* \p{L})/u, '')
    .replace(/(?: \(\d{1,3}\))+$|¶/g, '')
    .replace(longer, '$1')
    .replace(dangling, '');
  const below = belowBody(own, text);
  const said =
    below === undefined
      ? undefined
      : below
          .split(/: /)
          .map((part) => written(part, text))
          .join(': ');
  if (firstRelease.test(line)) return document.language === 'zh' ? '更新日志' : 'Changelog';
  const name =
    said ?? ofProject(line, document) ?? sheetTitle(line, text) ?? named(line, document) ?? written(line, text);
  return withoutMarks(chatName(name, text) ?? name);
}
