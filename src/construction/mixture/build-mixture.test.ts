import { expect, test } from 'vitest';
import { packagedDocuments } from '../../../test/packaged-documents.ts';
import type { Document } from '../../corpus/document.ts';
import { makeDocument } from '../../corpus/make-document.ts';
import { findSentences } from '../../corpus/structure/sentences.ts';
import { random } from '../../random.ts';
import { sampleSchema } from '../../samples/sample.ts';
import { taskIds } from '../../tasks/task.ts';
import { exploitLimit } from '../gates/gate.ts';
import { withinLength } from '../reading/reading-gates.ts';
import { weighted } from '../reading/weighted.ts';
import { buildMixture } from './build-mixture.ts';
import { apportion, type MixturePlace, mixtureLengths, mixtureNames, planMixture } from './mixture.ts';
import { MixtureTally } from './mixture-report.ts';

const documents = packagedDocuments();
const options = { documents, seed: 3, preset: 'balanced' as const, samples: 360, longest: 16384, probes: 1 };
const tally = new MixtureTally();
const samples = [...buildMixture(options, tally)];

test('a balanced mixture has all nine tasks in equal parts, each sample within a fifth of a nominal length', () => {
  const counts = [...tally.byTask.values()];
  expect(Math.min(...counts)).toBeGreaterThan(0.9 * Math.max(...counts));
  for (const sample of samples) {
    sampleSchema.parse(sample);
    expect(
      mixtureLengths.balanced.some(({ tokens }) => withinLength(sample.tokens, tokens)),
      `${sample.tokens}`,
    ).toBe(true);
  }
  expect(tally.constantLetter).toBeLessThanOrEqual(exploitLimit + 0.1);
});

test('the same seed gives the same bytes, whatever the order of the documents; another seed does not', {
  tags: ['long'],
}, () => {
  const small = { ...options, samples: 90, longest: 4096 };
  const bytes = (seed: number, list = documents): string =>
    JSON.stringify([...buildMixture({ ...small, seed, documents: list })]);
  const first = bytes(3);
  expect(bytes(3, [...documents].reverse()) === first).toBe(true);
  expect(bytes(4) === first).toBe(false);
});

test('a document serves one split only, and wording that is no document’s is marked', () => {
  const used = new Map<string, string>();
  for (const { provenance, split } of samples)
    for (const { id } of provenance.documents) {
      expect(used.get(id) ?? split, id).toBe(split);
      used.set(id, split);
    }
  const chains = samples.filter(({ provenance }) => provenance.generator === 'keychain');
  expect(chains.length).toBeGreaterThan(0);
  expect(chains.every(({ provenance }) => provenance.composed === true)).toBe(true);
});

/** A transcript of sentences of a real document, by speakers of its own. */
function transcript(number: number): Document {
  const rng = random('transcript', number);
  const speakers = ['Mr. Alder', 'THE CLERK', 'Dr. Birch', 'Cedar', 'Mrs. Dogwood'];
  const source = documents.filter(({ id }) => id.startsWith('sotu'))[number];
  const text = findSentences(source?.text ?? '')
    .map(({ start, end }) => `${weighted(speakers, (_, i) => 1 + i, rng.next())}: ${source?.text.slice(start, end)}`)
    .join('\n');
  const id = `transcript/${number}`;
  return makeDocument({ id, title: id, source: id, licence: 'CC0-1.0', language: 'en', kind: 'conversation', text });
}

test('conversations among the documents are asked about as they are, and only what is put into them is composed', {
  tags: ['long'],
}, () => {
  const conversations = Array.from({ length: 24 }, (_, i) => transcript(i));
  const dialogues = [...buildMixture({ ...options, documents: conversations, longest: 4096 })].filter(({ prompt }) =>
    /^\[T1\] /.test(prompt),
  );
  const composed = (generator: string): Set<boolean | undefined> =>
    new Set(
      dialogues.filter(({ provenance }) => provenance.generator === generator).map((one) => one.provenance.composed),
    );
  for (const generator of ['who-said', 'speaker-match', 'speaker-table', 'speaker-digest'])
    expect(composed(generator), generator).toEqual(new Set([undefined]));
  for (const generator of ['commitment', 'last-state']) expect(composed(generator), generator).toEqual(new Set([true]));
  const [said] = dialogues.filter(({ provenance }) => provenance.generator === 'who-said');
  const quote = /“(.+)”/.exec(said?.question ?? '')?.[1] ?? 'no quotation';
  const own = conversations.find(({ id }) => id === said?.provenance.documents[0]?.id);
  expect(own?.text.split('\n').find((line) => line.includes(quote))).toContain(`${said?.reward.gold[0]}: `);
});

