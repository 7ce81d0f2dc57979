/**
 * @file A conversation or play as a program sees it: its speeches and the stretches that people speak of; and where in a document there is
 * enough of it.
 */
import type { Span } from '../../../../corpus/document.ts';
import type { Structure } from '../../../../corpus/structure/structure.ts';
import type { Random } from '../../../../random.ts';
import type { Context, ContextDocument } from '../../question.ts';
import { type Speech, speechesOf } from './speeches.ts';
import { isChat, type Stretch, stretchesOf } from './stretches.ts';

/** A conversation or play in a prompt. */
export interface Talk {
  readonly document: ContextDocument;
  readonly speeches: readonly Speech[];
  /** Scenes, days or parts that are wholly shown, in order; no two of one name. */
  readonly stretches: readonly Stretch[];
  /** All speeches that are shown. */
  readonly whole: Stretch;
}

/** Titles that a question cannot name the text by: with quotation marks, or those of a list of persons. */
const noTitle = /[“”]|^(?:persons represented|dramatis person|persons of the play|characters)/i;

/** Fewest speeches of a talk that is worth asking about. */
export const leastSpeeches = 12;

/** The talk of a document; undefined where it has too little. */
function readTalk(document: ContextDocument): Talk | undefined {
  const speeches = speechesOf(document);
  if (speeches.length < leastSpeeches || noTitle.test(document.title)) return undefined;
  const stretches = stretchesOf(document, speeches);
  const all = document.span.start === 0 && document.span.end === document.document.text.length;
  const where = { kind: all ? 'whole' : 'given', name: '', isChat: isChat(document, speeches) } as const;
  return { document, speeches, stretches, whole: { where, speeches } };
}

const read = new WeakMap<ContextDocument, { readonly talk: Talk | undefined }>();

/** The talk of a document of a prompt, read once. */
export function talkOf(document: ContextDocument): Talk | undefined {
  const known = read.get(document) ?? { talk: readTalk(document) };
  read.set(document, known);
  return known.talk;
}

/** The chosen documents of a context that are talks. */
export const chosenTalks = ({ documents, chosen }: Context): Talk[] =>
  chosen.flatMap((at) => {
    const document = documents[at];
    return document === undefined ? [] : (talkOf(document) ?? []);
  });

/** Stretches whose speeches can be counted, in an order that is drawn: of an excerpt the first and the last speech may be cut. */
export const countableStretches = (
  context: Context,
  random: Random,
): { readonly talk: Talk; readonly stretch: Stretch }[] =>
  chosenTalks(context).flatMap((talk) =>
    random
      .shuffle([talk.whole, ...talk.stretches])
      .filter(({ where }) => where.kind !== 'given')
      .map((stretch) => ({ talk, stretch })),
  );

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

/** Places whose speeches can be counted: scenes, parts and days, and the whole of it. */
export function countablePlaces(document: ContextDocument['document'], facts: Structure): Span[] | string {
  if (facts.turns.length < leastSpeeches) return 'too few turns of a conversation';
  const stretches = stretchPlaces(document, facts, 1);
  return [...(typeof stretches === 'string' ? [] : stretches), { start: 0, end: document.text.length }];
}
