/**
 * @file How much of a shared run is content, and how much is how texts of this kind are worded anyway. Runs of a template ("make a
 * table of name and ... of the countries that have the region ...") coincide by chance; a copied question does not. The measure is
 * the information of the run in bits under a trigram model of the texts themselves. As BLAST scores alignments, a run of S bits
 * is expected E = m n 2^-S times by chance between texts of m and n words, and is evidence where E is small.
 *
 * A gram is wording where more than `rare` origins have it: different questions, or different documents (GPT-3's clean-up ignores
 * 13-grams of more than 10 documents; this is that rule for short grams too). A document quoted in a hundred contexts, or a question
 * asked a hundred times, is one origin. Counts are kept for the benchmarks' grams alone.
 */
import { GramTable, type Pool } from './gram-table.ts';

/** Words that a word is predicted from, and itself. */
const order = 3;

/** Bits for each word of context that the model has to do without (0.4, the factor of "stupid backoff"). */
const backoffBits = -Math.log2(0.4);

/** Occurrences of each gram of one length, by slot. */
interface Level {
  readonly grams: GramTable;
  readonly tokens: Uint32Array;
  /** `rare` origins a gram, each a set of classes of which one explains the occurrences that were laid to it; 0 is none yet. */
  readonly origins: Uint32Array;
  /** 1 where more origins are needed than that. */
  readonly usual: Uint8Array;
}

/** 32-bit FNV-1a, mixed. */
function hash(text: string): number {
  let h = 0x811c9dc5 | 0;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return Math.imul(h ^ (h >>> 15), 0x2c1b3c6d) >>> 0;
}

/**
 * Where a text comes from, as a set of 32 classes: of the documents that it quotes, or of itself. Two texts that may come from one
 * source share a class; of two that do not, one in 32 does by accident, and is then not counted as different.
 */
export function originOf(labels: readonly string[]): number {
  let set = 0;
  for (const label of labels) set |= 1 << (hash(label) >>> 27);
  return set >>> 0;
}

/** From when on words that many texts share are wording and no content. */
export interface WordingOptions {
  /** Origins that may share a gram while it counts as content. */
  readonly rare: number;
  /** Occurrences from which a gram is wording, whatever its origins. */
  readonly common: number;
}

/** How usual the benchmarks' grams are in the texts of the dataset. */
export class Wording {
  private readonly levels: Level[];
  private readonly options: WordingOptions;
  /** Words counted. */
  words = 0;

  /** @param texts Where the texts lie whose grams are counted. */
  constructor(
    pool: Pool,
    texts: readonly { readonly base: number; readonly length: number }[],
    options: WordingOptions,
  ) {
    this.options = options;
    this.levels = Array.from({ length: order }, (_, i) => {
      const grams = new GramTable(i + 1, pool);
      for (const { base, length } of texts) grams.add(base, length);
      const { slots } = grams;
      return {
        grams,
        tokens: new Uint32Array(slots),
        origins: new Uint32Array(slots * options.rare),
        usual: new Uint8Array(slots),
      };
    });
  }

  /** @param origin As `originOf` gives it. */
  count(numbers: Uint32Array, origin: number): void {
    this.words += numbers.length;
    const { rare, common } = this.options;
    for (const { grams, tokens, origins, usual } of this.levels) {
      grams.match(numbers, (_start, _place, slot) => {
        const seen = (tokens[slot] ?? 0) + 1;
        tokens[slot] = seen;
        if (usual[slot] === 1) return;
        if (seen > common) usual[slot] = 1;
        for (let i = slot * rare; i < (slot + 1) * rare; i++) {
          const known = origins[i] ?? 0;
          if (known !== 0 && (known & origin) === 0) continue;
          origins[i] = known === 0 ? origin : known & origin;
          return;
        }
        usual[slot] = 1;
      });
    }
  }

  /** The pairs of words of a text that the indexed texts have too, by number. */
  pairs(numbers: Uint32Array): Set<number> {
    const slots = new Set<number>();
    this.levels[1]?.grams.match(numbers, (_start, _place, slot) => slots.add(slot));
    return slots;
  }

  /** Whether few texts can have this run: a gram of it is in few of them. */
  isRare(place: number, length: number): boolean {
    for (let at = place; at + order <= place + length; at++) if (this.counts(order, at).usual === 0) return true;
    return false;
  }

  /** Occurrences of the gram of `n` words at a place, and of those only where more than `rare` texts have it. */
  private counts(n: number, place: number): { all: number; usual: number } {
    const level = this.levels[n - 1];
    const slot = level?.grams.slotAt(place);
    if (level === undefined || slot === undefined) return { all: 0, usual: 0 };
    const all = level.tokens[slot] ?? 0;
    return { all, usual: level.usual[slot] === 1 ? all : 0 };
  }

  /**
   * Bits of the word at a place, predicted from the words before it (`step` -1) or after it (1), of which `near` belong to the run.
   */
  private wordBits(place: number, near: number, step: -1 | 1): number {
    let bits = 0;
    for (let n = Math.min(order, near + 1); n > 1; n--) {
      const whole = step < 0 ? place - n + 1 : place;
      const { usual } = this.counts(n, whole);
      const { all } = this.counts(n - 1, step < 0 ? whole : place + 1);
      if (usual > 0) return bits - Math.log2(usual / Math.max(usual, all));
      // Neighbours that no text has say nothing; those that usually have another word there do.
      if (all > 0) bits += backoffBits;
    }
    const { all, usual } = this.counts(1, place);
    return bits - Math.log2((Math.max(usual, Math.min(all, this.options.rare)) + 1) / (this.words + 1));
  }

  /** Information of each word of a run of the pool in bits: what the words on the better side leave open. */
  bits(place: number, length: number): Float64Array {
    return Float64Array.from({ length }, (_, i) =>
      Math.min(this.wordBits(place + i, i, -1), this.wordBits(place + i, length - 1 - i, 1)),
    );
  }
}
