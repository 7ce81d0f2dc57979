/**
 * @file The work of `golongrl data calibrate`, loaded when it begins. Replies and labels lie beside the dataset that is written.
 */

import { type DifficultyLabel, labelSamples, labelsFile } from '../../construction/llm/calibrate.ts';
import { type Difficulty, difficulties, takeRatio } from '../../construction/llm/difficulty.ts';
import { checkSameTrack, settingsRecord, writeTrackRecord } from '../../construction/llm/track-record.ts';
import { endpointRecords, inWorkDirectory } from '../../construction/llm/work-directory.ts';
import { sha256 } from '../../corpus/make-document.ts';
import type { ComputeDevice } from '../../engine/local/compute.ts';
import { InputError } from '../../errors.ts';
import { allCounts } from '../../format.ts';
import { addCosts, noCost } from '../../llm/cost-ledger.ts';
import type { Sample } from '../../samples/sample.ts';
import { samplesOf } from '../../samples/samples-of.ts';
import { datasetExists, datasetState, readManifest, writeDataset } from '../../samples/write-dataset.ts';
import { estimateName } from '../../tokens.ts';
import { openChatModel } from '../shared/open-chat-model.ts';
import { ifExistsRule, type OutputFlags } from '../shared/options.ts';
import type { ProgressLine } from '../shared/progress-line.ts';
import type { Terminal } from '../shared/terminal.ts';
import { counted } from '../shared/watching.ts';

/** The flags of the command. */
export interface CalibrateFlags extends OutputFlags {
  readonly out: string;
  readonly weak: string;
  readonly weakModel: string;
  readonly strong?: string;
  readonly strongModel: string;
  readonly apiKeyEnv: string;
  readonly thinkingTokens?: number;
  readonly extraBody?: Readonly<Record<string, unknown>>;
  readonly omit?: readonly string[];
  readonly device?: ComputeDevice;
  readonly rollouts: number;
  readonly maxTokens: number;
  readonly temperature: number;
  readonly seed: number;
  readonly parallel: number;
  readonly attempts: number;
  readonly ratio: readonly [number, number, number];
  readonly all?: boolean;
  readonly limit?: number;
  readonly tokenBudget?: number;
}

async function* limited(samples: AsyncIterable<Sample>, limit = Number.POSITIVE_INFINITY): AsyncGenerator<Sample> {
  let taken = 0;
  for await (const sample of samples) {
    if (taken++ >= limit) return;
    yield sample;
  }
}

const tierOf = ({ difficulty }: DifficultyLabel): Difficulty | undefined =>
  difficulties.find((tier) => tier === difficulty);

/** The labels of what is kept. */
function choose(labels: readonly DifficultyLabel[], flags: CalibrateFlags): Map<string, DifficultyLabel> {
  const labelled = labels.filter((label) => tierOf(label) !== undefined);
  const kept = flags.all === true ? labelled : takeRatio(labelled, tierOf, flags.ratio);
  return new Map(kept.map((label) => [label.id, label]));
}

async function* chosenSamples(
  samples: AsyncIterable<Sample>,
  labels: ReadonlyMap<string, DifficultyLabel>,
): AsyncGenerator<Sample> {
  for await (const sample of samples) {
    const label = labels.get(sample.id);
    const difficulty = label === undefined ? undefined : tierOf(label);
    if (label === undefined || difficulty === undefined) continue;
    const calibration = { rollouts: label.rollouts, difficulty };
    yield { ...sample, provenance: { ...sample.provenance, calibration } };
  }
}

async function mayWrite(flags: CalibrateFlags): Promise<void> {
  const state = await datasetState(flags.out);
  if (state !== 'absent' && ifExistsRule(flags) === undefined) throw datasetExists(flags.out, state);
}

/** What replies and labels follow from. */
function settingsOf({ weak, strong, ...flags }: CalibrateFlags) {
  const { rollouts, temperature: heat, maxTokens, seed, weakModel, strongModel, limit, extraBody, omit } = flags;
  // An endpoint may move; a folder is the model.
  const name = (target: string, model: string): string => (/^https?:/.test(target) ? model : target);
  return {
    rollouts,
    temperature: heat,
    maxTokens,
    seed,
    limit,
    extraBody,
    omit,
    weakModel: name(weak, weakModel),
    ...(strong === undefined ? {} : { strongModel: name(strong, strongModel) }),
    weakEasyAbove: 0.75,
    weakMediumFrom: 0.5,
    strongMediumAbove: 0.75,
    strongHardFrom: 0.25,
    passRewardByTask: {},
  };
}

const workOf = ({ out }: CalibrateFlags): string => `${out}-work`;

