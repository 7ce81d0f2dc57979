/**
 * @file What plays, hearings, interviews and chats come to for a program: speeches with their speakers, and the stretches that people speak of,
 * scenes, days and parts with a heading.
 */
import type { Span } from '../../../corpus/document.ts';
import type { Section } from '../../../corpus/structure/sections.ts';
import type { Structure } from '../../../corpus/structure/structure.ts';
import type { ContextDocument, Proof } from '../question.ts';
import type { Where } from './where.ts';

/** What one speaker says at a time, in the order of the text. */
export interface Speech {
  readonly number: number;
  /** As the text writes it, without a point behind it; of two spellings the first. */
  readonly speaker: string;
  /** What is said, without stage directions; lines joined. */
  readonly words: string;
  /** Runs of the words that no direction interrupts, in characters of the document. */
  readonly runs: readonly Span[];
  readonly time: string | undefined;
  /** The speaker's name. */
  readonly label: Proof;
  readonly all: Proof;
}

/** Speeches that people speak of together. */
export interface Stretch {
  readonly where: Where;
  readonly speeches: readonly Speech[];
}

/** A conversation or play in a prompt. */
export interface Talk {
  readonly document: ContextDocument;
  readonly speeches: readonly Speech[];
  /** Scenes, days or parts that are wholly shown, in order; no two of one name. */
  readonly stretches: readonly Stretch[];
  /** All speeches that are shown. */
  readonly whole: Stretch;
}

/** Labels of many, or of nobody in particular. */
const many =
  /^(?:all|both|omnes|chorus|others?|several|crowd|audience|voices?|people|everyone|together)\b|^(?:众人?|齐声|合唱?|大家|全体.*|其他人|旁白|附记|附注|备注|说明|[二三四]人)$|&|、|\band\b|及|和众/iu;
/** Labels that may be another person in another scene. */
const role =
  /\b(?:messenger|servants?|serv|gent(?:leman|lemen|lewoman)?|lords?|soldiers?|sold|officers?|off|attendants?|page|boy|citizens?|cit|watch|guards?|sailors?|players?|murderers?|ladies|lady|nobles?|knights?|sheriff|herald|post|keeper|mess|sentinel|senators?|sen|man|woman|caller|voice|1|2|3|4|first|second|third|fourth|i|ii|iii)\b|^\d|甲|乙|丙|仆人|士兵|侍|卫|代表$|路人|顾客|旁听/iu;
/** Labels of question and answer, whoever asks. */
const letters = /^(?:[QA]|问|答|問)$/u;

export const isPerson = (speaker: string): boolean => !many.test(speaker) && !letters.test(speaker);
/** Whether a label is one person wherever it stands. */
export const isOnePerson = (speaker: string): boolean => isPerson(speaker) && !role.test(speaker);

const bare = (label: string): string =>
  label
    .replace(/\s+/g, ' ')
    .replace(/[.:：]$/, '')
    .trim();
const keyOf = (label: string): string => label.toLocaleUpperCase('en');

/** Whether two labels may be two spellings of one name: `Hor` and `Horatio`, `PRINCE` and `PRINCE HENRY`. */
export function mayBeOne(a: string, b: string): boolean {
  const [x, y] = [keyOf(a), keyOf(b)];
  if (x === y) return false;
  const [short, long] = x.length < y.length ? [x, y] : [y, x];
  const words = long.split(/[\s.]+/);
  return long.startsWith(short) || short.split(/[\s.]+/).every((word) => words.includes(word));
}

/** Labels that no other label of the talk may stand for. */
export function plainSpeakers(speeches: readonly Speech[]): ReadonlySet<string> {
  const all = [...new Set(speeches.map(({ speaker }) => speaker))];
  return new Set(all.filter((one) => isOnePerson(one) && !all.some((other) => mayBeOne(one, other))));
}

/** What of the region stands outside of the skipped spans. */
function runsOf(from: number, end: number, skipped: readonly Span[]): Span[] {
  const runs: Span[] = [];
  let at = from;
  for (const span of [...skipped].sort((a, b) => a.start - b.start)) {
    if (span.end <= at) continue;
    if (span.start >= end) break;
    if (span.start > at) runs.push({ start: at, end: span.start });
    at = span.end;
  }
  if (at < end) runs.push({ start: at, end });
  return runs;
}

/** Lines joined: by a space, in Chinese by nothing. */
export const joined = (text: string): string =>
  text
    .replace(/(?<=[\p{Script=Han}，。！？：；、])\s*\n\s*(?=[\p{Script=Han}“「])/gu, '')
    .replace(/\s+/g, ' ')
    .trim();

