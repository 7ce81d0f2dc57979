/**
 * @file HTML as plain text that the structure parser reads: headings as `#` lines, tables as pipe tables, lists as `-`
 * lines, blocks apart by a blank line. Navigation, scripts and the like are left out, by Readability where it finds an
 * article.
 */
import { optionalPackage } from '../../records/optional-package.ts';
import { QuarantineError } from '../../records/reader.ts';
import { attribute, type DomNode, isLonger, nameOf } from './html-cell.ts';
import { definitionText } from './html-table.ts';
import { takeTables } from './html-tables.ts';
import { chatMessages } from './talk/html-chat.ts';
import { markQuestions } from './talk/html-questions.ts';
import { speakerElements, speakerText } from './talk/html-speakers.ts';

const skipped = new Set(['SCRIPT', 'STYLE', 'NOSCRIPT', 'TEMPLATE', 'NAV', 'HEAD', 'IFRAME', 'SVG', 'BUTTON', 'FORM']);
const blocks = new Set(
  `P DIV SECTION ARTICLE MAIN HEADER FOOTER ASIDE BLOCKQUOTE PRE UL OL DL DT DD FIGURE FIGCAPTION TR HR ADDRESS BODY
  TABLE DETAILS SUMMARY`.split(/\s+/),
);

const inline = (node: DomNode): string => (node.textContent ?? '').replace(/\s+/g, ' ').trim();

/** Cells of a layout: boxes of prose are paragraphs of their own, words stand beside each other. */
const cells = new Set(['TD', 'TH']);
const longCell = 120;

/** Stands for a blank at the start of a line of code, which must stay; no page can hold it. */
const kept = '\0';
const indented = (code: string): string =>
  code
    .replace(/^(?:[^\S\n]*\n)+/, '')
    .trimEnd()
    .replace(/^ +/gm, (blanks) => kept.repeat(blanks.length));

type ItemNode = DomNode & { readonly parentNode?: DomNode | null };
/** Items of numbered lists that were written. */
const written = new WeakMap<DomNode, number>();

/** `1. ` in a numbered list. */
function itemMark(item: ItemNode): string {
  const list = item.parentNode;
  if (list === undefined || list === null || nameOf(list) !== 'OL') return '- ';
  const next = (written.get(list) ?? Number(attribute(list, 'start') || 1) - 1) + 1;
  written.set(list, next);
  return Number.isInteger(next) ? `${next}. ` : '- ';
}

/** Longer italics are no direction. */
const longestDirection = 300;

/** What a page that is a conversation says in its elements: the names of a play, the messages of a chat. */
interface Talk {
  readonly speakers: ReadonlySet<DomNode>;
  readonly messages: ReadonlyMap<DomNode, string>;
}
const noTalk: Talk = { speakers: new Set(), messages: new Map() };

/** In a play, names are bold and directions in italics; a message of a chat is a line. */
function scriptText(node: DomNode, { speakers, messages }: Talk): string | undefined {
  const message = messages.get(node);
  if (message !== undefined) return `\n${message}\n`;
  if (speakers.size === 0) return undefined;
  if (speakers.has(node)) return `${node.nodeName.toUpperCase() === 'DT' ? '\n\n' : ''}${speakerText(inline(node))}`;
  const words = /^(?:I|EM)$/i.test(node.nodeName) ? inline(node) : '';
  return words === '' || words.length > longestDirection ? undefined : `_${words}_`;
}

function write(node: DomNode, out: string[], talk: Talk): void {
  if (node.nodeType === 3) out.push((node.textContent ?? '').replace(/\s+/g, ' '));
  if (node.nodeType !== 1) return;
  const name = node.nodeName.toUpperCase();
  if (skipped.has(name)) return;
  const level = /^H([1-6])$/.exec(name)?.[1];
  const script = scriptText(node, talk);
  // A list of names and their words is a play before it is a list of definitions.
  const laidOut = name === 'DL' && talk.speakers.size === 0 ? definitionText(node) : undefined;
  if (script !== undefined) out.push(script);
  else if (level !== undefined) out.push('\n\n', '#'.repeat(Number(level)), ' ', inline(node), '\n\n');
  else if (laidOut !== undefined) out.push('\n\n', laidOut, '\n\n');
  else if (name === 'BR') out.push('\n');
  else if (name === 'PRE') out.push('\n\n```\n', indented(node.textContent ?? ''), '\n```\n\n');
  else {
    const edge = blocks.has(name) ? '\n\n' : cells.has(name) ? (isLonger(node, longCell) ? '\n\n' : ' ') : '';
    out.push(name === 'LI' ? `\n${itemMark(node)}` : edge);
    for (const child of node.childNodes) write(child, out, talk);
    if (edge !== ' ') out.push(edge);
  }
}

function plain(root: DomNode, talk: Talk = noTalk): string {
  const out: string[] = [];
  write(root, out, talk);
  return out
    .join('')
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n[ \t]+/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
    .replaceAll(kept, ' ');
}

