/**
 * @file The LLM track against a server that this project did not write, with a small model: quality will be poor, the machinery must be
 * right. Over the beginnings of real documents the track is built in a process that is killed (SIGKILL) in the middle, resumed here, and
 * built once more from its replies. Then the same drafts under thresholds for a policy that solves nothing. Prints what each check did.
 *
 * Ends with 1 only where the machinery is wrong: a draft unaccounted for, a stored reply asked again, another dataset from the same
 * replies, a sample whose evidence is not in its document or whose key does not score.
 *
 *   python bench/evaluation/llama_server.py            # llama.cpp with SmolLM2-135M-Instruct, on 127.0.0.1:8080
 *   npm run check:llm-server -- http://127.0.0.1:8080/v1 smollm2 [drafts, default 6] [tasks, default T1,T4,T7]
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildLlmTrack, type LlmTrackProgress, workDirectory } from '../src/construction/llm/build-llm.ts';
import { type LlmTrackConfig, llmTrackSchema } from '../src/construction/llm/config.ts';
import type { Outcome } from '../src/construction/llm/make-sample.ts';
import { renderChecks } from '../src/construction/llm/report/checks-table.ts';
import { endpointRecords } from '../src/construction/llm/work-directory.ts';
import type { Document } from '../src/corpus/document.ts';
import { selectPackagedDocuments } from '../src/corpus/load-corpus.ts';
import { sha256 } from '../src/corpus/make-document.ts';
import { openEndpoint } from '../src/llm/endpoint.ts';
import { patientFetch } from '../src/llm/patient-fetch.ts';
import { isProbe } from '../src/llm/probe-endpoint.ts';
import { random } from '../src/random.ts';
import { renderGold, scoreResponse } from '../src/rewards/index.ts';
import type { Sample } from '../src/samples/sample.ts';

const [url = 'http://127.0.0.1:8080/v1', model = 'smollm2', drafts = '6', tasks = 'T1,T4,T7', child] =
  process.argv.slice(2);
const folder = child ?? (await mkdtemp(path.join(tmpdir(), 'golongrl-llm-server-')));
const longest = 600;

/** Seconds that one request may take: on a busy machine of two cores a prompt of 2,000 tokens is read in a minute. */
const requestSeconds = 240;

/** The beginning of a document, to a line's end: a small model on a CPU reads some hundred tokens a second. */
function beginning({ record: _, ...document }: Document): Document[] {
  const end = document.text.lastIndexOf('\n', longest);
  const text = document.text.slice(0, end > longest / 2 ? end : longest).trim();
  return text.length < 300 ? [] : [{ ...document, id: `${document.id}/beginning`, text, sha256: sha256(text) }];
}

const documents = random(1, 'llm-server').sample(selectPackagedDocuments().kept, 12).flatMap(beginning);
const byId = new Map(documents.map((document) => [document.id, document]));

const settings = {
  out: path.join(folder, 'dataset'),
  drafts: Number(drafts),
  tasks: tasks.split(','),
  // Beginnings of 600 characters meet no criteria.
  assignment: 'any',
  parallel: 2,
  endpoints: {
    written: { url, model, stream: true, constrain: 'lengths' },
    whole: { url, model, constrain: 'lengths' },
  },
  generation: { routes: [{ endpoint: 'written' }], choices: true, temperature: 0.4, maxTokens: 200, repairs: 1 },
  judge: { endpoints: ['whole'], maxTokens: 160, repairs: 0 },
  closedBook: { endpoint: 'written', rollouts: 1 },
  robustness: { endpoint: 'whole', rollouts: 1, addTokens: 200 },
  solving: { maxTokens: 32, temperature: 0.7 },
  cascade: { weak: 'whole', strong: 'written', rollouts: 2, enforceRatio: false },
};
const strict = llmTrackSchema.parse(settings);
/** For a judge that fails everything and a policy that solves nothing: neither is asked to decide. */
const lenient = llmTrackSchema.parse({
  ...settings,
  judge: { endpoints: [] },
  robustness: undefined,
  cascade: { ...settings.cascade, strongHardFrom: 0 },
});

/** Replies that arrived whole, and requests that the server refused or that failed. */
const counts = { replies: 0, failures: 0 };
const counted: typeof fetch = async (...request) => {
  try {
    const response = await patientFetch(...request);
    const body = request[1]?.body;
    if (typeof body !== 'string' || isProbe(JSON.parse(body))) return response;
    counts[response.ok ? 'replies' : 'failures']++;
    return response;
  } catch (error) {
    counts.failures++;
    process.stderr.write(`${String(error)}\n`);
    throw error;
  }
};