/** Labels the samples and writes those that are chosen. @returns what came of it, and the same in words */
export async function calibrateDataset(dataset: string, flags: CalibrateFlags, line: ProgressLine, terminal: Terminal) {
  await mayWrite(flags);
  const work = workOf(flags);
  const settings = settingsOf(flags);
  const { seed: datasetSeed, ...manifest } = await readManifest(dataset);
  const total = Math.min(manifest.samples, flags.limit ?? Number.POSITIVE_INFINITY);
  const record = settingsRecord(settings, sha256(JSON.stringify(manifest.files)));
  const begin = async (): Promise<void> =>
    flags.resume === undefined ? await writeTrackRecord(work, record) : await checkSameTrack(work, record);
  const { weak, strong, close } = await openModels(flags, work, line, terminal);
  try {
    const budget = { tokens: flags.tokenBudget };
    const pool = { attempts: flags.attempts };
    const models = [weak, strong].filter((model) => model !== undefined);
    return await inWorkDirectory(work, { budget, pool, begin, models }, async ({ client, ledger }) => {
      line.start('Label samples');
      const labels = await labelSamples({
        client,
        models: { weak, strong },
        settings,
        samples: limited(samplesOf(dataset), flags.limit),
        parallel: flags.parallel,
        work,
        replies: () => ledger.spent.requests,
        onProgress: (done) => line.show({ done, total, detail: `${ledger.spent.requests} rollouts` }),
      });
      const chosen = choose(labels, flags);
      const found = reportOf(labels, [...chosen.values()]);
      if (chosen.size === 0) throw nothingChosen(found.labels, labelsFile(work), flags.out);
      await writeDataset(
        flags.out,
        chosenSamples(counted(line, 'Write dataset', samplesOf(dataset), manifest.samples), chosen),
        {
          seed: datasetSeed,
          tokenizer: manifest.tokenizer ?? estimateName,
          ifExists: 'overwrite',
          sections: [{ title: 'Difficulty', lines: linesOf(found) }],
          report: found,
        },
      );
      const last = `Written to ${flags.out}; labels: ${labelsFile(work)}`;
      return { ...found, lines: [...linesOf(found), last] };
    });
  } finally {
    await close();
  }
}

async function openModels(flags: CalibrateFlags, work: string, line: ProgressLine, terminal: Terminal) {
  const { apiKeyEnv, weak, weakModel, strong, strongModel, thinkingTokens, extraBody, omit } = flags;
  const price = { input: 0, output: 0 };
  const onNotice = (text: string): void => {
    if (flags.format !== 'quiet') line.keep(text);
  };
  const key = { apiKey: process.env[apiKeyEnv], apiKeyEnv };
  const all = { ...key, records: endpointRecords(work), onNotice, thinkingTokens, extraBody, omit };
  const first = await openChatModel(
    weak,
    { ...all, model: weakModel, place: 'weak', title: '--weak' },
    terminal,
    flags.device,
  );
  const second =
    strong === undefined
      ? undefined
      : await openChatModel(
          strong,
          { ...all, model: strongModel, place: 'strong', title: '--strong' },
          terminal,
          flags.device,
        );
  return {
    weak: { model: first.model, price },
    strong: second && { model: second.model, price },
    close: async () => {
      await first.close();
      await second?.close();
    },
  };
}

const nothingChosen = (labels: Readonly<Record<string, number>>, file: string, out: string): InputError =>
  new InputError(
    'nothing-chosen',
    `No sample is chosen (${allCounts(labels)}); ${out} is left as it was.`,
    `${file} says why for each. --all takes every label, --ratio another mixture; another model finds other labels.`,
  );

function reportOf(labels: readonly DifficultyLabel[], chosen: readonly DifficultyLabel[]) {
  const counts: Record<string, number> = {};
  for (const { difficulty } of labels) counts[difficulty] = (counts[difficulty] ?? 0) + 1;
  const byTask: Record<string, Record<string, number>> = {};
  for (const { task, difficulty } of labels) {
    const row = byTask[task] ?? {};
    byTask[task] = { ...row, [difficulty]: (row[difficulty] ?? 0) + 1 };
  }
  const kept = (tier: Difficulty): number => chosen.filter(({ difficulty }) => difficulty === tier).length;
  return {
    labelled: labels.length,
    labels: counts,
    byTask,
    samples: chosen.length,
    kept: Object.fromEntries(difficulties.map((tier) => [tier, kept(tier)])),
    cost: labels.reduce((sum, { cost }) => addCosts(sum, cost), noCost),
  };
}

function linesOf({ labelled, labels, byTask, samples, kept, cost }: ReturnType<typeof reportOf>): string[] {
  return [
    `${labelled} samples: ${allCounts(labels)}`,
    ...Object.entries(byTask).map(([task, counts]) => `${task}: ${allCounts(counts)}`),
    `${samples} chosen: ${allCounts(kept)}`,
    `${cost.requests} rollouts, ${cost.promptTokens} + ${cost.completionTokens} tokens`,
  ];
}
