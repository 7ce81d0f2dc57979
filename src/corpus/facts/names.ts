/**
 * @file Names by kind with their mentions, in English prose, without a model: capitals within sentences, what stands beside them, and the words
 * that names are made of. A name that cannot be told is left out and counted. A model-free library (compromise) ran at a hundredth of the speed
 * and took common words for persons.
 */

import type { Table } from '../tables/table.ts';
import { acronyms, type Expansion } from './names/acronyms.ts';
import { joinNames, type NameGroup } from './names/join-names.ts';
import { lowerCounts } from './names/lower-counts.ts';
import type { Name, NameKind, SpeakerMention } from './names/name.ts';
import { isKnownPlace, kindOf, pointsBeside, pointsOfWords } from './names/name-kind.ts';
import {
  adjectives,
  commonWords,
  givenNames,
  knownOrganisations,
  knownTerms,
  organisationHeads,
  organisationTails,
  otherTails,
  placeTails,
  titles,
  workTails,
} from './names/name-words.ts';
import { provenMentions, withProven } from './names/proven-names.ts';
import { type NameRun, scanNames } from './names/scan-names.ts';
import { findWorks } from './names/works.ts';

export type { Name, NameKind, SpeakerMention } from './names/name.ts';

/** Names, and how many were left out because they may be none. */
export interface FoundNames {
  /** Most mentioned first (ties: alphabetical). */
  readonly names: readonly Name[];
  readonly unsure: number;
}

/** How names are looked for. */
export interface NameOptions {
  /** Fewest mentions; default 2. */
  readonly least?: number;
  readonly speakers?: readonly SpeakerMention[];
  /** Headings of columns say what their cells name. */
  readonly tables?: readonly Table[];
}

/** No task asks for more; a file that repeats two words for megabytes must not fill the memory with them. */
const mostMentions = 10_000;

const isAcronym = (word: string): boolean => /^\p{Lu}{2,6}s?$/u.test(word);
const isJoint = (word: string): boolean => /^\p{Ll}|^&$/u.test(word);
const isCamel = (word: string): boolean =>
  /\p{Ll}\p{Lu}/u.test(word) && !/^(?:Mc|Mac|De|Di|La|Le|Van|Fitz|Du)\p{Lu}/u.test(word);
const genericWords: ReadonlySet<string> = new Set(
  [commonWords, titles, organisationTails, placeTails, workTails, otherTails, adjectives].flatMap((words) => [
    ...words,
  ]),
);
const isGeneric = (word: string): boolean => genericWords.has(word);

const isWay = (word: string): boolean =>
  /^(?:Street|Road|Avenue|Lane|Square|River|Lake|Bay|Islands?|Sea|Mountains?)$/.test(word);

/** Endings of words that name no person. */
const isAbstract = /(?:tion|ment|ness|ism|ship|ance|ence|ical|ology|ics|ports|works|ive|ous)s?$/i;

const noPoints = { person: 0, place: 0, organisation: 0, work: 0, term: 0, other: 0 } as const;

/** Points of a kind that make up for a capital that is only seen once. */
const leastPoints = 0.9;
/** Share of a word's capitals within sentences that it may stand in lower case. */
const mostLower = 0.25;

class NameFinder {
  private readonly text: string;
  private readonly groups = new Map<string, NameRun[]>();
  private readonly lower: Map<string, number>;
  /** Of each word: names within sentences that hold it. */
  private readonly capital = new Map<string, number>();

  constructor(text: string, runs: readonly NameRun[]) {
    this.text = text;
    for (const run of runs) {
      const group = this.groups.get(run.name);
      if (group === undefined) this.groups.set(run.name, [run]);
      else group.push(run);
    }
    const words = new Set<string>();
    for (const [name, group] of this.groups) {
      // The capital of a sentence's first word proves nothing; those of the words behind it do.
      let [inside, proven] = [0, 0];
      for (const run of group) {
        if (run.inside) inside++;
        if (run.heading !== true) proven++;
      }
      const [first = '', ...others] = name.split(' ');
      this.count(first, inside, words);
      for (const word of others) this.count(word, proven, words);
    }
    this.lower = lowerCounts(text, words);
    this.cutBeginnings();
  }

  private count(word: string, capitals: number, words: Set<string>): void {
    words.add(word.toLowerCase());
    if (capitals > 0) this.capital.set(word, (this.capital.get(word) ?? 0) + capitals);
  }

