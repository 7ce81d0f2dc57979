/**
 * @file Every record and journal that the package keeps on disk, damaged in every way: each must be refused by an InputError that names the
 * file and says what to do, or, where a kill can have done it, be read up to its last whole line. Nothing on disk may be lost by looking.
 */
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { readBuildRecord, writeBuildRecord } from '../../src/build/build-record.ts';
import { CorpusJournal, readCorpusJournal } from '../../src/build/corpus-journal.ts';
import { openJournal } from '../../src/build/places-journal.ts';
import { readShardRecord, writeShardRecord } from '../../src/build/shard-record.ts';
import { readRequest } from '../../src/build/supplement.ts';
import { writeCorpus } from '../../src/build/write-corpus.ts';
import { checkSameTrack, settingsRecord, writeTrackRecord } from '../../src/construction/llm/track-record.ts';
import { verifyDirectory, writeDirectory } from '../../src/engine/local/weights/checkpoint-directory.ts';
import { type GolongrlError, InputError } from '../../src/errors.ts';
import { EvaluationDirectory } from '../../src/evaluation/run/evaluation-directory.ts';
import type { SampleRow } from '../../src/evaluation/run/score-samples.ts';
import { evaluationSettingsSchema } from '../../src/evaluation/run/settings.ts';
import { EndpointRecords } from '../../src/llm/endpoint-records.ts';
import { plainTraits } from '../../src/llm/endpoint-traits.ts';
import { RequestCache } from '../../src/llm/request-cache.ts';
import { dataRequest } from '../../src/refinement/diagnose.ts';
import { openRunDirectory, RunDirectory } from '../../src/runs/run-directory.ts';
import { readSamples } from '../../src/samples/jsonl.ts';
import type { Sample } from '../../src/samples/sample.ts';
import { readManifest, writeDataset } from '../../src/samples/write-dataset.ts';
import { Checkpoints } from '../../src/server/engine/checkpoints.ts';
import { hubCommit } from '../../src/storage/hub.ts';
import { writeRecord } from '../../src/storage/record.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'golongrl-damage-'));
afterAll(() => rmSync(folder, { recursive: true }));

/**
 * What a format is. `record`: one value. `list`: lines that are written at once. `journal`: lines that are appended, so that a kill
 * may cut the last one; `headed` when its first line is put there as a whole.
 */
type Form = 'record' | 'list' | 'journal' | 'headed journal';

interface Format {
  readonly form: Form;
  readonly file: string;
  readonly write: (directory: string) => Promise<unknown>;
  /** How many lines were read, for a journal. */
  readonly read: (directory: string) => Promise<unknown>;
}

const sample = (number: number): Sample => ({
  id: `sample-${number}`,
  task: 'T1',
  prompt: `The lamp is kept by Anders${number}.\n\nWho keeps the lamp?`,
  reward: { metric: 'EM', gold: [`Anders${number}`], language: 'en' },
  question: 'Who keeps the lamp?',
  rationale: 'It stands there.',
  rendering: 'short',
  split: 'train',
  cluster: `lamp-${number}`,
  tokens: 20,
  provenance: {
    documents: [{ id: 'lamp', sha256: '0', source: 'test', licence: 'CC0-1.0' }],
    evidence: [],
    generator: 'test',
    generatorVersion: 1,
    seed: '1',
  },
});

const build = {
  version: '0.1.0',
  documents: 'abc',
  settings: { seed: 1, sizes: { train: 1, heldout: 1, long: 1 } },
} as const;
const mixture = { ...build.settings, mixture: { preset: 'balanced', samples: 4 } } as const;
const shard = {
  ...build,
  settings: mixture,
  shard: { index: 1, of: 2 },
  corpus: { lines: [], refused: [] },
  complete: true,
} as const;
const corpus = { version: '0', targets: [path.join(folder, 'text.txt')], nearDuplicates: true };
const track = settingsRecord({ drafts: 4 }, 'abc');
const cell = {
  task: 'T1',
  length: { from: 1, to: 8 },
  mean: 0.5,
  ci95: [0.4, 0.6],
  samples: 40,
  documents: 9,
  p: 0.01,
} as const;

