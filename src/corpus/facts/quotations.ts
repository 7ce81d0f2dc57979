/**
 * @file Quotations with their speaker, in English, Chinese, German, French and Japanese: words between quotation marks that somebody says,
 * and blocks of `> ` lines. A speaker is told by the words beside the quotation, or by an earlier one of its paragraph.
 */
import type { Turn } from '../conversation/turn.ts';
import type { Span } from '../document.ts';
import { type Prose, spanAt } from '../structure/prose.ts';
import { surnames } from './names/chinese-words.ts';
import type { Name } from './names/name.ts';
import { Antecedents } from './quotations/antecedents.ts';
import type { Attribution, Beside } from './quotations/attribution.ts';
import { blockQuotes } from './quotations/block-quotes.ts';
import { chineseAttribution, type KnownNames } from './quotations/chinese.ts';
import { takeTurns, type Utterance } from './quotations/dialogue.ts';
import { englishAttribution } from './quotations/english.ts';
import { europeanAttribution, japaneseAttribution } from './quotations/european.ts';
import type { Quotation } from './quotations/quotation.ts';
import { isSpeech, opening, type Quoted, quotedIn } from './quotations/quoted.ts';
import { holderOf, kinOf } from './quotations/role-holders.ts';
import { inTurns } from './quotations/said-in-turns.ts';

export type { Quotation } from './quotations/quotation.ts';

/** What the finder is told of a text. */
export interface QuotationContext {
  readonly names: readonly Name[];
  /** Here what stands between marks and nobody is named for are labels, messages and terms. */
  readonly technical: boolean;
  /** Here people are told of before they are named. */
  readonly story: boolean;
  /** Whoever says `I said` in one of these is its speaker. */
  readonly turns: readonly Turn[];
}

interface Read {
  readonly quoted: Quoted;
  readonly told: Attribution | undefined;
  readonly paragraph: Span;
  readonly others: readonly Span[];
}

/** `see Section 6.7, `, `第 7.6 节 `: what follows is a title. */
const titleAhead =
  /(?:\b(?:[Ss]ections?|[Cc]hapters?|[Aa]ppendix|[Tt]able|[Ff]igure|§)|第)\s{0,6}[\dA-Z][\d.]{0,10}\s?[节章]?[,，]?\s{0,6}$/;
/** Between the words of one who speaks: the end of what tells of it. */
const goesOn = /^[,;:.，。]?\s*$|^[^.!?“”"「」。！？]{0,80}[.,;。，；]\s*$|^,?\s(?:and|then)\b[^.!?“”":]{0,60}:\s*$/u;

function attributionOf(known: KnownNames, beside: Beside): Attribution | undefined {
  if (/[\p{Script=Hiragana}]/u.test(beside.words)) return japaneseAttribution(beside);
  if (/\p{Script=Han}/u.test(beside.words)) return chineseAttribution(known, beside);
  const mark = beside.text[beside.outer.start];
  return mark === '„' || mark === '«' ? europeanAttribution(beside) : englishAttribution(beside);
}

function readParagraph(prose: Prose, known: KnownNames, paragraph: Span, technical: boolean): Read[] {
  const { text } = prose;
  const out: Read[] = [];
  let last: Attribution | undefined;
  const all = quotedIn(text, paragraph);
  const others = all.map(({ outer }) => outer);
  for (const [i, quoted] of all.entries()) {
    const { outer, span } = quoted;
    if (spanAt(prose.skipped, outer.start) !== undefined) continue;
    if (titleAhead.test(text.slice(Math.max(0, outer.start - 40), outer.start))) continue;
    const words = text.slice(span.start, span.end);
    const [from, to] = [all[i - 1]?.outer.end ?? paragraph.start, all[i + 1]?.outer.start ?? paragraph.end];
    const own = attributionOf(known, { text, outer, words, from, to });
    // `“Yes,” said Ahab, “I will.”`: the words between are the attribution alone.
    const between = last?.end === undefined ? undefined : text.slice(last.end, outer.start);
    const isSame = own === undefined || (own.end === undefined && own.at < (last?.end ?? 0));
    const continues = between !== undefined && isSame && goesOn.test(between);
    const told = continues ? last : own;
    last = told === undefined ? undefined : continues ? { ...told, end: outer.end } : own;
    const opens = outer.start === paragraph.start && /[.,!?…—。！？～]$/.test(words);
    const isSaid = technical ? told?.speaker !== undefined : told !== undefined || opens || isSpeech(words);
    if (isSaid) out.push({ quoted, told, paragraph, others });
  }
  return out;
}

/** Of so many it is looked up whether the text has them again. */
const mostLookedUp = 500;
/** A name of one character is sure only where it comes back more often. */
const leastShort = 4;
const surname = new RegExp(`^[${surnames}]`, 'u');

/** Whether words stand in a text twice. */
const again = (text: string, words: string): boolean => {
  const first = text.indexOf(words);
  return first >= 0 && text.indexOf(words, first + words.length) >= 0;
};

/** Who speaks in an old novel: names before `曰`, and how often one of their characters alone stands there. */
interface OldSpeakers {
  readonly full: ReadonlySet<string>;
  readonly short: ReadonlyMap<string, number>;
}

const beforeSaying = /(?<=[，。！？；：、\s”」』])(\p{Script=Han}{1,3}?)[大]?[笑怒泣叹谓]?[曰道](?=[：:])/gu;

function oldSpeakers(text: string): OldSpeakers {
  const full = new Set<string>();
  const short = new Map<string, number>();
  if (!/[曰道][：:]/.test(text)) return { full, short };
  for (const [, word = ''] of text.matchAll(beforeSaying)) {
    if (word.length === 1) short.set(word, (short.get(word) ?? 0) + 1);
    else if (surname.test(word)) full.add(word);
  }
  return { full, short };
}

