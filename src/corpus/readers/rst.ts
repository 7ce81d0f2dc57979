/**
 * @file reStructuredText, told in Markdown: titles by their underlines, lists, notes, listings, fields and footnotes; comments, targets,
 * pictures and settings are left out. Tables stand as they are written.
 * @see https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html
 */
import { collectBytes, decodeUtf8, withoutZeros } from '../../records/bytes.ts';
import { layOutTables } from './embedded-tables.ts';
import type { Reader } from './reader.ts';

const adornment = /^([!-/:-@[-`{-~])\1*[ \t]*$/;
const directive = /^\.\.[ \t]+(?:\|([^|\n]+)\|[ \t]+)?([A-Za-z][\w:-]*)::[ \t]*(.*)$/;
const footnote = /^\.\.[ \t]+\[([#\w.*-]+)\][ \t]*(.*)$/;
const option = /^[ \t]+:[\w -]+:(?:[ \t]|$)/;
const listings = new Set(['code', 'code-block', 'sourcecode', 'literalinclude', 'parsed-literal', 'prompt', 'doctest']);
/** What their words are called before them. */
const notes = new Set('note warning tip hint important caution danger attention error seealso deprecated'.split(' '));
const versions: Readonly<Record<string, string>> = {
  versionadded: 'Added in version',
  versionchanged: 'Changed in version',
  deprecated: 'Deprecated since version',
};
/** What a program has, by its signature, with what is said of it below. */
const described =
  /^(?:(?:py|c|cpp|js):)?(?:class|method|function|attribute|data|exception|staticmethod|classmethod|property|decorator|macro|struct|enum|envvar|confval)$/;
/** Their words are words of the text. */
const plain = new Set(
  'admonition topic sidebar epigraph highlights pull-quote rubric abstract container compound table figure class only centered glossary'.split(
    ' ',
  ),
);

const indentOf = (line: string): number => line.length - line.trimStart().length;
const isBlank = (line: string | undefined): boolean => line === undefined || line.trim() === '';
const isAdornment = (line = ''): boolean => line.trimEnd().length >= 2 && adornment.test(line);

/** Lines below that belong to the block at `at`: indented, or blank between indented ones. */
function blockEnd(lines: readonly string[], at: number, indent: number): number {
  let end = at;
  for (let i = at; i < lines.length; i++) {
    const line = lines[i] ?? '';
    if (isBlank(line)) continue;
    if (indentOf(line) <= indent) break;
    end = i + 1;
  }
  return end;
}

function dedented(lines: readonly string[]): string[] {
  const least = lines.filter((line) => !isBlank(line)).reduce((low, line) => Math.min(low, indentOf(line)), 1000);
  return lines.map((line) => line.slice(least));
}

/** The underline is as long as the title, or the editor counted wide letters twice. */
const fits = (title: string, under: string): boolean => under.trimEnd().length >= Math.min(title.trimEnd().length, 4);

/** Levels of titles: each new look is one level deeper. */
class Titles {
  private readonly looks: string[] = [];
  levelOf(look: string): number {
    if (!this.looks.includes(look)) this.looks.push(look);
    return Math.min(6, this.looks.indexOf(look) + 1);
  }
}

/** A title at a line, with the lines that it takes. */
function titleAt(lines: readonly string[], at: number): { title: string; look: string; taken: number } | undefined {
  const [first = '', second = '', third] = [lines[at], lines[at + 1], lines[at + 2] ?? ''];
  if (isAdornment(first) && !isBlank(second) && isAdornment(third) && third[0] === first[0] && fits(second, third))
    return { title: second.trim(), look: `${first[0]}${first[0]}`, taken: 3 };
  const follows = at === 0 || isBlank(lines[at - 1]) || /^\.\. /.test(lines[at - 1] ?? '');
  if (!follows || isBlank(first) || indentOf(first) > 0 || isAdornment(first) || !isAdornment(second)) return undefined;
  return fits(first, second) ? { title: first.trim(), look: second[0] ?? '', taken: 2 } : undefined;
}

const slug = (words: string): string =>
  words
    .toLowerCase()
    .replace(/[^\p{L}\d]+/gu, '-')
    .slice(0, 80);

/** @example inline('See :ref:`the rules <rules>` and ``a = 1``.') // 'See the rules and `a = 1`.' */
const inline = (line: string): string =>
  line
    .replace(
      /(?<![`\w]):(?:ref|doc|term|numref|pep|rfc|any|abbr):`([^`<]*?)(?:[ ]*<([^`>]*)>)?`/g,
      (_, words = '', to = '') => (words === '' ? to : words),
    )
    .replace(/(?<![`\w]):[\w:+.-]+:`~?([^`<]+?)(?: <[^`>]*>)?`/g, '`$1`')
    .replace(/``(.+?)``/g, '\u0001$1\u0001')
    .replace(/`([^`<\n]+?) ?<[^`>\n]+>`__?/g, '$1')
    .replace(/`([^`\n]+)`__?(?!\w)/g, (_, words: string) => `[${words}](#${slug(words)})`)
    .replace(/\[([#\w*-]+)\]_(?!\w)/g, '[^$1]')
    .replace(/(?<=[\p{L}\p{N}])__?(?=[\s.,;:)]|$)/gu, '')
    .replaceAll('\u0001', '`');

/** Notes within notes; what stands deeper is left out. */
const deepest = 20;

/** Lines of a text, one block after the other. */
function* told(lines: readonly string[], titles: Titles, depth = 0): Generator<string> {
  if (depth > deepest) return;
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? '';
    const found = titleAt(lines, at);
    if (found !== undefined) {
      yield `${'#'.repeat(titles.levelOf(found.look))} ${inline(found.title)}`;
      yield '';
      at += found.taken;
    } else if (/^\s*\.\.(?:\s|$)/.test(line)) {
      const end = blockEnd(lines, at + 1, indentOf(line));
      yield* explicit(line.trimStart(), lines.slice(at + 1, end), titles, depth);
      at = end;
    } else if (/(?:^|[^:])::[ \t]*$/.test(line) && !isBlank(line) && isBlank(lines[at + 1])) {
      const end = blockEnd(lines, at + 1, indentOf(line));
      yield inline(line.replace(/(^|\s)::[ \t]*$/, '').replace(/::[ \t]*$/, ':'));
      if (end > at + 1) yield* listing(lines.slice(at + 1, end));
      at = Math.max(end, at + 1);
    } else if (isTerm(lines, at)) {
      const end = blockEnd(lines, at + 1, indentOf(line));
      yield* defined(line.trim(), lines.slice(at + 1, end), titles, depth);
      at = end;
    } else {
      const isRule =
        isAdornment(line) && line.trimEnd().length >= 4 && isBlank(lines[at - 1]) && isBlank(lines[at + 1]);
      yield isRule ? '---' : plainLine(line);
      at++;
    }
  }
}

/** A term of a definition list: a line of its own, and what it means indented right below. */
function isTerm(lines: readonly string[], at: number): boolean {
  const [line = '', below = '', before = ''] = [lines[at], lines[at + 1], lines[at - 1]];
  if (isBlank(line) || isBlank(below) || indentOf(line) >= indentOf(below)) return false;
  const follows = isBlank(before) || indentOf(before) > indentOf(line);
  return follows && line.length <= longestTerm && !/^(?:[-*+•|:>=~^]|\d+[.)]|#\.|\(|\/)|[.:,]$/.test(line.trim());
}
/** Characters of a term with its kind. */
const longestTerm = 80;

/** A term and its meaning as Markdown has them: `term`, and below it `: meaning`. */
function* defined(line: string, below: readonly string[], titles: Titles, depth: number): Generator<string> {
  const [term = ''] = line.split(/ : (?=\S)/);
  const [first = '', ...rest] = [...told(dedented(below), titles, depth + 1)]
    .join('\n')
    .trim()
    .split(/\n\s*\n/);
  yield* [inline(term.trim()), `: ${first.replace(/\s*\n\s*/g, ' ')}`, ''];
  for (const more of rest) yield* [more, ''];
}

const plainLine = (line: string): string =>
  inline(
    line
      .replace(/^:([^:\n]+):(?=[ \t]|$)/, '$1:')
      .replace(/^([ \t]*)#\.(?=[ \t])/, '$11.')
      .replace(/^([ \t]*)\| /, '$1'),
  );

function* listing(lines: readonly string[]): Generator<string> {
  yield* ['', '```', ...dedented(lines).join('\n').trim().split('\n'), '```', ''];
}

/** What begins with two dots: a directive, a footnote, or a comment or target that nobody reads. */
function* explicit(line: string, below: readonly string[], titles: Titles, depth: number): Generator<string> {
  const note = footnote.exec(line);
  if (note !== null) yield `[^${note[1]}]: ${inline([note[2], ...dedented(below)].join(' ').trim())}`;
  const [, substituted, named = '', words = ''] = directive.exec(line) ?? [];
  const name = named.toLowerCase();
  if (named === '' || substituted !== undefined) return;
  const options = below.findIndex((each) => !option.test(each));
  const body = dedented(options < 0 ? [] : below.slice(options));
  if (listings.has(name)) yield* listing(body);
  // `.. class:: wide` sets a look.
  if (described.test(name) && (name !== 'class' || /[(.\p{Lu}]/u.test(words))) {
    yield* ['', `\`${words.replaceAll('`', '')}\``, '', ...told(body, titles, depth + 1), ''];
    return;
  }
  const version = versions[name];
  if (version !== undefined || notes.has(name)) {
    const call = version === undefined ? `${named.slice(0, 1).toUpperCase()}${named.slice(1)}` : version;
    const inner = [...told(body, titles, depth + 1)].join('\n').trim();
    yield* ['', version === undefined ? `**${call}:** ${inline(words)}` : `${call} ${inline(words)}`, inner, ''];
  } else if (plain.has(name)) {
    const isFile = name === 'figure' || name === 'class' || name === 'only' || name === 'container';
    yield* ['', ...(isFile ? [] : [inline(words)]), '', ...told(body, titles, depth + 1), ''];
  }
}

/** A file is one document. @throws QuarantineError when it is too long or no UTF-8. */
export const readRst: Reader = async function* ({ id, bytes, limits }) {
  const text = decodeUtf8(withoutZeros(await collectBytes(bytes, limits)));
  const lines = text.replace(/\r\n?/g, '\n').replace(/\t/g, '        ').split('\n');
  const markdown = [...told(lines, new Titles())].join('\n').replace(/\n{3,}/g, '\n\n');
  yield { type: 'document', id, text: await layOutTables(markdown), metadata: {} };
};
