/** @file A run as a folder of static files: the studio's own pages with their data beside them, for a colleague, a web server or an archive. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from '../../errors.ts';
import { RunDirectory } from '../../runs/run-directory.ts';
import { exists, fileError } from '../../storage/files.ts';
import { compareEvaluations } from '../answers/compare-evaluations.ts';
import { groupDetail } from '../answers/group-detail.ts';
import { assetFolder } from '../assets.ts';
import { RunIndex } from '../index/run-index.ts';
import { runId } from '../runs/find-runs.ts';
import { configWords, describeRun, thinned } from '../runs/summarise-run.ts';
import { type BundleIndex, bundleFile, bundleScript, compareKey, promptKey, stepKey } from '../shared/bundle-format.ts';
import { bundleColumns } from './bundle-columns.ts';

/** What goes into a bundle. */
export interface BundleOptions {
  readonly run: string;
  /** Must not exist, or hold a bundle. */
  readonly out: string;
  /** Rollouts at most; of a longer run evenly chosen steps, the first and the last among them. */
  readonly rollouts: number;
}

/** Nothing is fetched and nothing but these files runs. `file:` because a page opened from a file has no origin that 'self' could mean. */
const policy =
  "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src 'self' file: data:; base-uri 'none'; form-action 'none'";

/** The page, with its data's index before its script. */
async function page(): Promise<string> {
  const html = await readFile(path.join(assetFolder, 'index.html'), 'utf8');
  return html
    .replace(
      '<meta charset="utf-8">',
      `<meta charset="utf-8">\n    <meta http-equiv="Content-Security-Policy" content="${policy}">`,
    )
    .replace(
      '<script src="studio.js">',
      '<script src="bundle.js"></script>\n    <script src="data/index.js"></script>\n    <script src="studio.js">',
    );
}

/** Runs before the data: keeps what they call with. */
const collector =
  'var golongrlBundle = new Map();\nfunction golongrlData(key, text) { golongrlBundle.set(key, JSON.parse(text)); }\n';

function chosenSteps(index: RunIndex, most: number): number[] {
  const steps = index.table.steps.map(({ step }) => step);
  const each = Math.max(1, index.table.length / Math.max(1, steps.length));
  return thinned(steps, Math.max(1, Math.floor(most / each)));
}

/** Of a few evaluations all pairs; of many, the first against each. */
function evaluationPairs(names: readonly string[]): [string, string][] {
  const firsts = names.length <= 5 ? names : names.filter((name) => name.startsWith('before'));
  return firsts.flatMap((before) => names.map((after): [string, string] => [before, after]));
}

async function checkOut(out: string): Promise<void> {
  if ((await exists(out)) && !(await exists(path.join(out, 'bundle.js'))))
    throw new UsageError(
      'out-exists',
      `--out ${out}: exists and is no bundle; nothing was changed.`,
      'Choose another --out.',
    );
}

/** What a bundle came to. */
export interface BundleSummary {
  readonly files: number;
  readonly rollouts: number;
  readonly notes: readonly string[];
}

/** Writes it. @throws UsageError when the folder is in the way, InputError when the run is damaged, ResourceError when the disk is full. */
export async function writeBundle({ run, out, rollouts }: BundleOptions): Promise<BundleSummary> {
  await checkOut(out);
  const index = new RunIndex(run);
  await index.refresh(600_000);
  const directory = new RunDirectory(run);
  const found = { id: runId(run), name: path.basename(path.resolve(run)), path: path.basename(path.resolve(run)) };
  const detail = await describeRun({ ...found, path: run }, index.state, Date.now());
  const steps = chosenSteps(index, rollouts);
  const columns = await bundleColumns(index, steps);
  const notes =
    steps.length < index.table.steps.length
      ? [`This bundle holds the rollouts of ${steps.length} of ${index.table.steps.length} steps.`]
      : [];
  let files = 0;
  const write = async (name: string, body: string | Uint8Array) => {
    const file = path.join(out, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, body).catch((error: unknown) => {
      throw fileError(error, file, 'write');
    });
    files++;
  };
  const data = (key: string, value: unknown) => write(bundleFile(key), bundleScript(key, value));
  const indexed = { ...detail.indexed, rollouts: columns.length };
  await write('bundle.js', collector);
  await data('index', { run: { ...detail, ...found, indexed }, notes } satisfies BundleIndex);
  await data('rollouts', columns);
  const config = await configWords(directory);
  for (const step of steps) {
    const [first, end] = index.table.groupsOf(step) ?? [0, 0];
    const groups = [];
    for (let line = 0; line < end - first; line++) groups.push(await groupDetail(index, step, line, config));
    await data(stepKey(step), groups);
  }
  for (const hash of columns.words.prompt) {
    const text = await directory.readPrompt(hash);
    if (text !== undefined) await data(promptKey(hash), text);
  }
  for (const [before, after] of evaluationPairs(detail.evaluations))
    await data(
      compareKey(before, after),
      await compareEvaluations({ run: directory, name: before }, { run: directory, name: after }),
    );
  for (const name of ['studio.js', 'studio.css', 'icon.svg'])
    await write(name, await readFile(path.join(assetFolder, name)));
  await write('index.html', await page());
  return { files, rollouts: columns.length, notes };
}
