/**
 * @file The stretches of a talk that people speak of: scenes, days and parts with a heading.
 */
import type { Section } from '../../../../corpus/structure/sections.ts';
import type { Structure } from '../../../../corpus/structure/structure.ts';
import type { ContextDocument, Proof } from '../../question.ts';
import { called } from './called.ts';
import type { Speech } from './speeches.ts';
import type { Where } from './where.ts';

/** Speeches that people speak of together. */
export interface Stretch {
  readonly where: Where;
  readonly speeches: readonly Speech[];
}

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'];

/** `First` as a number of an act is said as `I`. */
const numeral = (word: string): string =>
  ['I', 'II', 'III', 'IV', 'V', 'VI'][ordinals.indexOf(word.toLowerCase())] ?? word;

const capitalised = (word: string): string =>
  /^[ivxlc]+$/i.test(word) ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();

/** `Act II`, `Scene 3`, `Act I, Scene 3`, `第二幕` of a heading; undefined where it is none of a play. */
function sceneName(heading: string): string | undefined {
  const zh = /第[一二三四五六七八九十百\d]+[幕场場](?:[\s·,，]*第[一二三四五六七八九十百\d]+[场場])?/.exec(heading);
  if (zh !== null) return zh[0].replace(/[\s·,，]/g, '');
  const found = [...heading.slice(0, 60).matchAll(/\b(act|scene)\s+([ivxlc]+|\d+|[a-z]+)\b/gi)].slice(0, 2);
  if (found.length === 0) return undefined;
  return found.map(([, unit = '', number = '']) => `${capitalised(unit)} ${capitalised(numeral(number))}`).join(', ');
}

/** Papers and letters stand there, whatever follows them. */
const noTalk =
  /\b(?:evidence|annex|appendix|papers?|letters?|correspondence|documents?|exhibits?|notes?)\b|附件|附录|材料|书面/i;

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
  return noTalk.test(section.title) ? undefined : { kind: 'part', name: called(section.title) };
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

/** Whether most of what is said is the messages of a chat, each with its day or under a line with it. */
export function isChat({ document: { text } }: ContextDocument, speeches: readonly Speech[]): boolean {
  const dated = speeches.filter(({ time }) => dayOf(time) !== undefined).length;
  const timed = speeches.filter(({ time }) => time !== undefined).length;
  return 2 * dated > speeches.length || (2 * timed > speeches.length && text.match(dayLine) !== null);
}

/** The line above the messages of a day: `—— 2024年3月10日 星期日 ——`. */
const dayLine = /^[^\p{L}\d\n]*(\d{4}(?:年\d{1,2}月\d{1,2}日|-\d{2}-\d{2}))[^\n]{0,12}$/gmu;

function dayStretches({ document: { text }, span }: ContextDocument, speeches: readonly Speech[]): Stretch[] {
  const days = new Map<string, Speech[]>();
  const lines = [...text.matchAll(dayLine)];
  for (const speech of speeches) {
    const above = speech.time === undefined ? undefined : lines.findLast(({ index }) => index < speech.all.span.start);
    const day = dayOf(speech.time) ?? above?.[1];
    if (day !== undefined) days.set(day, [...(days.get(day) ?? []), speech]);
  }
  const all = [...days].map(([name, own]): Stretch => ({ where: { kind: 'day', name }, speeches: own }));
  const first = span.start === 0 ? 0 : 1;
  return all.slice(first, span.end === text.length ? all.length : -1);
}

/** Days, or scenes and parts, that are wholly shown, in order; no two of one name. */
export function stretchesOf(document: ContextDocument, speeches: readonly Speech[]): Stretch[] {
  const days = dayStretches(document, speeches);
  const found = days.length > 1 ? days : sceneStretches(document, speeches);
  const names = found.map(({ where }) => where.name.toLowerCase());
  const single = (i: number): boolean => names.indexOf(names[i] ?? '') === names.lastIndexOf(names[i] ?? '');
  // One part under the title is no part.
  return found.length < 2 ? [] : found.filter((_, i) => single(i));
}

/** What has to be read to see that somebody does not speak: a stretch from end to end. */
export const throughout = ({ speeches }: Stretch): Proof[] =>
  speeches.filter((_, i) => i % 5 === 0 || i === speeches.length - 1).map(({ label }) => label);
