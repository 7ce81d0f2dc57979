/**
 * @file Planted contaminations: samples that repeat a benchmark item in ten ways, over texts of four kinds.
 */
import { random } from '../../src/random.ts';
import type { BenchmarkItem } from '../../src/refinement/decontamination/benchmark-item.ts';
import type { Field } from '../../src/refinement/decontamination/heldout.ts';
import type { Sample } from '../../src/samples/sample.ts';

/** Texts to plant: a different one for each seed, of so many words. */
export type TextMaker = (seed: string, words: number) => string;

const syllables = 'ba do ke li mu na po ri su ta ve wo xi yu za'.split(' ');

/** Words of three syllables that no text has. */
export const madeUp: TextMaker = (seed, words) => {
  const rng = random(1, 'made-up', seed);
  const word = (): string => [0, 1, 2].map(() => syllables[Math.floor(rng.next() * syllables.length)]).join('');
  return Array.from({ length: words }, word).join(' ');
};

/** Han characters, the usual ones far more often than the others, as in a real text. */
export const chinese: TextMaker = (seed, words) => {
  const rng = random(1, 'chinese', seed);
  return Array.from({ length: words }, () => String.fromCodePoint(0x4e00 + Math.floor(3000 * rng.next() ** 3))).join(
    '',
  );
};

/** Runs of words out of a text that the samples do not quote, of characters in Chinese: another place for each seed, as long as there are places. */
export function excerptsOf(text: string): TextMaker {
  const han = text.match(/\p{Script=Han}/gu) ?? [];
  const isChinese = han.length * 2 > text.length;
  const words = isChinese ? han : text.split(/\s+/).filter((word) => /\p{L}/u.test(word));
  const places = new Map<string, number>();
  let next = 0;
  return (seed, count) => {
    const start = places.get(seed) ?? next;
    if (!places.has(seed)) next = (start + count + 1) % Math.max(1, words.length - 500);
    places.set(seed, start);
    return words.slice(start, start + count).join(isChinese ? '' : ' ');
  };
}

/** At most one text for each field of an item. */
export type OneText = Readonly<Partial<Record<Field, string>>>;

export const itemTexts = (texts: OneText): BenchmarkItem['texts'] =>
  Object.fromEntries(Object.entries(texts).map(([field, text]) => [field, [text]]));

interface Plant {
  readonly benchmark: OneText;
  readonly question?: string;
  readonly answer?: string;
  readonly context?: string;
}

const disguise = (text: string): string =>
  /\p{Script=Han}/u.test(text) ? [...text].join('，') : text.toUpperCase().split(' ').join(', ');

/** What is planted, by kind: `host` is the sample's own context, which stays around what is planted in one. */
const kinds: Readonly<Record<string, (make: TextMaker, seed: string, host: string) => Plant>> = {
  verbatim: (make, seed) => ({ benchmark: { question: make(seed, 18) }, question: make(seed, 18) }),
  'case and punctuation': (make, seed) => ({
    benchmark: { question: make(seed, 15) },
    question: `${disguise(make(seed, 15))}!`,
  }),
  'inside a question': (make, seed) => ({
    benchmark: { question: make(seed, 14) },
    question: `Please tell me (in a word): ${make(seed, 14)} -- thank you.`,
  }),
  'answer in the answer': (make, seed) => ({
    benchmark: { question: make(`${seed} q`, 9), answer: make(seed, 14) },
    answer: make(seed, 14),
  }),
  'question in the answer': (make, seed) => ({
    benchmark: { question: make(seed, 16) },
    answer: `See: ${make(seed, 16)}`,
  }),
  'question in the context': (make, seed, host) => ({
    benchmark: { question: make(seed, 16) },
    context: `${host}\n${make(seed, 16)}\n${host.slice(0, 200)}`,
  }),
  'context in the context': (make, seed, host) => ({
    benchmark: { question: make(`${seed} q`, 12), context: make(seed, 120) },
    context: `${host}\n${disguise(make(seed, 120))}`,
  }),
  'a third of a context': (make, seed, host) => ({
    benchmark: { context: `${make(`${seed} a`, 60)} ${make(seed, 60)} ${make(`${seed} b`, 60)}` },
    context: `${host}\n${make(seed, 60)}\n`,
  }),
  'short, contained': (make, seed) => ({
    benchmark: { question: make(seed, 9) },
    question: `First of all: ${disguise(make(seed, 9))}?`,
  }),
  'very short, equal': (make, seed) => ({
    benchmark: { question: make(seed, 4) },
    question: `${disguise(make(seed, 4))}?`,
  }),
};

