/**
 * @file The LLM track against a server that this project did not write, with a small model: quality will be poor, the machinery must be
 * right. Every draft must end as a sample or with a named reason, and a second run must ask nothing.
 *
 *   python bench/evaluation/llama_server.py            # llama.cpp with SmolLM2-135M-Instruct, on 127.0.0.1:8080
 *   npm run check:llm-server -- http://127.0.0.1:8080/v1 smollm2 [drafts, default 9]
 */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildLlmTrack } from '../src/construction/llm/build-llm.ts';
import { llmTrackSchema } from '../src/construction/llm/config.ts';
import type { Outcome } from '../src/construction/llm/make-sample.ts';
import { selectPackagedDocuments } from '../src/corpus/load-corpus.ts';
import { openEndpoint } from '../src/llm/endpoint.ts';

const [url = 'http://127.0.0.1:8080/v1', model = 'smollm2', drafts = '9'] = process.argv.slice(2);
const folder = await mkdtemp(path.join(tmpdir(), 'golongrl-llm-server-'));
try {
  let sent = 0;
  const counted: typeof fetch = (...request) => {
    sent++;
    return fetch(...request);
  };
  const config = llmTrackSchema.parse({
    out: path.join(folder, 'dataset'),
    drafts: Number(drafts),
    parallel: 2,
    endpoints: { small: { url, model } },
    generation: { routes: [{ endpoint: 'small' }], maxTokens: 300, repairs: 1 },
    judge: { endpoints: ['small'], control: false, maxTokens: 200, repairs: 1 },
  });
  const documents = selectPackagedDocuments().kept.filter(({ text }) => text.length < 3000);
  const build = async (resume: boolean) => {
    const options = { url, model, place: 'small', fetch: counted, timeout: 900_000 };
    const models = new Map([['small', { model: openEndpoint(options), price: { input: 0, output: 0 } }]]);
    const onProgress = (done: number, all: number): boolean => process.stderr.write(`${done} of ${all} drafts\n`);
    return await buildLlmTrack({ config, documents, models, resume, onProgress });
  };
  const report = await build(false);
  const first = sent;
  await build(true);
  const outcomes = readFileSync(path.join(`${config.out}-work`, 'outcomes.jsonl'), 'utf8')
    .trim()
    .split('\n');
  for (const line of outcomes) {
    const { task, stage, why } = JSON.parse(line) as Outcome;
    console.log(`${task}: ${stage === undefined ? 'accepted' : `${stage}: ${why?.split('\n')[0]}`}`);
  }
  const { samples, discarded, cost } = report;
  const again = sent - first;
  console.log(JSON.stringify({ samples, discarded, requests: cost.requests, sent: first, again }));
  const accounted = samples + report.leftOut + Object.values(discarded).reduce((sum, count) => sum + count, 0);
  process.exitCode = again === 0 && accounted === config.drafts ? 0 : 1;
} finally {
  await rm(folder, { recursive: true });
}
