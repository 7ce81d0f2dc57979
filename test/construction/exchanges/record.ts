/**
 * @file Records exchanges in rounds: runs the build until every request that is open waits for a reply, lists the open ones in a file, and ends.
 * Somebody writes the replies, and the next run takes them in and goes on.
 *
 *   npx tsx test/construction/exchanges/record.ts WORK [DRAFTS] [REPLIES...]
 *
 * WORK gets `open.txt` (the open requests; a document is shown once, in `documents.txt`) and `outcomes.txt`. A file of replies holds `@@ ID` lines, each with
 * the reply below it; an ID that was asked several times may stand there several times.
 */
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildLlmTrack } from '../../../src/construction/llm/build-llm.ts';
import type { Outcome } from '../../../src/construction/llm/make-sample.ts';
import { renderChecks } from '../../../src/construction/llm/report/checks-table.ts';
import { renderStages, reportLines } from '../../../src/construction/llm/report/track-report.ts';
import type { ChatReply, ChatRequest } from '../../../src/llm/chat-model.ts';
import { exchangeDocuments } from './documents.ts';
import { type Exchange, exchangesFile, promptHash, readExchanges, recordedModel } from './recorded-model.ts';
import { configOf, modelNames, recordedDrafts, swappedConfigOf, versionsNow } from './recorded-set.ts';

const [work = '', drafts = String(recordedDrafts), ...replyFiles] = process.argv.slice(2);
mkdirSync(work, { recursive: true });
if (!existsSync(exchangesFile)) writeFileSync(exchangesFile, '');

interface Open {
  readonly model: string;
  readonly request: ChatRequest;
}

const openFile = path.join(work, 'open.json');

/** Takes the replies in that were written to the open requests of the run before. */
function takeReplies(): void {
  const before = existsSync(openFile) ? (JSON.parse(readFileSync(openFile, 'utf8')) as Open[]) : [];
  const given = new Map<string, string[]>();
  for (const file of replyFiles)
    for (const part of readFileSync(file, 'utf8').split(/^@@ /m).slice(1)) {
      const id = part.slice(0, part.indexOf('\n')).trim();
      given.set(id, [...(given.get(id) ?? []), part.slice(part.indexOf('\n') + 1).trim()]);
    }
  const number = new Map<string, number>();
  for (const { model, request } of before) {
    const id = promptHash(request).slice(0, 6);
    const replies = given.get(id);
    if (replies === undefined) continue;
    const at = number.get(id) ?? 0;
    number.set(id, at + 1);
    const reply = replies[at % replies.length] ?? '';
    const exchange: Exchange = {
      model,
      seed: request.seed ?? 0,
      prompt: promptHash(request),
      versions: versionsNow(),
      reply,
    };
    appendFileSync(exchangesFile, `${JSON.stringify(exchange)}\n`);
  }
  const asked = new Set(before.map(({ request }) => promptHash(request).slice(0, 6)));
  for (const id of given.keys()) if (!asked.has(id)) console.log(`no open request ${id}`);
}

takeReplies();
const exchanges = readExchanges();
const documents = exchangeDocuments();
const open: Open[] = [];
const used = new Set<Exchange>();
let lastAsked = Date.now();
const folder = mkdtempSync(path.join(tmpdir(), 'golongrl-record-'));
const models = new Map(
  modelNames.map((name) => [
    name,
    {
      model: recordedModel(
        name,
        exchanges,
        async (request) => {
          open.push({ model: name, request });
          lastAsked = Date.now();
          return await new Promise<ChatReply>(() => undefined);
        },
        (exchange) => used.add(exchange),
      ),
      price: { input: 1, output: 4 },
    },
  ]),
);

/** The prompt without documents that `documents.txt` shows. */
function shortened(text: string): string {
  let out = text;
  for (const { title, text: whole, own } of documents)
    out = out.replace(whole.slice(own?.start ?? 0).trim(), `[text of ${title}]`);
  return out.replace(/The documents of the example:[\s\S]*?(?=\n\{)/, '[example texts]');
}

function listOpen(): void {
  writeFileSync(openFile, JSON.stringify(open));
  const byId = new Map<string, Open[]>();
  for (const one of open) {
    const id = promptHash(one.request).slice(0, 6);
    byId.set(id, [...(byId.get(id) ?? []), one]);
  }
  const told = [...byId].map(([id, ones]) => {
    const [first] = ones;
    const messages = (first?.request.messages ?? []).map(
      ({ role, content }) => `${role === 'user' ? '' : `(${role}) `}${shortened(content)}`,
    );
    return `######## ${id} ${first?.model} x${ones.length}\n${messages.join('\n----\n')}`;
  });
  writeFileSync(path.join(work, 'open.txt'), told.join('\n\n'));
  console.log(`${open.length} open requests, ${byId.size} different`);
}

const idle = setInterval(() => {
  if (open.length === 0 || Date.now() - lastAsked < 4000) return;
  clearInterval(idle);
  listOpen();
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
}, 200);

async function build(config: ReturnType<typeof configOf>) {
  const report = await buildLlmTrack({ config, documents, models, pool: { start: 500, most: 500 } });
  const outcomes = readFileSync(path.join(`${config.out}-work`, 'outcomes.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Outcome);
  return { report, outcomes };
}

const config = configOf(path.join(folder, 'dataset'), Number(drafts));
const { report, outcomes } = await build(config);
const lines = outcomes.map(
  ({ index, task, subTask, document, stage, why, repairs }) =>
    `${index} ${task} ${subTask} ${document}: ${stage === undefined ? 'accepted' : `${stage}: ${why}`}${repairs.length > 0 ? ` [sent back: ${repairs.map(({ stage: at }) => at).join(', ')}]` : ''}`,
);
writeFileSync(path.join(work, 'outcomes.txt'), lines.join('\n'));
writeFileSync(path.join(work, 'dataset.jsonl'), readFileSync(path.join(config.out, 'native', 'train.jsonl')));
console.log(lines.join('\n'));
console.log(renderChecks(report.checks));
console.log(renderStages(report.stages));
console.log(reportLines(report).join('\n'));
const swapped = await build(swappedConfigOf(path.join(folder, 'swapped')));
clearInterval(idle);
// Nothing is open: what no request asks for any more is dropped, and the rest stands at the versions of now.
const kept = exchanges
  .filter((exchange) => used.has(exchange))
  .map((exchange) => ({ ...exchange, versions: versionsNow() }));
writeFileSync(exchangesFile, `${kept.map((exchange) => JSON.stringify(exchange)).join('\n')}\n`);
console.log(`with both orders and the cascade:\n${reportLines(swapped.report).join('\n')}`);
console.log(
  swapped.outcomes
    .map(({ index, stage, sample }) => `${index} ${stage ?? sample?.provenance.llm?.difficulty}`)
    .join(', '),
);
rmSync(folder, { recursive: true, force: true });
