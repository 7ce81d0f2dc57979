/**
 * @file Chooses the documents of a long prompt: the dossier's own in full, and documents of other sources between them
 * until the length bin is reached. Which dossier and in which order is drawn from the seed.
 */
import type { Document } from '../corpus/document.ts';
import type { Random } from '../random.ts';
import type { Dossier } from './generator.ts';
import type { LengthBin } from './plan.ts';
import { drawDossier } from './synthetic/dossier.ts';

/** Tokens that the notes, the question and the answer format come to. */
const tailTokens = 180;

/** Smallest and largest dossier of a long sample; a bin of 64K and more takes up to twice as many records. */
const recordRange = { least: 7, most: 10 };

/** A prompt aims a little below its bin and ends within 8 % of that aim. */
const aim = 0.97;
const slack = 0.08;

/** What a long prompt is laid out from; `bin` is in units of 1,024 tokens. */
export interface LayoutOptions {
  /** The documents of one split, in a stable order. */
  readonly documents: readonly Document[];
  /** Those of the family that the dossier is drawn from. */
  readonly family: readonly Document[];
  readonly bin: LengthBin;
  /** Tokens of a document's full text; called often, so it should be cached. */
  readonly tokensOf: (document: Document) => number;
  readonly rng: Random;
}

/** The documents of a long prompt, in its order, and the dossier among them. */
export interface Layout {
  /** Its records stand in the order of `documents`. */
  readonly dossier: Dossier;
  readonly documents: readonly Document[];
}

/** Documents of other sources, largest that fit first among random candidates, until the room is used up. */
function fillers(options: LayoutOptions, dossier: Dossier, room: number): Document[] {
  const sources = new Set(dossier.records.map((record) => record.document.source));
  const pool = options.rng.shuffle(options.documents.filter((document) => !sources.has(document.source)));
  const chosen: Document[] = [];
  let left = room;
  for (const document of pool) {
    const size = options.tokensOf(document);
    if (size > left) continue;
    chosen.push(document);
    left -= size;
  }
  return chosen;
}

const total = (documents: readonly Document[], tokensOf: LayoutOptions['tokensOf']): number =>
  documents.reduce((sum, document) => sum + tokensOf(document), 0);

/** How many records to try for: with fillers any small number will do, without them the records must fill the bin alone. */
function drawSize(options: LayoutOptions, target: number): number {
  const { family, documents, tokensOf, rng, bin } = options;
  const sources = new Set(family.map((document) => document.source));
  const alone = documents.every((document) => sources.has(document.source));
  const mean = total(family, tokensOf) / Math.max(1, family.length);
  if (alone) return Math.max(recordRange.least, Math.round(target / mean));
  return rng.integer(recordRange.least, bin >= 64 ? 2 * recordRange.most : recordRange.most);
}

/** Undefined when this draw does not come out at the bin's length: the caller draws again. */
export function drawLayout(options: LayoutOptions): Layout | undefined {
  const { bin, family, tokensOf, rng } = options;
  const target = aim * bin * 1024 - tailTokens;
  const size = drawSize(options, target);
  // Among documents of up to 1.6 times the even share, a random choice comes out near the target without favouring the short.
  const fitting = family.filter((document) => tokensOf(document) <= (1.6 * target) / size);
  const dossier = drawDossier(fitting, size, rng);
  if (dossier === undefined) return undefined;
  const own = dossier.records.map((record) => record.document);
  const length = total(own, tokensOf);
  if (length > target * (1 + slack)) return undefined;
  const others = length < target ? fillers(options, dossier, target - length) : [];
  if (length + total(others, tokensOf) < target * (1 - slack)) return undefined;
  const documents = rng.shuffle([...own, ...others]);
  const place = new Map(documents.map((document, i) => [document.id, i]));
  const records = [...dossier.records].sort(
    (a, b) => (place.get(a.document.id) ?? 0) - (place.get(b.document.id) ?? 0),
  );
  return { dossier: { ...dossier, records }, documents };
}

/** Where the evidence of the primary document stands: 0 at the start of the context, 1 at its end. In characters. */
export function evidenceDepth(documents: readonly Document[], primary: string, offset: number): number {
  let before = 0;
  let all = 0;
  for (const document of documents) {
    if (document.id === primary) before = all + offset;
    all += document.text.length;
  }
  return all === 0 ? 0 : before / all;
}
