/** @file A dataset's or an evaluation's bundle as a source. Queries run here, by the server's own code. */
import {
  againstKey,
  type BundleIndex,
  type BundleSamples,
  type BundleScored,
  publishedKey,
  sampleKey,
  scoredInFile,
  scoredKey,
  scoredPartKey,
} from '../../src/studio/shared/bundle-format.ts';
import type { DatasetDetail, Drafts, Places } from '../../src/studio/shared/dataset-api.ts';
import type {
  EvaluationDetail,
  EvaluationPair,
  PublishedBeside,
  ScoredDetail,
  ScoredPage,
} from '../../src/studio/shared/evaluation-api.ts';
import { samplePage } from '../../src/studio/shared/query/sample-page.ts';
import { type BundleData, load } from './bundle-data.ts';
import { to } from './route.ts';
import { AnswerError, type PlacesSource, type Source } from './source.ts';

const missing = (): Promise<never> => Promise.reject(new AnswerError('This bundle does not hold it.'));

/** What every bundle but a run's lacks. */
const nothing: PlacesSource = {
  places: missing,
  dataset: missing,
  samples: missing,
  sample: missing,
  drafts: missing,
  review: missing,
  datasetsOf: async () => [],
  evaluation: missing,
  published: missing,
  scored: missing,
  scoredSample: missing,
  against: missing,
  documents: missing,
  document: missing,
};

const noRuns = {
  live: false,
  runs: async () => [],
  run: missing,
  rollouts: missing,
  exported: missing,
  group: missing,
  prompt: missing,
  elsewhere: async () => [],
  compare: missing,
} satisfies Partial<Source>;

function datasetPlaces(data: BundleData, dataset: DatasetDetail): PlacesSource {
  const places: Places = { datasets: [{ ...dataset, reviewed: dataset.reviews.length }], evaluations: [], corpora: [] };
  return {
    ...nothing,
    places: async () => places,
    dataset: async () => dataset,
    samples: async (_, { q, ...page }) => {
      const rows = await load<BundleSamples>(data, 'samples');
      try {
        return { ...samplePage(rows, { query: q, ...page }), read: 1, toRead: 1 };
      } catch (error) {
        throw new AnswerError(error instanceof Error ? error.message : String(error));
      }
    },
    sample: (_, id) => load(data, sampleKey(id)),
    drafts: () => load<Drafts>(data, 'drafts'),
  };
}

const isIn = (text: string, needle: string): boolean => text.toLowerCase().includes(needle);

async function scoredPage(
  data: BundleData,
  id: string,
  ask: Readonly<Record<string, string | number>>,
): Promise<ScoredPage> {
  const { rows } = await load<BundleScored>(data, scoredKey(id));
  const wanted = (name: string) => String(ask[name] ?? '');
  const agrees = (name: string, value: string) => wanted(name) === '' || wanted(name) === value;
  const needle = wanted('words').toLowerCase();
  const [offset, limit] = [Number(ask.offset ?? 0), Number(ask.limit ?? 100)];
  const found = rows.filter(
    ({ benchmark, state, bins, question, extracted }) =>
      agrees('benchmark', benchmark) &&
      agrees('state', state) &&
      agrees('length', bins.length) &&
      agrees('depth', bins.depth) &&
      (isIn(question, needle) || isIn(extracted, needle)),
  );
  return { total: found.length, offset, rows: found.slice(offset, offset + limit) };
}

async function scoredSample(
  data: BundleData,
  id: string,
  { benchmark, id: item, repeat }: Readonly<Record<string, string | number>>,
): Promise<ScoredDetail> {
  const { rows } = await load<BundleScored>(data, scoredKey(id));
  const at = rows.findIndex(
    (row) => row.benchmark === benchmark && row.id === item && row.repeat === Number(repeat ?? 0),
  );
  if (at === -1) return await missing();
  const part = await load<ScoredDetail[]>(data, scoredPartKey(id, Math.floor(at / scoredInFile)));
  return part[at % scoredInFile] ?? (await missing());
}

function evaluationPlaces(data: BundleData, evaluations: readonly EvaluationDetail[]): PlacesSource {
  const told = evaluations.map(({ benchmarks, longContextMean, ...evaluation }) => ({
    ...evaluation,
    benchmarks: benchmarks.map(({ benchmark }) => benchmark),
    mean: longContextMean?.score,
  }));
  return {
    ...nothing,
    places: async () => ({ datasets: [], evaluations: told, corpora: [] }),
    evaluation: async (id) => evaluations.find((evaluation) => evaluation.id === id) ?? (await missing()),
    published: async (id, model) => (await load<Record<string, PublishedBeside>>(data, publishedKey(id)))[model] ?? [],
    scored: (id, ask) => scoredPage(data, id, ask),
    scoredSample: (id, ask) => scoredSample(data, id, ask),
    against: (id, other) => load<EvaluationPair>(data, againstKey(id, other)),
  };
}

/** Of a bundle without a run. */
export function placesSource(data: BundleData, index: Exclude<BundleIndex, { kind: 'run' }>): Source {
  if (index.kind === 'dataset') {
    const home = to(['dataset', index.dataset.id]);
    return { ...noRuns, notes: index.notes, home, places: datasetPlaces(data, index.dataset) };
  }
  const home = to(['evaluation', index.evaluations[0]?.id ?? '']);
  return { ...noRuns, notes: index.notes, home, places: evaluationPlaces(data, index.evaluations) };
}