test('documents with titles of their own are asked about by the names of their records', { tags: ['long'] }, () => {
  const titled = documents.map((document) => ({ ...document, title: `On ${document.id}` }));
  const count = new MixtureTally();
  const long = [...buildMixture({ ...options, documents: titled }, count)].filter(
    ({ tokens, provenance }) => tokens > 6500 && provenance.generator.startsWith('attribute-'),
  );
  expect(long.length).toBeGreaterThan(0);
  expect(count.samples).toBeGreaterThan(0.95 * samples.length);
});

test('evidence is spread over every tenth of the context of long prompts', () => {
  // Each tenth is asked for in thirteen to sixteen places; a quarter of them is filled by readings that g6 exempts, which fall on the tenths
  // by chance and are not counted: some two more or less in each.
  expect(Math.max(...tally.depth) - Math.min(...tally.depth)).toBeLessThanOrEqual(6);
});

test('the paper-like mixture gives T1 to T4 over nine tenths and T6 to T9 under 4 %', () => {
  const plan = planMixture({ preset: 'paper-like', samples: 10_000 });
  const share = (...tasks: string[]): number => plan.filter(({ task }) => tasks.includes(task)).length / plan.length;
  expect(share('T1', 'T2', 'T3', 'T4')).toBeGreaterThan(0.9);
  expect(share('T6', 'T7', 'T8', 'T9')).toBeLessThan(0.04);
});

test.each(mixtureNames)('%s plans exactly the samples asked for', (name) => {
  expect(planMixture({ preset: name, samples: 1237 })).toHaveLength(1237);
  expect(apportion([1, 1, 1], 10)).toEqual([4, 3, 3]);
});

test('of a paper-like mixture every task, however rare, is held out in part', () => {
  const heldout = planMixture({ preset: 'paper-like', samples: 2700 }).filter(({ split }) => split === 'heldout');
  expect(new Set(heldout.map(({ task }) => task)).size).toBe(9);
  expect(heldout.length).toBeGreaterThan(500);
});

test.each([54, 900, 2700, 5400])('held-out places of %d are a fifth of each task and are of all lengths', (samples) => {
  const plan = planMixture({ preset: 'balanced', samples });
  const share = (places: readonly MixturePlace[]): number =>
    places.filter(({ split }) => split === 'heldout').length / places.length;
  for (const task of taskIds) {
    const own = plan.filter((place) => place.task === task);
    expect(Math.abs(share(own) * own.length - own.length / 5), task).toBeLessThan(1);
    if (samples < 2700) continue;
    // Within the task, long and short alike; and no generator, of which each length has up to six in turn, is held out alone.
    for (const long of [false, true]) {
      const part = own.filter(({ tokens }) => tokens > 4096 === long);
      expect(Math.abs(share(part) - 0.2), `${task} ${long}`).toBeLessThan(0.06);
    }
    for (const turns of [4, 5, 6])
      for (let turn = 0; turn < turns; turn++) {
        const part = own.filter(({ index }) => index % turns === turn);
        expect(Math.abs(share(part) - 0.2), `${task} ${turn} of ${turns}`).toBeLessThan(0.13);
      }
  }
  for (const { tokens } of mixtureLengths.balanced) {
    const own = plan.filter((place) => place.tokens === tokens);
    if (own.length > 0) expect(Math.abs(share(own) * own.length - own.length / 5), `${tokens}`).toBeLessThan(2);
    const tasksHeldOut = new Set(own.filter(({ split }) => split === 'heldout').map(({ task }) => task));
    if (own.length >= 9) expect(tasksHeldOut.size, `${tokens}`).toBeGreaterThan(0);
    if (own.length === 9) expect(tasksHeldOut.size, `${tokens}`).toBeLessThan(9);
  }
});
