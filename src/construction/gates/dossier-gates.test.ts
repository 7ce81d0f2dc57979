import { expect, test } from 'vitest';
import { packagedDocuments } from '../../../test/packaged-documents.ts';
import { random } from '../../random.ts';
import { type TaskId, taskIds } from '../../tasks/task.ts';
import { estimateTokens } from '../../tokens.ts';
import type { Draft, Generator } from '../generator.ts';
import { renderPrompt } from '../render.ts';
import { drawDossier, families } from '../synthetic/dossier.ts';
import { overviewSummary, overviewsOf } from '../synthetic/generators/overview-summary.ts';
import { generators } from '../synthetic/generators/registry.ts';
import { DepthQuota } from './depth.ts';
import { type Candidate, failedGate } from './dossier-gates.ts';

const documents = packagedDocuments();
const countries = families(documents).get('countries') ?? [];

const withDraft = (candidate: Candidate, change: Partial<Draft>): Candidate => {
  const draft = { ...candidate.draft, ...change };
  return { ...candidate, draft, prompt: renderPrompt(candidate.dossier, draft, candidate.rendering) };
};

/** The first sample of a task that passes every gate. */
function passing(
  task: TaskId,
  accept: (candidate: Candidate) => boolean = () => true,
  generator: Generator = generators[task],
): Candidate {
  for (let seed = 0; seed < 400; seed++) {
    const rng = random('gates', task, seed);
    const dossier = drawDossier(countries, 8, rng);
    const draft = dossier === undefined ? undefined : generator.propose(dossier, rng);
    if (dossier === undefined || draft === undefined) continue;
    const rendering = draft.cuts === undefined ? 'short' : 'long';
    const prompt = renderPrompt(dossier, draft, rendering);
    const candidate: Candidate = { draft, dossier, rendering, prompt, tokens: estimateTokens(prompt) };
    if (accept(candidate) && failedGate(candidate) === undefined) return candidate;
  }
  throw new Error(`no ${task} passes the gates`);
}

test.each(taskIds)('%s: a sample passes all gates, and the same with a wrong gold does not', (task) => {
  const candidate = passing(task);
  const wrong: Record<TaskId, readonly string[]> = {
    T1: ['nowhere'],
    T2: [candidate.draft.gold[0] === 'A' ? 'B' : 'A'],
    T3: candidate.draft.gold.slice(1),
    T4: ['77777'],
    T5: ['{"columns":["name","x"],"data":[["Atlantis","Poseidonis"]]}'],
    T6: candidate.draft.gold.map((line) => line.replace(/: .*/, ': Atlantis')),
    T7: [...candidate.draft.gold].reverse(),
    T8: [...candidate.draft.gold].reverse(),
    T9: ['A country in the sea with 77777 ships.'],
  };
  const failure = failedGate(withDraft(candidate, { gold: wrong[task] }));
  expect(failure?.gate).toBe('g1');
});

test('g1: a prompt whose context was altered does not prove its gold', () => {
  const candidate = passing('T1');
  const prompt = candidate.prompt.replace(candidate.draft.gold[0] ?? '', 'else');
  expect(failedGate({ ...candidate, prompt })?.gate).toBe('g1');
});

test('g3: a wrong line that contains a gold line is refused in T6', () => {
  const candidate = passing('T6');
  const [line = ''] = candidate.draft.gold;
  const [name, category] = line.split(': ');
  const records = candidate.dossier.records.map((record, i) =>
    record.key !== name && i < 2
      ? { ...record, key: `Old ${name}`, category: { ...record.category, value: category ?? '' } }
      : record,
  );
  expect(failedGate({ ...candidate, dossier: { ...candidate.dossier, records } })?.gate).toBe('g3');
});

test('g4: an answer that the question gives away is refused, but for tasks that list their candidates', () => {
  const lookup = passing('T1');
  expect(
    failedGate(withDraft(lookup, { question: `${lookup.draft.question} Is it ${lookup.draft.gold[0]}?` }))?.gate,
  ).toBe('g4');
  expect(passing('T8').draft.question).toContain(passing('T8').draft.gold[0] ?? 'x');
});

test('g5: a table of everything that would pay more than 0.34 is refused', () => {
  const candidate = passing('T5');
  const many = { ...candidate.dossier, records: candidate.dossier.records.slice(0, 0) };
  const rows = (JSON.parse(candidate.draft.gold[0] ?? '{}') as { data: string[][] }).data;
  const records = candidate.dossier.records.filter((record) => rows.some(([name]) => name === record.key));
  const dossier = { ...many, records };
  const prompt = renderPrompt(dossier, candidate.draft, 'short');
  expect(failedGate({ ...candidate, dossier, prompt })).toMatchObject({ gate: 'g5' });
});

test('g7: a length outside its bin or above its limit is refused', () => {
  const candidate = passing('T2');
  expect(failedGate({ ...candidate, bin: 8 })?.gate).toBe('g7');
  expect(failedGate({ ...candidate, maxTokens: candidate.tokens - 1 })?.gate).toBe('g7');
  expect(failedGate({ ...candidate, maxTokens: candidate.tokens })).toBeUndefined();
});

test('g9: a distribution header in the context is refused', () => {
  const candidate = passing('T3');
  expect(
    failedGate({ ...candidate, prompt: `*** START OF THE PROJECT GUTENBERG EBOOK ***\n${candidate.prompt}` })?.gate,
  ).toBe('g9');
});

test('g9: a page number standing alone is refused', () => {
  const candidate = passing('T3');
  expect(failedGate({ ...candidate, prompt: candidate.prompt.replace('\n', '\n  Page 17\n') })?.gate).toBe('g9');
});

test('g6: a depth quota gives every tenth of the context its share and no more', () => {
  const quota = new DepthQuota(100);
  const taken = Array.from({ length: 40 }, () => quota.take(0.05)).filter(Boolean);
  expect(taken).toHaveLength(11);
  expect(quota.take(0.15)).toBe(true);
  expect(quota.take(1)).toBe(true);
  expect(quota.counts).toEqual([11, 1, 0, 0, 0, 0, 0, 0, 0, 1]);
});

test('an overview is cut out of its document, is the gold, and is gone from the prompt', () => {
  const candidate = passing('T9', () => true, overviewSummary);
  const [cut] = candidate.draft.cuts ?? [];
  const document = documents.find((entry) => entry.id === cut?.document);
  const wording = document?.text.slice(cut?.span.start, cut?.span.end) ?? '';
  expect(candidate.draft.gold).toEqual([wording]);
  expect(candidate.prompt).not.toContain(wording.slice(0, 60));
  expect(candidate.prompt).toContain(`# ${document?.title}\n`);
  const leaking = { ...candidate, prompt: `${wording}\n${candidate.prompt}` };
  expect(failedGate(leaking)).toMatchObject({ gate: 'g1', why: 'the reference still stands in the prompt' });
  if (document === undefined) throw new Error('no document');
  for (const { reference } of overviewsOf(document)) {
    expect(reference.split(/\s+/).length).toBeGreaterThanOrEqual(40);
    expect(reference.split(/\s+/).length).toBeLessThanOrEqual(300);
  }
});
