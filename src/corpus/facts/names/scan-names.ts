/**
 * @file Runs of capitalised words in one pass over a text, with what their places tell: at the start of a sentence or in a heading a capital says
 * nothing. Code is passed over.
 */
import type { Span } from '../../document.ts';
import { beginsSentence, capitalRuns, isHeading } from './capital-runs.ts';
import type { NameKind } from './name.ts';
import { knownOrganisations, noNames, organisationHeads, organisationTails, placeTails, titles } from './name-words.ts';

/** One capitalised run, without possessive and without the words that no name begins with. */
export interface NameRun extends Span {
  readonly name: string;
  /** Ranks and forms of address before it, e.g. `Captain`. */
  readonly title: string | undefined;
  /** Whether its first capital proves something: it stands within a sentence, or behind a title. */
  readonly inside: boolean;
  /** Whether a sentence begins with it. */
  readonly initial: boolean;
  readonly possessive: boolean;
  /** Whether it stands in a heading or a table. */
  readonly heading?: boolean;
  /** What the place proves that it names. */
  readonly proof?: NameKind;
}

const abbreviated =
  '(?:Mr|Mrs|Ms|Dr|St|Prof|Gen|Col|Capt|Sen|Rep|Gov|Lt|Sgt|Rev|Hon|Jr|Sr|Inc|Ltd|Co|Corp|Mt|Ft|Mme|Mlle|Messrs|Maj|Adm|Bros|Fr|Cllr|Supt|Insp|Cpl|Cmdr|Msgr|Pvt|Br|Bp)\\.';
// Bounded, so that no text makes it look twice at more than a few hundred characters.
const word = `(?:${abbreviated}|\\p{Lu}\\.(?:\\p{Lu}\\.){0,4}|\\p{Lu}[\\p{L}\\p{M}]{0,40}(?:[’'-]\\p{L}[\\p{L}\\p{M}]{0,40}){0,4}(?:(?<=s)[’'](?= \\p{Lu}))?)`;
const joints =
  'of the|of|de la|de los|de|del|della|di|da|do|dos|du|des|von der|von|van der|van den|van|der|den|la|le|bin|ibn|y|&';
const run = new RegExp(
  `(?<![\\p{L}\\p{N}_@#$\\\\/.-])${word}(?:,? (?=(?:Inc|Ltd|LLC|Jr|Sr)\\b)${word}|(?: |\\n(?! ?[\\n#|>*-]))(?:(?:${joints}) )?${word}){0,7}(?![\\p{L}\\p{N}_(]|::|[./][\\p{L}_])`,
  'uy',
);

