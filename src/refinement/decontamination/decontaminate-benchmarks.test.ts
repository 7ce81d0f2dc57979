import { expect, test } from 'vitest';
import { packagedDocuments } from '../../../test/packaged-documents.ts';
import { asItem, itemTexts, type OneText } from '../../../test/refinement/plants.ts';
import { buildDataset } from '../../construction/build.ts';
import type { Sample } from '../../samples/sample.ts';
import { BenchmarkIndex } from './benchmark-index.ts';
import type { BenchmarkItem } from './benchmark-item.ts';
import { decontaminateAgainst } from './decontaminate-benchmarks.ts';
import { GramTable, Pool } from './gram-table.ts';
import type { Finding } from './report/findings.ts';
import { benchmarkReportHtml } from './report/report-html.ts';

const { samples } = buildDataset({
  documents: packagedDocuments(),
  seed: 5,
  short: { train: 900, heldout: 180 },
  long: { samples: 0, bins: [8] },
});
const train = samples.filter(({ split }) => split === 'train');
const heldout = samples.filter(({ split }) => split === 'heldout');

async function* stream(list: readonly Sample[]): AsyncGenerator<Sample> {
  yield* list;
}

const item = (id: string, texts: OneText, documents: string[] = []): BenchmarkItem => ({
  benchmark: 'b.jsonl',
  id,
  texts: itemTexts(texts),
  documents,
});

const syllables = 'ba do ke li mu na po ri su ta ve wo xi yu za'.split(' ');
const word = (seed: number): string => [0, 1, 2].map((i) => syllables[Math.floor(seed / 15 ** i) % 15]).join('');
/** A sentence of made-up words, another one for each seed. */
const sentence = (seed: number, length: number): string =>
  Array.from({ length }, (_, i) => word((seed * 7919 + i * 104_729 + seed * i * 31) % 3375)).join(' ');
const chinese = (seed: number, length: number): string =>
  Array.from({ length }, (_, i) =>
    String.fromCodePoint(0x4e00 + ((seed * 7919 + i * 1299 + seed * i * 17) % 6000)),
  ).join('');

type Plant = (seed: number) => {
  benchmark: OneText;
  question?: string;
  answer?: string;
  context?: string;
};
const disguise = (text: string): string => text.toUpperCase().split(' ').join(', ');
const plants: Record<string, Plant> = {
  verbatim: (i) => ({ benchmark: { question: sentence(i, 18) }, question: sentence(i, 18) }),
  'case and punctuation': (i) => ({ benchmark: { question: sentence(i, 15) }, question: disguise(sentence(i, 15)) }),
  chinese: (i) => ({ benchmark: { question: chinese(i, 16) }, question: `请问：${chinese(i, 16)}？` }),
  'short chinese': (i) => ({ benchmark: { question: chinese(i, 9) }, context: `前文。${chinese(i, 9)}。` }),
  'in the answer': (i) => ({
    benchmark: { question: sentence(i, 4), answer: sentence(i + 999, 14) },
    answer: sentence(i + 999, 14),
  }),
  'question in the context': (i) => ({ benchmark: { question: sentence(i, 14) }, context: `x ${sentence(i, 14)} y` }),
  'context in the context': (i) => ({ benchmark: { context: sentence(i, 60) }, context: sentence(i, 60) }),
  'context in part': (i) => ({
    benchmark: { context: sentence(i, 200) },
    context: sentence(i, 200).split(' ').slice(50, 90).join(' '),
  }),
  'short by containment': (i) => ({
    benchmark: { question: sentence(i, 6) },
    question: `Tell me: ${disguise(sentence(i, 6))}?`,
  }),
  'very short by equality': (i) => ({
    benchmark: { question: sentence(i, 3) },
    question: `${disguise(sentence(i, 3))}?`,
  }),
};

test('two hundred planted repetitions of ten kinds are all found, and nothing else is', async () => {
  const index = new BenchmarkIndex();
  for (const sample of heldout) index.add(asItem(sample));
  const planted: Sample[] = [];
  for (const [kind, plant] of Object.entries(plants).flatMap(([kind, make]) =>
    Array.from({ length: 20 }, () => [kind, make] as const),
  )) {
    const seed = planted.length + 1;
    const { benchmark, ...texts } = plant(seed);
    index.add(item(`${kind} ${seed}`, benchmark));
    const host = train[seed];
    if (host === undefined) throw new Error('too few samples');
    const question = texts.question ?? host.question;
    const gold = texts.answer === undefined ? host.reward.gold : [texts.answer];
    planted.push({
      ...host,
      id: `${kind} ${seed}`,
      question,
      prompt: `${texts.context ?? ''}\n${question}`,
      reward: { ...host.reward, gold },
    });
  }
  const report = await decontaminateAgainst(index, () => stream([...train, ...planted]));
  expect(planted.filter(({ id }) => !report.removed.includes(id)).map(({ id }) => id)).toEqual([]);
  expect(planted).toHaveLength(200);
  expect(report.removed.length - 200).toBeLessThanOrEqual(train.length / 1000);
});

