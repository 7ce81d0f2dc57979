/** @file Titles of works: in italics, or in quotation marks where the words before say so. */
import type { NameGroup } from './join-names.ts';
import { pointsOfWords } from './name-kind.ts';
import type { NameRun } from './scan-names.ts';

const italics = /(?<![*\w])\*([^*\n]{2,80})\*(?![*\w])|(?<![_\w])_([^_\n]{2,80})_(?!\w)/g;
/** Before a quotation mark. */
const calledSo =
  /\b(?:novel|book|poem|play|film|movie|song|album|painting|newspaper|magazine|opera|essay|paper|article|story|series|show|podcast|entitled|titled|called),? $/;
const longestCalledSo = 13;
const mark = /["“]/g;
const quoted = /“([^“”\n]{2,80})”|"([^"\n]{2,80})"/y;

/** What stands in quotation marks behind a word that says what it is. */
function* quotedIn(text: string): Generator<RegExpExecArray> {
  let done = 0;
  for (const { index } of text.matchAll(mark)) {
    if (index < done || !calledSo.test(text.slice(Math.max(done, index - longestCalledSo), index))) continue;
    quoted.lastIndex = index;
    const match = quoted.exec(text);
    if (match === null) continue;
    done = index + match[0].length;
    yield match;
  }
}

/** Every long word of a title has a capital, and no sentence ends in it. */
function isTitle(words: string): boolean {
  if (!/^\p{Lu}/u.test(words) || /[.,;:]$/.test(words)) return false;
  const long = words.match(/\p{L}[\p{L}’'-]{3,}/gu) ?? [];
  const capitals = words.match(/(?<![\p{L}’'-])\p{Lu}/gu) ?? [];
  return capitals.length >= 2 && long.length > 0 && long.every((word) => /^\p{Lu}/u.test(word));
}

/** `*Skylark Console*`: its words say that it is no work. */
function isNamed(name: string): boolean {
  const { organisation, place, term } = pointsOfWords(name.split(' '));
  return Math.max(organisation, place, term) >= 4 && !/^(?:The|A) /.test(name);
}

/** Titles as groups of mentions, and whether a run stands outside of all. */
export function findWorks(text: string): { groups: NameGroup[]; isOutside: (run: NameRun) => boolean } {
  const groups = new Map<string, NameRun[]>();
  const spans: NameRun[] = [];
  const matches = [...(text.includes('*') || text.includes('_') ? text.matchAll(italics) : []), ...quotedIn(text)].sort(
    (a, b) => a.index - b.index,
  );
  for (const match of matches) {
    const name = (match[1] ?? match[2] ?? '').trim();
    if (!isTitle(name) || isNamed(name)) continue;
    const start = text.indexOf(name, match.index);
    const run = {
      name,
      title: undefined,
      inside: true,
      initial: false,
      possessive: false,
      start,
      end: start + name.length,
    };
    spans.push(run);
    groups.set(name, [...(groups.get(name) ?? []), run]);
  }
  let at = 0;
  return {
    groups: [...groups].map(([name, runs]) => ({
      name,
      words: name.split(' '),
      runs,
      points: { person: 0, place: 0, organisation: 0, work: 8, term: 0, other: 0 },
    })),
    // Runs are asked about in text order.
    isOutside: ({ start }) => {
      while (at < spans.length && (spans[at]?.end ?? 0) <= start) at++;
      return start < (spans[at]?.start ?? Number.POSITIVE_INFINITY);
    },
  };
}
