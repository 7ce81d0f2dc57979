/**
 * @file The LLM track as a build: the models of the configuration, the drafts, what they cost; and the estimate of it beforehand.
 */
import path from 'node:path';
import { buildLlmTrack, type LlmTrackProgress, workDirectory } from '../construction/llm/build-llm.ts';
import type { LlmTrackConfig } from '../construction/llm/config.ts';
import { estimateTrack } from '../construction/llm/estimate.ts';
import { injectionIn } from '../construction/llm/injections.ts';
import { assignmentLines } from '../construction/llm/plan/plan-slots.ts';
import { renderChecks } from '../construction/llm/report/checks-table.ts';
import { type LlmTrackReport, renderStages, reportLines } from '../construction/llm/report/track-report.ts';
import { openTokenCounter } from '../engine/token-counter.ts';
import { GolongrlError } from '../errors.ts';
import type { Cost } from '../llm/cost-ledger.ts';
import { stage } from '../runs/events.ts';
import type { BuildContext, BuildReport } from './build-report.ts';
import { openModels } from './llm-models.ts';
import type { LlmPlan } from './plan.ts';
import { corpusStage, documentsOf } from './select-documents.ts';

const costWords = ({ requests, promptTokens, completionTokens, money }: Cost): string =>
  `${requests} requests, ${promptTokens} + ${completionTokens} tokens, ${money.toFixed(4)} of money`;

/** What a build would ask and cost. Nothing is sent. */
export async function previewLlm({ config }: LlmPlan, context: BuildContext): Promise<BuildReport> {
  const { kept: documents } = await corpusStage(context, () => documentsOf(config, 'whole'));
  const injected = documents.filter(({ text }) => injectionIn(text) !== undefined).map(({ id }) => id);
  const { drafts, about, most } = estimateTrack(config, documents);
  const words = [
    `${drafts} drafts over ${documents.length} documents; ${injected.length} address a model and are not used.`,
    `About ${costWords(about)}: no repairs, every draft through every check, half of the room for answers used and 2,000 tokens at most.`,
    `At most ${costWords(most)}: every byte a token, every repair needed, every answer and thought as long as it may be.`,
    ...assignmentLines(config, documents),
    'Nothing was sent.',
  ];
  const facts = { drafts, ...most, about, injected, budget: config.budget };
  return { lines: [], summary: words.join('\n'), facts };
}

/** @throws ResourceError when requests fail or the budget is spent, UsageError, InputError when `resume` finds another build. */
export async function runLlm({ config, resume }: LlmPlan, context: BuildContext): Promise<BuildReport> {
  const { kept: documents } = await corpusStage(context, () => documentsOf(config, 'whole'));
  const counter = await openTokenCounter(config.tokenizer);
  const { models, close } = await openModels(config, context);
  try {
    const report = await stage('dataset', context, async (show) => {
      const onProgress = ({ done, drafts, accepted, replies, spent }: LlmTrackProgress): void => {
        const told = Object.entries(replies).map(([name, count]) => `${name} ${count}`);
        show(done, drafts, `${accepted} accepted, ${spent.money.toFixed(4)} of money; replies: ${told.join(', ')}`);
      };
      const value = await buildLlmTrack({ config, documents, models, counter, resume, onProgress });
      return { value, summary: `${value.samples} samples of ${value.drafts} drafts` };
    });
    return reportOf(config, report);
  } finally {
    await close();
  }
}

function reportOf(config: LlmTrackConfig, report: LlmTrackReport): BuildReport {
  const { out } = config;
  const { samples, drafts, leftOut, cost, checks, discarded } = report;
  const lost = discarded['no-reply'] ?? 0;
  const summary = [
    `${samples} samples of ${drafts} drafts in ${out}; ${leftOut} left out.`,
    renderChecks(checks),
    renderStages(report.stages),
    ...reportLines(report),
    `${costWords(cost)}. Replies and the reason of each discarded draft (outcomes.jsonl): ${workDirectory(config)}`,
  ];
  return {
    out,
    lines: lost === 0 ? [] : [`${lost} drafts got no reply and are set aside; --resume asks for them again.`],
    summary: summary.join('\n'),
    facts: { out, ...report },
    ...(samples === 0 && { failure: nothingAccepted(config, drafts) }),
  };
}

function nothingAccepted(config: LlmTrackConfig, drafts: number): GolongrlError {
  const message = `none of ${drafts} drafts was accepted; nothing was written to ${config.out}`;
  const reasons = path.join(workDirectory(config), 'outcomes.jsonl');
  return new GolongrlError('nothing-accepted', message, `${reasons} says why of each.`);
}
