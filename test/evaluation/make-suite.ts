/**
 * @file Files in the original layout of every benchmark, built from the documents that come with the package: the real data sets
 * cannot be shipped. Questions ask for facts of the World Factbook, contexts are its pages, speeches and chapters. For BFCL's memory the
 * layout is that of its package, with one scenario and words of our own.
 *
 *   npx tsx test/evaluation/make-suite.ts OUT [items of each subset] [characters of a context]
 */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parquetWriteBuffer } from 'hyparquet-writer';
import type { Document } from '../../src/corpus/document.ts';
import { loadCorpus } from '../../src/corpus/load-corpus.ts';
import { type Random, random } from '../../src/random.ts';

interface Fact {
  readonly page: Document;
  readonly question: string;
  readonly gold: string;
  readonly number: boolean;
}

interface SuiteOptions {
  readonly items: number;
  readonly characters: number;
  readonly seed?: number;
}

function factsOf(documents: readonly Document[]): Fact[] {
  return documents.flatMap((page) => {
    const { record } = page;
    if (record === undefined || record.family !== 'countries') return [];
    return record.facts
      .filter(({ type }) => type !== 'category')
      .map(({ field, value, type }) => ({
        page,
        question: `What is the ${field} of ${record.key}?`,
        gold: value,
        number: type === 'number',
      }));
  });
}

/** A context of about so many characters with the page somewhere in it. */
function contextOf(page: Document, documents: readonly Document[], size: number, draw: Random): string {
  const own = page.text.slice(0, size);
  const before = Math.floor(draw.next() * Math.max(0, size - own.length));
  const other = (length: number): string => {
    let text = '';
    while (text.length < length) text += `${draw.pick(documents).text}\n\n`;
    return text.slice(0, length);
  };
  return `${other(before)}\n\n${own}\n\n${other(Math.max(0, size - own.length - before))}`;
}

const lines = (records: readonly unknown[]): string => records.map((record) => `${JSON.stringify(record)}\n`).join('');

const csv = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n');

/** The folder of the package bfcl_eval, as far as its memory part is read. */
async function writeMemoryWorld(
  drawn: readonly { readonly fact: Fact }[],
  write: (name: string, content: string) => Promise<void>,
): Promise<void> {
  const user = (content: string) => [{ role: 'user', content }];
  const scenario = 'customer';
  const tool = (name: string, ...parameters: readonly string[]) => ({
    name,
    description: `Memory tool ${name}.`,
    parameters: {
      type: 'dict',
      properties: Object.fromEntries(
        parameters.map((parameter) => [parameter, { type: 'string', description: parameter }]),
      ),
      required: parameters,
    },
  });
  const place = (name: string): string => `bfcl-memory/${name}`;
  const sessions = drawn.map(({ fact }, index) => ({
    id: `memory_prereq_${index}-${scenario}-${index}`,
    question: [user(`Good morning. ${fact.question} It is ${fact.gold}.`), user('Keep that in mind, please.')],
    scenario,
  }));
  await write(place(`data/memory_prereq_conversation/memory_${scenario}.json`), lines(sessions));
  const id = (index: number): string => `memory_${index}-${scenario}-${index}`;
  const questions = drawn.map(({ fact }, index) => ({ id: id(index), question: [user(fact.question)], scenario }));
  await write(place('data/BFCL_v4_memory.json'), lines(questions));
  const answers = drawn.map(({ fact }, index) => ({ id: id(index), ground_truth: [fact.gold] }));
  await write(place('data/possible_answer/BFCL_v4_memory.json'), lines(answers));
  const tools = place('data/multi_turn_func_doc/memory');
  await write(`${tools}_kv.json`, lines([tool('core_memory_add', 'key', 'value'), tool('core_memory_list_keys')]));
  await write(`${tools}_vector.json`, lines([tool('core_memory_add', 'text'), tool('core_memory_retrieve', 'query')]));
  await write(`${tools}_rec_sum.json`, lines([tool('memory_append', 'text'), tool('memory_retrieve')]));
  const prompts = [
    `MEMORY_AGENT_SETTINGS = {\n    "${scenario}": "You help customers."\n}`,
    'MEMORY_BACKEND_INSTRUCTION_CORE_ARCHIVAL = """{scenario_setting}\nYour core memory:\n{memory_content}\n"""',
    'MEMORY_BACKEND_INSTRUCTION_UNIFIED = """{scenario_setting}\nYour memory:\n{memory_content}\n"""',
    `ADDITIONAL_SYSTEM_PROMPT_FOR_AGENTIC_RESPONSE_FORMAT = """Answer as {'answer': ...}."""`,
  ];
  await write(place('constants/default_prompts.py'), `${prompts.join('\n\n')}\n`);
}