function speechesOf({ document, facts }: ContextDocument): Speech[] {
  const spelled = new Map<string, string>();
  return facts.turns.map(({ speaker, person, time, span, bodyStart, directions = [], interruptions = [] }, number) => {
    const own = bare(person ?? speaker);
    const label = spelled.get(keyOf(own)) ?? own;
    spelled.set(keyOf(own), label);
    const runs = runsOf(bodyStart, span.end, [...directions, ...interruptions]);
    const words = joined(runs.map(({ start, end }) => document.text.slice(start, end)).join(' '));
    const proof = (place: Span): Proof => ({ document, span: place });
    return {
      number,
      speaker: label,
      words,
      runs,
      time,
      label: proof({ start: span.start, end: Math.max(span.start + 1, Math.min(bodyStart, span.end)) }),
      all: proof(span),
    };
  });
}

const capitalised = (word: string): string =>
  /^[ivxlc]+$/i.test(word) ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();

/** `Act II`, `Scene 3`, `Act I, Scene 3`, `第二幕` of a heading; undefined where it is none of a play. */
function sceneName(heading: string): string | undefined {
  const zh = /第[一二三四五六七八九十百\d]+[幕场場](?:[\s·,，]*第[一二三四五六七八九十百\d]+[场場])?/.exec(heading);
  if (zh !== null) return zh[0].replace(/[\s·,，]/g, '');
  const found = [...heading.slice(0, 60).matchAll(/\b(act|scene)\s+([ivxlc]+|\d+|[a-z]+)\b/gi)].slice(0, 2);
  if (found.length === 0) return undefined;
  return found.map(([, unit = '', number = '']) => `${capitalised(unit)} ${capitalised(number)}`).join(', ');
}

/** A heading of a play or of a part, with its name; undefined for one that only stands within a scene. */
function whereOf(section: Section, facts: Structure, text: string): Where | undefined {
  const isStage = ({ unit }: Section): boolean => unit === 'act' || unit === 'scene';
  const own = (one: Section): string | undefined => sceneName(text.slice(one.span.start, one.bodyStart));
  const outer = facts.sections.filter(({ span }) => span.start < section.span.start && section.span.start < span.end);
  const hasActs = facts.sections.some(({ unit }) => unit === 'act');
  if (isStage(section) || /^\W*scene \w+\W*$/i.test(section.title)) {
    const name = own(section) ?? own({ ...section, bodyStart: section.span.start + section.title.length + 10 });
    if (name === undefined) return undefined;
    const act = outer.findLast(({ unit }) => unit === 'act');
    if (section.unit === 'act' || !hasActs) return { kind: 'scene', name };
    const actName = act === undefined ? undefined : own(act);
    return actName === undefined
      ? undefined
      : { kind: 'scene', name: `${actName}${/^第/.test(actName) ? '' : ', '}${name}` };
  }
  if (outer.some(isStage) || hasActs || section.title.length > 60 || /[“”]/.test(section.title)) return undefined;
  return { kind: 'part', name: section.title };
}

/** The speeches under each heading, inner headings apart. */
function sceneStretches({ document: { text }, facts, span }: ContextDocument, speeches: readonly Speech[]): Stretch[] {
  const named = facts.sections.flatMap((section) => {
    const where = whereOf(section, facts, text);
    return where === undefined ? [] : [{ section, where }];
  });
  const inside = new Map<number, Speech[]>();
  for (const speech of speeches) {
    const { start } = speech.all.span;
    const at = named.findLastIndex(({ section }) => section.span.start <= start && start < section.span.end);
    if (at >= 0) inside.set(at, [...(inside.get(at) ?? []), speech]);
  }
  return named.flatMap(({ section, where }, at) => {
    const own = inside.get(at);
    // A scene that the prompt cuts short is not to be counted.
    const cut = section.span.end >= span.end && span.end < text.length;
    return own === undefined || cut ? [] : [{ where, speeches: own }];
  });
}

const dayOf = (time: string | undefined): string | undefined =>
  /^\D{0,2}((?:\d{1,4}[-./年]\d{1,2}[-./月]\d{1,4}日?))/.exec(time ?? '')?.[1];

function dayStretches({ document: { text }, span }: ContextDocument, speeches: readonly Speech[]): Stretch[] {
  const days = new Map<string, Speech[]>();
  for (const speech of speeches) {
    const day = dayOf(speech.time);
    if (day !== undefined) days.set(day, [...(days.get(day) ?? []), speech]);
  }
  const all = [...days].map(([name, own]): Stretch => ({ where: { kind: 'day', name }, speeches: own }));
  const first = span.start === 0 ? 0 : 1;
  return all.slice(first, span.end === text.length ? all.length : -1);
}

/** Titles that a question cannot name the text by: with quotation marks, or those of a list of persons. */
const noTitle = /[“”]|^(?:persons represented|dramatis person|persons of the play|characters)/i;

