/**
 * @file Both errors of decontamination, counted: clean samples that are flagged (allowed: 1 in 5,000) and planted repetitions that are
 * not found (allowed: none), questions among them that the dataset asks of 1 to 100 contexts. Clean are also contexts that quote what a
 * benchmark's question quotes. The benchmarks are held-out samples of the same generators with questions, answers and contexts,
 * over other documents, beside the planted items.
 *
 * Run: npm run check:decontamination [-- --seed 1 --longest 16384 --samples 5400 --docs PATH]; `--docs` takes documents of your own in place
 * of the packaged ones, and checks the mixtures over them.
 */
import { parseArgs } from 'node:util';
import { buildDataset } from '../src/construction/build.ts';
import { buildMixture } from '../src/construction/index.ts';
import type { Document } from '../src/corpus/document.ts';
import { loadCorpus } from '../src/corpus/index.ts';
import { selectOwnDocuments } from '../src/corpus/own-documents.ts';
import { BenchmarkIndex } from '../src/refinement/decontamination/benchmark-index.ts';
import { decontaminateAgainst } from '../src/refinement/decontamination/decontaminate-benchmarks.ts';
import type { Sample } from '../src/samples/sample.ts';
import {
  asItem,
  chinese,
  excerptsOf,
  madeUp,
  plant,
  plantQuotations,
  plantRepeats,
} from '../test/refinement/plants.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '101' },
    longest: { type: 'string', default: '16384' },
    samples: { type: 'string', default: '5400' },
    docs: { type: 'string' },
  },
});
const seed = Number(values.seed);
const size = Number(values.samples);
const documents =
  values.docs === undefined ? loadCorpus() : (await selectOwnDocuments(values.docs, { licence: 'CC0-1.0' })).kept;
const planted = 240;
/** Texts that no sample quotes: documents left out of every corpus below. */
const unquoted = documents.filter(({ source }) => values.docs !== undefined || source.includes('sotu')).slice(0, 12);
const left = documents.filter((document) => !unquoted.includes(document));
const textOf = (part: readonly Document[]): string => part.map(({ text }) => text).join('\n');
const plain = excerptsOf(textOf(unquoted.slice(0, 8)));
const otherPlain = excerptsOf(textOf(unquoted.slice(8)));

const of = (samples: readonly Sample[]) => ({
  train: samples.filter(({ split }) => split === 'train'),
  heldout: samples.filter(({ split }) => split === 'heldout'),
});

const short = (seed: number, over: readonly Document[]) =>
  of(
    buildDataset({ documents: over, seed, short: { train: 9000, heldout: 900 }, long: { samples: 0, bins: [8] } })
      .samples,
  );

const mixture = (seed: number, preset: 'balanced' | 'paper-like', samples: number, over: readonly Document[]) =>
  of([...buildMixture({ documents: over, seed, preset, samples, longest: Number(values.longest) })]);

/** Training samples against the questions of a set that another seed drew over the held-out documents. */
const crossed = () => ({
  train: short(seed, left).train,
  heldout: mixture(seed + 1, 'balanced', size / 3, left).heldout,
});

/** Questions in prose against samples of the generators: nothing is shared but English. */
function prose() {
  const { train } = short(seed + 2, left);
  const heldout = train.slice(0, 100).map((sample, i) => {
    const question = `${otherPlain(`prose ${i}`, 20)}?`;
    const prompt = `${otherPlain(`context ${i}`, 300)}\n${question}`;
    return {
      ...sample,
      id: `prose ${i}`,
      question,
      prompt,
      reward: { ...sample.reward, gold: [otherPlain(`answer ${i}`, 15)] },
    };
  });
  return { train, heldout };
}

type Sets = Record<string, () => { train: Sample[]; heldout: Sample[] }>;
const mixtures: Sets = {
  'mixture balanced': () => mixture(seed + 2, 'balanced', size, left),
  'mixture paper-like': () => mixture(seed + 3, 'paper-like', size, left),
};
/** Dossiers are made of the records that the packaged documents have. */
const sets: Sets =
  values.docs !== undefined
    ? mixtures
    : {
        [`dossiers, seed ${seed}`]: () => short(seed, left),
        [`dossiers, seed ${2 * seed}`]: () => short(2 * seed, left),
        ...mixtures,
        'dossiers against readings': crossed,
        'dossiers against prose': prose,
      };

let clean = 0;
let flagged = 0;
let missed = 0;
console.log('set                          clean  benchmark  flagged  of planted  found  seconds');
for (const [name, make] of Object.entries(sets)) {
  const { train, heldout } = make();
  const makers = { 'made-up words': madeUp, prose: plain, Chinese: chinese };
  const once = plant(planted, makers, train);
  const often = plantRepeats(makers, train);
  const quoting = plantQuotations(otherPlain, train);
  const plants = { items: [...once.items, ...often.items], samples: [...once.samples, ...often.samples] };
  const index = new BenchmarkIndex();
  for (const item of [...heldout.map(asItem), ...plants.items, ...quoting.items]) index.add(item);
  async function* samples(): AsyncGenerator<Sample> {
    yield* train;
    yield* quoting.samples;
    yield* plants.samples;
  }
  const begin = performance.now();
  const whys = new Map<string, string>();
  const { removed } = await decontaminateAgainst(index, samples, {
    onFinding: ({ sample, matches: [match] }) =>
      whys.set(
        sample,
        match === undefined
          ? ''
          : `${match.field} <- ${match.benchmarkField}, ${match.words} words, ${match.bits} bits: ${match.sides.sample.shared.slice(0, 160)}`,
      ),
  });
  const seconds = (performance.now() - begin) / 1000;
  const hits = new Set(removed);
  const found = plants.samples.filter(({ id }) => hits.has(id)).length;
  const wrong = hits.size - found;
  const honest = [...train, ...quoting.samples];
  const row = [honest.length, heldout.length, wrong, plants.samples.length, found, seconds.toFixed(1)];
  console.log(
    name.slice(-28).padEnd(28) + row.map((cell, i) => String(cell).padStart([6, 10, 8, 11, 6, 8][i] ?? 8)).join(' '),
  );
  for (const { id } of plants.samples)
    if (!hits.has(id)) console.log(`  missed: ${id}: ${plants.items.find((item) => item.id === id)?.texts.question}`);
  for (const { id, provenance } of honest)
    if (hits.has(id)) console.log(`  flagged: ${id}, ${provenance.generator}, ${whys.get(id)}`);
  clean += honest.length;
  flagged += wrong;
  missed += plants.samples.length - found;
}
console.log(
  `${flagged} of ${clean} clean samples flagged (${((5000 * flagged) / clean).toFixed(2)} in 5,000), ${missed} plants missed`,
);
if (flagged > clean / 5000 || missed > 0) process.exitCode = 1;
