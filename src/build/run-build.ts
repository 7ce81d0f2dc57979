/**
 * @file Carries out a plan. Each kind of build is one function here: documents, record, samples, report.
 */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { planMixture } from '../construction/mixture/mixture.ts';
import { shardName, shardPlaces } from '../construction/mixture/shard.ts';
import type { Selection } from '../corpus/filter.ts';
import { InputError, UsageError } from '../errors.ts';
import { versions } from '../runs/versions.ts';
import { readReviews, takeReviews } from '../samples/reviews.ts';
import { type SampleSummary, summaryOf } from '../samples/sample-counter.ts';
import { samplesOf } from '../samples/samples-of.ts';
import { buildRecordFile } from '../samples/write-dataset.ts';
import { inLockedDirectory } from '../storage/lock.ts';
import { checkSameBuild, documentsFingerprint, readBuildRecord, writeBuildRecord } from './build-record.ts';
import type { BuildContext, BuildReport } from './build-report.ts';
import { buildShard, mergeShards } from './build-shard.ts';
import { importDataset } from './import-dataset.ts';
import { makeDataset } from './make-dataset.ts';
import { corpusNote, makeMixture } from './make-mixture.ts';
import { journalFile } from './places-journal.ts';
import type {
  BuildPlan,
  CompletePlan,
  MergePlan,
  MixturePlan,
  QuickstartPlan,
  ShardPlan,
  SupplementPlan,
} from './plan.ts';
import { runLlm } from './run-llm.ts';
import { purposeOf, selectDocuments } from './select-documents.ts';
import { readShardRecord, removeShard, type ShardRecord, shardState, writeShardRecord } from './shard-record.ts';
import { supplement } from './supplement.ts';

/** Where a plan writes; nowhere, if it only reads. */
export function placeOf(plan: BuildPlan): string | undefined {
  if (plan.kind === 'complete') return undefined;
  return plan.kind === 'llm' ? plan.config.out : plan.out;
}

/**
 * Carries out a plan, and tells what came of it. No other process writes there meanwhile.
 *
 * @throws UsageError, InputError when what lies at the place belongs to another build, or no document can serve.
 * @throws ResourceError when another process works there, the disk is full, or the budget of the LLM track is spent; `resume` goes on then.
 */
export async function runBuild(plan: BuildPlan, context: BuildContext): Promise<BuildReport> {
  const place = placeOf(plan);
  return place === undefined
    ? await carryOut(plan, context)
    : await inLockedDirectory(place, () => carryOut(plan, context));
}

async function carryOut(plan: BuildPlan, context: BuildContext): Promise<BuildReport> {
  switch (plan.kind) {
    case 'quickstart':
      return await runQuickstart(plan, context);
    case 'mixture':
      return await runMixture(plan, context);
    case 'shard':
      return await runShard(plan, context);
    case 'merge':
      return await runMerge(plan, context);
    case 'supplement':
      return await runSupplement(plan, context);
    case 'llm':
      return await runLlm(plan, context);
    case 'import':
      return await importDataset(plan);
    case 'complete':
      return await countDataset(plan, context);
  }
}

const now = (): number => performance.now();

function datasetReport(out: string, start: number, summary: SampleSummary, lines: readonly string[]): BuildReport {
  const seconds = Math.round((now() - start) / 100) / 10;
  const words = `${summary.samples} samples in ${out} (${seconds} s). Read ${path.join(out, 'README.md')}.`;
  return { out, lines, summary: words, facts: { out, ...summary, seconds } };
}

async function countDataset({ out }: CompletePlan, { onEvent }: BuildContext): Promise<BuildReport> {
  const start = now();
  onEvent({ type: 'notice', text: `${out} is complete already.` });
  return datasetReport(out, start, await summaryOf(samplesOf(out)), []);
}

/** What a record says of the package and the documents. */
const stateOf = (selection: Selection): { version: string; documents: string } => ({
  version: versions().golongrl ?? '',
  documents: documentsFingerprint(selection),
});

