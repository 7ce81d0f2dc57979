/**
 * @file What a plan would make, without making it (`data build --dry-run`).
 */

import { planMixture } from '../../construction/mixture/mixture.ts';
import { shardName, shardPlaces } from '../../construction/mixture/shard.ts';
import { selectionLines } from '../../corpus/select.ts';
import { summaryOf } from '../../samples/sample-counter.ts';
import { samplesOf } from '../../samples/samples-of.ts';
import { datasetState } from '../../samples/write-dataset.ts';
import type { BuildContext, BuildReport } from '../build-report.ts';
import type { BuildPlan, MixturePlan, QuickstartPlan, ShardPlan, SupplementPlan } from '../plan.ts';
import { previewLlm } from '../run-llm.ts';
import { purposeOf, selectDocuments } from '../select-documents.ts';
import { previewBuild, previewLines } from './preview-build.ts';
import { previewMixture } from './preview-mixture.ts';

/**
 * Writes nothing.
 *
 * @throws UsageError when something else lies at the place, InputError when no document can serve.
 */
export async function previewPlan(plan: BuildPlan, context: BuildContext): Promise<BuildReport> {
  switch (plan.kind) {
    case 'quickstart':
      return await previewQuickstart(plan, context);
    case 'mixture':
      return await previewMixturePlan(plan, context);
    case 'shard':
      return previewShard(plan);
    case 'supplement':
      return await previewSupplement(plan);
    case 'llm':
      return await previewLlm(plan, context);
    default:
      throw new Error(`a plan of kind ${plan.kind} has no preview`);
  }
}

const report = (facts: BuildReport['facts'], ...words: readonly string[]): BuildReport => ({
  lines: [],
  summary: words.join('\n'),
  facts,
});

const held = { absent: '', complete: ' It holds a dataset.', unfinished: ' It holds an unfinished dataset.' };

async function previewQuickstart({ out, settings }: QuickstartPlan, context: BuildContext): Promise<BuildReport> {
  const state = await datasetState(out);
  const selection = await selectDocuments(settings, 'dossiers', context);
  const { seed, sizes, tokenizer } = settings;
  const preview = await previewBuild({ selection, seed, sizes, tokenizer, context });
  const last = `Nothing was written to ${out}.${held[state]}`;
  return report({ out, state, settings, ...preview }, ...selectionLines(selection), ...previewLines(preview), last);
}

async function previewMixturePlan({ out, settings }: MixturePlan, context: BuildContext): Promise<BuildReport> {
  const state = await datasetState(out);
  const selection = await selectDocuments(settings, purposeOf(settings.mixture), context);
  const { lines, ...preview } = await previewMixture(settings, selection, context);
  const last = `Nothing was written to ${out}.${held[state]}`;
  return report({ out, state, settings, ...preview }, ...selectionLines(selection), ...lines, last);
}

function previewShard({ out, settings, shard }: ShardPlan): BuildReport {
  const plan = planMixture(settings.mixture);
  const own = shardPlaces(shard, plan.length);
  const tokens = own.reduce((sum, number) => sum + (plan[number]?.tokens ?? 0), 0);
  return report(
    { out, shard, settings, places: own.length, tokens },
    `Shard ${shardName(shard)}: ${own.length} of ${plan.length} places, ${tokens} tokens of prompts at most. Nothing was written to ${out}.`,
  );
}

async function previewSupplement({ out, base, request }: SupplementPlan): Promise<BuildReport> {
  const { samples, byTask } = await summaryOf(samplesOf(base));
  return report(
    { out, request, base: samples },
    `${request.samples} samples to add to ${samples} (${byTask[request.task]} of ${request.task}): ${request.reason}. Nothing was written to ${out}.`,
  );
}