export interface Planted {
  readonly items: readonly BenchmarkItem[];
  /** Their ids name what was planted. */
  readonly samples: readonly Sample[];
}

/**
 * `count` plants, the kinds in turn over the makers in turn.
 *
 * @param hosts Clean samples that are planted in, in turn.
 */
export function plant(count: number, makers: Readonly<Record<string, TextMaker>>, hosts: readonly Sample[]): Planted {
  const items: BenchmarkItem[] = [];
  const samples: Sample[] = [];
  const made = Object.entries(kinds).flatMap(([kind, of]) =>
    Object.entries(makers).map(([text, make]) => ({ name: `${kind}, ${text}`, of, make })),
  );
  for (let i = 0; i < count; i++) {
    const host = hosts[(i * 7) % hosts.length];
    const chosen = made[i % made.length];
    if (host === undefined || chosen === undefined) break;
    const id = `${chosen.name} ${i}`;
    const own = host.prompt.slice(0, Math.max(0, host.prompt.lastIndexOf(host.question)));
    const { benchmark, ...texts } = chosen.of(chosen.make, id, own);
    const question = texts.question ?? host.question;
    const gold = texts.answer === undefined ? host.reward.gold : [texts.answer];
    items.push({ benchmark: 'planted.jsonl', id, texts: itemTexts(benchmark), documents: [] });
    samples.push({
      ...host,
      id,
      question,
      prompt: `${texts.context ?? own}\n${question}`,
      reward: { ...host.reward, gold },
    });
  }
  return { items, samples };
}

/** How many contexts a repeated question is asked of. */
const repeats = [1, 2, 3, 4, 5, 8, 12, 20, 35, 50, 75, 100];

/**
 * Questions of a benchmark that the dataset asks of 1 to 100 contexts: with the benchmark's answer or each with its own, bare or within
 * another sentence.
 */
export function plantRepeats(makers: Readonly<Record<string, TextMaker>>, hosts: readonly Sample[]): Planted {
  const items: BenchmarkItem[] = [];
  const samples: Sample[] = [];
  for (const [text, make] of Object.entries(makers)) {
    for (const [at, copies] of repeats.entries()) {
      const id = `asked of ${copies} contexts, ${text}`;
      const question = make(id, 16);
      const [same, bare] = [at % 2 === 0, at % 3 !== 0];
      items.push({
        benchmark: 'repeated.jsonl',
        id,
        texts: itemTexts({ question, answer: make(`${id} a`, 2) }),
        documents: [],
      });
      for (let copy = 0; copy < copies; copy++) {
        const host = hosts[(copy * 13 + at) % hosts.length];
        if (host === undefined) continue;
        const own = host.prompt.slice(0, Math.max(0, host.prompt.lastIndexOf(host.question)));
        const asked = bare ? question : `Please tell me: ${question}. Thank you.`;
        const gold = same ? [make(`${id} a`, 2)] : host.reward.gold;
        const reward = { ...host.reward, gold };
        samples.push({ ...host, id: `${id} ${copy}`, question: asked, prompt: `${own}\n${asked}`, reward });
      }
    }
  }
  return { items, samples };
}

/** Sentences that many documents quote, and questions of a benchmark that quote them too: nothing is repeated. */
export function plantQuotations(make: TextMaker, hosts: readonly Sample[]): Planted {
  const items: BenchmarkItem[] = [];
  const samples: Sample[] = [];
  for (let quotation = 0; quotation < 20; quotation++) {
    const id = `quotation ${quotation}`;
    const quoted = make(id, 18);
    const question = `Which speech, and of which year, has the words ${quoted}?`;
    items.push({ benchmark: 'quoting.jsonl', id, texts: itemTexts({ question }), documents: [] });
    for (let copy = 0; copy < 15; copy++) {
      const host = hosts[(copy * 17 + quotation) % hosts.length];
      if (host === undefined) continue;
      // Each is of a document of its own, as what is quoted everywhere is.
      const documents = [{ id: `${id} ${copy}`, sha256: '', source: 'planted', licence: 'CC0-1.0' }];
      const provenance = { ...host.provenance, documents };
      samples.push({ ...host, id: `${id} ${copy}`, prompt: `As was said: ${quoted}.\n${host.question}`, provenance });
    }
  }
  return { items, samples };
}

/** A sample as a benchmark's row. */
export function asItem(sample: Sample): BenchmarkItem {
  return {
    benchmark: 'held-out.jsonl',
    id: sample.id,
    texts: itemTexts({
      question: sample.question,
      answer: sample.reward.gold.join('\n'),
      context: sample.prompt.slice(0, Math.max(0, sample.prompt.lastIndexOf(sample.question))),
    }),
    documents: [],
  };
}
