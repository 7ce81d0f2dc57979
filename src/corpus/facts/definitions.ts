/**
 * @file Where a text says what a term means: `“X” means ...`, `the term X refers to ...`, `A **key** is a ...`, `本法所称X，是指...`, and the entries
 * of its glossary.
 */
import type { Span } from '../document.ts';
import { lastBefore, longestSentence, type Prose, spanAt } from '../structure/prose.ts';
import { hasHan } from './chinese.ts';
import { type Around, Surroundings } from './definitions/around.ts';
import { readCalled } from './definitions/called-wordings.ts';
import { readChinesePlain } from './definitions/chinese-plain.ts';
import { readChinese, readChineseMeaningFirst } from './definitions/chinese-wordings.ts';
import { definedTerms } from './definitions/defined-terms.ts';
import { type Definition, definitionAt, type Found } from './definitions/definition.ts';
import { readEnglish, readMeaningFirst } from './definitions/english-wordings.ts';
import { definingSections, glossaryEntries } from './definitions/glossaries.ts';
import { readOther } from './definitions/other-wordings.ts';
import { readPlain } from './definitions/plain-wordings.ts';
import { shortForms } from './definitions/short-forms.ts';
import { headedTerms } from './definitions/subjects.ts';

export type { Definition } from './definitions/definition.ts';

/** Words by which a sentence may say what a term means; of a text without Chinese, and of one with it. */
const english =
  '\\b(?:mean|refer|denote|stands? for|short for|(?:word|term|phrase) ["“]|define|the meaning|known as|(?:is|are) (?:called|termed|said to be)|[Ww]e use the (?:term|word)|[”"] represents?|[Rr]eference in|is\\s(?=(?:here |then |simply |only )*(?:an?|the|any|one|our)\\s|what\\s|\\p{Ll}{3,}\\s(?:\\p{Ll}{3,}\\s)?(?:that|which|before|less|excluding|as)\\s)|understand\\s)|, (?:that is|which is to say)\\b|[Ww]hat (?:\\S+ ){1,3}calls? |, as (?:we|I) use |[*_”"], (?:where|in which) |["”](?:[:：—–]| – |\\s(?:is|are)\\s)|\\*\\*|\\\\(?:emph|text)|includes|[Rr]eferences? to|[Ww]e (?:shall |will )?call |, which \\S+(?: \\S+)? (?:defines?|defined|describes?) as |(?:word|term|name|phrase|expression) (?:\\S+ \\S+ )?for ';
const others =
  "\\b(?:[Uu]nter\\s\\p{L}+\\sversteht|Im\\sSinne\\s|Als\\s\\p{L}+\\s(?:gilt|bezeichnet)|bezeichnet|bedeutet|ist\\s(?:der|die|das|eine?)\\s|[Oo]n\\s(?:appelle|nomme|entend|désigne)\\s|c['’]est|désigne|signifie)";
const chinese =
  '[”」]\\p{Script=Han}{0,2}——|[是系係]指|指(?<=[。：:\\s]\\p{Script=Han}{2,8}指)|指的是|所[称稱谓謂]|[”」]指|定义为|[”」][（(]?(?:即|是)|叫[作做]?[“「]|叫[作做]|[称稱][为為作]|唤作|[：:](?=[由指供用])|就是|的意思|[”」]一[词詞]|(?<![立随当旋])即|とは|\\p{Script=Han}(?:（[^）\\n]{1,30}）)?，?是(?=[一依由用以指供位]|[^，。；？！“”\\n]{3,60}的[^，。；？！的\\n]{1,8}[，。；])';
const triggers = new RegExp(`${english}|${others}`, 'gu');
const chineseTriggers = new RegExp(`${english}|${chinese}`, 'gu');