async function run(directory: string): Promise<RunDirectory> {
  const { run: opened } = await openRunDirectory({ path: directory, kind: 'train', ifExists: 'resume', versions: {} });
  return opened;
}
const evaluation = new Map<string, EvaluationDirectory>();
const evaluationIn = (directory: string): EvaluationDirectory => {
  const known = evaluation.get(directory) ?? new EvaluationDirectory(directory);
  evaluation.set(directory, known);
  return known;
};
const item = { id: 'a', subset: 's', cluster: 'c', question: 'q', gold: ['g'], groups: {}, characters: 3, meta: {} };
const response = { id: 'a', repeat: 0, promptTokens: 1, completionTokens: 1 };
const row: SampleRow = {
  ...{
    benchmark: 'frames',
    id: 'a',
    repeat: 0,
    subset: 's',
    cluster: 'c',
    state: 'ok',
    score: 1,
    rule: 1,
    judge: null,
  },
  ...{ extracted: 'g', characters: 3, depth: null, groups: {}, promptTokens: 1, completionTokens: 1 },
};
const probed = {
  url: 'http://one/v1',
  model: 'm',
  traits: plainTraits,
  usage: { requests: 1, promptTokens: 9, completionTokens: 3 },
};
const lengthOf = async (values: Promise<readonly unknown[]>): Promise<number> => (await values).length;

async function replies(directory: string): Promise<RequestCache<string>> {
  return await RequestCache.open(path.join(directory, 'replies.jsonl'), z.string());
}

