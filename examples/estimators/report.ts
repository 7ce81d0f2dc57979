/**
 * @file The page and the figure of the comparison, from the runs that `run.ts` has finished.
 *
 *     npx tsx examples/estimators/report.ts --out runs/estimators --docs docs
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { intervalText } from '../../src/evaluation/compare/table.ts';
import type { Comparison, OverSeeds } from '../../src/evaluation/index.ts';
import { signed } from '../../src/format.ts';
import { RunDirectory } from '../../src/runs/run-directory.ts';
import { writeFileAtomic } from '../../src/storage/files.ts';
import { type TaskId, taskIds } from '../../src/tasks/index.ts';
import { parseConfig } from '../../src/training/index.ts';
import { type Difference, differencesOf, gainsOf } from './compare.ts';
import { type FinishedSeed, readSeeds, readShared, type ScalesByEstimator } from './read-runs.ts';
import { scaleFigure } from './scale-figure.ts';
import { compared, defaults, runName, type SettingName, settingNames, settings } from './settings.ts';

const { values: flags } = parseArgs({
  options: {
    out: { type: 'string', default: 'runs/estimators' },
    docs: { type: 'string', default: 'docs' },
    seeds: { type: 'string', default: '1,2,3,4,5' },
  },
});

const table = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, k) => Math.max(3, ...rows.map((row) => row[k]?.length ?? 0)));
  const line = (row: readonly string[]) => `| ${row.map((cell, k) => cell.padEnd(widths[k] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
};

const change = ({ mean }: Comparison): string => `${signed(mean.after - mean.before)} ${intervalText(mean)}`;

/** The mean of the tasks weighted as the training samples are. */
function byShares({ tasks }: Comparison, setting: SettingName): string {
  const weights = Object.keys(tasks).map((task) => settings[setting].shares[task as TaskId]);
  const sum = weights.reduce((a, b) => a + b, 0);
  const gain = Object.values(tasks).reduce(
    (all, { before, after }, k) => all + (weights[k] ?? 0) * (after - before),
    0,
  );
  return signed(gain / sum);
}

const overSeedsText = ({ mean, ci95 }: OverSeeds): string =>
  Number.isFinite(ci95[0]) ? `${signed(mean)} ${intervalText({ ci95 })}` : `${signed(mean)} (one seed)`;

function gainTables(setting: SettingName, seeds: readonly FinishedSeed[]): string[] {
  const gains = gainsOf(seeds);
  const head = ['Estimator', 'before', 'after', 'gain, 95 % over documents', 'gain by the training shares'];
  const rows = gains.map(({ estimator, change: all }) => [
    `\`${estimator}\``,
    all.mean.before.toFixed(3),
    all.mean.after.toFixed(3),
    change(all),
    byShares(all, setting),
  ]);
  const tasks = gains.map(({ estimator, change: all }) => [
    `\`${estimator}\``,
    ...taskIds.map((task) => {
      const own = all.tasks[task];
      return own === undefined ? '–' : signed(own.after - own.before, 2);
    }),
  ]);
  return [table([head, ...rows]), '', 'Gain by task:', '', table([['Estimator', ...taskIds], ...tasks])];
}

const sizeText = (value: number): string => (Number.isFinite(value) ? value.toFixed(3) : '–');

function differenceTable(differences: readonly Difference[]): string {
  const head = ['Minus', 'Estimator', '95 % over seeds', '95 % over documents', 'p', 'Holm', 'seen from', 'after Holm'];
  const rows = differences.map(({ reference, estimator, seeds, questions, significant, detectable }) => [
    `\`${reference}\``,
    `\`${estimator}\``,
    overSeedsText(seeds),
    intervalText(questions.mean),
    Number.isFinite(detectable.alone) ? seeds.p.toFixed(3) : '–',
    significant ? 'differs' : '',
    sizeText(detectable.alone),
    sizeText(detectable.corrected),
  ]);
  return table([head, ...rows]);
}

/** Without a second seed nobody knows by how much two trainings of one kind differ. */
function oneSeedText(differences: readonly Difference[]): string {
  const halves = differences.map(({ questions: { mean } }) => (mean.ci95[1] - mean.ci95[0]) / 2);
  const width = sizeText(halves.reduce((a, b) => a + b, 0) / halves.length);
  const apart = differences.filter(({ questions: { mean } }) => mean.ci95[0] > 0 || mean.ci95[1] < 0).length;
  return `**One seed says nothing about which estimator is better**: only others show by how much two trainings of one kind differ. Over the documents alone a difference is known to ±${width} in the mean, and ${apart} of ${differences.length} intervals exclude zero, before any correction.`;
}

