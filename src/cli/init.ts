/**
 * @file `golongrl init`: looks at a folder and the machine, asks what it cannot see (four questions at most, none without a terminal), and writes a
 * configuration that runs.
 */
import { existsSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { InputError, UsageError } from '../errors.ts';
import type { SetupSamples } from '../experiment/setup/samples.ts';
import type { Survey } from '../experiment/setup/survey.ts';
import { grouped } from '../format.ts';
import { writeFileAtomic } from '../storage/files.ts';
import { progress } from './shared/progress.ts';
import type { Choice, Terminal } from './shared/terminal.ts';

interface Flags {
  readonly yes?: boolean;
  readonly overwrite?: boolean;
  readonly model?: string;
}

const help = `
Finds datasets, documents, model folders, GGUF files and a Tinker server (TINKER_BASE_URL), asks which of them to use and how long training may
take, builds a dataset where there are only documents, and writes golongrl.yaml: sizes that fit into this machine, every field with what it is.
Then:
  golongrl train golongrl.yaml

Examples:
  golongrl init                  in the folder with your documents, dataset or model
  golongrl init --yes            no questions: the first dataset or the folder with most documents; a model that is found, else micro
  golongrl init --model micro    the bundled policy, even if there is a model
`;

const fileName = 'golongrl.yaml';

/** Exit code 1 when there is nothing to train on, or nothing fits into the machine; then no configuration is written. */
export function register(command: Command, terminal: Terminal): void {
  command
    .argument('[dir]', 'folder to look at and to write into', '.')
    .option('-y, --yes', 'ask nothing')
    .option('--model <path>', 'policy: micro, a model folder or a GGUF file')
    .option('--overwrite', `replace a ${fileName} that is there`)
    .addHelpText('after', help)
    .action((dir: string, flags: Flags) => init(dir, flags, terminal));
}

/** Asks where somebody can answer; else, and with `--yes`, the first choice is taken. */
type Ask = <T>(question: string, choices: readonly [Choice<T>, ...Choice<T>[]]) => Promise<T>;

function asker({ choose }: Terminal, { yes }: Flags): Ask {
  return async (question, choices) => {
    const [first] = choices;
    if (choices.length === 1 || yes === true || choose === undefined) return first.value;
    const index = await choose(
      question,
      choices.map(({ label }) => label),
    );
    const chosen = index === undefined ? undefined : choices[index];
    if (chosen === undefined) throw new UsageError('init-stopped', 'Nothing was written.', 'Run golongrl init again.');
    return chosen.value;
  };
}

const plural = (count: number, one: string): string => `${grouped(count)} ${one}${count === 1 ? '' : 's'}`;

function surveyLines(dir: string, { datasets, documents, models, server, machine }: Survey): string[] {
  const shown = (paths: readonly string[]): string => paths.map((one) => path.relative(dir, one) || '.').join(', ');
  return [
    ...(datasets.length === 0 ? [] : [`${plural(datasets.length, 'dataset')}: ${shown(datasets)}`]),
    ...documents.slice(0, 3).map(({ folder, files }) => `${plural(files, 'document')} in ${shown([folder])}`),
    ...(models.length === 0 ? [] : [`${plural(models.length, 'model')}: ${shown(models)}`]),
    ...(server === undefined ? [] : [`a Tinker server: ${server}`]),
    `${plural(machine.cores, 'core')}, ${(machine.memory / 2 ** 30).toFixed(1)} GiB of memory`,
  ];
}

type Source = { readonly dataset: string } | { readonly docs: string };

function checkAnything(dir: string, { datasets, documents }: Survey): void {
  if (datasets.length + documents.length > 0) return;
  throw new InputError(
    'nothing-to-train-on',
    `${dir}: holds no dataset and no documents (txt, md, html, pdf, docx, csv, jsonl, ...).`,
    'Copy some documents into it, or see all of it on ours first: golongrl quickstart',
  );
}

/** Datasets with prompts that the policy can read, and the documents that a new one may be built from. */
async function sourcesOf(
  dir: string,
  { datasets, documents }: Survey,
  policy: Policy,
): Promise<[Choice<Source>, ...Choice<Source>[]]> {
  const { hasPromptWithin } = await import('../experiment/setup/samples.ts');
  const { longestPrompt } = await import('../experiment/setup/propose.ts');
  const most = policy.server === undefined ? await longestPrompt(policy) : Number.POSITIVE_INFINITY;
  const shown = (one: string): string => path.relative(dir, one) || '.';
  const fitting: string[] = [];
  for (const dataset of datasets) if (await hasPromptWithin(dataset, most)) fitting.push(dataset);
  const [first, ...others]: Choice<Source>[] = [
    ...fitting.map((dataset) => ({ label: `the dataset ${shown(dataset)}`, value: { dataset } })),
    ...documents.slice(0, 4).map(({ folder, files }) => ({
      label: `a new dataset from ${plural(files, 'document')} in ${shown(folder)}`,
      value: { docs: folder },
    })),
  ];
  if (first !== undefined) return [first, ...others];
  throw new InputError(
    'nothing-fits',
    `${policy.model} reads prompts of up to ${grouped(Math.floor(most))} tokens; ${datasets.map(shown).join(', ')} has none so short.`,
    'Build shorter ones: golongrl data build --short 900 --long 0 --out short, with --docs for your own documents.',
  );
}

interface Policy {
  /** As the configuration names it. */
  readonly model: string;
  readonly folder: string;
  readonly server?: string | undefined;
}

async function policiesOf(dir: string, { models, server }: Survey, named?: string): Promise<Choice<Policy>[]> {
  const { modelFolder } = await import('../experiment/model-folder.ts');
  const micro = { label: 'micro, the bundled policy: minutes, to see how it works', value: await microPolicy() };
  if (named === 'micro') return [micro];
  const local = (folder: string): Policy => ({ model: path.relative(dir, folder) || '.', folder });
  if (named !== undefined) return [{ label: named, value: local(await modelFolder(named)) }];
  return [
    ...models.map((folder) => ({ label: `${path.relative(dir, folder) || '.'}, here`, value: local(folder) })),
    ...(server === undefined ? [] : models).map((folder) => ({
      label: `${path.relative(dir, folder)} on ${server}`,
      value: { ...local(folder), server },
    })),
    micro,
  ];
}

async function microPolicy(): Promise<Policy> {
  const { modelFolder } = await import('../experiment/model-folder.ts');
  return { model: 'micro', folder: await modelFolder('micro') };
}

const times: [Choice<number>, ...Choice<number>[]] = [
  { label: 'about two hours', value: 2 * 3600 },
  { label: 'about twenty minutes', value: 20 * 60 },
  { label: 'a night', value: 10 * 3600 },
];

async function samplesOf(dir: string, source: Source, policy: Policy, terminal: Terminal): Promise<SetupSamples> {
  const { buildPlanFor, buildSamples, samplesOfDataset } = await import('../experiment/setup/samples.ts');
  if ('dataset' in source) return await samplesOfDataset(source.dataset);
  const out = freeFolder(path.join(dir, 'dataset'));
  const openModel = async (): Promise<never> => {
    throw new Error('no model is asked for');
  };
  const context = { onEvent: progress(terminal), seconds: {}, openModel };
  return await buildSamples(await buildPlanFor(source.docs, out, policy), context);
}

/** The first of `dataset`, `dataset-2`, ... that is not there. */
function freeFolder(wanted: string, number = 2): string {
  if (!existsSync(wanted)) return wanted;
  return existsSync(`${wanted}-${number}`) ? freeFolder(wanted, number + 1) : `${wanted}-${number}`;
}

/** As the first line of the configuration names it. */
function schemaFrom(dir: string): string {
  const file = fileURLToPath(new URL('../../dist/schemas/train.json', import.meta.url));
  const near = path.relative(dir, file);
  return near.startsWith('../..') ? file : near.startsWith('.') ? near : `./${near}`;
}

async function checkTarget(dir: string, { overwrite }: Flags, ask: Ask): Promise<string> {
  const found = await stat(dir).catch(() => undefined);
  if (found === undefined)
    throw new InputError('folder-missing', `${dir}: there is no such folder.`, 'Give one that is there.');
  if (!found.isDirectory())
    throw new InputError('not-a-folder', `${dir}: is a file.`, 'Give the folder that it is in.');
  const file = path.join(dir, fileName);
  if (!existsSync(file) || overwrite === true) return file;
  const keep = { label: 'Leave it alone and stop', value: false };
  const replaced = await ask(`${file} is there already. What now?`, [keep, { label: 'Replace it', value: true }]);
  if (replaced) return file;
  throw new UsageError(
    'config-exists',
    `${file}: is there already; nothing was changed.`,
    'Add --overwrite to replace it.',
  );
}

async function init(dir: string, flags: Flags, terminal: Terminal): Promise<void> {
  const ask = asker(terminal, flags);
  const file = await checkTarget(dir, flags, ask);
  const { surveyFolder } = await import('../experiment/setup/survey.ts');
  const survey = await surveyFolder(dir);
  const found = surveyLines(dir, survey);
  terminal.err(`${found.map((line) => `  ${line}`).join('\n')}\n`);
  checkAnything(dir, survey);
  const [first, ...others] = await policiesOf(dir, survey, flags.model);
  const policy = first === undefined ? await microPolicy() : await ask('Which policy?', [first, ...others]);
  const source = await ask('What to train it on?', await sourcesOf(dir, survey, policy));
  const timed = policy.model !== 'micro' && policy.server === undefined;
  const seconds = timed ? await ask('How long may training take here?', times) : 3600;
  const samples = await samplesOf(dir, source, policy, terminal);
  const { propose } = await import('../experiment/setup/propose.ts');
  const { configText } = await import('../experiment/setup/config-text.ts');
  const near = (target: string): string => path.relative(dir, target);
  const { config, prompts } = await propose({
    ...policy,
    train: near(samples.train),
    heldout: samples.heldout === undefined ? undefined : near(samples.heldout),
    promptTokens: samples.promptTokens,
    seconds,
    memory: survey.machine.memory,
  });
  const head = [
    `Written by golongrl init. Here: ${found.join('; ')}.`,
    `${grouped(prompts)} of ${plural(samples.promptTokens.length, 'training sample')} have prompts that fit. Fields that are not here: golongrl train --help`,
    '',
    `golongrl train ${fileName} --dry-run     the plan and all fields; nothing is run`,
    `golongrl train ${fileName}`,
  ];
  await mkdir(dir, { recursive: true });
  await writeFileAtomic(file, configText(config, { schema: schemaFrom(dir), lines: head }));
  terminal.err(`${grouped(prompts)} of ${grouped(samples.promptTokens.length)} prompts fit.\n`);
  terminal.out(`Wrote ${file}. Train with: golongrl train ${file}\n`);
}