const formats: Readonly<Record<string, Format>> = {
  'record of a run': { form: 'record', file: 'run.json', write: run, read: (at) => new RunDirectory(at).readRecord() },
  'metrics of a run': {
    form: 'journal',
    file: 'metrics.jsonl',
    write: async (at) => {
      const opened = await run(at);
      for (const step of [1, 2, 3]) await opened.appendMetrics({ step, reward: 0.5 });
    },
    read: (at) => lengthOf(new RunDirectory(at).readMetrics()),
  },
  'what endpoints take': {
    form: 'record',
    file: 'endpoints.json',
    write: (at) => new EndpointRecords(path.join(at, 'endpoints.json')).set('a', probed),
    read: (at) => new EndpointRecords(path.join(at, 'endpoints.json')).get('a'),
  },
  'checkpoints of a run': {
    form: 'journal',
    file: 'checkpoints.jsonl',
    write: async (at) => {
      const opened = await run(at);
      for (const step of [1, 2, 3]) await opened.recordCheckpoint({ step, path: '.', position: step }, 9);
    },
    read: (at) => lengthOf(new RunDirectory(at).checkpoints()),
  },
  'evaluation of a run': {
    form: 'list',
    file: 'eval/after.jsonl',
    write: (at) =>
      new RunDirectory(at).writeEvaluation(
        'after',
        [1, 2].map((n) => ({ sample: `s${n}`, task: 'T1', score: 1 })),
      ),
    read: (at) => new RunDirectory(at).readEvaluation('after'),
  },
  'record of an evaluation': {
    form: 'record',
    file: 'run.json',
    write: (at) =>
      evaluationIn(at).writeRecord({
        ...{ schemaVersion: 1, kind: 'evaluation', status: 'done', data: {}, tokenizer: 'none', versions: {} },
        settings: evaluationSettingsSchema.parse({ benchmarks: [{ name: 'a', path: 'b' }], model: 'm', url: 'u' }),
      }),
    read: (at) => evaluationIn(at).readRecord(),
  },
  'summary of an evaluation': {
    form: 'record',
    file: 'summary.json',
    write: (at) =>
      evaluationIn(at).writeSummary({
        benchmarks: [],
        longContextMean: null,
        spent: { requests: 1, promptTokens: 1, completionTokens: 1, cost: 0 },
      }),
    read: (at) => evaluationIn(at).readSummary(),
  },
  'items of an evaluation': {
    form: 'list',
    file: 'items/a.jsonl',
    write: (at) => evaluationIn(at).writeItems('a', [item, item]),
    read: (at) => evaluationIn(at).readItems('a'),
  },
  'responses of an evaluation': {
    form: 'list',
    file: 'responses/a.jsonl',
    write: (at) => evaluationIn(at).writeResponses('a', [response, response]),
    read: (at) => evaluationIn(at).readResponses('a'),
  },
  'samples of an evaluation': {
    form: 'list',
    file: 'samples.jsonl',
    write: (at) => evaluationIn(at).writeSamples([row, row]),
    read: (at) => evaluationIn(at).readSamples(),
  },
  'record of a build': {
    form: 'record',
    file: 'build.json',
    write: (at) => writeBuildRecord(at, build),
    read: readBuildRecord,
  },
  'places of a mixture': {
    form: 'journal',
    file: 'places.jsonl',
    write: async (at) => {
      const journal = await openJournal(at, [0, 1, 2]);
      for (const number of [0, 1, 2]) journal.append({ number, rejections: [] });
      journal.close();
    },
    read: async (at) => {
      const journal = await openJournal(at, [0, 1, 2]);
      journal.close();
      return journal.done;
    },
  },
  'record of a shard': {
    form: 'record',
    file: 'shard.json',
    write: (at) => writeShardRecord(at, shard),
    read: readShardRecord,
  },
  'journal of a corpus': {
    form: 'headed journal',
    file: 'journal.jsonl',
    write: async (at) => {
      const progress = { settings: corpus, sources: [], checkpoint: undefined, manifest: undefined };
      const journal = await CorpusJournal.open(at, progress);
      journal.begin({ source: 'text.txt' });
      journal.checkpoint({ items: 1, digest: 'a', documents: 3, refused: 0 });
      journal.close();
    },
    // Two stay of a checkpoint that was cut: the settings, and a source that is not yet counted.
    read: async (at) => ((await readCorpusJournal(at))?.checkpoint === undefined ? 2 : 3),
  },
  'manifest of a corpus': {
    form: 'record',
    file: 'manifest.json',
    write: async (at) => {
      writeFileSync(path.join(folder, 'text.txt'), 'A text of some words that are kept. '.repeat(40));
      await writeCorpus(at, corpus);
    },
    read: (at) => writeCorpus(at, corpus, { ifExists: 'resume' }),
  },
  'record of a build by language models': {
    form: 'record',
    file: 'build.json',
    write: (at) => writeTrackRecord(at, track),
    read: (at) => checkSameTrack(at, track),
  },
  'replies of language models': {
    form: 'journal',
    file: 'replies.jsonl',
    write: async (at) => {
      const cache = await replies(at);
      for (const key of ['a', 'b', 'c']) await cache.set(key, `reply ${key}`);
      await cache.close();
    },
    read: async (at) => {
      const cache = await replies(at);
      try {
        return [...cache.entries()].length;
      } finally {
        await cache.close();
      }
    },
  },
  'manifest of a dataset': {
    form: 'record',
    file: 'manifest.json',
    write: (at) => writeDataset(at, [sample(1)], { seed: 1, tokenizer: 'none', formats: ['native'] }),
    read: readManifest,
  },
  'samples of a dataset': {
    form: 'list',
    file: 'native/train.jsonl',
    write: (at) => writeDataset(at, [sample(1), sample(2)], { seed: 1, tokenizer: 'none', formats: ['native'] }),
    read: async (at) => {
      const samples: Sample[] = [];
      for await (const one of readSamples(path.join(at, 'native/train.jsonl'))) samples.push(one);
      return samples;
    },
  },
  'record of a fetch from the hub': {
    form: 'record',
    file: 'hub.json',
    write: (at) => writeRecord(path.join(at, 'hub.json'), { type: 'dataset', repo: 'o/n', commit: 'c', files: [] }),
    read: hubCommit,
  },
  'adapter of a served model': {
    form: 'record',
    file: 'adapter_config.json',
    write: (at) => writeRecord(path.join(at, 'adapter_config.json'), { r: 8, lora_alpha: 16 }),
    read: (at) => new Checkpoints(at).shapeOf(at),
  },
  'manifest of a checkpoint': {
    form: 'record',
    file: 'manifest.json',
    write: (at) => writeDirectory(at, { 'config.json': [new Uint8Array([1, 2])] }, 3),
    read: verifyDirectory,
  },
  'data request': {
    form: 'record',
    file: 'request.json',
    write: (at) =>
      writeRecord(
        path.join(at, 'request.json'),
        dataRequest({ ...cell, elsewhere: null, clear: true, enough: true }, 5),
      ),
    read: (at) => readRequest(path.join(at, 'request.json')),
  },
};

