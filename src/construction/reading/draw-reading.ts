/**
 * @file Draws a reading of a given length: documents in random order, each by a run of its units, until the length is met. A
 * dialogue is a conversation among the documents; where none is as long, it is composed: real passages, read out in turns by speakers
 * who are drawn for it, and marked as composed.
 */
import type { Document } from '../../corpus/document.ts';
import type { Random } from '../../random.ts';
import type { CountTokens } from '../../tokens.ts';
import { cutUnits } from './cut-units.ts';
import { drawDialogue, isSpoken } from './draw-dialogue.ts';
import type { ReadingLanguage } from './phrase.ts';
import type { Reading, Unit } from './reading.ts';
import { weighted } from './weighted.ts';

/** Tokens of a unit: a sentence in the shortest prompts, so that there are several, to a page in the longest. */
export function unitTokens(tokens: number): number {
  return Math.max(16, Math.min(945, Math.round(0.84 * tokens ** 0.62)));
}

const speakers: Readonly<Record<ReadingLanguage, readonly string[]>> = {
  en: ['Ann', 'Bo', 'Cyrus', 'Dora', 'Emil', 'Faye', 'Gus', 'Hilda', 'Ivo', 'June', 'Kurt', 'Lena'],
  zh: ['阿兰', '小波', '大成', '冬梅', '二虎', '方芳', '国强', '海燕', '嘉怡', '建军', '凯文', '丽娜'],
};

/** Who speaks: some more than others, so that speakers can be told apart by how much they say. */
function cast(units: readonly Unit[], language: ReadingLanguage, rng: Random): Unit[] {
  const names = rng.sample(speakers[language], Math.max(3, Math.min(9, Math.floor(units.length / 3))));
  return units.map((unit) => ({ ...unit, speaker: weighted(names, (_, i) => 1 + i, rng.next()) ?? '' }));
}

/** The units with new identifiers in their order: `T1`, `T2`, ... in a dialogue, else `P1`, `P2`, ... */
export const numbered = (units: readonly Unit[], kind: Reading['kind']): Unit[] =>
  units.map((unit, i) => ({ ...unit, id: `${kind === 'dialogue' ? 'T' : 'P'}${i + 1}` }));

/** What a reading is drawn from, and how long it is to be; lengths are in tokens. */
export interface DrawReadingOptions {
  /** The documents of one split and one language. */
  readonly documents: readonly Document[];
  readonly language: ReadingLanguage;
  readonly kind: Reading['kind'];
  /** Length aimed at, and what the generator will add to the reading. */
  readonly tokens: number;
  readonly reserve: number;
  readonly countTokens: CountTokens;
  readonly rng: Random;
}

/** Tokens that the marker before a unit and the line end after it come to; over a run of units, those of a title. */
const markerTokens = 4;
const titleTokens = 6;

/** Undefined when the documents are too few for the length. */
export function drawReading(options: DrawReadingOptions): Reading | undefined {
  const { documents: pool, language, kind, tokens, reserve, countTokens, rng } = options;
  const size = unitTokens(tokens);
  let room = tokens - reserve;
  const spoken = kind === 'dialogue' ? drawDialogue({ documents: pool, tokens: room, countTokens, rng }) : undefined;
  if (spoken !== undefined)
    return { language, kind, titled: false, composed: false, units: numbered(spoken, kind), pool };
  const units: Unit[] = [];
  // Passages that name their speakers already would confuse who speaks.
  const documents = kind === 'dialogue' ? pool.filter((document) => !isSpoken(document)) : pool;
  for (const document of rng.shuffle(documents)) {
    if (room < size) break;
    const pieces = cutUnits(document, size, countTokens);
    const fits = Math.max(
      1,
      Math.floor(room / ((pieces.reduce((sum, p) => sum + p.tokens, 0) || 1) / pieces.length + markerTokens)),
    );
    // A short prompt still shows two documents, where one could fill it.
    const most = Math.min(pieces.length, tokens <= 4096 ? Math.max(2, Math.ceil(fits * 0.7)) : fits);
    const from = rng.integer(0, pieces.length - most);
    let taken = 0;
    for (const { start, end, tokens: length } of pieces.slice(from, from + most)) {
      if (length > room) break;
      units.push({ id: '', text: document.text.slice(start, end), document, span: { start, end } });
      room -= length + markerTokens;
      taken++;
    }
    if (taken > 0) room -= titleTokens;
  }
  if (units.length < 3 || room > 0.15 * tokens) return undefined;
  const composed = kind === 'dialogue';
  const told = composed ? cast(units, language, rng) : units;
  return { language, kind, titled: !composed, composed, units: numbered(told, kind), pool };
}