/** Fewest speeches of a talk that is worth asking about. */
export const leastSpeeches = 12;

/** The talk of a document; undefined where it has too little. */
function readTalk(document: ContextDocument): Talk | undefined {
  const speeches = speechesOf(document);
  if (speeches.length < leastSpeeches || noTitle.test(document.title)) return undefined;
  const days = dayStretches(document, speeches);
  const found = days.length > 1 ? days : sceneStretches(document, speeches);
  const names = found.map(({ where }) => where.name.toLowerCase());
  const single = (i: number): boolean => names.indexOf(names[i] ?? '') === names.lastIndexOf(names[i] ?? '');
  // One part under the title is no part.
  const stretches = found.length < 2 ? [] : found.filter((_, i) => single(i));
  const all = document.span.start === 0 && document.span.end === document.document.text.length;
  return { document, speeches, stretches, whole: { where: { kind: all ? 'whole' : 'given', name: '' }, speeches } };
}

const read = new WeakMap<ContextDocument, { readonly talk: Talk | undefined }>();

/** The talk of a document of a prompt, read once. */
export function talkOf(document: ContextDocument): Talk | undefined {
  const known = read.get(document) ?? { talk: readTalk(document) };
  read.set(document, known);
  return known.talk;
}

/** Speeches of a run of days that is as long as a scene. */
const leastOfDays = 16;

/** Stretches that are long enough to have to be read: scenes and parts as they are, of days as many as it takes. */
export function longStretches({ stretches }: Talk): Stretch[] {
  if (stretches[0]?.where.kind !== 'day') return [...stretches];
  const found: Stretch[] = [];
  let open: Stretch[] = [];
  for (const day of stretches) {
    open.push(day);
    const speeches = open.flatMap((one) => one.speeches);
    if (speeches.length < leastOfDays) continue;
    const name = open[0]?.where.name ?? '';
    const where: Where = open.length === 1 ? day.where : { kind: 'days', name, last: day.where.name };
    found.push({ where, speeches });
    open = [];
  }
  return found;
}

/** What has to be read to see that somebody does not speak: a stretch from end to end. */
export const throughout = ({ speeches }: Stretch): Proof[] =>
  speeches.filter((_, i) => i % 5 === 0 || i === speeches.length - 1).map(({ label }) => label);

/** The chosen documents of a context that are talks. */
export const chosenTalks = (documents: readonly ContextDocument[], chosen: readonly number[]): Talk[] =>
  chosen.flatMap((at) => {
    const document = documents[at];
    return document === undefined ? [] : (talkOf(document) ?? []);
  });

/** As many neighbouring turns as this are one place to ask about. */
const turnsTogether = 40;

/** Places of any length in a talk: runs of turns. */
export function talkPlaces(facts: Structure, together = turnsTogether): Span[] | string {
  const { turns } = facts;
  if (turns.length < leastSpeeches) return 'too few turns of a conversation';
  if (turns.length <= together) return [{ start: turns[0]?.span.start ?? 0, end: turns.at(-1)?.span.end ?? 0 }];
  const places: Span[] = [];
  for (let at = 0; at + together <= turns.length; at += together)
    places.push({ start: turns[at]?.span.start ?? 0, end: turns[at + together - 1]?.span.end ?? 0 });
  return places;
}

/** Days are short: so many of them are like a scene. */
const daysTogether = 6;

/** Places that hold so many scenes or parts that follow each other, or as much of a chat; the end of the last included. */
export function stretchPlaces(
  document: ContextDocument['document'],
  facts: Structure,
  wanted: number,
): Span[] | string {
  const talk = talkOf({ document, title: 'T', span: { start: 0, end: document.text.length }, facts });
  if (talk === undefined) return 'too few turns of a conversation';
  const { stretches } = talk;
  if (stretches.length < wanted) return 'too few scenes, days or parts';
  const isDays = stretches[0]?.where.kind === 'day';
  const count = isDays ? Math.min(stretches.length, wanted * daysTogether) : wanted;
  const startOf = (at: number): number => {
    const first = stretches[at]?.speeches[0]?.all.span.start ?? 0;
    const outer = facts.sections.filter(({ span }) => span.start < first && first < span.end);
    // The scene is named by its act too.
    const shown = outer.filter(({ unit }) => unit === 'act' || unit === 'scene');
    const stage = shown.length > 0 ? shown : outer.slice(-1);
    return Math.min(first, ...stage.map(({ span }) => span.start));
  };
  return stretches.slice(count - 1).flatMap((last, at) => {
    const next = stretches[at + count]?.speeches[0];
    const end = next === undefined ? (last.speeches.at(-1)?.all.span.end ?? 0) : next.label.span.end;
    return [{ start: startOf(at), end }];
  });
}
