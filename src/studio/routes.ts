/**
 * @file Routes of what is no run: datasets and their reviews, evaluations of benchmarks, documents.
 *
 *     GET /api/places                                          what is watched and no run
 *     GET /api/datasets/:id                                    manifest, reviews, audit
 *     GET /api/datasets/:id/samples?q=&sort=&offset=&limit=
 *     GET /api/datasets/:id/samples/:sample                    one with its proof in the prompt
 *     GET /api/datasets/:id/drafts                             of the LLM track, the discarded ones too
 *     PUT /api/datasets/:id/reviews/:sample                    only where the studio was started to review
 *     GET /api/samples/:sample                                 the datasets that hold it
 *     GET /api/evaluations/:id                                 summary
 *     GET /api/evaluations/:id/published?model=                published figures beside ours
 *     GET /api/evaluations/:id/samples?benchmark=&state=&length=&depth=&words=&offset=&limit=
 *     GET /api/evaluations/:id/sample?benchmark=&id=&repeat=   response, judge's words
 *     GET /api/evaluations/:id/against/:other                  paired, with flips
 *     GET /api/documents/:id, /api/documents/:id/:row          of a corpus or a file
 */
import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { UsageError } from '../errors.ts';
import { datasetDetail } from './datasets/dataset-detail.ts';
import { sampleDetail } from './datasets/sample-detail.ts';
import { writeReview } from './datasets/write-review.ts';
import type { OpenEvaluation } from './evaluations/open-evaluation.ts';
import type { Library, OpenDataset } from './library.ts';

/** Rows in one answer. */
const mostRows = 500;
/** A number of an address, `fallback` for what is none. */
export const wholeNumber = (text: string | undefined, fallback: number): number =>
  text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : fallback;
/** Status 404 with a word. */
export const notFound = (context: Context, what: string): Response => context.json({ error: `no such ${what}` }, 404);

const part = (context: Context, name: string): string => context.req.query(name) ?? '';
/** A selection as the query of an address. */
export const asked = (context: Context) => ({ query: part(context, 'q'), sort: part(context, 'sort') });
/** Which rows of a list. */
export const pageOf = (context: Context) => ({
  offset: wholeNumber(context.req.query('offset'), 0),
  limit: Math.min(mostRows, wholeNumber(context.req.query('limit'), 100)),
});

/** What the routes work with. */
export interface RouteOptions {
  readonly library: Library;
  readonly patience: number;
  /** Whether reviews may be written. */
  readonly review: boolean;
}

/** Datasets, their samples and reviews. */
export function addDatasets(app: Hono, { library, patience, review }: RouteOptions): void {
  type Answer = (context: Context, dataset: OpenDataset) => Promise<Response>;
  const answered = (answer: Answer) => async (context: Context) => {
    const dataset = await library.dataset(context.req.param('id') ?? '');
    if (dataset === undefined) return notFound(context, 'dataset');
    await dataset.index.refresh(patience);
    return await answer(context, dataset);
  };
  app.get('/api/places', async (context) => context.json(await library.others()));
  app.get('/api/samples/:sample', async (context) =>
    context.json(await library.datasetsOf(context.req.param('sample') ?? '')),
  );
  app.get(
    '/api/datasets/:id',
    answered(async (context, { place, drafts }) => context.json(await datasetDetail(place, drafts, review))),
  );
  app.get(
    '/api/datasets/:id/samples',
    answered(async (context, { index }) => context.json(await index.page({ ...asked(context), ...pageOf(context) }))),
  );
  app.get(
    '/api/datasets/:id/samples/:sample',
    answered(async (context, { index, drafts }) => {
      const found = await index.sample(context.req.param('sample') ?? '');
      if (found === undefined) return notFound(context, 'sample');
      const replies = drafts.openReplies();
      return context.json(await sampleDetail(found, drafts, replies).finally(() => replies.close()));
    }),
  );
  app.get(
    '/api/datasets/:id/drafts',
    answered(async (context, { drafts }) => context.json(await drafts.all())),
  );
  app.put(
    '/api/datasets/:id/reviews/:sample',
    bodyLimit({ maxSize: 64 * 1024 }),
    answered(async (context, { index, place }) => {
      if (!review)
        throw new UsageError('read-only', 'This studio only reads.', 'Start it with: golongrl studio --review');
      const sample = context.req.param('sample') ?? '';
      if (!index.has(sample)) return notFound(context, 'sample');
      const word: unknown = await context.req.json().catch(() => undefined);
      return context.json({ review: (await writeReview(place.path, sample, word)) ?? null });
    }),
  );
}

// Loaded with the first evaluation: the benchmarks behind them take memory.
const details = () => import('./evaluations/evaluation-detail.ts');
const scored = () => import('./evaluations/scored-samples.ts');
const pairs = () => import('./evaluations/evaluation-pair.ts');

/** Evaluations of benchmarks. */
export function addEvaluations(app: Hono, { library }: RouteOptions): void {
  type Answer = (context: Context, evaluation: OpenEvaluation) => Promise<Response>;
  const ofEvaluation = (path: string, answer: Answer) =>
    app.get(`/api/evaluations/:id${path}`, async (context) => {
      const evaluation = await library.evaluation(context.req.param('id') ?? '');
      return evaluation === undefined ? notFound(context, 'evaluation') : await answer(context, evaluation);
    });
  ofEvaluation('', async (context, open) =>
    context.json(await (await details()).evaluationDetail(open, await library.evaluations())),
  );
  ofEvaluation('/published', async (context, open) =>
    context.json(await (await details()).publishedBeside(open, part(context, 'model'))),
  );
  ofEvaluation('/samples', async (context, open) => {
    const [benchmark, state, length, depth, words] = ['benchmark', 'state', 'length', 'depth', 'words'].map((name) =>
      part(context, name),
    ) as [string, string, string, string, string];
    return context.json(
      await (await scored()).scoredPage(open, { benchmark, state, length, depth, words, ...pageOf(context) }),
    );
  });
  ofEvaluation('/sample', async (context, open) => {
    const repeat = wholeNumber(context.req.query('repeat'), 0);
    const { scoredDetail, ScoredReplies } = await scored();
    const replies = new ScoredReplies(open);
    const which = { benchmark: part(context, 'benchmark'), id: part(context, 'id'), repeat };
    const found = await scoredDetail(open, which, replies).finally(() => replies.close());
    return found === undefined ? notFound(context, 'sample') : context.json(found);
  });
  ofEvaluation('/against/:other', async (context, open) => {
    const other = await library.evaluation(context.req.param('other') ?? '');
    return other === undefined
      ? notFound(context, 'evaluation')
      : context.json(await (await pairs()).evaluationPair(open, other));
  });
}

/** Documents of corpora and files. */
export function addDocuments(app: Hono, { library }: RouteOptions): void {
  app.get('/api/documents/:id', async (context) => {
    const documents = await library.documents(context.req.param('id') ?? '');
    return documents === undefined ? notFound(context, 'corpus') : context.json(await documents.all());
  });
  app.get('/api/documents/:id/:row', async (context) => {
    const documents = await library.documents(context.req.param('id') ?? '');
    const found = await documents?.document(wholeNumber(context.req.param('row'), -1));
    return found === undefined ? notFound(context, 'document') : context.json(found);
  });
}
