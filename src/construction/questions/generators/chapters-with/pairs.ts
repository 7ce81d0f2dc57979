/** @file Two names that stand together in some parts of a work, or two people who both speak in some parts of a conversation. */
import type { Span } from '../../../../corpus/document.ts';
import type { ContextDocument } from '../../question.ts';
import { type PlacedName, placedNames, placeOf, type Segment } from '../../views/narrative/segments.ts';
import { called } from '../../views/talk/called.ts';
import { mayBeOne, plainSpeakers, speechesOf } from '../../views/talk/speeches.ts';
import type { clauses } from './wordings.ts';

/** A name with the parts that have it, by their number, and a place in each. */
interface Held {
  readonly name: string;
  readonly places: ReadonlyMap<number, Span>;
}

/** Two names, and the parts that have both. */
export interface Pair {
  readonly how: keyof typeof clauses;
  readonly names: readonly [Held, Held];
  readonly both: readonly number[];
}

export const found = { least: 2, most: 8 };
/** Parts that have one of the names, and the share of all that has both. */
const leastMisses = 2;
const mostShare = 0.4;
/** Fewer turns make no conversation. */
const leastTurns = 8;

const holds = (outer: Span, inner: Span): boolean => outer.start <= inner.start && inner.start < outer.end;

function pairsAmong(names: readonly Held[], how: Pair['how'], parts: number): Pair[] {
  return names.flatMap((a, i) =>
    names.slice(i + 1).flatMap((b): Pair[] => {
      const both = [...a.places.keys()].filter((part) => b.places.has(part)).sort((one, other) => one - other);
      const misses = a.places.size + b.places.size - 2 * both.length;
      const fits = both.length >= found.least && both.length <= found.most && both.length <= mostShare * parts;
      return fits && misses >= leastMisses && a.places.size > both.length && b.places.size > both.length
        ? [{ how, names: [a, b], both }]
        : [];
    }),
  );
}

const mentioned = (names: readonly PlacedName[], segments: readonly Segment[]): Held[] =>
  names.map(({ name, held }) => ({
    name,
    places: new Map(
      [...held].flatMap((i) => {
        const segment = segments[i];
        return segment === undefined ? [] : [[i, placeOf(name, segment)] as const];
      }),
    ),
  }));

/** Who speaks, by the labels of the speeches. */
function speaking(entry: ContextDocument, segments: readonly Segment[]): Held[] {
  const speeches = speechesOf(entry);
  return [...plainSpeakers(speeches)].map((speaker) => {
    const places = new Map<number, Span>();
    for (const { speaker: own, label } of speeches) {
      const part = segments.findIndex(({ span }) => holds(span, label.span));
      if (own === speaker && part >= 0 && !places.has(part)) places.set(part, label.span);
    }
    return { name: called(speaker), places };
  });
}

/** A heading above others whose parts have both names between them: whether it counts would be a matter of opinion. */
function isDivided(
  { facts: { sections }, span }: ContextDocument,
  segments: readonly Segment[],
  { names, both }: Pair,
): boolean {
  return sections.some((section, i) => {
    const next = sections.slice(i + 1).find(({ level }) => level <= section.level);
    const whole = { start: section.span.start, end: next?.span.start ?? span.end };
    // The title of the work is no part of it.
    if (sections[i + 1] === next || whole.end - whole.start > (span.end - span.start) / 2) return false;
    const own = segments.findIndex((segment) => segment.span.start === section.bodyStart);
    return (
      !both.includes(own) && names.every(({ places }) => [...places.values()].some((place) => holds(whole, place)))
    );
  });
}

/** All pairs that can be asked for. Of a conversation those who speak are told by their speeches, others by their names. */
export function pairsOf(entry: ContextDocument, segments: readonly Segment[]): Pair[] {
  const texts = segments.map(({ text }) => text);
  // Where two people meet is a question; where a town and a firm are named is none.
  const people = entry.facts.names.filter(({ kind }) => kind === 'person');
  const names = placedNames(people, texts);
  const isTalk = entry.facts.turns.length >= leastTurns;
  const speakers = isTalk ? speaking(entry, segments) : [];
  const labels = isTalk ? [...new Set(speechesOf(entry).map(({ speaker }) => speaker))] : [];
  const isSpeaker = (name: string): boolean =>
    labels.some((one) => one.toUpperCase() === name.toUpperCase() || mayBeOne(one, name));
  const others = mentioned(
    names.filter(({ name }) => !isSpeaker(name)),
    segments,
  );
  return [...pairsAmong(speakers, 'speak', segments.length), ...pairsAmong(others, 'mention', segments.length)].filter(
    (pair) => !isDivided(entry, segments, pair),
  );
}
