/**
 * @file The context of one prompt: chosen documents that serve the generator, whole or by a part around a place that can be asked about,
 * and the documents most like them until the length is met. Every word of it stands in a document.
 */
import type { Span } from '../../corpus/document.ts';
import type { Random } from '../../random.ts';
import { type CuttableDocument, excerptOf } from './excerpt.ts';
import { factsOf, factsWithin } from './facts-within.ts';
import type { QuestionLanguage } from './language.ts';
import type { Entry, Library, Serving } from './library.ts';
import { plainTitle } from './plain-title.ts';
import type { Context, ContextDocument, QuestionGenerator, Refusal } from './question.ts';

/** Tokens of the line above a document. */
const headTokens = 14;
/** A part of a document is no shorter than this, where it only makes the length. */
const leastPart = 120;
/** Chosen documents of a question over several. */
const several = { least: 2, most: 8, each: 600 };
/** Of the likest documents, one of so many is taken next. */
const drawnFrom = 4;
/** What a prompt may lack of its length. */
const slack = 0.12;

interface Part {
  readonly entry: Entry;
  readonly span: Span;
  readonly tokens: number;
  readonly chosen: boolean;
}

const whole = ({ document }: CuttableDocument): Span => ({ start: 0, end: document.text.length });

/** Serving documents for the question: one at random, and for a question over several those like it. */
function choose(library: Library, generator: QuestionGenerator, room: number, random: Random): Serving[] {
  const serving = library.serving(generator);
  if (serving.length === 0) return [];
  const first = random.pick(serving);
  if (generator.scope === 'document') return [first];
  const { least, most, each } = generator.several ?? several;
  const fitting = Math.min(most, Math.max(several.least, Math.floor(room / each)));
  const wanted = random.integer(Math.min(least, fitting), fitting);
  const byNumber = new Map(serving.map((entry) => [entry.entry.number, entry]));
  const likest = library.like(first.entry).flatMap((number) => byNumber.get(number) ?? []);
  const others = likest.length >= wanted - 1 ? likest : [...likest, ...random.shuffle(serving)];
  const chosen = new Map([[first.entry.number, first]]);
  for (const candidate of others.slice(0, 2 * wanted)) {
    if (chosen.size >= wanted) break;
    if (likest.length > 2 * wanted && random.chance(0.3)) continue;
    chosen.set(candidate.entry.number, candidate);
  }
  return [...chosen.values()];
}

/** What a place is of: the field that begins there, else the innermost section that it stands in. */
function headAt({ document }: Entry, place: Span | undefined): string | undefined {
  if (place === undefined) return undefined;
  const field = /^([^:\n]{1,80}): /.exec(document.text.slice(place.start, place.start + 90))?.[1];
  if (field !== undefined) return field;
  return factsOf(document).sections.findLast(({ span }) => span.start <= place.start && place.start < span.end)?.title;
}

/** The chosen documents, each by at most its share of the room, what one leaves going to the next. */
function partsOf(chosen: readonly Serving[], room: number, random: Random): Part[] {
  const parts: Part[] = [];
  let left = room;
  // Documents of one kind have their places of the same name, or in one order: the same one is taken of each.
  const which = random.next();
  const bySize = [...chosen].sort((a, b) => a.entry.tokens - b.entry.tokens);
  const headed = chosen
    .slice(0, 1)
    .map(({ entry, places }) => headAt(entry, places[Math.floor(which * places.length)]));
  for (const [i, { entry, places }] of bySize.entries()) {
    const budget = left / (bySize.length - i) - headTokens;
    const alike = headed[0] === undefined ? [] : places.filter((place) => headAt(entry, place) === headed[0]);
    const fitting = alike.length > 0 ? alike : places;
    const place = fitting[Math.floor(which * fitting.length)];
    if (place === undefined) continue;
    const found = excerptOf(entry, { place, budget, random });
    if (found === undefined) continue;
    parts.push({ entry, span: found.span, tokens: found.tokens, chosen: true });
    left -= found.tokens + headTokens;
  }
  return parts;
}

/** Documents like the chosen ones, whole where they fit, then by a part, until the room is used up. */
function fill(library: Library, parts: Part[], room: number, random: Random): void {
  const taken = new Set(parts.map(({ entry }) => entry.number));
  const likest = [...new Set(parts.flatMap(({ entry }) => [...library.like(entry)]))];
  const rest = random.shuffle(library.entries.map(({ number }) => number));
  const queue = [...likest, ...rest].filter((number) => !taken.has(number));
  let left = room;
  while (queue.length > 0 && left > leastPart + headTokens) {
    const [number] = queue.splice(random.integer(0, Math.min(drawnFrom, queue.length) - 1), 1);
    const entry = number === undefined ? undefined : library.entries[number];
    if (entry === undefined || taken.has(entry.number)) continue;
    const at = random.integer(0, Math.max(0, entry.document.text.length - 1));
    const part = excerptOf(entry, { place: { start: at, end: at }, budget: left - headTokens, random });
    if (part === undefined) continue;
    taken.add(entry.number);
    parts.push({ entry, span: part.span, tokens: part.tokens, chosen: false });
    left -= part.tokens + headTokens;
  }
}

/** Whether a part ends within a table. */
const cutsTable = ({ entry: { document }, span: { end } }: Part): boolean =>
  factsOf(document).tables.some(({ span }) => span.start < end && end < span.end);

/** What a title says of a table that is shown by its first rows. */
const ofRows = { en: ' (first rows)', zh: '（前若干行）' } as const;

/** Titles as the prompt heads documents by: the document's own, told apart where two have the same. */
function titles(parts: readonly Part[], language: QuestionLanguage): string[] {
  const times = new Map<string, number>();
  return parts.map((part) => {
    const { entry } = part;
    const title = plainTitle(entry.document) + (cutsTable(part) ? ofRows[language] : '');
    const count = (times.get(title) ?? 0) + 1;
    times.set(title, count);
    return count === 1 ? title : `${title} (${count})`;
  });
}

/** What a context is drawn for; `tokens` is the length of the prompt. */
export interface DrawContextOptions {
  readonly library: Library;
  readonly generator: QuestionGenerator;
  readonly tokens: number;
  readonly random: Random;
}

/** A context of the length, or why there is none. */
export function drawContext({ library, generator, tokens, random }: DrawContextOptions): Context | Refusal {
  const room = tokens - Math.min(generator.reserve, tokens / 2);
  const chosen = choose(library, generator, room, random);
  if (chosen.length === 0) return library.reasons(generator)[0]?.[0] ?? 'no document serves it';
  if (generator.scope === 'documents' && chosen.length < several.least) return 'fewer than two documents serve it';
  const parts = partsOf(chosen, room, random);
  if (parts.length === 0) return 'what can be asked about is longer than the prompt';
  const used = parts.reduce((sum, part) => sum + part.tokens + headTokens, 0);
  fill(library, parts, room - used, random);
  const length = parts.reduce((sum, part) => sum + part.tokens + headTokens, 0);
  if (length < (1 - slack) * room) return 'the documents are too few for the length';
  const ordered = random.shuffle(parts);
  const named = titles(ordered, library.language);
  const documents = ordered.map(({ entry: { document, ...measured }, span }, i): ContextDocument => {
    const all = whole({ document, ...measured });
    const facts = factsOf(document);
    const shown = span.start === all.start && span.end === all.end ? facts : factsWithin(facts, span);
    return { document, title: named[i] ?? document.title, span, facts: shown };
  });
  return { language: library.language, documents, chosen: ordered.flatMap(({ chosen: is }, i) => (is ? [i] : [])) };
}
