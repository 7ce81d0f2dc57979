/**
 * @file `golongrl data calibrate`: the difficulty of a dataset that exists, by rollouts of any model, and the samples that bring
 * easy, medium and hard to a ratio. Replies and labels lie beside the dataset that is written.
 */

import type { Command } from 'commander';
import { type DifficultyLabel, labelSamples, labelsFile } from '../../construction/llm/calibrate.ts';
import { type Difficulty, difficulties, takeRatio } from '../../construction/llm/difficulty.ts';
import { checkSameTrack, settingsRecord, writeTrackRecord } from '../../construction/llm/track-record.ts';
import { endpointRecords, inWorkDirectory } from '../../construction/llm/work-directory.ts';
import { sha256 } from '../../corpus/make-document.ts';
import { type ComputeDevice, computeDevices } from '../../engine/local/compute.ts';
import { InputError, UsageError } from '../../errors.ts';
import { allCounts } from '../../format.ts';
import { addCosts, noCost } from '../../llm/cost-ledger.ts';
import type { Sample } from '../../samples/sample.ts';
import { samplesOf } from '../../samples/samples-of.ts';
import { datasetExists, datasetState, readManifest, writeDataset } from '../../samples/write-dataset.ts';
import { estimateName } from '../../tokens.ts';
import {
  choice,
  formats,
  ifExistsRule,
  jsonFields,
  nameList,
  type OutputFlags,
  wholeNumber,
} from '../shared/options.ts';
import type { ProgressLine } from '../shared/progress-line.ts';
import type { Terminal } from '../shared/terminal.ts';
import { counted, watching } from '../shared/watching.ts';
import { openChatModel } from './open-chat-model.ts';

interface Flags extends OutputFlags {
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

const help = `
A rollout passes at reward 1 (summaries: 0.3). Of the weak model's, more than 0.75 passing is easy, 0.5 to 0.75 medium; the rest goes to
the strong model: more than 0.75 medium, 0.25 to 0.75 hard, less is left out. Without --strong, what the weak model leaves unsolved is
left out.

Examples:
  golongrl data calibrate dataset --weak models/micro --limit 200 --out calibrated
  golongrl data calibrate dataset --weak http://127.0.0.1:8000/v1 --weak-model small --strong https://example.org/v1 --strong-model big
  golongrl data calibrate dataset ... --resume     go on after a kill; only what has no reply is asked
`;

function ratio(text: string): readonly [number, number, number] {
  const parts = text.split(':').map(Number);
  const [easy, medium, hard] = parts;
  const whole = parts.length === 3 && parts.every((part) => Number.isFinite(part) && part >= 0) && parts.some(Boolean);
  if (whole && easy !== undefined && medium !== undefined && hard !== undefined) return [easy, medium, hard];
  throw new UsageError('not-a-ratio', `--ratio: got "${text}", expected easy:medium:hard, e.g. 3:6:1`);
}

function temperature(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0) return value;
  throw new UsageError('not-a-number', `--temperature: got "${text}", expected a number of at least 0`);
}

/** Replies and labels go to `<out>-work`, so that `--resume` asks only what has no reply. */
export function registerCalibrate(command: Command, terminal: Terminal): void {
  command
    .argument('<dataset>', 'a dataset folder')
    .requiredOption('--weak <model>', 'address of an endpoint, or a model folder for the embedded engine')
    .option('--weak-model <name>', 'its name at the endpoint', 'default')
    .option('--strong <model>', 'the model that gets what the weak one leaves unsolved')
    .option('--strong-model <name>', 'its name at the endpoint', 'default')
    .option('--api-key-env <name>', 'environment variable that holds the API key', 'OPENAI_API_KEY')
    .option('--thinking-tokens <n>', 'room for thoughts beside a response', wholeNumber('--thinking-tokens'))
    .option('--extra-body <json>', 'fields to add to each request, or to replace', jsonFields('--extra-body'))
    .option('--omit <list>', 'fields to leave out of each request, e.g. seed,top_p', nameList)
    .option(
      '--device <name>',
      `where the embedded engine computes: ${computeDevices.join(' | ')}`,
      choice('--device', computeDevices),
    )
    .option('--rollouts <n>', 'rollouts of each sample', wholeNumber('--rollouts', 1), 8)
    .option('--max-tokens <n>', 'longest response', wholeNumber('--max-tokens', 1), 2048)
    .option('--temperature <n>', 'temperature of the rollouts', temperature, 1)
    .option('--seed <n>', 'seed of the rollouts', wholeNumber('--seed'), 7)
    .option('--parallel <n>', 'samples under way at once', wholeNumber('--parallel', 1), 8)
    .option('--attempts <n>', 'tries of one request', wholeNumber('--attempts', 1), 8)
    .option('--ratio <easy:medium:hard>', 'what the chosen samples come to', ratio, [3, 6, 1] as const)
    .option('--all', 'keep every sample that has a label, in any ratio')
    .option('--limit <n>', 'only the first samples', wholeNumber('--limit', 1))
    .option('--token-budget <n>', 'most tokens that may be spent, all runs together', wholeNumber('--token-budget'))
    .option('--out <dir>', 'where to write the calibrated dataset', 'calibrated')
    .option('--resume', 'go on with a calibration that was killed')
    .option('--overwrite', 'replace a dataset in the same place')
    .option('--format <format>', `result on stdout: ${formats.join(' | ')}`, choice('--format', formats), 'human')
    .addHelpText('after', help)
    .action((dataset: string, flags: Flags) => calibrate(dataset, flags, terminal));
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
function choose(labels: readonly DifficultyLabel[], flags: Flags): Map<string, DifficultyLabel> {
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

async function mayWrite(flags: Flags): Promise<void> {
  const state = await datasetState(flags.out);
  if (state !== 'absent' && ifExistsRule(flags) === undefined) throw datasetExists(flags.out, state);
}

/** What replies and labels follow from. */
function settingsOf({ weak, strong, ...flags }: Flags) {
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

async function calibrate(dataset: string, flags: Flags, terminal: Terminal): Promise<void> {
  const report = await watching(terminal, flags.format, (line) => label(dataset, flags, line, terminal));
  if (flags.format === 'json') terminal.out(`${JSON.stringify({ out: flags.out, ...report })}\n`);
  else if (flags.format === 'quiet') terminal.out(`${flags.out}\n`);
  else {
    const labels = labelsFile(workOf(flags));
    terminal.out(`${[...linesOf(report), `Written to ${flags.out}; labels: ${labels}`].join('\n')}\n`);
  }
}

const workOf = ({ out }: Flags): string => `${out}-work`;

/** Labels the samples and writes those that are chosen. */
async function label(dataset: string, flags: Flags, line: ProgressLine, terminal: Terminal) {
  line.start('Open models');
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
      return found;
    });
  } finally {
    await close();
  }
}

async function openModels(flags: Flags, work: string, line: ProgressLine, terminal: Terminal) {
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
