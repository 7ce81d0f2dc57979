/** @file A dataset with drafts and an audit, two evaluations of a benchmark and a corpus, small, with any words in every field. */
import path from 'node:path';
import { sha256 } from '../../src/corpus/make-document.ts';
import { analyse } from '../../src/corpus/stream-corpus.ts';
import { benchmarkByName } from '../../src/evaluation/benchmarks/registry.ts';
import { EvaluationDirectory } from '../../src/evaluation/run/evaluation-directory.ts';
import type { SampleRow } from '../../src/evaluation/run/score-samples.ts';
import { evaluationSettingsSchema } from '../../src/evaluation/run/settings.ts';
import { summarizeBenchmark } from '../../src/evaluation/run/summary.ts';
import { RequestCache } from '../../src/llm/request-cache.ts';
import type { Sample } from '../../src/samples/sample.ts';
import { writeDataset } from '../../src/samples/write-dataset.ts';
import { writeJournal } from '../../src/storage/journal.ts';
import { trusted } from '../../src/storage/journal-line.ts';
import { writeRecord } from '../../src/storage/record.ts';

/** Makes a word of the data; the hostile one makes markup of it. */
export type Say = (word: string) => string;

const reply = (text: string) => ({ text, promptTokens: 10, completionTokens: 5, finish: 'stop' });
const anything = trusted<unknown>({});

async function writeReplies(file: string, replies: Readonly<Record<string, unknown>>): Promise<void> {
  const cache = await RequestCache.open(file, anything);
  for (const [key, value] of Object.entries(replies)) await cache.set(key, value);
  await cache.close();
}

/** The story that every sample is about: a town a paragraph, in two documents. */
const towns = ['Avonlea', 'Bramley', 'Corfe', 'Dunster', 'Epworth', 'Frome', 'Garstang', 'Hexham', 'Ilkley', 'Jarrow'];
const documentText = (what: string, from: number): string =>
  towns.map((town, i) => `The ${what} of ${town} was held by the river in the year ${from + 13 * i}.`).join('\n\n');

function sampleOf(i: number, say: Say): Sample {
  const [markets, fairs] = [documentText('market', 1700 + i), documentText('horse fair', 1900 + i)];
  const town = towns[i % towns.length] ?? '';
  const proof = `The horse fair of ${town} was held by the river in the year ${1900 + i + 13 * (i % towns.length)}.`;
  const gold = String(1900 + i + 13 * (i % towns.length));
  const question = say(`In which year was the horse fair of ${town} held? (${i})\n(A) ${1700 + i}\n(B) ${gold}`);
  const documents = [markets, fairs].map((text, d) => ({
    id: say(`towns-${d}`),
    sha256: sha256(text),
    source: say('towns.txt'),
    licence: say('CC0-1.0'),
  }));
  const start = fairs.indexOf(proof);
  const written = i % 3 === 0;
  return {
    id: sha256(`${question} ${i}`).slice(0, 16),
    task: i % 2 === 0 ? 'T1' : 'T4',
    prompt: `=== Document 1: ${say('Markets')} ===\n\n${markets}\n\n=== Document 2: ${say('Fairs')} ===\n\n${fairs}\n\n${question}\nAfter [Answer], write the year.`,
    reward: {
      metric: i % 2 === 0 ? 'EM' : 'math_verify',
      gold: [gold, ...(say('x') === 'x' ? [] : [say('')])],
      language: 'en',
    },
    question,
    rationale: say(proof),
    rendering: 'short',
    split: i % 5 === 0 ? 'heldout' : 'train',
    cluster: say('towns-1'),
    tokens: 400 * (1 + (i % 7)),
    provenance: {
      documents,
      evidence: [{ document: say('towns-1'), span: { start, end: start + proof.length } }],
      generator: say(written ? 'llm-year' : 'records-lookup'),
      generatorVersion: 1,
      seed: say(`7/${i}`),
      subtask: say('Years'),
      needs: { windows: 1 + (i % 4), spread: 20 * i, crackedBy: i % 4 === 1 ? [say('passages 3')] : [] },
      ...(written
        ? {
            llm: {
              generation: { request: `writer-${i}`, model: say('a-writer') },
              repairs: ['text'],
              judges: [
                {
                  request: `judge-${i}`,
                  model: say('a-judge'),
                  verdict: { answerUniqueness: true, [say('hallucination')]: false },
                },
              ],
              closedBook: { model: say('a-reader'), requests: [], rewards: [0, 0, 1] },
              rollouts: [],
              difficulty: 'hard' as const,
              cost: { requests: 3, promptTokens: 100, completionTokens: 20, money: 0.01 },
            },
          }
        : {}),
    },
  };
}