/** The text of a page; title and language are undefined where it states none. */
export interface HtmlText {
  readonly text: string;
  readonly title: string | undefined;
  readonly language: string | undefined;
}

/** Elements above which Readability, which scores every pair of parent and child, is not tried. */
const articleElements = 20_000;

/** Depth times characters above which it is not tried either: it reads all text once for every element around it. */
const articleWork = 100_000_000;

/** Elements within elements of a page; browsers stop at 512. */
const deepestPage = 2000;

/** Elements that a page may leave open: they end where the next begins. */
const selfEnding = new Set(
  `area base br col embed hr img input link meta source track wbr p li dt dd tr td th thead tbody tfoot option optgroup colgroup`.split(
    ' ',
  ),
);

/**
 * How deep the elements of a page are nested.
 *
 * @throws QuarantineError for a page whose elements are nested without end, before a parser walks down them.
 */
export function checkDepth(html: string): number {
  let [depth, deepest] = [0, 0];
  for (const [tag, closing, name = ''] of html.matchAll(/<(\/?)([a-z][a-z\d]*)[^<>]*>/gi)) {
    if (selfEnding.has(name.toLowerCase()) || tag.endsWith('/>')) continue;
    depth = Math.max(0, depth + (closing === '' ? 1 : -1));
    if (depth > deepestPage) throw tooDeep();
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

const tooDeep = (cause?: unknown): QuarantineError =>
  new QuarantineError('corrupt', 'the elements are nested too deeply', { cause });

/** @param article Look for the main article of a web page; not for the chapters of a book. */
export async function htmlText(html: string, article: boolean): Promise<HtmlText> {
  const work = checkDepth(html) * html.length;
  try {
    return await readText(html, article && work <= articleWork);
  } catch (cause) {
    // The parsers go down a page by recursion.
    throw cause instanceof RangeError ? tooDeep(cause) : cause;
  }
}

/** What magazines and books call the paragraph between a title and what it is the title of. */
const standfirst =
  /(?:^|[\s_-])(?:standfirst|lead|lede|dek|deck|chapo|chapeau|teaser|intro|synopsis|arg|argument|excerpt|vorspann|zhaiyao|daoyu)(?=\s|$)/i;
/** Characters. */
const longestStandfirst = 1500;

/** A page shows by its type that such a paragraph stands apart; Readability drops classes, so it is set in italics before. */
function setApart(document: Document): void {
  for (const node of document.querySelectorAll('p[class], div[class]')) {
    const words = inline(node as unknown as DomNode);
    const isPlain = node.querySelector('p, div, table, ul, ol, h1, h2, h3, h4, blockquote') === null;
    if (!standfirst.test(node.getAttribute('class') ?? '') || !isPlain || /[*_]/.test(words)) continue;
    if (words.length >= 40 && words.length <= longestStandfirst) node.textContent = `*${words}*`;
  }
}

async function readText(html: string, article: boolean): Promise<HtmlText> {
  const { parseHTML } = await optionalPackage('linkedom', () => import('linkedom'));
  const parse = (source: string) =>
    parseHTML(/<html[\s>]/i.test(source) ? source : `<html><body>${source}</body></html>`);
  const { document } = parse(html);
  const title = document.querySelector('title')?.textContent?.trim() || undefined;
  const language = document.documentElement?.getAttribute('lang') ?? undefined;
  setApart(document as unknown as Document);
  markQuestions(document as unknown as Document);
  const body = document.body as unknown as DomNode;
  const messages = chatMessages(body);
  const talk: Talk = { speakers: messages.size > 0 ? noTalk.speakers : speakerElements(body), messages };
  const putBack = takeTables(document);
  const heads = new Set([...document.querySelectorAll('h1')].map((node) => `## ${inline(node as unknown as DomNode)}`));
  const whole = putBack(plain(body, talk));
  // Readability looks for paragraphs, and a play has few.
  if (!article || talk.speakers.size + messages.size > 0 || document.querySelectorAll('*').length > articleElements)
    return { text: whole, title, language };
  const { Readability } = await optionalPackage('@mozilla/readability', () => import('@mozilla/readability'));
  const found = new Readability(document as unknown as Document).parse();
  const laidOut = found?.content ? putBack(plain(parse(found.content).document.body as unknown as DomNode)) : '';
  // Readability makes them headings of the second level.
  const content = laidOut.replace(/^## .*$/gm, (line) => (heads.has(line) ? line.slice(1) : line));
  // Readability drops the page's own heading, which is put back, and on plain pages much more: then all is kept.
  if (content.length < whole.length / 4) return { text: whole, title, language };
  const lead = /^# .*$/m.exec(whole)?.[0] ?? '';
  const text = content.includes(lead) ? content : `${lead}\n\n${content}`;
  return { text, title: found?.title || title, language };
}

type Document = ConstructorParameters<typeof import('@mozilla/readability').Readability>[0];
