import { expect, test } from 'vitest';
import { packagedDocuments } from '../../test/packaged-documents.ts';
import { sampleSchema } from '../samples/sample.ts';
import { type TaskId, taskIds } from '../tasks/task.ts';
import { type BuildEvent, buildDataset } from './build.ts';
import { exploitLimit } from './gates/gate.ts';
import { lengthBin, lengthBins } from './plan.ts';
import { rederive } from './rederive.ts';
import { splitByDocument } from './split.ts';

const documents = packagedDocuments();
const short = { train: 180, heldout: 90 };
const built = buildDataset({ documents, seed: 11, short, long: { samples: 45 } });

test('all nine tasks are equally many in both splits, and every sample follows the schema', () => {
  const counts = new Map<string, number>();
  for (const sample of built.samples.filter((s) => s.rendering === 'short')) {
    const key = `${sample.split} ${sample.task}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  expect([...counts]).toHaveLength(18);
  for (const [key, count] of counts) expect(count, key).toBe(key.startsWith('train') ? 20 : 10);
  for (const sample of built.samples) sampleSchema.parse(sample);
});

test('long samples cover every length bin and stay within it', () => {
  const long = built.samples.filter((sample) => sample.rendering === 'long');
  expect(built.report.unfilled).toEqual({});
  expect(new Set(long.map((sample) => lengthBin(sample.tokens)))).toEqual(new Set(lengthBins));
});

test('the same seed gives the same bytes, whatever the order of the documents; another seed does not', {
  tags: ['long'],
}, () => {
  const again = buildDataset({ documents: [...documents].reverse(), seed: 11, short, long: { samples: 45 } });
  expect(JSON.stringify(again.samples) === JSON.stringify(built.samples)).toBe(true);
  const other = buildDataset({ documents, seed: 12, short: { train: 9, heldout: 9 }, long: false });
  const ids = new Set(built.samples.map((sample) => sample.id));
  expect(other.samples.some((sample) => ids.has(sample.id))).toBe(false);
});

test('a document serves one split only', () => {
  const used = new Map<string, string>();
  for (const sample of built.samples) {
    for (const { id } of sample.provenance.documents) {
      expect(used.get(id) ?? sample.split, id).toBe(sample.split);
      used.set(id, sample.split);
    }
  }
  const split = splitByDocument(documents, 0.25);
  expect(split.heldout.length / documents.length).toBeCloseTo(0.25, 1);
});

test('the evidence of a sample is wording of a document of its provenance', () => {
  const byId = new Map(documents.map((document) => [document.id, document]));
  for (const { provenance, rendering, prompt, reward } of built.samples) {
    expect(provenance.evidence.length).toBeGreaterThan(0);
    for (const { document, span } of provenance.evidence) {
      expect(provenance.documents.some((entry) => entry.id === document)).toBe(true);
      const wording = byId.get(document)?.text.slice(span.start, span.end) ?? '';
      expect(wording).not.toBe('');
      const cut = provenance.generator === 'overview-summary' && reward.gold[0] === wording;
      if (rendering === 'long') expect(prompt.includes(wording)).toBe(!cut);
    }
  }
});

/** A wrong answer of the same form as the gold. */
function spoiled(task: TaskId, gold: readonly string[], prompt: string): string[] {
  const first = gold[0] ?? '';
  if (task === 'T2') return [first === 'A' ? 'B' : 'A'];
  if (task === 'T4') return [String(Number(first) + 1)];
  if (task === 'T5') return [first.replace(/"data":\[\[.*?\](,|\])/, '"data":[')];
  if (task === 'T6') return [first.replace(/: .*/, ': Nowhere'), ...gold.slice(1)];
  if (task === 'T7' || task === 'T8') return [...gold].reverse();
  if (task === 'T9') return [first.replace(/\d+/, '77777')];
  if (task === 'T3') return gold.slice(1);
  return [prompt.split('\n')[1]?.slice(0, 6) ?? 'x'];
}

test('the independent derivation accepts the gold of every task and rejects a spoiled one', () => {
  for (const rendering of ['short', 'long'] as const) {
    for (const task of taskIds) {
      const sample = built.samples.find(
        (s) => s.rendering === rendering && s.task === task && s.provenance.generator !== 'overview-summary',
      );
      if (sample === undefined) throw new Error(`no ${rendering} ${task}`);
      const { prompt, question } = sample;
      const fields =
        task === 'T9'
          ? [...(sample.reward.gold[0] ?? '').matchAll(/ its (.+?) is /g)].map((match) => match[1] ?? '')
          : [];
      expect(
        rederive({ task, rendering, prompt, question, gold: sample.reward.gold, fields }),
        `${rendering} ${task}`,
      ).toBeUndefined();
      expect(
        rederive({ task, rendering, prompt, question, gold: spoiled(task, sample.reward.gold, prompt), fields }),
      ).toBeDefined();
    }
  }
});

test('an altered prompt no longer proves its gold', () => {
  const sample = built.samples.find((s) => s.rendering === 'short' && s.task === 'T1');
  if (sample === undefined) throw new Error('no T1');
  const { prompt, question, reward } = sample;
  const altered = prompt.replace(`${reward.gold[0]}`, 'elsewhere');
  expect(
    rederive({ task: 'T1', rendering: 'short', prompt: altered, question, gold: reward.gold, fields: [] }),
  ).toMatch(/says/);
});

test('the build reports its progress and its rejections', () => {
  const events: BuildEvent[] = [];
  const { report } = buildDataset({
    documents,
    seed: 1,
    short: { train: 90, heldout: 90 },
    long: false,
    onEvent: (event) => events.push(event),
  });
  expect(events.map((event) => event.type)).toEqual(['build-start', 'build-progress', 'build-end']);
  expect(report.samples).toBe(180);
  expect(report.rejections.some((entry) => entry.gate === 'draft')).toBe(true);
});

test('a limit on the length of short prompts holds', () => {
  const { samples } = buildDataset({
    documents,
    seed: 1,
    short: { train: 45, heldout: 0, maxTokens: 150 },
    long: false,
  });
  expect(samples).toHaveLength(45);
  expect(Math.max(...samples.map((sample) => sample.tokens))).toBeLessThanOrEqual(150);
});

test('a constant letter, and the order of the question, earn no more than 0.34 over the whole set', {
  tags: ['long'],
}, () => {
  const { report } = buildDataset({ documents, seed: 2, short: { train: 1800, heldout: 0 }, long: false });
  expect(report.byTask.T2).toBe(200);
  expect(report.constantLetter).toBeLessThanOrEqual(exploitLimit);
  expect(report.presorted).toBeLessThanOrEqual(exploitLimit);
});

const easy = buildDataset({
  documents,
  seed: 3,
  heldoutShare: 0.5,
  short: { train: 45, heldout: 45, recordsMin: 8, recordsMax: 16, recordsMaxHeldout: 60, logarithmic: true, named: 3 },
  long: false,
});

test('where questions name three records, what they ask is proved by the prompt from these alone', () => {
  expect(easy.report.unfilled).toEqual({});
  const named = easy.samples.filter(({ task }) => ['T4', 'T5', 'T7', 'T8'].includes(task));
  expect(named).toHaveLength(40);
  for (const { task, prompt, question, reward } of named) {
    const keys = /: (.+)[.?]$/.exec(question)?.[1]?.split(', ') ?? [];
    expect(keys, question).toHaveLength(task === 'T7' ? 4 : 3);
    const derived = { task, rendering: 'short', question, gold: reward.gold, fields: [] } as const;
    expect(rederive({ ...derived, prompt }), question).toBeUndefined();
    expect(rederive({ ...derived, prompt, gold: spoiled(task, reward.gold, prompt) })).toBeDefined();
    // Without the line of a record that is named there is no answer.
    const cut = prompt.split('\n').filter((line) => !line.startsWith(`${keys[0]} (`));
    expect(rederive({ ...derived, prompt: cut.join('\n') }), question).toBeDefined();
    if (task === 'T7') expect(reward.candidates).toBe(4);
  }
});

test('beside questions that name three records a category has six at most', () => {
  const lists = easy.samples.filter(({ task }) => task === 'T3');
  expect(lists).toHaveLength(10);
  for (const { reward } of lists) expect(reward.gold.length).toBeLessThanOrEqual(6);
});

test('held-out dossiers may be longer, small ones are as many as large ones, and half of the documents are held out', () => {
  const sizes = (split: string) =>
    easy.samples.filter((s) => s.split === split).map((s) => s.provenance.documents.length);
  expect(Math.max(...sizes('train'))).toBeLessThanOrEqual(16);
  expect(Math.max(...sizes('heldout'))).toBeGreaterThan(40);
  // The middle of 8 to 60 on a logarithmic scale is 22.
  expect(sizes('heldout').filter((size) => size < 22).length).toBeGreaterThan(15);
  const ids = (split: string) =>
    new Set(easy.samples.filter((s) => s.split === split).flatMap((s) => s.provenance.documents.map(({ id }) => id)));
  expect([...ids('train')].filter((id) => ids('heldout').has(id))).toEqual([]);
});

test('documents without records are refused with a hint', () => {
  const bare = documents.filter((document) => document.record === undefined);
  expect(() => buildDataset({ documents: bare, seed: 1 })).toThrow(/none of the \d+ documents has a record/);
});