/** Writes all files under `out`, a folder a benchmark. */
export async function makeSuite(out: string, { items, characters, seed = 1 }: SuiteOptions): Promise<void> {
  const documents = loadCorpus();
  const facts = factsOf(documents);
  const write = async (name: string, content: string | Uint8Array): Promise<void> => {
    await mkdir(path.dirname(path.join(out, name)), { recursive: true });
    await writeFile(path.join(out, name), content);
  };
  const drawn = (label: string, wanted: (fact: Fact) => boolean = () => true) => {
    const draw = random(seed, 'suite', label);
    const chosen = draw.sample(facts.filter(wanted), items);
    return chosen.map((fact, index) => ({
      fact,
      index,
      draw: random(seed, 'suite', label, index),
      context: contextOf(fact.page, documents, characters, random(seed, 'suite-context', label, index)),
    }));
  };
  const wrong = ({ gold, number }: Fact, draw: Random): string[] => {
    const others = facts.filter((other) => other.number === number && other.gold !== gold).map((other) => other.gold);
    return draw.sample([...new Set(others)], 3);
  };

  for (const subset of ['complong', 'compshort', 'simplong', 'simpshort']) {
    const records = drawn(subset, ({ number }) => number).map(({ fact, index, context }) => ({
      question_id: `${subset}-testmini-${index}`,
      paragraphs: context.split('\n\n'),
      question: index % 5 === 4 ? `Is the following so? ${fact.question} It is ${fact.gold}.` : fact.question,
      ground_truth: index % 5 === 4 ? index % 2 === 0 : Number(fact.gold),
    }));
    await write(`docmath/${subset}_testmini.json`, JSON.stringify(records));
  }

  const choices = drawn('longbench-v2').map(({ fact, index, context, draw }) => {
    const options = draw.shuffle([fact.gold, ...wrong(fact, draw)]);
    return {
      _id: `lb2-${index}`,
      domain: 'Single-Document QA',
      difficulty: index % 2 === 0 ? 'easy' : 'hard',
      length: ['short', 'medium', 'long'][index % 3],
      question: fact.question,
      ...Object.fromEntries(options.map((option, k) => [`choice_${'ABCD'[k]}`, option])),
      answer: 'ABCD'[options.indexOf(fact.gold)],
      context,
    };
  });
  await write('longbench-v2/data.json', JSON.stringify(choices, undefined, 1));

  const articles = drawn('frames').map(({ fact, context, draw }) => ({
    Prompt: fact.question,
    Answer: fact.gold,
    wiki_items: [
      { title: fact.page.title, text: fact.page.text.slice(0, characters / 2) },
      { title: 'Other', text: context.slice(0, draw.integer(0, characters / 2)) },
    ],
  }));
  await write('frames/test.jsonl', lines(articles));

  for (const needles of [2, 4, 8]) {
    const rows = drawn(`mrcr-${needles}`).map(({ index, context, draw }) => {
      const prefix = Array.from({ length: 10 }, () => draw.pick([...'abcdefghijkmnpqrstuvwxyz23456789'])).join('');
      const turns = Array.from({ length: needles }, (_, k) => [
        { role: 'user', content: 'write a paragraph about the country' },
        { role: 'assistant', content: context.slice((k * characters) / needles, (k * characters) / needles + 300) },
      ]).flat();
      const wanted = draw.integer(0, needles - 1);
      const ask = `Prepend ${prefix} to paragraph ${wanted + 1} about the country. Do not include any other text.`;
      return {
        prompt: JSON.stringify([...turns, { role: 'user', content: ask }]),
        answer: prefix + (turns[2 * wanted + 1]?.content ?? ''),
        random_string_to_prepend: prefix,
        n_needles: needles,
        desired_msg_index: 2 * wanted + 1,
        total_messages: turns.length + 1,
        n_chars: context.length,
        date_added: `12-05-202${index % 2 === 0 ? 4 : 5}`,
      };
    });
    const columns = Object.keys(rows[0] ?? {}) as (keyof (typeof rows)[number])[];
    const columnData = columns.map((name) => ({
      name,
      data: rows.map((row) => row[name]),
      type: typeof rows[0]?.[name] === 'number' ? ('INT32' as const) : ('STRING' as const),
    }));
    await write(`mrcr/${needles}needle.parquet`, new Uint8Array(parquetWriteBuffer({ columnData })));
  }

  // The paper's re-export of the long ones: JSON lines with counted tokens.
  for (const [name, size] of [
    ['mrcr-512k/mrcr_128K_512K', 600_000],
    ['mrcr-1m/mrcr_512K_1M', 2_200_000],
  ] as const) {
    const rows = [0, 1].map((index) => {
      const prefix = `longone${index}`;
      const fact = facts[index] as Fact;
      const turns = [0, 1, 2, 3].map((k) => ({
        role: k % 2 === 0 ? 'user' : 'assistant',
        content: contextOf(fact.page, documents, size / 4, random(seed, 'suite', name, index, k)),
      }));
      const ask = { role: 'user', content: `Prepend ${prefix} to the second text. Do not include any other text.` };
      return {
        id: `long-${index}`,
        prompt: JSON.stringify([...turns, ask]),
        answer: prefix + (turns[3]?.content ?? '').slice(0, 500),
        random_string_to_prepend: prefix,
        needle_count: 2,
        n_tokens_qwen: size / 4,
        bin: name.slice(name.lastIndexOf('mrcr_') + 5),
      };
    });
    await write(`${name}.jsonl`, lines(rows));
  }

  const domains = ['financial_zh', 'financial_en', 'education_en', 'real_estate_en'];
  const corpus = domains.flatMap((domain) =>
    drawn(`corpusqa-${domain}`).map(({ fact, index, context }) => ({
      id: `${domain}_${index}`,
      prompt: [{ role: 'user', content: `${context}\n\n${fact.question}\nEnd with: The answer is: ...` }],
      question: fact.question,
      answer: fact.gold,
    })),
  );
  await write('corpusqa/128k_4domains.jsonl', lines(corpus));
  await write('corpusqa-1m/1m_4domains.jsonl', lines(corpus));

  for (const subset of ['narrativeqa', 'qasper', 'hotpotqa', '2wikimqa', 'musique']) {
    const records = drawn(subset).map(({ fact, context }) => ({
      input: fact.question,
      context,
      answers: [fact.gold, `${fact.gold} (approximately)`],
      length: context.split(' ').length,
    }));
    await write(`longbench-qa/${subset}.jsonl`, lines(records));
  }

  const types = ['single-session-user', 'multi-session', 'knowledge-update', 'temporal-reasoning'];
  const memories = drawn('longmemeval').map(({ fact, index, context, draw }) => {
    const sessions = Array.from({ length: 6 }, (_, k) => [
      { role: 'user', content: context.slice((k * characters) / 6, ((k + 1) * characters) / 6) },
      { role: 'assistant', content: 'I see.' },
    ]);
    const place = draw.integer(0, 5);
    sessions[place]?.push({ role: 'user', content: `${fact.question} It is ${fact.gold}.` });
    return {
      question_id: `q${index}${index % 10 === 9 ? '_abs' : ''}`,
      question_type: types[index % types.length],
      question: fact.question,
      answer: fact.gold,
      haystack_session_ids: sessions.map((_, k) => `s${k}`),
      answer_session_ids: [`s${place}`],
      haystack_dates: sessions.map((_, k) => `2023/05/2${k}`),
      haystack_sessions: sessions,
    };
  });
  await write('longmemeval/longmemeval_s_cleaned.json', JSON.stringify(memories));

  const subjects = ['law', 'physics'];
  const professional = (label: string, count: number) =>
    subjects.flatMap((category) =>
      drawn(`mmlu-${label}-${category}`)
        .slice(0, count)
        .map(({ fact, index, draw }) => {
          const options = draw.shuffle([fact.gold, ...wrong(fact, draw)]);
          const answer = 'ABCD'[options.indexOf(fact.gold)] ?? 'A';
          return {
            question_id: index + (label === 'test' ? 0 : 10_000) + 1000 * subjects.indexOf(category),
            question: fact.question,
            options,
            answer,
            cot_content: `A: Let's think step by step. The answer is (${answer}).`,
            category,
            src: 'factbook',
          };
        }),
    );
  await write('mmlu-pro/test-00000-of-00001.jsonl', lines(professional('test', items)));
  await write('mmlu-pro/validation-00000-of-00001.jsonl', lines(professional('validation', 5)));

  const diamond = drawn('gpqa').map(({ fact, index, draw }) => {
    const [one = '', two = '', three = ''] = wrong(fact, draw);
    return [`rec${index}`, fact.question, fact.gold, one, two, three, index % 2 === 0 ? 'Physics' : 'Chemistry'];
  });
  const head = [
    'Record ID',
    'Question',
    'Correct Answer',
    'Incorrect Answer 1',
    'Incorrect Answer 2',
    'Incorrect Answer 3',
    'High-level domain',
  ];
  await write('gpqa-diamond/gpqa_diamond.csv', csv([head, ...diamond]));

  await writeMemoryWorld(drawn('bfcl-memory'), write);

  for (const year of ['2024', '2025']) {
    const records = Array.from({ length: Math.min(items, 30) }, (_, index) => {
      const draw = random(seed, 'suite', 'aime', year, index);
      const [a, b] = [draw.integer(2, 30), draw.integer(2, 30)];
      return { problem: `Compute ${a} times ${b}. Put the answer into \\boxed{}.`, meta: { solution: String(a * b) } };
    });
    await write(`aime-${year}/aime${year.slice(2)}.jsonl`, lines(records));
  }
}

/** One file of so many bytes with LongBench v1 records: to see whether memory stays flat. */
export async function makeLargeFile(file: string, bytes: number): Promise<number> {
  await mkdir(path.dirname(file), { recursive: true });
  const documents = loadCorpus();
  const out = createWriteStream(file);
  let [written, count] = [0, 0];
  while (written < bytes) {
    const context = contextOf(
      documents[count % documents.length] as Document,
      documents,
      480_000,
      random('large', count),
    );
    const line = `${JSON.stringify({ input: `Question ${count}?`, context, answers: ['none'], length: 80_000 })}\n`;
    if (!out.write(line)) await once(out, 'drain');
    written += line.length;
    count++;
  }
  out.end();
  await once(out, 'finish');
  return count;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [out = 'suite', items = '20', characters = '12000'] = process.argv.slice(2);
  await makeSuite(out, { items: Number(items), characters: Number(characters) });
}