test('a document that a benchmark names is a hit, and the page shows both sides, marked and escaped', async () => {
  const [first, second] = train;
  const id = first?.provenance.documents[0]?.id;
  if (first === undefined || second === undefined || id === undefined) throw new Error('no sample');
  const index = new BenchmarkIndex();
  index.add(item('<1>', { question: sentence(1, 20) }, [id]));
  const findings: Finding[] = [];
  const leak = { ...second, id: 'leak', question: sentence(1, 20) };
  const report = await decontaminateAgainst(index, () => stream([first, leak]), { onFinding: (f) => findings.push(f) });
  expect(report.removed).toContain(first.id);
  expect(report.byKind).toMatchObject({ document: 1, 13: 1 });
  const page = benchmarkReportHtml(report, findings);
  expect(page.split(`<mark>${sentence(1, 20)}</mark>`)).toHaveLength(3);
  expect(page).toContain('<h4>b.jsonl · &lt;1&gt; <span>question</span></h4>');
  expect(page).not.toContain('<script');
});

test('a question that a benchmark asks of several contexts is boilerplate where many samples ask it, named in the report and no hit', async () => {
  const index = new BenchmarkIndex();
  for (const id of ['1', '2']) index.add(item(id, { question: sentence(3, 13), context: sentence(Number(id), 80) }));
  const many = train.slice(0, 11).map((sample) => ({ ...sample, question: sentence(3, 13) }));
  const report = await decontaminateAgainst(index, () => stream(many));
  expect(report.removed).toEqual([]);
  expect([report.ignored, report.wording]).toMatchObject([11, [{ words: sentence(3, 13), samples: 11 }]]);
});

const harbour =
  'In which year did the harbour board of the old town of Alder vote to replace the wooden pier with one of granite?';

test.each([1, 3, 4, 12, 100])(
  'a question about one thing is found in all of %i contexts that it is asked of',
  async (copies) => {
    const index = new BenchmarkIndex();
    index.add(item('1', { question: harbour, answer: '1887' }));
    const others = train.slice(copies);
    for (const [wording, gold] of [
      [(question: string) => question, '1887'],
      [(question: string) => `Read the notes and say: ${question.toLowerCase()}`, undefined],
    ] as const) {
      const leaks = train.slice(0, copies).map((sample) => ({
        ...sample,
        id: `leak ${sample.id}`,
        question: wording(harbour),
        reward: gold === undefined ? sample.reward : { ...sample.reward, gold: [gold] },
      }));
      const { removed } = await decontaminateAgainst(index, () => stream([...others, ...leaks]));
      expect(removed.toSorted()).toEqual(leaks.map(({ id }) => id).toSorted());
    }
  },
);

test('what many documents quote is no repetition of a question that quotes it too', async () => {
  const quote = 'four score and seven years ago our fathers brought forth on this continent a new nation';
  const index = new BenchmarkIndex();
  index.add(item('1', { question: `Which speech of the war opens with the words ${quote}?`, answer: 'Gettysburg' }));
  const quoting = train.slice(0, 40).map((sample) => ({ ...sample, prompt: `They said: ${quote}.\n${sample.prompt}` }));
  expect((await decontaminateAgainst(index, () => stream([...quoting, ...train.slice(40)]))).removed).toEqual([]);
});

const answered = (id: string, gold: string, question: string, host = train[0]): Sample => {
  if (host === undefined) throw new Error('no sample');
  return { ...host, id, question, prompt: `Notes.\n${question}`, reward: { ...host.reward, gold: [gold] } };
};

test.each([
  ['The dredger Halcyon lost her rudder chain off Cape Marbury in fog.', true],
  ['Forty crates of cochineal, sealed by the harbour bailiff Ormond.', true],
  ['the limping cartographer from Ostrava', true],
  ['周总工把图纸交给徒弟', true],
  ['Ostrava', false],
  ['on the 3rd of May 1871', false],
  ['In the end, it was no more than this.', false],
  ['12, 7, 31, 5 and 8', false],
])('the short answer %j found: %j', async (answer, found) => {
  const index = new BenchmarkIndex();
  index.add(item('1', { question: sentence(8, 20), answer }));
  const samples = [
    ...train.slice(1),
    answered('gold', answer.toUpperCase(), 'Which one?'),
    answered('asked', 'yes', `Is it so that ${answer}?`),
    { ...answered('context', 'yes', 'Is it?'), prompt: `They say: ${answer}.\nIs it?` },
  ];
  const { removed } = await decontaminateAgainst(index, () => stream(samples));
  expect(removed).toEqual(found ? ['gold', 'asked'] : []);
});

