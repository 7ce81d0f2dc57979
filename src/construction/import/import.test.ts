import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, expect, test } from 'vitest';
import { packagedDocuments } from '../../../test/packaged-documents.ts';
import { readRows } from '../../records/read-rows.ts';
import { renderGold, scoreResponse, scoreUpstream } from '../../rewards/index.ts';
import { writeParquet } from '../../samples/parquet.ts';
import type { Sample } from '../../samples/sample.ts';
import { toUpstreamRecord } from '../../samples/upstream.ts';
import { writeJournal } from '../../storage/journal.ts';
import { type taskIds, tasks } from '../../tasks/task.ts';
import { buildMixture } from '../mixture/build-mixture.ts';
import { findWhole } from '../whole-words.ts';
import { valuesAt } from './field-path.ts';
import { type ImportItem, importRows } from './import-rows.ts';
import { layoutFor, mappingSchema } from './mapping.ts';
import { optionCount } from './option-count.ts';

const lengths = [512, 1024, 2048].map((tokens) => ({ tokens, weight: 1 }));

const folder = mkdtempSync(path.join(tmpdir(), 'golongrl-import-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string): string => path.join(folder, name);

const released = { released: { dataset: 'someone/set', licence: 'MIT', profiles: ['paper', 'hardened'] } } as const;

interface Imported {
  readonly samples: Sample[];
  /** `row code`. */
  readonly quarantined: string[];
}
async function collect(file: string, source: Parameters<typeof importRows>[1]): Promise<Imported> {
  const items: ImportItem[] = [];
  const layout = layoutFor('mapping' in source ? source.mapping : undefined);
  for await (const item of importRows(readRows([file], { layout }), source)) items.push(item);
  return {
    samples: items.flatMap((item) => ('sample' in item ? [item.sample] : [])),
    quarantined: items.flatMap((item) =>
      'quarantined' in item ? [`${item.quarantined.row} ${item.quarantined.code}`] : [],
    ),
  };
}
const write = (name: string, content: unknown): string => {
  writeFileSync(at(name), typeof content === 'string' ? content : JSON.stringify(content));
  return at(name);
};
const lines = (rows: readonly unknown[]): string => rows.map((row) => JSON.stringify(row)).join('\n');

const native = [
  ...buildMixture({ documents: packagedDocuments(), seed: 2, preset: 'balanced', samples: 90, lengths, probes: 1 }),
];

test('exported and imported again, Parquet or JSON lines, samples are equal', async () => {
  const records = native.map((sample, i) => toUpstreamRecord(sample, i));
  await writeParquet(at('out.parquet'), records);
  await writeJournal(at('out.jsonl'), records);
  for (const file of ['out.parquet', 'out.jsonl'])
    expect(await collect(at(file), released)).toEqual({ samples: native, quarantined: [] });
});

test('a row that was changed after export, or stands twice, is set aside under its name', async () => {
  const [first, second] = native.map((sample, i) => toUpstreamRecord(sample, i));
  if (first === undefined || second === undefined) throw new Error('no samples');
  const changed = { ...first, prompt: [{ role: 'user', content: `${first.prompt[0]?.content} Be quick.` }] };
  const file = write('changed.jsonl', lines([changed, second, second]));
  expect(await collect(file, released)).toEqual({
    samples: [native[1]],
    quarantined: ['changed.jsonl#1 altered', 'changed.jsonl#3 duplicate'],
  });
});

/** A row as a stranger would write it. */
const foreign = (task: (typeof taskIds)[number], data_source: string, reward_mode: string, truth: unknown) => ({
  data_source,
  prompt: [{ role: 'user', content: `A text about rivers and Lake Chad. What is asked of ${task}?\nA. One\nB. Two` }],
  ability: tasks[task].ability,
  reward_model: { style: 'rule', ground_truth: truth },
  extra_info: { reward_mode, question: 'What is asked?', split: 'train' },
});
const listed = (doc_ids: string[], summary = 'English') => ({ doc_ids, golden_label: '', summary });
const label = (golden_label: string) => ({ doc_ids: [], golden_label, summary: 'English' });
const prose =
  'The river rises in the hills, crosses the plain and reaches the sea after nine hundred miles of slow water.';
const rows = [
  foreign('T1', 'EM', 'EM', label('Lake Chad')),
  foreign('T2', 'selection', 'selection', label('B')),
  foreign('T3', 'longbench_pro', 'T5.1 Full-Sentence Citation Alignment', [listed(['Part 3', 'Part 8'])]),
  foreign('T4', 'math_longcot_math_verify', 'math_verify', label('1204.5')),
  foreign('T4', 'longbench_pro', 'T8.2 Single-Source Targeted Aggregation', listed(['12.5%', '8.0%'])),
  foreign('T5', 'multitableqa_pretraining', 'IoU', label('{"columns":["a","b"],"data":[["x","1"],["y","2"]]}')),
  foreign('T6', 'longbench_pro', 'T6.1 Large-Scale Document Clustering', listed(['Law 25.00%', 'Art 75.00%'])),
  foreign('T7', 'longbench_pro', 'T1.1 Global Cohesive Retrieval', listed(['R3', 'R1', 'R9', 'R2'])),
  foreign(
    'T8',
    'longbench_pro',
    'T2.1 Global Timeline Reconstruction',
    listed(['Part 5', 'Part 1', 'Part 2'], 'Chinese'),
  ),
  foreign('T9', 'longbench_pro', 'T4.1 Global-Coverage Constrained Summary', listed([prose])),
];

test('rows of the released layout become samples of the nine tasks that ask for [Answer], with the reward of their source', async () => {
  const file = at('released.parquet');
  const columns = (['data_source', 'ability'] as const).map((name) => ({ name, data: rows.map((row) => row[name]) }));
  const json = (['prompt', 'reward_model', 'extra_info'] as const).map((name) => ({
    name,
    data: rows.map((row) => row[name]),
    type: 'JSON' as const,
  }));
  writeFileSync(file, new Uint8Array(parquetWriteBuffer({ columnData: [...columns, ...json] })));
  const { samples, quarantined } = await collect(file, released);
  expect(quarantined).toEqual([]);
  expect(samples.map(({ task, reward }) => `${task} ${reward.metric}`)).toEqual([
    'T1 EM',
    'T2 Accuracy',
    'T3 F1_Score',
    'T4 math_verify',
    'T4 SubEM',
    'T5 IoU',
    'T6 SubEM',
    'T7 NDCG',
    'T8 Pairwise_Accuracy',
    'T9 Summary',
  ]);
  expect(samples[8]?.reward.language).toBe('zh');
  for (const { prompt, reward, provenance } of samples) {
    expect(prompt).toMatch(/\[Answer\]|\[答案\]/);
    expect(provenance.documents[0]?.licence).toBe('MIT');
    for (const profile of ['paper', 'hardened'] as const) {
      expect(scoreResponse(reward, renderGold(reward, profile), profile).score).toBeCloseTo(1, 6);
      expect(scoreResponse(reward, '', profile).score).toBe(0);
    }
  }
  // Written out again, each row is still graded by the metric it came with, and comes back as the same sample.
  const again = samples.map((sample, i) => toUpstreamRecord(sample, i));
  for (const [i, { data_source, reward_model, extra_info }] of again.entries()) {
    const row = { data_source, solution_str: '', ground_truth: reward_model.ground_truth, extra_info };
    expect(scoreUpstream(row, 'paper').task, `row ${i}`).toBe(samples[i]?.reward.metric);
  }
  expect(await collect(write('again.jsonl', lines(again)), released)).toEqual({ samples, quarantined: [] });
});

test('every row that cannot be a sample is named with its reason, and none is lost', async () => {
  const [em] = rows;
  const bad = [
    { ...em, ability: 'Juggling' },
    { ...em, data_source: 'genrm' },
    { ...em, reward_model: { ground_truth: { doc_ids: ['x'] } } },
    {
      ...em,
      prompt: [
        { role: 'user', content: 'a' },
        { role: 'assistant', content: 'b' },
      ],
    },
    { ...em, prompt: undefined },
    foreign('T3', 'longbench_pro', 'T5.1 Full-Sentence Citation Alignment', listed([])),
    foreign('T5', 'multitableqa_pretraining', 'IoU', label('no table')),
  ];
  const file = write('bad.jsonl', `${lines(bad)}\n{"data_source": \n[1]\n${JSON.stringify(em)}`);
  const { samples, quarantined } = await collect(file, released);
  expect(samples).toHaveLength(1);
  expect(quarantined.map((entry) => entry.split(' ')[1])).toEqual([
    'unknown-ability',
    'unknown-reward',
    'gold-form',
    'prompt-form',
    'field-missing',
    'gold-form',
    'gold-not-rewarded',
    'corrupt',
    'corrupt',
  ]);
});

test('rows that do not fit their task are set aside with the rule they break, and kept with a flag where that is asked for', async () => {
  const sweep = 'T7.3 Comprehensive Error & Anomaly Sweep';
  const citation = 'T5.1 Full-Sentence Citation Alignment';
  const odd: [string, unknown][] = [
    ['answer-too-long', foreign('T1', 'EM', 'EM', label(`${'word '.repeat(20)}end`))],
    ['answer-not-in-context', foreign('T1', 'EM', 'EM', label('Zanzibar'))],
    ['answer-not-in-context', foreign('T1', 'EM', 'EM', label('river'))],
    ['answer-line-end', foreign('T1', 'EM', 'EM', label('Lake\nChad'))],
    ['answer-form', foreign('T1', 'EM', 'EM', label('[Answer] Lake Chad'))],
    ['reward-mismatch', foreign('T1', 'longbench_pro', sweep, listed(['Lake Chad']))],
    ['answer-form', foreign('T2', 'selection', 'selection', label('Paris is the capital'))],
    ['answer-form', foreign('T2', 'longbench_pro', 'T3.2 Single-Hop Fact QA', listed(['F']))],
    [
      'options-missing',
      {
        ...foreign('T2', 'selection', 'selection', label('B')),
        prompt: [{ role: 'user', content: 'Who? Ann or Ben?' }],
      },
    ],
    ['answer-repeated', foreign('T3', 'longbench_pro', citation, listed(['Part 3', 'Part 3']))],
    ['answer-lines', foreign('T8', 'longbench_pro', 'T2.1 Global Timeline Reconstruction', listed(['Part 3']))],
    ['answer-too-short', foreign('T9', 'longbench_pro', 'T4.2 Query-Focused Summary', listed(['Yes.']))],
  ];
  const file = write('odd.jsonl', lines([...odd.map(([, row]) => row), rows[0]]));
  const { samples, quarantined } = await collect(file, released);
  expect(quarantined).toEqual(odd.map(([code], i) => `odd.jsonl#${i + 1} ${code}`));
  expect(samples).toHaveLength(1);
  const kept = await collect(file, { released: { ...released.released, keep: ['answer-not-in-context'] } });
  expect(kept.samples.map(({ provenance }) => provenance.imported?.flags)).toEqual([
    ['answer-not-in-context'],
    ['answer-not-in-context'],
    undefined,
  ]);
});

test('what the release may do and new data may not is a flag; a stated choice is its letter', async () => {
  const spans = foreign('T1', 'EM', 'EM', label('lake chad'));
  const induction = foreign('T6', 'longbench_pro', 'T10.1 Large-Scale In-Context Rule Induction', listed(['X-12-Y']));
  const legacy = foreign('T2', 'selection', 'selection', label('The correct answer is (B)'));
  const states = foreign('T4', 'longbench_pro', 'T8.3 Long-Context Procedural State Tracking', listed(['3', '3']));
  const file = write('wide.jsonl', lines([spans, induction, legacy, states]));
  const { samples, quarantined } = await collect(file, released);
  expect(quarantined).toEqual([]);
  expect(samples.map(({ provenance }) => provenance.imported?.flags)).toEqual([
    ['answer-not-in-context'],
    ['answer-lines'],
    undefined,
    ['answer-repeated'],
  ]);
  expect([samples[2]?.reward.gold, samples[2]?.provenance.imported?.changes]).toEqual([
    ['B'],
    ['answer-format', 'gold-form'],
  ]);
});

test.each([
  ['Who?\nA. Ann\nB. Ben\nC. Cy', 3],
  ['Who?\n(A) Ann\n(B) Ben', 2],
  ['Who? A) Ann B) Ben C) Cy D) Di', 4],
  ['谁？\nA、甲\nB、乙', 2],
  ['**A** Ann\n**B** Ben', 2],
  ['B. Franklin wrote to A. Smith.', 0],
  ['Who? Ann or Ben?', 0],
])('the options of %j are %d', (prompt, count) => {
  expect(optionCount(prompt)).toBe(count);
});

test.each([
  ['concatenate the cat', 'cat', 16],
  ['concatenate', 'cat', -1],
  ['it is 12.5 or 1,250', '12', -1],
  ['in 1850. Then', '1850', 3],
  ['用GPU训练模型', 'GPU', 1],
  ['出水稳定性要好', '稳定', 2],
  ['l’été fut beau', 'ét', -1],
])('in %j, %j begins at %d', (text, words, at) => {
  expect(findWhole(text, words)).toBe(at);
});

test('columns may be JSON texts, the truth a column of its own, a list or a JSON list; sub-tasks go with and without number', async () => {
  const plain = (await collect(write('forms.jsonl', lines(rows)), released)).samples;
  const same = (samples: Sample[]) => samples.map(({ id, task, reward }) => ({ id, task, reward }));
  const forms: Record<string, (row: (typeof rows)[number]) => unknown> = {
    prompt: (row) => ({ ...row, prompt: JSON.stringify(row.prompt) }),
    text: (row) => ({ ...row, prompt: row.prompt[0]?.content }),
    strings: (row) => ({
      ...row,
      prompt: JSON.stringify(row.prompt),
      reward_model: JSON.stringify(row.reward_model),
      extra_info: JSON.stringify(row.extra_info),
    }),
    top: ({ reward_model, ...row }) => ({ ...row, ground_truth: reward_model.ground_truth }),
    json: (row) => ({ ...row, reward_model: { ground_truth: JSON.stringify(row.reward_model.ground_truth) } }),
    list: (row) => ({ ...row, reward_model: { ground_truth: JSON.stringify([row.reward_model.ground_truth]) } }),
    inner: ({ ability, ...row }) => ({ ...row, ability: null, extra_info: { ...row.extra_info, ability } }),
    bare: (row) => ({
      ...row,
      extra_info: { ...row.extra_info, reward_mode: row.extra_info.reward_mode.replace(/^T\d+\.\d+ /, '') },
    }),
  };
  for (const [name, form] of Object.entries(forms)) {
    const { samples, quarantined } = await collect(write(`${name}.jsonl`, lines(rows.map(form))), released);
    expect(quarantined, name).toEqual([]);
    expect(same(samples), name).toEqual(same(plain));
  }
});

const qas = (question: string, ...answers: string[]) => ({
  id: question,
  question,
  answers: answers.map((text) => ({ text, answer_start: 0 })),
});
const squad = {
  version: 'v2',
  data: [
    {
      title: 'Chad',
      paragraphs: [
        {
          context: 'Chad is a landlocked country. Its capital is N’Djamena. Lake Chad lies in the west.',
          qas: [
            qas('capital', 'N’Djamena', 'N’Djamena'),
            qas('where', 'in the west', 'the west'),
            qas('none'),
            qas('long', 'Chad is a landlocked country. Its capital is N’Djamena.'),
            qas('elsewhere', 'Niger'),
          ],
        },
      ],
    },
  ],
};

test('SQuAD: nested questions know their context; only short spans that stand in it are kept for T1', async () => {
  const mapping = mappingSchema.parse({
    dataset: 'squad',
    licence: 'CC-BY-SA-4.0',
    task: 'T1',
    rows: 'data[*].paragraphs[*].qas[*]',
    id: 'id',
    context: 'context',
    question: 'question',
    answer: 'answers[*].text',
  });
  const { samples, quarantined } = await collect(write('squad.json', squad), { mapping });
  expect(samples).toHaveLength(1);
  const [sample] = samples;
  expect(sample?.reward).toEqual({ metric: 'EM', gold: ['N’Djamena'], language: 'en' });
  expect(sample?.prompt).toMatch(/^Chad is .*\n\ncapital\nAfter \[Answer\], write the exact value on one line\.$/s);
  const [evidence] = sample?.provenance.evidence ?? [];
  expect(sample?.prompt.slice(evidence?.span.start, evidence?.span.end)).toBe('N’Djamena');
  expect(quarantined).toEqual([
    'squad.json:where answers-differ',
    'squad.json:none field-missing',
    'squad.json:long answer-too-long',
    'squad.json:elsewhere answer-not-in-context',
  ]);
  const first = await collect(at('squad.json'), { mapping: { ...mapping, several: 'first' } });
  expect(first.samples.map(({ reward }) => reward.gold[0])).toEqual(['N’Djamena', 'in the west']);
});

test('an answer is where answer_start says, counted in characters; another place is refused', async () => {
  const context = ' 𝕏 met the cat. The cat slept; they concatenate.';
  const at = [...context].join('').lastIndexOf('cat slept');
  const from = [...context.slice(0, at)].length;
  const row = (id: string, answer_start: number) => ({
    id,
    context,
    question: id,
    answers: { text: ['cat'], answer_start: [answer_start] },
  });
  const mapping = mappingSchema.parse({
    dataset: 'squad',
    licence: 'CC-BY-SA-4.0',
    task: 'T1',
    id: 'id',
    context: 'context',
    question: 'question',
    answer: 'answers.text[*]',
    answerStart: 'answers.answer_start[*]',
  });
  const inside = [...context.slice(0, context.indexOf('catenate'))].length;
  const file = write('starts.jsonl', lines([row('second', from), row('wrong', 1), row('inside', inside)]));
  const { samples, quarantined } = await collect(file, { mapping });
  const [evidence] = samples[0]?.provenance.evidence ?? [];
  expect(samples[0]?.prompt.slice(evidence?.span.start, (evidence?.span.end ?? 0) + 6)).toBe('cat slept');
  expect(quarantined).toEqual(['starts.jsonl#2:wrong answer-start', 'starts.jsonl#3:inside answer-start']);
});

test('QuALITY: a number says nothing until the mapping says what it counts from', async () => {
  const row = (question: string, gold_label: unknown) => ({
    article: 'It was dry.',
    question,
    options: ['rain', 'sun', 'snow'],
    gold_label,
  });
  const file = write('quality.jsonl', lines([row('a', 2), row('b', 3), row('c', 4)]));
  const of = (answerIs?: string) =>
    mappingSchema.parse({
      dataset: 'quality',
      licence: 'CC-BY-4.0',
      task: 'T2',
      context: 'article',
      question: 'question',
      options: 'options',
      answer: 'gold_label',
      answerIs,
    });
  await expect(collect(file, { mapping: of() })).rejects.toMatchObject({
    code: 'mapping-answer-is',
    hint: expect.stringContaining('answerIs'),
  });
  const { samples, quarantined } = await collect(file, { mapping: of('index1') });
  expect(samples.map(({ reward }) => reward.gold)).toEqual([['B'], ['C']]);
  expect(quarantined).toEqual(['quality.jsonl#3 answer-form']);
  expect((await collect(file, { mapping: of('index0') })).samples.map(({ reward }) => reward.gold)).toEqual([['C']]);
});

test('HotpotQA: an array of records with titles and sentences, from gzip too; yes and no are no spans', async () => {
  const record = (id: string, answer: string) => ({
    _id: id,
    question: `Which city, ${id}?`,
    answer,
    context: [
      ['Chad', ['Chad is in Africa.', ' Its capital is N’Djamena.']],
      ['Mali', ['Mali is in Africa.', ' Its capital is Bamako.']],
    ],
  });
  writeFileSync(at('hotpot.json.gz'), gzipSync(JSON.stringify([record('a', 'Bamako'), record('b', 'yes')])));
  const mapping = mappingSchema.parse({
    dataset: 'hotpot',
    licence: 'CC-BY-SA-4.0',
    task: 'T1',
    id: '_id',
    context: { title: 'context[*][0]', text: 'context[*][1]' },
    question: 'question',
    answer: 'answer',
    heldout: 0.5,
  });
  const { samples, quarantined } = await collect(at('hotpot.json.gz'), { mapping });
  expect(samples[0]?.prompt).toContain('# Mali\n\nMali is in Africa. Its capital is Bamako.');
  expect(quarantined).toEqual(['hotpot.json.gz#2:b answer-not-in-context']);
});

test('MuSiQue: rows that do not fit `where` are set aside; CSV with options gives letters', async () => {
  const musique = (id: string, answerable: boolean) => ({
    id,
    question: 'Who wrote it?',
    answer: 'Ann Lee',
    answerable,
    paragraphs: [{ title: 'The book', paragraph_text: 'It was written by Ann Lee.', is_supporting: true }],
  });
  const file = write('musique.jsonl', lines([musique('x', true), musique('y', false)]));
  const mapping = mappingSchema.parse({
    dataset: 'musique',
    licence: 'CC-BY-4.0',
    task: 'T1',
    id: 'id',
    context: { title: 'paragraphs[*].title', text: 'paragraphs[*].paragraph_text' },
    question: 'question',
    answer: 'answer',
    where: [{ field: 'answerable', equals: [true] }],
  });
  const found = await collect(file, { mapping });
  expect([found.samples.length, found.quarantined]).toEqual([1, ['musique.jsonl#2:y left-out']]);
  const csv = write(
    'choice.csv',
    'text,q,a,b,right\n"It rained, all day.",Weather?,rain,sun,1\nIt was dry.,Weather?,rain,sun,7\n',
  );
  const choice = mappingSchema.parse({
    dataset: 'choice',
    licence: 'CC0-1.0',
    task: 'T2',
    context: 'text',
    question: 'q',
    options: 'options[*]',
    answer: 'right',
  });
  expect((await collect(csv, { mapping: choice })).quarantined).toHaveLength(2);
  const jsonl = write(
    'choice.jsonl',
    lines([{ text: 'It was dry.', q: 'Weather?', options: ['rain', 'sun'], right: 'sun' }]),
  );
  const [letter] = (await collect(jsonl, { mapping: choice })).samples;
  expect([letter?.reward.gold, letter?.question]).toEqual([['B'], 'Weather?\nA. rain\nB. sun']);
});

test.each([
  ['a.b', { a: { b: 1 } }, [1]],
  ['a[*].b', { a: [{ b: 1 }, { c: 2 }, { b: 3 }] }, [1, 3]],
  ['a[1]', { a: ['x', 'y'] }, ['y']],
  ['a[*][0]', { a: [['x'], ['y', 'z']] }, ['x', 'y']],
  ['a', { b: 1 }, []],
  ['a', { a: null }, []],
  ['constructor', {}, []],
])('path %s of %j is %j', (where, row, expected) => {
  expect(valuesAt(row, where)).toEqual(expected);
});

test('a wrong path or mapping is refused before anything is read', () => {
  expect(() => valuesAt({}, 'a[b]')).toThrow(/a\[b\]/);
  const wrong = mappingSchema.safeParse({
    dataset: 'x',
    licence: 'MIT',
    task: 'T1',
    context: 'c[',
    question: 'q',
    answer: 'a',
  });
  expect(wrong.success).toBe(false);
});