/** Leaves a record of the build in its directory, so that it can go on; one that goes on must be the same. */
async function recordBuild(plan: QuickstartPlan | MixturePlan, selection: Selection): Promise<void> {
  const { out, resume, settings } = plan;
  const record = { ...stateOf(selection), settings };
  if (resume) checkSameBuild(await readBuildRecord(out), record);
  else await rm(path.join(out, journalFile), { force: true });
  await writeBuildRecord(out, record);
}

async function runQuickstart(plan: QuickstartPlan, context: BuildContext): Promise<BuildReport> {
  const start = now();
  const { out, settings } = plan;
  const selection = await selectDocuments(settings, 'dossiers', context);
  await recordBuild(plan, selection);
  const { seed, sizes, tokenizer } = settings;
  const made = await makeDataset({ directory: out, selection, seed, sizes, tokenizer, context }).catch(
    async (error: unknown) => {
      // Documents without a sample have none the next time either: nothing is left to go on with.
      if (error instanceof InputError) await rm(path.join(out, buildRecordFile), { force: true });
      throw error;
    },
  );
  const { samples, lines } = made;
  return datasetReport(out, start, await summaryOf(samples), Object.values(lines).flat());
}

async function runMixture(plan: MixturePlan, context: BuildContext): Promise<BuildReport> {
  const start = now();
  const { out, settings } = plan;
  const selection = await selectDocuments(settings, purposeOf(settings.mixture), context);
  await recordBuild(plan, selection);
  const { seed, mixture, tokenizer } = settings;
  const { summary, fill } = await makeMixture({ directory: out, selection, seed, mixture, tokenizer, context });
  return datasetReport(out, start, summary, fill);
}

async function runShard(plan: ShardPlan, context: BuildContext): Promise<BuildReport> {
  const { out, resume, settings, shard } = plan;
  const places = shardPlaces(shard, planMixture(settings.mixture).length).length;
  const summary = `Shard ${shardName(shard)} in ${out}: ${places} places. Merge all with: golongrl data merge`;
  const report: BuildReport = { out, lines: [], summary, facts: { out, shard, places } };
  if (resume && (await shardState(out)) === 'complete') return report;
  const selection = await selectDocuments(settings, purposeOf(settings.mixture), context);
  const corpus = corpusNote(selection);
  const record: ShardRecord = { ...stateOf(selection), settings, shard, corpus, complete: false };
  if (resume) checkSameShard(out, await readShardRecord(out), record);
  else {
    await removeShard(out);
    await writeShardRecord(out, record);
  }
  await buildShard(out, record, selection, context);
  return report;
}

/** @throws UsageError when another shard or build is in the directory. */
function checkSameShard(out: string, saved: ShardRecord, record: ShardRecord): void {
  checkSameBuild(saved, record);
  const told = ({ settings, shard }: ShardRecord): string => JSON.stringify({ ...settings, shard });
  if (told(saved) === told(record)) return;
  const message = `--out ${out}: holds a shard of other settings: ${told(saved)}, not ${told(record)}`;
  throw new UsageError('resume-fixed', message, 'Choose another --out, or --overwrite.');
}

async function runMerge({ out, shards }: MergePlan, context: BuildContext): Promise<BuildReport> {
  await rm(path.join(out, journalFile), { force: true });
  const { summary, fill: lines } = await mergeShards({ shards, directory: out, context });
  const words = `${summary.samples} samples of ${shards.length} shards in ${out}. Read ${path.join(out, 'README.md')}.`;
  return { out, lines, summary: words, facts: { out, shards: shards.length, ...summary } };
}

async function runSupplement(plan: SupplementPlan, context: BuildContext): Promise<BuildReport> {
  const { out, base: place, request, settings } = plan;
  if ((await readReviews(place)).size > 0) await takeReviews(place, out);
  const selection = await selectDocuments(settings, 'questions', context);
  const { base, added, lines } = await supplement({
    directory: out,
    request,
    base: () => samplesOf(place),
    selection,
    seed: settings.seed,
    tokenizer: settings.tokenizer,
    context,
  });
  const summary = `${added} samples added to ${base}, in ${out}. Compare: golongrl data diff ${place} ${out}`;
  return { out, lines, summary, facts: { out, base, added, asked: request.samples, clear: request.clear } };
}