/** What the differences come to, in two or three sentences. */
function verdictText(differences: readonly Difference[]): string {
  if (!differences.some(({ detectable }) => Number.isFinite(detectable.alone))) return oneSeedText(differences);
  const found = differences.filter(({ significant }) => significant);
  const range = (key: keyof Difference['detectable']) => {
    const values = differences.map(({ detectable }) => detectable[key]).filter(Number.isFinite);
    return `${sizeText(Math.min(...values))} to ${sizeText(Math.max(...values))}`;
  };
  const size = `A true difference of ${range('alone')}, by the pair, would have been seen in four of five cases by itself, of ${range('corrected')} after the correction.`;
  const nominal = differences.filter(({ seeds }) => seeds.p < 0.05).length;
  const words = found.map(
    ({ setting, reference, estimator, seeds }) =>
      `\`${estimator}\` against \`${reference}\` in \`${setting}\` (${signed(seeds.mean)})`,
  );
  return found.length === 0
    ? `**No difference remains** of ${differences.length} after Holm's correction; ${nominal} single ones have p below 0.05. ${size}`
    : `After Holm's correction over ${differences.length} differences these remain: ${words.join(', ')}. ${size}`;
}

const numbers = flags.seeds.split(',').map(Number);
const notYet =
  '**Not run to an end yet**: no seed is complete, so that nothing is said here of which estimator is better. The commands below finish it.';

const sharedText = (names: readonly SettingName[]): string =>
  `Of ${names.map((name) => `\`${name}\``).join(' and ')} no seed is complete: the panels show what each estimator makes of the rewards of one run of \`grpo\`.`;

/** As the first run that is there was made; without one, as it would be. */
async function sizesOf(seeds: readonly number[]): Promise<Readonly<Record<keyof typeof defaults, number>>> {
  for (const setting of settingNames) {
    for (const seed of seeds) {
      const run = new RunDirectory(join(flags.out, runName(setting, seed, 'grpo')));
      if (!(await run.hasConfig())) continue;
      const { steps, rollout, evaluation } = parseConfig(await run.readConfig(), { file: run.file('config.yaml') });
      return { steps, prompts: rollout.prompts, group: rollout.group, samplesPerTask: evaluation.samplesPerTask };
    }
  }
  return defaults;
}

const seedsOf = new Map<SettingName, readonly FinishedSeed[]>();
const scalesOf = new Map<SettingName, readonly ScalesByEstimator[]>();
for (const setting of settingNames) {
  const seeds = await readSeeds(flags.out, setting, numbers);
  const shared = await readShared(flags.out, setting, numbers);
  if (seeds.length > 0) seedsOf.set(setting, seeds);
  const own = seeds.map(({ runs }) => new Map(compared.map((name) => [name, runs[name].scales] as const)));
  if (own.length > 0) scalesOf.set(setting, own);
  else if (shared !== undefined) scalesOf.set(setting, [shared]);
}

const differences = differencesOf(seedsOf);
const sections = [...seedsOf].flatMap(([setting, seeds]) => [
  `## ${setting}: ${seeds.length} ${seeds.length === 1 ? 'seed' : 'seeds'}`,
  '',
  ...gainTables(setting, seeds),
  '',
  'Differences after training, mean of tasks:',
  '',
  differenceTable(differences.filter((difference) => difference.setting === setting)),
  '',
]);
const template = await readFile(new URL('page.md', import.meta.url), 'utf8');
const { steps, prompts, group, samplesPerTask } = await sizesOf(numbers);
const ofOneRun = settingNames.filter((setting) => scalesOf.has(setting) && !seedsOf.has(setting));
const facts: Readonly<Record<string, string>> = {
  VERDICT: seedsOf.size === 0 ? notYet : verdictText(differences),
  RUN: `${steps} steps of ${prompts} prompts x ${group} rollouts, ${samplesPerTask} held-out questions a task`,
  TABLES: sections.join('\n').trim(),
  FIGURE: scalesOf.size === 0 ? '' : '![Root mean square of the advantages by task and step](estimators.svg)',
  SHARED: ofOneRun.length === 0 ? '' : sharedText(ofOneRun),
};
const page = template
  .replace(seedsOf.size === 0 ? /<!-- tables -->.*?<!-- end -->\n/s : /<!-- (tables|end) -->\n/g, '')
  .replace(/\{\{(\w+)\}\}/g, (_, name: string) => facts[name] ?? '')
  .replace(/\n{3,}/g, '\n\n');
await writeFileAtomic(join(flags.docs, 'estimators.md'), page);
if (scalesOf.size > 0) await writeFileAtomic(join(flags.docs, 'estimators.svg'), scaleFigure(scalesOf));
console.log(facts.VERDICT);