/** Another version of the same thing: another number where there is one, and every field renamed. */
function ofAnotherVersion(text: string): string {
  const [first = '', ...rest] = text.split('\n');
  const line = first.length > 1 ? first : text;
  const value = JSON.parse(line) as Record<string, unknown>;
  const renamed = Object.fromEntries(Object.entries(value).map(([name, field]) => [`${name}2`, field]));
  const other = JSON.stringify('schemaVersion' in value ? { ...value, schemaVersion: 99 } : renamed);
  return line === text ? other : [other, ...rest].join('\n');
}

const damages: Readonly<Record<string, (bytes: Buffer) => Buffer | string>> = {
  truncated: (bytes) => bytes.subarray(0, bytes.length - 6),
  'an open brace': () => '{',
  'of another version': (bytes) => ofAnotherVersion(bytes.toString('utf8')),
  'a foreign file': () => '{"name":"something-else","private":true}\n',
  empty: () => '',
  binary: () => Buffer.from(Array.from({ length: 512 }, (_, i) => (i * 7 + 3) % 256)),
};

const hashes = (directory: string): Map<string, string> =>
  new Map(
    readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .map((file) => [file, createHash('sha256').update(readFileSync(file)).digest('hex')]),
  );

/** Lines that a reader finds although the file is damaged; undefined where it must refuse. Of three lines, a kill may cut the last. */
function foundIn(form: Form, damage: string): number | undefined {
  if (form === 'record' || form === 'list') return undefined;
  if (damage === 'truncated') return 2;
  if (form === 'journal' && ['empty', 'an open brace'].includes(damage)) return 0;
  return undefined;
}

/** Lists that may be empty: a training run without held-out samples, a split without samples. */
const maybeEmpty = ['evaluation of a run', 'samples of a dataset'];

test.each(Object.entries(formats))('%s: whatever happened to it is told, and nothing is lost', async (name, format) => {
  const whole = path.join(folder, name);
  await format.write(whole);
  await format.read(whole);
  for (const [damage, spoil] of Object.entries(damages)) {
    const directory = path.join(folder, `${name}, ${damage}`);
    cpSync(whole, directory, { recursive: true });
    const file = path.join(directory, format.file);
    const spoilt = Buffer.from(spoil(readFileSync(file)));
    writeFileSync(file, spoilt);
    const before = hashes(directory);
    const result = await format.read(directory).catch((error: unknown) => error);
    const found = foundIn(format.form, damage);
    if (damage === 'empty' && maybeEmpty.includes(name)) {
      expect(result).toEqual([]);
    } else if (found === undefined) {
      expect(result, damage).toBeInstanceOf(InputError);
      const { message, hint } = result as GolongrlError;
      expect(message, damage).toContain(file);
      expect(hint, damage).toMatch(/\S/);
      if (format.form !== 'record' && damage !== 'empty') expect(message, damage).toMatch(/\.jsonl:\d+: /);
      expect(hashes(directory), damage).toEqual(before);
    } else {
      expect(result, damage).toBe(found);
      const [after, cut] = [readFileSync(file), spoilt];
      before.delete(file);
      const others = hashes(directory);
      others.delete(file);
      expect(others, damage).toEqual(before);
      // A process that goes on cuts the rest of a line off, and no more.
      expect(cut.subarray(0, after.length).equals(after)).toBe(true);
      expect(cut.subarray(after.length).includes(10)).toBe(false);
    }
  }
});