/** Fenced code and code in a line. */
const codes = /```[^`]*(?:```|$)|`[^`\n]+`/g;

/** `Ahab's` -> `Ahab`. */
const possessive = /[’']s?$/;

interface Token extends Span {
  readonly text: string;
  readonly joint: boolean;
}

const token = new RegExp(`${word}|\\p{Ll}+|&`, 'gu');

/** Whether a run is of Latin letters between single blanks, as most are. */
const isPlain = (whole: string): boolean => /^[A-Za-z]+(?: [A-Za-z]+)*$/.test(whole);

function plainTokens(whole: string, at: number): Token[] {
  let start = at;
  return whole.split(' ').map((text) => {
    const own = { text, start, end: start + text.length, joint: text.charCodeAt(0) >= 97 };
    start = own.end + 1;
    return own;
  });
}

const tokensOf = (whole: string, at: number): Token[] =>
  isPlain(whole)
    ? plainTokens(whole, at)
    : [...whole.matchAll(token)].map((match) => ({
        text: match[0],
        start: at + match.index,
        end: at + match.index + match[0].length,
        joint: !/^\p{Lu}/u.test(match[0]),
      }));

/** Without the point of an abbreviation and without possessive. Most words end in another letter and are looked at no further. */
function bare(text: string): string {
  const last = text.charCodeAt(text.length - 1);
  if (last >= 97 && last <= 122 && last !== 115) return text;
  return text.replace(/\.$/, '').replace(possessive, '');
}

/** `SCENE` -> `Scene`, but acronyms that are known stay. */
function capitalised(word: string): string {
  const second = word.charCodeAt(1);
  if (
    word.length === 2 &&
    second < 97 &&
    noNames.has(`${word[0]}${word[1]?.toLowerCase()}`) &&
    word !== 'US' &&
    word !== 'IT'
  )
    return `${word[0]}${word[1]?.toLowerCase()}`;
  if ((second >= 97 && second <= 122) || !/^\p{Lu}{3,}$/u.test(word) || knownOrganisations.has(word)) return word;
  return `${word[0]}${word.slice(1).toLowerCase()}`;
}

/** `Bank of England` is one name, `Queen of England` and `Whale of Nantucket` are not. */
function joins(left: readonly Token[], joint: readonly Token[]): boolean {
  const particle = joint.map(({ text }) => text).join(' ');
  if (!/^(?:of|of the)$/.test(particle)) return true;
  const head = bare(left.at(-1)?.text ?? '');
  return organisationHeads.has(head) || organisationTails.has(head) || ofHeads.has(head);
}
const ofHeads = new Set(
  'Gulf Isle Bay Cape City County Republic Kingdom Province State States Strait Sea Port Tower Valley Mount Bank Treaty Battle Declaration Bill Book Statue Prince District Commonwealth Cape Coast Journal Annals Proceedings Transactions Bulletin Harbor Harbour'.split(
    ' ',
  ),
);

/** The names that one run of capitals holds: cut at words that no name has, at possessives and at `of` between two names. */
function namesIn(source: string, { start: at, end }: Span, initial: boolean): NameRun[] {
  const names: NameRun[] = [];
  let open: Token[] = [];
  let joint: Token[] = [];
  let first = true;
  const close = (): void => {
    const found = nameOf(source, open, first && initial);
    if (open.length > 0) first = false;
    [open, joint] = [[], []];
    if (found !== undefined) names.push(found);
  };
  const tokens = tokensOf(source.slice(at, end), at);
  for (const [i, part] of tokens.entries()) {
    // `B. Theft` at the start of a line is an item of a list.
    if (i === 0 && initial && /^\p{Lu}\.$/u.test(part.text) && (at === 0 || source[at - 1] === '\n')) continue;
    if (part.joint) {
      joint.push(part);
      continue;
    }
    const plain = capitalised(bare(part.text));
    if (
      /^I[’']/.test(part.text) ||
      (noNames.has(plain) && !(open.length > 0 && joint.length === 0 && mayFollow.has(plain)) && !mayBegin.has(plain))
    ) {
      close();
      first = false;
      continue;
    }
    if (open.length > 0 && joint.length > 0 && !joins(open, joint)) close();
    open.push(...(open.length > 0 ? joint : []), part);
    joint = [];
    // `King's College` is one name, `Ahab's Pequod` two.
    const next = bare(tokens[i + 1]?.text ?? '');
    if (possessive.test(part.text) && !organisationTails.has(next) && !placeTails.has(next)) close();
  }
  close();
  return names;
}
/** `Captain`, `CAPTAIN`. */
function isTitle(word: string): boolean {
  const plain = capitalised(bare(word));
  return titles.has(plain) || /-General$|^(?:Presidents|Secretaries|Captains|Generals|Professors|Messrs)$/.test(plain);
}

/** `Poor Queequeg`: what a name is called, and no part of it. */
const epithets = new Set('Poor Old Young Little Sweet Dear Good Noble Brave Gentle Honest Late Proud'.split(' '));

/** Words of `noNames` that names have after others, or before them. */
const mayFollow = new Set(
  'Day Act Book Part Table North South East West Web Internet Man Men People Place English New Week'.split(' '),
);
const mayBegin = new Set('North South East West Northern Southern Eastern Western New Old Great English'.split(' '));

function nameOf(source: string, tokens: readonly Token[], initial: boolean): NameRun | undefined {
  let from = 0;
  while (
    from < tokens.length &&
    (isTitle(tokens[from]?.text ?? '') ||
      (epithets.has(tokens[from]?.text ?? '') && !placeTails.has(tokens[from + 1]?.text ?? '')))
  )
    from++;
  // `the Chief`, `Mother`: a title alone names nobody; `King of Spain` is no name of Spain's.
  const titled = tokens.slice(0, from).filter(({ text }) => !epithets.has(text));
  while (tokens[from]?.joint === true) from++;
  const own = tokens.slice(from);
  const [head, last] = [own[0], own.at(-1)];
  if (head === undefined || last === undefined) return undefined;
  if (
    own.length === 1 &&
    (mayBegin.has(bare(head.text)) || (/^(?:\p{Lu}\.)+$/u.test(head.text) && head.text.length < 4))
  )
    return undefined;
  const end = last.end - (last.text.length - last.text.replace(possessive, '').length);
  return {
    name: source.slice(head.start, end).replace(/\s+/g, ' '),
    title: titled.length === 0 ? undefined : bare(titled.at(-1)?.text ?? ''),
    start: head.start,
    end,
    inside: !initial || titled.length > 0,
    initial: initial && titled.length === 0,
    possessive: possessive.test(last.text),
  };
}

/** A run goes on over the end of a line where prose is wrapped: the line is long and no heading. */
function piecesOf(text: string, { start, end }: Span, line: Span & { readonly heading: boolean }): Span[] {
  const length = line.end - line.start;
  const wrapped =
    !line.heading &&
    length >= leastWrapped &&
    length <= mostColumns &&
    !fieldNext.test(text.slice(line.end + 1, line.end + 60));
  if (line.end >= end || wrapped) return [{ start, end }];
  const pieces = [{ start, end: line.end }];
  for (let at = line.end + 1; at < end; ) {
    const stop = text.indexOf('\n', at);
    pieces.push({ start: at, end: stop < 0 || stop > end ? end : stop });
    at = stop < 0 ? end : stop + 1;
  }
  return pieces;
}
const leastWrapped = 50;
/** Prose is wrapped to columns of this width at most; longer lines are paragraphs of their own. */
const mostColumns = 110;
/** `Ports and terminals: ` begins a field, and no line that goes on. */
const fieldNext = /^[^\n:.]{1,50}: /;

/** The name in a run of one word, which most are, and most of these are no names: without the work that longer ones need. */
function nameOfWord(whole: string): string | undefined {
  const name = whole.endsWith('.') ? whole : bare(whole);
  const plain = capitalised(bare(name));
  return noNames.has(plain) || isTitle(plain) || /^I[’']/.test(whole) || (name.endsWith('.') && name.length < 4)
    ? undefined
    : name;
}

function wordAt(name: string, whole: string, at: number, text: string): NameRun {
  const initial = beginsSentence(text, at);
  const isPossessive = name.length < whole.length;
  return {
    name,
    title: undefined,
    inside: !initial,
    initial,
    possessive: isPossessive,
    start: at,
    end: at + name.length,
  };
}

/** All runs in text order. Linear: each character is looked at once, and a heading's line once. */
export function scanNames(text: string): NameRun[] {
  const found: NameRun[] = [];
  const code = text.includes('`')
    ? [...text.matchAll(codes)].map((match) => [match.index, match.index + match[0].length] as const)
    : [];
  /** Names of the words that stand alone: a text has few of them, many times. */
  const words = new Map<string, string | undefined>();
  let inCode = 0;
  let line = { start: 0, end: -1, heading: false };
  for (const { at, whole } of capitalRuns(text, run)) {
    while (inCode < code.length && (code[inCode]?.[1] ?? 0) <= at) inCode++;
    if (at >= (code[inCode]?.[0] ?? Number.POSITIVE_INFINITY)) continue;
    // Most capitals begin sentences with words of every day: nothing else needs to be asked about them.
    if (noNames.has(whole)) continue;
    const single = !/[ \n]/.test(whole);
    if (single && !words.has(whole)) words.set(whole, nameOfWord(whole));
    const word = single ? words.get(whole) : undefined;
    if (single && word === undefined) continue;
    if (at > line.end) {
      const stop = text.indexOf('\n', at);
      const end = stop < 0 ? text.length : stop;
      const start = text.lastIndexOf('\n', at) + 1;
      line = { start, end, heading: isHeading(text, start, end) };
    }
    if (word !== undefined) {
      const run = wordAt(word, whole, at, text);
      found.push(line.heading ? { ...run, inside: false, heading: true } : run);
      continue;
    }
    const parts = piecesOf(text, { start: at, end: at + whole.length }, line);
    for (const [i, part] of parts.entries())
      for (const name of namesIn(text, part, i > 0 || beginsSentence(text, at)))
        found.push(line.heading ? { ...name, inside: false, heading: true } : name);
  }
  return found;
}