test('a whole question is found however often the documents of the dataset have its words', async () => {
  const quoted = 'the whole warning message will look something like what the keeper of the lamp wrote down';
  const question = `In which case does the document say that ${quoted}?`;
  const index = new BenchmarkIndex();
  index.add(item('1', { question }));
  index.add(item('2', { question: `In which case does the document say that ${sentence(4, 12)}?` }));
  const halves = [quoted.split(' ').slice(0, 9).join(' '), quoted.split(' ').slice(6).join(' ')];
  // A generator asks this of sentences of its documents, which stand in many of them, in parts.
  const asking = (i: number, filling: string, context = ''): Sample => {
    const sample = answered(`s${i}`, `gold ${i}`, `In which case does the document say that ${filling}?`);
    const documents = [{ id: `d${i}`, sha256: '', source: 's', licence: 'MIT' }];
    const provenance = { ...sample.provenance, documents, generator: 'asks' };
    return { ...sample, prompt: `${halves[i % 2]} ${sentence(i, 30)} ${context}\n${sample.question}`, provenance };
  };
  const clean = Array.from({ length: 200 }, (_, i) =>
    asking(i, i % 40 === 0 ? `${halves[0]} ${word(i)}` : sentence(i + 300, 12)),
  );
  const samples = [...clean, asking(200, quoted), asking(201, sentence(201, 12), question)];
  const { removed } = await decontaminateAgainst(index, () => stream(samples));
  expect(removed).toEqual(['s200', 's201']);
});

test('a whole answer in a context is found where its parts are usual, and not where all of it is', async () => {
  const gold = 'as a general rule you will find that it is missing near the place of the last edit';
  const words = gold.split(' ');
  const index = new BenchmarkIndex();
  index.add(item('1', { question: chinese(4, 20), answer: gold }));
  const quoting = (i: number, quoted: string): Sample => {
    const sample = answered(`s${i}`, `gold ${i}`, `${sentence(i + 50, 12)}?`);
    const provenance = { ...sample.provenance, documents: [{ id: `d${i}`, sha256: '', source: 's', licence: 'MIT' }] };
    return { ...sample, prompt: `${sentence(i, 30)} ${quoted} ${sentence(i + 9, 30)}\n${sample.question}`, provenance };
  };
  const parts = [words.slice(0, 8).join(' '), words.slice(7).join(' ')];
  const clean = Array.from({ length: 60 }, (_, i) => quoting(i, parts[i % 2] ?? ''));
  expect((await decontaminateAgainst(index, () => stream([...clean, quoting(60, gold)]))).removed).toEqual(['s60']);
  const usual = Array.from({ length: 60 }, (_, i) => quoting(i, gold));
  expect((await decontaminateAgainst(index, () => stream(usual))).removed).toEqual([]);
});

test('a question copied again and again with its answer is no boilerplate', async () => {
  const index = new BenchmarkIndex();
  index.add(item('1', { question: sentence(3, 16) }));
  const many = train.map((sample, i) =>
    i % 29 === 0 ? answered(sample.id, 'the same', sentence(3, 16), sample) : sample,
  );
  const copies = many.filter(({ question }) => question === sentence(3, 16));
  expect(copies.length).toBeGreaterThan(20);
  expect((await decontaminateAgainst(index, () => stream(many))).removed).toHaveLength(copies.length);
});

test('the table agrees with a set of strings, through growth and at every alignment', () => {
  const texts = Array.from({ length: 300 }, (_, i) =>
    Uint32Array.from({ length: 30 }, (_, j) => 1 + ((i * i + j * j * (i % 5)) % 11)),
  );
  const pool = new Pool();
  const table = new GramTable(4, pool);
  const known = new Set<string>();
  for (const text of texts.slice(0, 200)) {
    table.add(pool.add(text), text.length);
    for (let i = 0; i + 4 <= text.length; i++) known.add(text.slice(i, i + 4).join(' '));
  }
  expect(table.size).toBe(known.size);
  for (const text of texts) {
    const hits: number[] = [];
    table.match(text, (start) => hits.push(start));
    const expected = [...text.keys()].filter((i) => i + 4 <= text.length && known.has(text.slice(i, i + 4).join(' ')));
    expect(hits).toEqual(expected);
  }
});
