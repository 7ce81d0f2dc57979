/**
 * @file `golongrl data build CONFIG`: the LLM track. The configuration holds every setting; flags only say what to do about a dataset
 * that exists.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { buildLlmTrack, type LlmTrackProgress, workDirectory } from '../../construction/llm/build-llm.ts';
import { renderChecks } from '../../construction/llm/checks-table.ts';
import { type LlmTrackConfig, readLlmTrackConfig } from '../../construction/llm/config.ts';
import { estimateTrack } from '../../construction/llm/estimate.ts';
import { injectionIn } from '../../construction/llm/injections.ts';
import { assignmentLines } from '../../construction/llm/plan-slots.ts';
import type { Document } from '../../corpus/document.ts';
import { selectPackagedDocuments } from '../../corpus/load-corpus.ts';
import { selectOwnDocuments } from '../../corpus/own-documents.ts';
import { GolongrlError, ResourceError, UsageError } from '../../errors.ts';
import type { PricedModel } from '../../llm/cached-client.ts';
import type { Cost } from '../../llm/cost-ledger.ts';
import { openEndpoint } from '../../llm/endpoint.ts';
import { patientFetch } from '../../llm/patient-fetch.ts';
import { stage } from '../../runs/events.ts';
import { datasetExists, datasetState } from '../../samples/write-dataset.ts';
import { ifExistsRule, type OutputFlags } from '../shared/options.ts';
import { progress } from '../shared/progress.ts';
import type { Terminal } from '../shared/terminal.ts';
import { openEmbedded } from './open-chat-model.ts';

interface Opened {
  readonly models: ReadonlyMap<string, PricedModel>;
  close(): Promise<void>;
}

async function openModels({ endpoints }: LlmTrackConfig): Promise<Opened> {
  const models = new Map<string, PricedModel>();
  const engines: { close(): Promise<void> }[] = [];
  for (const [name, endpoint] of Object.entries(endpoints)) {
    const { url, engine: directory, model, apiKeyEnv, timeoutSeconds, idleSeconds, stream, price } = endpoint;
    if (directory === undefined) {
      const apiKey = process.env[apiKeyEnv];
      const [timeout, idle] = [timeoutSeconds * 1000, idleSeconds * 1000];
      models.set(name, {
        model: openEndpoint({ url: url ?? '', model, place: name, apiKey, timeout, stream, idle }),
        price,
      });
      continue;
    }
    const { model: embedded, close } = await openEmbedded(directory);
    engines.push({ close });
    models.set(name, { model: embedded, price });
  }
  return {
    models,
    close: async () => {
      for (const engine of engines) await engine.close();
    },
  };
}

/** A wrong address is told before anything is tried for a minute. Replies on disk may suffice, so a build that goes on is not stopped. */
async function checkReachable(config: LlmTrackConfig): Promise<void> {
  if (existsSync(path.join(workDirectory(config), 'replies.jsonl'))) return;
  for (const [name, { url }] of Object.entries(config.endpoints)) {
    if (url === undefined) continue;
    try {
      const reply = await patientFetch(`${url.replace(/\/+$/, '')}/models`, { signal: AbortSignal.timeout(2000) });
      await reply.body?.cancel();
    } catch (error) {
      // A server that is busy is there.
      if (error instanceof Error && ['TimeoutError', 'AbortError'].includes(error.name)) continue;
      const why =
        error instanceof Error ? error.message || String((error as NodeJS.ErrnoException).code) : String(error);
      const hint = 'Start the server, or correct `url`.';
      throw new ResourceError('endpoint-unreachable', `endpoints.${name}: nothing answers at ${url} (${why})`, hint);
    }
  }
}

async function documentsOf({ docs, licence }: LlmTrackConfig): Promise<readonly Document[]> {
  const own = { ...(licence === undefined ? {} : { licence }), purpose: 'whole' } as const;
  return (docs === undefined ? selectPackagedDocuments() : await selectOwnDocuments(docs, own)).kept;
}

const costWords = ({ requests, promptTokens, completionTokens, money }: Cost): string =>
  `${requests} requests, ${promptTokens} + ${completionTokens} tokens, ${money.toFixed(4)} of money`;

async function mayWrite(out: string, flags: OutputFlags): Promise<void> {
  const state = await datasetState(out);
  const rule = ifExistsRule(flags);
  if (state !== 'absent' && rule !== 'overwrite' && rule !== 'resume') throw datasetExists(out, state);
}

/** @throws UsageError for a wrong configuration, ResourceError when requests fail or the budget is spent. */
export async function buildFromConfig(file: string, flags: OutputFlags, terminal: Terminal): Promise<void> {
  if (typeof flags.resume === 'string')
    throw new UsageError(
      'resume-fixed',
      `--resume ${flags.resume}: the configuration names the directory`,
      'Write --resume alone.',
    );
  const config = await readLlmTrackConfig(file);
  const documents = await documentsOf(config);
  if (flags.dryRun) {
    const injected = documents.filter(({ text }) => injectionIn(text) !== undefined).map(({ id }) => id);
    const { drafts, about, most } = estimateTrack(config, documents);
    const words = [
      `${drafts} drafts over ${documents.length} documents; ${injected.length} address a model and are not used.`,
      `About ${costWords(about)}: no repairs, every draft through every check, half of the room for answers used.`,
      `At most ${costWords(most)}: every byte a token, every repair needed, every answer as long as it may be.`,
      ...assignmentLines(config, documents),
      'Nothing was sent.\n',
    ];
    const { budget } = config;
    terminal.out(
      flags.format === 'json' ? `${JSON.stringify({ drafts, ...most, about, injected, budget })}\n` : words.join('\n'),
    );
    return;
  }
  await mayWrite(config.out, flags);
  await checkReachable(config);
  const { models, close } = await openModels(config);
  try {
    const onEvent = flags.format === 'human' ? progress(terminal) : () => undefined;
    const report = await stage('dataset', { onEvent, seconds: {} }, async (show) => {
      const onProgress = ({ done, drafts, accepted, spent }: LlmTrackProgress): void =>
        show(done, drafts, `${accepted} accepted, ${spent.requests} requests, ${spent.money.toFixed(4)} of money`);
      const value = await buildLlmTrack({ config, documents, models, resume: flags.resume === true, onProgress });
      return { value, summary: `${value.samples} samples of ${value.drafts} drafts` };
    });
    if (flags.format === 'json') terminal.out(`${JSON.stringify({ out: config.out, ...report })}\n`);
    else if (flags.format === 'quiet') terminal.out(`${config.out}\n`);
    else {
      const { samples, drafts, cost, discarded } = report;
      const lost = discarded['no-reply'] ?? 0;
      if (lost > 0) terminal.err(`${lost} drafts got no reply and are set aside; --resume asks for them again.\n`);
      terminal.out(
        `${samples} samples of ${drafts} drafts in ${config.out}; ${report.leftOut} left out.\n${renderChecks(report.checks)}\n${costWords(cost)}. Replies and the reason of each discarded draft (outcomes.jsonl): ${workDirectory(config)}\n`,
      );
    }
    if (report.samples === 0) {
      const message = `none of ${report.drafts} drafts was accepted; nothing was written to ${config.out}`;
      const reasons = path.join(workDirectory(config), 'outcomes.jsonl');
      throw new GolongrlError('nothing-accepted', message, `${reasons} says why of each.`);
    }
  } finally {
    await close();
  }
}