async function build(config: LlmTrackConfig, resume: boolean) {
  const onNotice = (text: string): boolean => process.stderr.write(`${text}\n`);
  const own = { url, model, records: endpointRecords(workDirectory(config)), onNotice };
  const models = new Map(
    Object.entries(config.endpoints).map(([name, { stream }]) => [
      name,
      {
        model: openEndpoint({ ...own, place: name, fetch: counted, timeout: requestSeconds * 1000, stream }),
        price: { input: 1, output: 2 },
      },
    ]),
  );
  const onProgress = ({ done, drafts: all }: LlmTrackProgress): boolean =>
    process.stderr.write(`${done} of ${all} drafts\n`);
  return await buildLlmTrack({ config, documents, models, resume, onProgress });
}

const repliesFile = path.join(`${strict.out}-work`, 'replies.jsonl');
const lostFile = path.join(`${strict.out}-work`, 'lost.jsonl');
const linesOf = (file: string): string[] =>
  existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
const keysOf = (lines: readonly string[]): string[] =>
  lines.map((line) => (JSON.parse(line) as { readonly key: string }).key);

/** A build in a process of its own, killed once so many replies are on disk. */
async function buildAndKill(replies: number): Promise<number | null> {
  const args = ['--import', 'tsx', fileURLToPath(import.meta.url), url, model, drafts, tasks, folder];
  const running = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const watch = setInterval(() => linesOf(repliesFile).length >= replies && running.kill('SIGKILL'), 20);
  return await new Promise<number | null>((resolve) => running.on('exit', (code) => resolve(code))).finally(() =>
    clearInterval(watch),
  );
}

const faults: string[] = [];
const demand = (holds: boolean, what: string): void => void (holds || faults.push(what));
const samplesOf = ({ out }: LlmTrackConfig): string[] =>
  ['train', 'heldout'].flatMap((split) => linesOf(path.join(out, 'native', `${split}.jsonl`)));

function checkSamples(config: LlmTrackConfig): void {
  for (const line of samplesOf(config)) {
    const { id, reward, provenance } = JSON.parse(line) as Sample;
    demand(
      scoreResponse(reward, renderGold(reward, 'hardened'), 'hardened').score > 1 - 1e-9,
      `${id}: key scores no 1`,
    );
    for (const { document, span } of provenance.evidence)
      demand((byId.get(document)?.text ?? '').slice(span.start, span.end) !== '', `${id}: evidence is not there`);
  }
}

async function show(name: string, config: LlmTrackConfig, resume: boolean) {
  const [begin, before] = [Date.now(), { ...counts }];
  const report = await build(config, resume);
  const seconds = ((Date.now() - begin) / 1000).toFixed(0);
  const { samples, leftOut, discarded, cost, difficulty } = report;
  const asked = counts.replies - before.replies;
  console.log(
    `\n${name}: ${samples} accepted of ${report.drafts} drafts, ${leftOut} left out ${JSON.stringify(difficulty)}`,
  );
  console.log(renderChecks(report.checks));
  for (const line of linesOf(path.join(`${config.out}-work`, 'outcomes.jsonl'))) {
    const { task, stage, why } = JSON.parse(line) as Outcome;
    if (stage === 'refused') console.log(`${task} ${stage}: ${why}`);
  }
  console.log(
    `${cost.requests} requests, ${cost.promptTokens} + ${cost.completionTokens} tokens; now asked ${asked}, failed ${counts.failures - before.failures}, ${seconds} s`,
  );
  const ended = Object.values(discarded).reduce((sum, count) => sum + count, samples + leftOut);
  demand(ended === report.drafts, `${name}: ${report.drafts - ended} drafts unaccounted for`);
  demand(cost.completionTokens > 0, `${name}: the server states no usage`);
  checkSamples(config);
  return asked;
}

try {
  if (child !== undefined) {
    await build(strict, false);
  } else {
    const code = await buildAndKill(Math.max(2, Number(drafts)));
    demand(code === null, `the build ended with ${code} before it was killed`);
    const saved = keysOf(linesOf(repliesFile));
    const lostBefore = linesOf(lostFile).length;
    console.log(`killed with ${saved.length} replies on disk`);
    const asked = await show('resumed', strict, true);
    const keys = keysOf(linesOf(repliesFile));
    demand(new Set(keys).size === keys.length, 'a reply is stored twice');
    demand(
      saved.every((key, i) => keys[i] === key),
      'a reply was lost',
    );
    const paid = keys.length - saved.length + linesOf(lostFile).length - lostBefore;
    demand(asked === paid, `${asked} requests for ${paid} new replies, those that were cut off among them`);
    const first = samplesOf(strict).join('\n');
    demand((await show('built again', strict, true)) === 0, 'a second build asks again');
    demand(samplesOf(strict).join('\n') === first, 'another dataset from the same replies');
    await show('without judge and robustness, cascade keeps the unsolved', lenient, false);
    console.log(faults.length === 0 ? '\nThe machinery is right.' : `\nWrong:\n${[...new Set(faults)].join('\n')}`);
    process.exitCode = faults.length === 0 ? 0 : 1;
  }
} finally {
  if (child === undefined) await rm(folder, { recursive: true });
}