  /** `Instantly Starbuck`: a word that begins a sentence, and has no capital elsewhere or stands in lower case, is not of the name. */
  private cutBeginnings(): void {
    for (const [name, group] of [...this.groups]) {
      const [first = '', ...others] = name.split(' ');
      const rest = others.join(' ');
      if (others.length === 0 || isJoint(rest) || group.some(({ inside }) => inside)) continue;
      const isWord =
        (this.lower.get(first.toLowerCase()) ?? 0) > 0 ||
        ((this.capital.get(first) ?? 0) === 0 && this.groups.has(rest));
      if (!isWord) continue;
      this.groups.delete(name);
      const cut = group.map((run) => ({
        ...run,
        name: rest,
        inside: run.heading !== true,
        initial: false,
        start: run.start + first.length + 1,
      }));
      this.groups.set(
        rest,
        [...(this.groups.get(rest) ?? []), ...cut].sort((a, b) => a.start - b.start),
      );
    }
  }

  private isLower = (word: string): boolean =>
    (this.lower.get(word.toLowerCase()) ?? 0) > mostLower * (this.capital.get(word) ?? 0);

  /** `yes`: a name; `no`: none; `unsure`: capitals that prove too little. */
  private verdict(name: string, runs: readonly NameRun[]): 'yes' | 'no' | 'unsure' {
    const parts = name.split(' ');
    const words = parts.filter((word) => !isJoint(word));
    const [only = ''] = words;
    if (knownOrganisations.has(name) || isKnownPlace(name) || knownTerms.has(name)) return 'yes';
    if (runs.some(({ proof }) => proof !== undefined)) return 'yes';
    // `KeyVault`; what is written in the way of code may be a function's.
    if (words.some(isCamel))
      return runs.filter(({ inside }) => inside).length > 0 && words.every((word) => /^\p{Lu}\p{L}+$/u.test(word))
        ? 'yes'
        : 'unsure';
    if (runs.some(({ title }) => title !== undefined) && !words.every(isGeneric) && !words.every(this.isLower))
      return 'yes';
    if (words.length === 1) {
      if (adjectives.has(only) || isGeneric(only) || /(?:ians|eans|ites)$/.test(only)) return 'no';
      if (isAcronym(only)) return 'unsure';
      if (!runs.some(({ inside }) => inside) || this.isLower(only)) return 'unsure';
      if (
        this.isHeading(runs) &&
        runs.every(
          ({ start }) =>
            !/\b(?:in|at|near|from) (?:\p{Lu}[\p{L}-]+(?:,| and|, and) ){0,3}$/u.test(
              this.text.slice(Math.max(0, start - 40), start),
            ),
        )
      )
        return 'unsure';
      return this.isArticled(runs) && this.lower.has(only.toLowerCase()) ? 'unsure' : 'yes';
    }
    if (runs.every(({ heading }) => heading === true))
      return givenNames.has(only) && words.length < 4 ? 'yes' : 'unsure';
    const last = words.at(-1)?.replace(/\.$/, '') ?? '';
    const headed = organisationHeads.has(only) && /^(?:of|for)$/.test(parts[1] ?? '');
    const tailed = organisationTails.has(last) || placeTails.has(last) || headed;
    // `British Museum`, `Red Sea`: words of every day, but for the place that the last one gives them.
    const isLong = words.length > 2 && organisationTails.has(last) && runs.filter(({ inside }) => inside).length > 1;
    if (words.every(isGeneric) && isLong) return 'yes';
    if (words.every(isGeneric)) return (adjectives.has(only) && tailed) || isWay(last) ? 'yes' : 'no';
    if (words.every((word) => isGeneric(word) || this.isLower(word)) && !tailed) return 'unsure';
    return tailed && !headed && words.slice(0, -1).every((word) => isGeneric(word)) ? 'unsure' : 'yes';
  }

  /** What stands within a sentence once and else in headings may be the heading's name: `see Navigation`. */
  private isHeading = (runs: readonly NameRun[]): boolean =>
    runs.some(({ heading }) => heading === true) && runs.filter(({ inside }) => inside).length < 2;

  /** Whether most mentions have an article: `the Whale`. */
  private isArticled(runs: readonly NameRun[]): boolean {
    const looked = runs.slice(0, 20);
    const articled = looked.filter(({ start }) =>
      /\b(?:the|an?|this|that|each|every|his|her|my|our) $/i.test(this.text.slice(Math.max(0, start - 8), start)),
    );
    return articled.length > 0.5 * looked.length;
  }

  /** Whether it may be a person's full name, which surnames are mentions of: none of its words is one of every day. */
  private isBearer(words: readonly string[], runs: readonly NameRun[]): boolean {
    const [first = ''] = words;
    const others = words.slice(1).every((word) => (this.lower.get(word.toLowerCase()) ?? 0) === 0);
    if (givenNames.has(first) && !adjectives.has(first)) return others;
    return others && runs.some(({ inside }) => inside) && !this.lower.has(first.toLowerCase());
  }

