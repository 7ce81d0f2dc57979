/**
 * @file Chinese names by kind, without a segmenter's guess: script shows no capitals, so that a name is told by what stands beside it (a title,
 * a verb of speech, `《》`, `·`), by what ends it (`县`, `公司`), and by standing in the text again with other neighbours.
 */

import type { Span } from '../../document.ts';
import { chineseSubject, provenNames } from './chinese-evidence.ts';
import { add, type Found, mostPersons, placesOf } from './chinese-mentions.ts';
import { findPersons, joinTitled } from './chinese-persons.ts';
import { findPlaces } from './chinese-places.ts';
import { isRole } from './join-names.ts';
import type { Name, SpeakerMention } from './name.ts';

/** `[J]. 园林技术, 2013(2)` of a list of references. */
const journals = /\[J\][.．]?\s?(?=(\p{Script=Han}{2,14})[,，]\s?\d{4})/gu;
const works = /《([^《》\n]{1,40})》/g;

/** A longer name that holds a shorter one at the same place is the one that is meant. */
function withoutInner(found: Found): Map<string, number> {
  const inner = new Map<string, number>();
  const all = [...found].flatMap(([name, { spans }]) => [...spans].map(([start, end]) => ({ name, start, end })));
  all.sort((a, b) => a.start - b.start || b.end - a.end);
  let open = { start: -1, end: -1, name: '' };
  for (const one of all) {
    if (one.start < open.end && one.end <= open.end) {
      found.get(one.name)?.spans.delete(one.start);
      inner.set(one.name, (inner.get(one.name) ?? 0) + 1);
    } else open = one;
  }
  return inner;
}

/** `602 骆姐`, `物业-孟凡霖`, `老 蔡`: the label of a speaker without his door, his work and the blanks that set it. */
const ownName = (label: string): string =>
  label
    .replace(/^\d{1,5}[ -]|^\p{Script=Han}{2,4}[-—·](?=\p{Script=Han}{2,4}$)/u, '')
    .replace(/(?<=^\p{Script=Han}) (?=\p{Script=Han}$)/u, '');

/**
 * Chinese names that occur at least `least` times, most mentioned first, and how many were left out.
 *
 * @example chineseNames('王小明说要走。李芳看着王小明。', { least: 2 }).names[0]?.name // '王小明'
 */
export function chineseNames(
  text: string,
  { least = 2, speakers = [] }: { readonly least?: number; readonly speakers?: readonly SpeakerMention[] } = {},
): Name[] {
  const found: Found = new Map();
  findPersons(found, text);
  const proven = new Map([...provenNames(text)].map(({ name, kind }) => [name, kind] as const));
  for (const [name, kind] of [...proven].slice(0, mostPersons))
    for (const start of placesOf(text, name)) add(found, name, kind, start);
  const about = chineseSubject(text);
  if (about !== undefined) for (const start of placesOf(text, about)) add(found, about, 'term', start);
  findPlaces(found, text);
  for (const match of text.matchAll(works)) add(found, match[1] ?? '', 'work', match.index + 1);
  for (const match of text.includes('[J]') ? text.matchAll(journals) : [])
    add(found, match[1] ?? '', 'work', match.index + match[0].length);
  for (const { name: label, span } of speakers) {
    const name = ownName(label);
    if (/^\p{Script=Han}{2,8}$/u.test(name) && !isRole(name))
      for (const start of found.has(name) ? [span.start] : placesOf(text, name)) add(found, name, 'person', start);
  }
  const inner = withoutInner(found);
  joinTitled(found);
  return (
    [...found]
      // `青芦区财政局` names `青芦区` too, which is a mention less only in the list.
      .filter(
        ([name, { kind, spans }]) =>
          spans.size > 0 && spans.size + (kind === 'place' ? (inner.get(name) ?? 0) : 0) >= least,
      )
      .map(([name, { kind, spans }]): Name => {
        const mentions = [...spans].map(([start, end]): Span => ({ start, end })).sort((a, b) => a.start - b.start);
        return { name, kind, mentions };
      })
      .sort((a, b) => b.mentions.length - a.mentions.length || (a.name < b.name ? -1 : 1))
  );
}