/** `AB = Adrian Bright; n/m = not meaningful.` */
function abbreviations({ text, sentences }: Prose): Definition[] {
  return Array.from(text.matchAll(equal)).flatMap(({ index, 0: whole, 1: meaning = '' }): Definition[] => {
    const term = shortTerm.exec(text.slice(Math.max(0, index - 10), index))?.[1];
    if (term === undefined || spanAt(sentences, index) === undefined || !/\p{L}{3}/u.test(meaning)) return [];
    const span = { start: index - term.length, end: index + whole.length };
    return [definitionAt(text, span, { term, at: 0, meaning: term.length + 3 })].filter((item) => item !== undefined);
  });
}

const equal = / = (\p{L}[\p{L} .'’-]{2,60}?)(?=[;,)]|\.?\s*(?:\n|$)|\.\s)/gu;
const shortTerm = /(?<![^\s;,(])(\p{Lu}[\p{L}/.]{0,7}|\p{Ll}\/\p{Ll})$/u;

/** `has the meaning given in clause 3`, where clause 3 gives it. */
const pointer = /^(?:given|set out|assigned|ascribed|stated) (?:to it )?(?:by|in|under) /;

/** `"apiary" means ...; "hive" means ...;`, `“本公司”指...，“报告期”指...` */
function piecesOf(text: string, { start, end }: Span): Span[] {
  const words = text.slice(start, end);
  const cuts = [
    ...words.matchAll(
      /[;；]\s*\n?\s*(?=["“]|[（(][一二三四五六七八九十\d]{1,3}[)）]|an? \p{Ll}+ means )|(?<=[:：])(?=[（(]一[)）])|，(?=“[^”]{1,20}”(?:是?指|系指))| and (?=["“][^"”]{1,40}["”] (?:means|shall mean|refers to) )|,? and (?=\*[^*\n]{1,40}\* (?:means|denotes) )/gu,
    ),
  ];
  if (cuts.length === 0) return [{ start, end }];
  const edges = [0, ...cuts.map(({ index, 0: cut }) => index + cut.length), words.length];
  return edges.slice(1).map((edge, i) => ({
    start: start + (edges[i] ?? 0),
    end: start + edge - (edge === words.length ? 0 : (cuts[i]?.[0].length ?? 0)),
  }));
}

/** `“本公司”“公司”指...`, `“Company” or “Group” means ...`: each has the same meaning. */
function twins(text: string, definition: Definition): Definition[] {
  const { span, termSpan } = definition;
  const before = text.slice(span.start, termSpan.start);
  const [whole = '', term = ''] =
    /(?:["“]([^"“”]{1,40})["”])(?:[、或和及]|,? (?:or|and) (?:the )?)?["“]$/u.exec(before) ?? [];
  if (term === '') return [];
  const start = termSpan.start - whole.length + 1;
  return [{ ...definition, term, termSpan: { start, end: start + term.length } }];
}

/** `Limescale is the layer that ...`; of somebody's name it says who she is. */
const isBareSubject = (words: string, { term, at }: Found): boolean =>
  at === 0 && /^\p{Lu}\p{Ll}+$/u.test(term) && /^ (?:is|refers|denotes|stands)\b/.test(words.slice(term.length));

/** Words with a capital within a sentence. */
const capitalised = (text: string): Set<string> =>
  new Set(Array.from(text.matchAll(/(?<=[\p{Ll},;] )\p{Lu}\p{Ll}+/gu), ([word]) => word));

/** The number of a clause or a note, and who speaks: `1.1 `, `Note 2: `, `DR. REYES: `, `[08:14] Grace Iyer: `, `20:12 < petra> `. */
const lead =
  /^(?:\(?\d{1,2}(?:\.\d{1,2})*[.)]?\s+|Note \d{1,2}[:.]\s+|(?:\[[^\]\n]{4,24}\] |\d{1,2}:\d{2}(?::\d{2})? )?(?:<[^<>\n]{1,30}>|\p{Lu}[\p{L}\d.’' -]{1,40}:|[\p{Script=Han}]{1,8}[:：])\s*)/u;

/** Behind what begins a line, where the whole says nothing. */
function readSentence(words: string, around: Around): Found | undefined | 'unsure' {
  const whole = readIn(words, around);
  if (whole !== undefined && whole !== 'unsure') return whole;
  const skip = lead.exec(words)?.[0].length ?? 0;
  // Chats begin sentences small.
  if (skip === 0 && !/^\p{Ll}/u.test(words)) return whole;
  const said = words.slice(skip).replace(/^Per [^,]{3,30}, /, (per) => ' '.repeat(per.length));
  const from = skip + (said.length - said.trimStart().length);
  const own = said.trimStart();
  const rest = readIn(own, around) ?? readIn(`${own[0]?.toUpperCase() ?? ''}${own.slice(1)}`, around);
  if (rest === undefined || rest === 'unsure') return rest ?? whole;
  const term = words.slice(from + rest.at, from + rest.at + rest.term.length);
  return {
    ...rest,
    term,
    at: rest.at + from,
    meaning: rest.meaning + from,
    ...(rest.end === undefined ? {} : { end: rest.end + from }),
  };
}

/** What a sentence, or a piece of one, says of a term. */
function readIn(words: string, around: Around): Found | undefined | 'unsure' {
  const han = hasHan(words);
  const set = (han ? readChinese(words) : undefined) ?? readEnglish(words, around.inDefinitions);
  if (set !== undefined && set !== 'unsure') return set;
  return (
    (han ? readChinesePlain(words, around) : readPlain(words, around)) ??
    readCalled(words) ??
    readOther(words) ??
    readMeaningFirst(words) ??
    (han ? readChineseMeaningFirst(words) : undefined) ??
    set
  );
}

/**
 * The definitions in text order, one a term and place.
 *
 * @param names Of persons, places and bodies: what a sentence tells of them is no definition.
 */
export function findDefinitions(
  prose: Prose,
  names: ReadonlySet<string> = new Set(),
  omit: (reason: string) => void = () => {},
): Definition[] {
  const { text, sentences, sections, sectionSpans } = prose;
  const definitionParts = definingSections(prose);
  const found = [
    ...headedTerms(prose),
    ...abbreviations(prose),
    ...glossaryEntries(prose, definitionParts),
    ...definedTerms(prose),
    ...(hasHan(text) ? shortForms(prose) : []),
  ];
  const surroundings = new Surroundings(text, names);
  let inner: ReadonlySet<string> | undefined;
  const namesIn = (): ReadonlySet<string> => (inner ??= capitalised(text));
  let done = -1;
  for (const { index } of text.matchAll(hasHan(text) ? chineseTriggers : triggers)) {
    if (index < done) continue;
    const span = spanAt(sentences, index);
    if (span === undefined || span.end - span.start > longestSentence) continue;
    done = span.end;
    const inside = definitionParts.some((part) => part.span.start <= index && index < part.span.end);
    const title = sections[lastBefore(sectionSpans, index)]?.title ?? '';
    // The time of a subtitle is none of its words.
    const time = /^\[[\d:.,]+\]\s*/.exec(text.slice(span.start, span.start + 20))?.[0].length ?? 0;
    for (const piece of piecesOf(text, { start: span.start + time, end: span.end })) {
      const words = text.slice(piece.start, piece.end);
      const read = readSentence(words, surroundings.around(piece, title, inside));
      if (read === 'unsure') omit('definition-unsure');
      else if (read !== undefined && !(isBareSubject(words, read) && namesIn().has(read.term))) {
        const definition = definitionAt(text, piece, read);
        if (definition !== undefined) found.push(definition, ...twins(text, definition));
      }
    }
  }
  const taken = new Set<number>();
  const meant = new Set(found.filter(({ meaning }) => !pointer.test(meaning)).map(({ term }) => term.toLowerCase()));
  return found
    .filter(({ term, meaning }) => !pointer.test(meaning) || !meant.has(term.toLowerCase()))
    .sort((a, b) => a.termSpan.start - b.termSpan.start || b.span.end - a.span.end)
    .filter(({ termSpan }) => !taken.has(termSpan.start) && taken.add(termSpan.start));
}
