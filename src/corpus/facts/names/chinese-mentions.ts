/** @file Chinese names while they are looked for: each with its kind and the places where it stands. */
import { organisationTails, placeTails } from './chinese-words.ts';
import type { NameKind } from './name.ts';

/** `石桥镇`, `白音站`: no given name ends so. */
const ofPlace = /[县镇市省区村站厂局版]$/;

/** Each name with its spans, by start. */
export type Found = Map<string, { kind: NameKind; spans: Map<number, number> }>;

/** `西门钟楼` is no person, although `西门` is a surname. */
const noPerson = new RegExp(
  `(?:${[...placeTails.split('|'), ...organisationTails.split('|')].filter((tail) => /^\p{Script=Han}{2,}$/u.test(tail)).join('|')})$`,
);

export function add(found: Found, name: string, kind: NameKind, start: number): void {
  if (kind === 'person' && name.length > 2 && (noPerson.test(name) || ofPlace.test(name))) return;
  const entry = found.get(name) ?? { kind, spans: new Map<number, number>() };
  entry.spans.set(start, start + name.length);
  found.set(name, entry);
}

export function countOf(names: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts];
}

/** Places of a string, as starts. */
export function placesOf(text: string, name: string): number[] {
  const starts: number[] = [];
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) starts.push(at);
  return starts;
}

/** Every person's name that is looked for costs a walk over the text. */
export const mostPersons = 400;

/** Mentions whose neighbours are looked at. */
export const looked = 12;