/** What is known of Chinese names. */
function knownNames(text: string, names: readonly Name[]): KnownNames {
  const all = new Set(names.map(({ name }) => name));
  // `操` is sure where the text has a `曹操` and often `操`.
  const old = oldSpeakers(text);
  const isFull = (name: string): boolean => name.length > 1 && name.length < 4 && surname.test(name);
  const short = new Set([...all, ...old.full].filter(isFull).map((name) => name.slice(-1)));
  const looked = new Map<string, boolean>();
  const once = (words: string, look: () => boolean): boolean => {
    const found = looked.get(words) ?? (looked.size < mostLookedUp && look());
    looked.set(words, found);
    return found;
  };
  return {
    has: (name) => all.has(name),
    isShort: (word) => short.has(word) && (old.short.get(word) ?? 0) >= leastShort,
    again: (words) => once(words, () => again(text, words)),
  };
}

/** `师父是谁？`: who is meant is told somewhere by name. */
const isNamedElsewhere = (text: string, described: string): boolean =>
  /\p{Script=Han}/u.test(described) && text.includes(`${described.replace(/^[我他她咱]/, '')}是`);

/** Speakers of the paragraphs of a story's dialogue that no words tell, by paragraph. */
function dialogueOf(
  text: string,
  reads: readonly Read[],
  told: readonly ({ speaker: string; at: number } | undefined)[],
): Map<Span, { speaker: string; at: number }> {
  const paragraphs = [...new Set(reads.map(({ paragraph }) => paragraph))];
  const utterances = paragraphs.flatMap((paragraph): Utterance[] => {
    const own = reads.flatMap((read, i) => (read.paragraph === paragraph ? [{ read, named: told[i] }] : []));
    if (own[0]?.read.quoted.outer.start !== paragraph.start) return [];
    const speakers = new Set(own.map(({ named }) => named?.speaker));
    const named = own.find((one) => one.named !== undefined)?.named;
    if (named !== undefined) return [{ paragraph, speaker: speakers.size === 1 ? named : 'other' }];
    // What stands beside the words tells of nobody.
    const silent = own.every(({ read }) => read.told === undefined);
    const all = own.map(({ read }) => read.quoted.outer.end - read.quoted.outer.start).reduce((a, b) => a + b, 0);
    return [{ paragraph, speaker: silent && all > 0.9 * (paragraph.end - paragraph.start) ? 'open' : 'other' }];
  });
  const taken = takeTurns(text, utterances);
  return new Map(
    [...taken].flatMap(([i, named]) => {
      const at = utterances[i]?.paragraph;
      return at === undefined ? [] : [[at, named] as const];
    }),
  );
}

/** In a story these get their names later. */
const anyone =
  /\b(?:girl|boy|child|man|woman|lady|stranger|visitor|figure|youth|voice|fellow|traveller|passenger)$|[老少]者|老[人头汉]|少年|少女|女子|女孩|男孩|姑娘|汉子|书生|陌生人|来人$/i;

/** Longer paragraphs are looked at no further. */
const longestParagraph = 200_000;

/** Quotations in text order. */
export function findQuotations(
  prose: Prose,
  { names, technical, story, turns }: QuotationContext,
  omit: (reason: string) => void = () => {},
): Quotation[] {
  const { text } = prose;
  const known = knownNames(text, names);
  const reads = prose.paragraphs.flatMap((paragraph) => {
    if (paragraph.end - paragraph.start > longestParagraph) return [];
    return opening.test(text.slice(paragraph.start, paragraph.end))
      ? readParagraph(prose, known, paragraph, technical)
      : [];
  });
  const before = new Map(prose.paragraphs.slice(1).map((paragraph, i) => [paragraph, prose.paragraphs[i]] as const));
  const antecedents = new Antecedents(text, names, prose.skipped, story);
  const speakerOf = ({ told, paragraph, others }: Read): { speaker: string; at: number } | undefined => {
    if (told?.speaker === undefined) return undefined;
    if (story && told.how !== 'pronoun' && anyone.test(told.speaker)) return undefined;
    // In a story `the miller` is somebody who has a name.
    if (
      told.how === 'description' &&
      (story ? /^(?:an?|the) /i.test(told.speaker) : isNamedElsewhere(text, told.speaker))
    )
      return undefined;
    if (told.how === 'pronoun')
      return (
        antecedents.of(told.speaker, told.at, paragraph, others) ??
        inTurn(antecedents, { speaker: told.speaker, at: told.at }) ??
        (story ? antecedents.ofNext(told.speaker, told.at, paragraph, before.get(paragraph), others) : undefined)
      );
    const kin = told.how === 'description' ? kinOf(text, told.speaker, told.at) : undefined;
    if (kin !== undefined) return kin;
    const holder = told.how === 'description' && !story ? holderOf(text, told.speaker) : undefined;
    return holder === 'several' ? undefined : (holder ?? { speaker: told.speaker, at: told.at });
  };
  const inTurn = inTurns(text, turns);
  const told = reads.map(speakerOf);
  const taken = story ? dialogueOf(text, reads, told) : new Map<Span, { speaker: string; at: number }>();
  const found = reads.map((read, i): Quotation => {
    const { span } = read.quoted;
    const named = told[i] ?? taken.get(read.paragraph);
    if (named === undefined) {
      if (read.told !== undefined) omit('quotation-speaker-unsure');
      return { span };
    }
    const { speaker, at } = named;
    return { span, speaker, speakerSpan: { start: at, end: at + speaker.length } };
  });
  return [...found, ...blockQuotes(prose)].sort((a, b) => a.span.start - b.span.start);
}