/** 40 samples, their drafts with replies beside them, an audit. @returns the folder of the dataset */
export async function writeStudioDataset(out: string, say: Say = (word) => word): Promise<string> {
  const samples = Array.from({ length: 40 }, (_, i) => sampleOf(i, say));
  await writeDataset(out, samples, { seed: 7, tokenizer: say('estimate'), ifExists: 'overwrite' });
  const work = `${out}-work`;
  const written = samples.filter(({ provenance }) => provenance.llm !== undefined);
  const fault = { stage: say('text'), why: say('The key does not stand in the documents.') };
  const place = { task: 'T1', subTask: say('year'), document: say('towns-1') };
  const told = { repairs: [fault], controls: [{ judge: say('a-judge'), kind: say('digit'), refused: true }] };
  const cost = { requests: 3, promptTokens: 100, completionTokens: 20, money: 0.01 };
  await writeJournal(path.join(work, 'outcomes.jsonl'), [
    ...written.map((sample, index) => ({ index, ...place, sample, ...told, cost, stages: {} })),
    { index: 99, ...place, stage: say('judge-key'), why: say('Another year is as good.'), ...told, cost, stages: {} },
  ]);
  const replies = Object.fromEntries(
    written.flatMap(({ provenance: { llm } }) => [
      [llm?.generation.request ?? '', { reply: reply(say('{"question": "In which year?"}')), cost }],
      [llm?.judges[0]?.request ?? '', { reply: reply(say('The year stands there word for word.')), cost }],
    ]),
  );
  await writeReplies(path.join(work, 'replies.jsonl'), replies);
  const tally = { tried: 20, bad: 1, badByPaper: 2, reward: 0.9 };
  await writeRecord(path.join(out, 'audit.json'), {
    profile: 'hardened',
    samples: 40,
    tried: 40,
    groups: [
      {
        task: 'T1',
        generator: say('records-lookup'),
        samples: 26,
        notItself: 0,
        unjudgeable: 0,
        right: tally,
        wrong: tally,
        blind: { policy: say('the first number'), reward: 0.2 },
        readers: {},
      },
    ],
    worst: [
      {
        id: samples[0]?.id,
        task: 'T1',
        generator: say('llm-year'),
        side: 'right',
        kind: say('in words'),
        gold: say('1900'),
        response: say('nineteen hundred'),
        score: 0,
        reason: say('another value'),
      },
    ],
    over: [say('T1 records-lookup: 5.0 % of right answers lost')],
  });
  return out;
}

/** 60 answered items of a benchmark with evidence, a judge's words kept. @param skill Share of right answers. */
export async function writeEvaluation(out: string, skill: number, say: Say = (word) => word): Promise<string> {
  const directory = new EvaluationDirectory(out);
  const benchmark = benchmarkByName('mrcr');
  const facts = Array.from({ length: 60 }, (_, i) => ({
    id: say(`item-${i}`),
    subset: say(['two', 'four'][i % 2] ?? ''),
    cluster: `document-${i % 20}`,
    question: say(`What stood in passage ${i}?`),
    gold: [say(`gold ${i}`)],
    groups: {},
    characters: 4096 * (4 + (i % 5) * 16),
    evidence: { depth: (i % 10) / 10, before: say('before '), span: say('the span'), after: say(' after') },
    meta: {},
  }));
  const rows: SampleRow[] = facts.map((item, i) => {
    const score = (i * 7) % 60 < 60 * skill ? 1 : 0;
    return {
      benchmark: benchmark.name,
      id: item.id,
      repeat: 0,
      subset: item.subset,
      cluster: item.cluster,
      state: score > 0 ? 'ok' : 'wrong',
      score,
      rule: score,
      judge: score > 0,
      verdicts: [`verdict-${i}`],
      extracted: say(`answer ${i}`),
      answer: { state: 'answered', format: 'exact', reason: say('equal') },
      characters: item.characters,
      depth: item.evidence.depth,
      groups: {},
      key: `request-${i}`,
      promptTokens: item.characters / 4,
      completionTokens: 20,
    };
  });
  await directory.writeItems(benchmark.name, facts);
  await directory.writeSamples(rows);
  await directory.writeSummary({
    benchmarks: [summarizeBenchmark(benchmark, rows, 7)],
    longContextMean: null,
    spent: { requests: 60, promptTokens: 1000, completionTokens: 100, cost: 0 },
  });
  const said = (name: string, text: string) =>
    Object.fromEntries(facts.map((_, i) => [`${name}-${i}`, reply(say(`${text} ${i}`))]));
  await writeReplies(directory.file('cache', 'requests.jsonl'), said('request', 'thinking</think>the answer'));
  await writeReplies(directory.file('cache', 'verdicts.jsonl'), said('verdict', 'Both say the same: [[A]]'));
  await directory.writeRecord({
    schemaVersion: 1,
    kind: 'evaluation',
    status: 'done',
    settings: evaluationSettingsSchema.parse({
      benchmarks: [{ name: benchmark.name, path: 'data' }],
      model: say('a-model'),
      url: 'http://127.0.0.1:1/v1',
      judge: { model: say('a-judge'), url: 'http://127.0.0.1:1/v1' },
    }),
    data: {},
    tokenizer: 'estimate',
    versions: { golongrl: say('test') },
  });
  return out;
}

/** A corpus of three documents. */
export async function writeCorpusFolder(out: string, say: Say = (word) => word): Promise<string> {
  const documents = ['market', 'horse fair', 'council'].map((what, i) => {
    const text = `# ${say(`The ${what}s`)}\n\n${documentText(what, 1700 + i)}\n\nAnn: ${say('Good day.')}\n\n| town | year |\n| --- | --- |\n| ${say('Avonlea')} | 1700 |\n`;
    return analyse({
      type: 'document',
      id: say(`towns.txt#${i}`),
      title: say(what),
      text,
      metadata: {},
      licence: say('CC0-1.0'),
    });
  });
  await writeJournal(path.join(out, 'documents.jsonl'), documents);
  await writeRecord(path.join(out, 'manifest.json'), { documents: documents.length });
  return out;
}
