/**
 * @file Words, and pairs of words, that a generator's questions and answers are made of: those that stand in more than one in twenty of
 * its questions, and in more than three, over different documents. They are how the generator asks, and no evidence. Counts are kept for
 * the words and pairs of the benchmarks alone.
 */
import type { Field } from './heldout.ts';

/** Share of a generator's texts above which a word belongs to its template, and the count in small sets. */
const templateShare = 0.05;
const templateFloor = 3;

/** Bits that tell texts that were seen: at a million texts one in sixteen counts as seen by accident, and only its words go uncounted. */
const seenBits = 24;

interface Group {
  texts: number;
  readonly words: Map<number, number>;
  readonly pairs: Map<number, number>;
}

const countAll = (counts: Map<number, number>, parts: ReadonlySet<number>): void => {
  for (const part of parts) counts.set(part, (counts.get(part) ?? 0) + 1);
};

/** Numbers of the different words of a text, and of its pairs. */
export interface Parts {
  readonly words: ReadonlySet<number>;
  readonly pairs: ReadonlySet<number>;
}

/** In how many of a generator's texts each word and pair stands, by field. */
export class Templates {
  private readonly groups = new Map<string, Group>();
  private readonly seen = new Uint8Array(1 << (seenBits - 3));

  /** Whether this text of the group comes for the first time. */
  private isNew(key: string, text: string): boolean {
    let h = 0x811c9dc5;
    for (const part of [key, text])
      for (let i = 0; i < part.length; i++) h = Math.imul(h ^ part.charCodeAt(i), 0x01000193);
    h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d) >>> (32 - seenBits);
    const known = this.seen[h >> 3] ?? 0;
    this.seen[h >> 3] = known | (1 << (h & 7));
    return (known & (1 << (h & 7))) === 0;
  }

  /** @param origin Tells what is asked of one document again from what is asked of another. */
  count(generator: string, field: Field, origin: string, { words, pairs }: Parts): void {
    const key = `${generator} ${field}`;
    if (words.size === 0 || !this.isNew(key, origin)) return;
    let group = this.groups.get(key);
    if (group === undefined) {
      group = { texts: 0, words: new Map(), pairs: new Map() };
      this.groups.set(key, group);
    }
    group.texts++;
    countAll(group.words, words);
    countAll(group.pairs, pairs);
  }

  /** Whether a word, or a pair, belongs to the template of these texts. */
  has(generator: string, field: Field, kind: keyof Parts, part: number): boolean {
    const group = this.groups.get(`${generator} ${field}`);
    if (group === undefined) return false;
    return (group[kind].get(part) ?? 0) > Math.max(templateFloor, templateShare * group.texts);
  }
}
