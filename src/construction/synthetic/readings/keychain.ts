/**
 * @file T1: chains of keys hidden in a real text, one leading to the asked value and the others to decoys (LoongRL's KeyChain).
 */
import type { Random } from '../../../random.ts';
import { addNotes } from '../../reading/insert.ts';
import { phrase, type ReadingLanguage } from '../../reading/phrase.ts';
import type { ReadingGenerator } from '../../reading/reading.ts';

const key = (rng: Random): string => rng.uint32().toString(16).padStart(8, '0');

const notes: Readonly<
  Record<ReadingLanguage, { link: (a: string, b: string) => string; end: (a: string, b: string) => string }>
> = {
  en: {
    link: (a, b) => `(Key ${a} leads to key ${b}.)`,
    end: (a, b) => `(Key ${a} opens value ${b}.)`,
  },
  zh: {
    link: (a, b) => `（密钥${a}指向密钥${b}。）`,
    end: (a, b) => `（密钥${a}对应数值${b}。）`,
  },
};

/** Asks for the value at the end of a chain of two to four keys among three chains; gold: five digits. */
export const keychain: ReadingGenerator = {
  id: 'keychain',
  version: 1,
  task: 'T1',
  kind: 'passages',
  least: 512,
  most: 262144,
  reserve: 140,
  wording: phrase({
    en: 'Follow the keys in the text, beginning with key {key}. Which value does the last one open?',
    zh: '从密钥{key}开始，按文中指示逐一追踪，最后对应的数值是什么？',
  }),
  exempt: {},
  propose(reading, rng) {
    const { link, end } = notes[reading.language];
    const hops = rng.integer(2, 4);
    const chains = Array.from({ length: 3 }, () => Array.from({ length: hops }, () => key(rng)));
    const values = chains.map(() => String(rng.integer(10000, 99999)));
    const lines = chains.map((chain, c) =>
      chain.map((from, i) => {
        const next = chain[i + 1];
        return { chain: c, text: next === undefined ? end(from, values[c] ?? '') : link(from, next) };
      }),
    );
    const shuffled = rng.shuffle(lines.flat());
    const placed = addNotes(
      reading,
      shuffled.map(({ text }) => text),
      rng,
    );
    const start = chains[0]?.[0];
    const value = values[0];
    if (placed === undefined || start === undefined || value === undefined || new Set(values).size < 3)
      return undefined;
    return {
      reading: placed.reading,
      question: this.wording.say(reading.language, { key: start }),
      gold: [value],
      rationale: lines[0]?.map(({ text }) => text).join('\n') ?? '',
      evidence: placed.hosts.filter((_, i) => shuffled[i]?.chain === 0),
      composed: true,
    };
  },
};