  /** Two or three capitals without an article, none of them a word of every day by this text or by its ending. */
  private looksPersonal(own: readonly string[], runs: readonly NameRun[]): boolean {
    if (own.length < 2 || own.length > 3 || (own.at(-1)?.length ?? 0) < 2) return false;
    if (own.some((one) => isGeneric(one) || isAbstract.test(one) || this.lower.has(one.toLowerCase()))) return false;
    return !this.isArticled(runs);
  }

  find(expansions: readonly Expansion[]): { groups: NameGroup[]; unsure: NameGroup[] } {
    const groups: NameGroup[] = [];
    const unsure: NameGroup[] = [];
    const spelt = new Set(expansions.map((one) => one.name));
    const defined = new Map(expansions.map((one) => [one.acronym, one]));
    for (const [name, runs] of this.groups) {
      const words = name.split(' ');
      // What stands once is no name, but may be the surname of one.
      if (runs.length === 1 && words.length === 1 && runs[0]?.proof === undefined) {
        unsure.push({ name, words, runs, points: noPoints });
        continue;
      }
      const expansion = defined.get(name);
      const verdict = expansion?.kind === 'term' || spelt.has(name) ? 'yes' : this.verdict(name, runs);
      const points = pointsOfWords(words);
      if (expansion?.kind === 'term') points.term += 6;
      const proof = runs.find((run) => run.proof !== undefined)?.proof;
      if (proof !== undefined) points[proof] += 4;
      if (words.some(isCamel)) points.term += 1;
      // Two capitals without an article, which are no words of every day, are mostly a person's.
      const own = words.filter((word) => !isJoint(word));
      if (this.looksPersonal(own, runs)) points.person += 0.8;
      const group: NameGroup = {
        name,
        words,
        runs,
        points,
        fullName: expansion?.name,
        isBearer: this.isBearer(words, runs),
      };
      if (verdict === 'yes' || expansion !== undefined) groups.push(group);
      else if (verdict === 'unsure') unsure.push(group);
    }
    return { groups, unsure };
  }
}

/** A name of several words that one place proves needs no second one. */
const isSure = ({ words, runs, points }: NameGroup): boolean =>
  words.length > 1 &&
  (runs.some(({ proof }) => proof === 'person' || proof === 'work') ||
    (points.organisation >= 4 &&
      runs.some(({ heading }) => heading !== true) &&
      (isCompany.test(words.at(-1) ?? '') || (words.length > 2 && !isGeneric(words[0] ?? '')))));
const isCompany = /^(?:Inc|Ltd|LLC|LLP|PLC|Corp|Incorporated|Limited)\.?$/;

/**
 * Names by kind with their mentions, and the count of those left out. Linear in the text.
 *
 * @example namesOf('Ada Merritt came. Then Mr. Hale met Ada Merritt in Oslo.').names[0]?.kind // 'person'
 */
export function namesOf(text: string, { least = 2, speakers = [], tables = [] }: NameOptions = {}): FoundNames {
  const works = findWorks(text);
  const runs = withProven(scanNames(text), provenMentions(text, tables)).filter(works.isOutside);
  const expansions = acronyms(text, runs);
  const { groups, unsure } = new NameFinder(text, runs).find(expansions);
  const joined = joinNames([...groups, ...works.groups], unsure, speakers);
  let weak = 0;
  const names = joined
    .filter((group) => group.runs.length >= least || (least <= 2 && isSure(group)))
    .flatMap((group): Name[] => {
      const points = pointsBeside(text, group.runs);
      for (const kind of Object.keys(points) as NameKind[]) points[kind] += group.points[kind];
      if (group.name.includes(' of ')) points.person = 0;
      const proven = group.runs.filter(({ inside }) => inside).length;
      // One capital within a sentence, and nothing that says what it names: `See Tidal basin`.
      if (group.words.length === 1 && proven < 2 && Math.max(...Object.values(points)) < leastPoints) {
        weak++;
        return [];
      }
      const mentions = group.runs.slice(0, mostMentions).map(({ start, end }) => ({ start, end }));
      return [{ name: group.name, kind: kindOf(points, group.points, group.runs.length), mentions }];
    })
    .sort((a, b) => b.mentions.length - a.mentions.length || (a.name < b.name ? -1 : 1));
  const absorbed = new Set(joined.flatMap((group) => [...(group.absorbed ?? [])]));
  const left = unsure.filter((group) => group.runs.length >= least && !absorbed.has(group.name));
  return { names, unsure: left.length + weak };
}

/**
 * Names that occur at least `least` times, most mentioned first.
 *
 * @example findNames('We saw Ahab. Then Ahab spoke, and Ahab wept.')[0]?.mentions.length // 3
 */
export const findNames = (text: string, least = 3): readonly Name[] => namesOf(text, { least }).names;
