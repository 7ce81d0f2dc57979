/**
 * @file What the scripted server says to the LLM track: drafts of all nine tasks over the documents that it is shown, verdicts that refuse
 * a wrong key, answers that are right as often as exercise and model say. It remembers the keys of the exercises that it wrote, as no
 * model does; it tests the machinery. One draft in eight is broken JSON first, one lacks a field, one invents a fact at first, one always.
 */
import { createHash } from 'node:crypto';
import type { KeyItem, Written } from '../../src/construction/llm/draft.ts';
import type { TaskId } from '../../src/tasks/task.ts';
import { tasks } from '../../src/tasks/task.ts';
import type { WireRequest } from '../evaluation/scripted-server.ts';

const hash = (text: string): number => createHash('sha256').update(text).digest().readUInt32BE(0);

const lead = (sentence: string): string => sentence.split(' ').slice(0, 5).join(' ');
const tail = (sentence: string): string => sentence.split(' ').slice(-3).join(' ');
const figure = (sentence: string): string => /(?<![\d,.])\d{1,6}(?![\d,.]*\d)/.exec(sentence)?.[0] ?? '';
const year = (sentence: string): string => /(?<![\d,.])1[6789]\d\d(?![\d,.]*\d)/.exec(sentence)?.[0] ?? '';

type Draft = Omit<Written, 'facts' | 'reason'>;

/** What a draft is made of: sentences whose ends stand once, and the same with figures and years, from all documents in turn. */
interface Material {
  readonly told: readonly string[];
  readonly figured: readonly string[];
  readonly dated: readonly string[];
}

const named = (sentences: readonly string[]): string => sentences.map((one) => `"${lead(one)}"`).join(', ');
const item = (from: number, text: string, more: Partial<KeyItem> = {}): KeyItem => ({ from: [from], text, ...more });
const told = (sentence: string): string => `the sentence that begins with ${lead(sentence)}`;

/** A draft of the kind wished, with the sentences that are its facts in the order of their numbers. */
const write: Readonly<Record<TaskId, (material: Material, sub: string) => readonly [readonly string[], Draft]>> = {
  T1: ({ told: all }) => [
    all,
    { question: `Which three words end ${told(all[0] ?? '')}?`, answer: [item(1, tail(all[0] ?? ''))] },
  ],
  T2: ({ told: all }) => [
    all,
    {
      question: `How does the sentence end whose first words are ${named(all.slice(0, 1))}?`,
      answer: [{ from: [1, 2], text: `It comes to its end with the words ${tail(all[0] ?? '')}` }],
      distractors: all
        .slice(1, 4)
        .map((one) => ({ why: 'Another.', text: `It comes to its end with the words ${tail(one)}` })),
    },
  ],
  T3: ({ told: all }) => [
    all,
    {
      question: `Which three words end each of the sentences that begin with ${named(all.slice(0, 4))}?`,
      answer: all.slice(0, 4).map((one, i) => item(i + 1, tail(one))),
    },
  ],
  T4: ({ figured: [a = '', b = ''] }) => [
    [a, b],
    {
      figures: [a, b].map((one, i) => ({ name: `f${i}`, from: [i + 1], value: figure(one) })),
      formula: 'f0 + f1',
      decimals: -1,
      question: `What is the sum of the first figures of the sentences that begin with ${named([a, b])}?`,
      answer: [item(1, String(Number(figure(a)) + Number(figure(b))))],
    },
  ],
  T5: ({ told: all }) => [
    all,
    {
      columns: ['first', 'end'],
      question: `Give, as a table with the columns "first" and "end", the first word and the last three of the sentences that begin with ${named(all.slice(0, 3))}.`,
      answer: all.slice(0, 3).map((one, i) => ({ from: [i + 1], cells: [one.split(' ')[0] ?? '', tail(one)] })),
    },
  ],
  T6: ({ told: all }) => [
    all,
    {
      question: 'Which words end the sentence that each fragment begins?',
      answer: all.slice(0, 4).map((one, i) => item(i + 1, tail(one), { fragment: `first words: ${lead(one)}` })),
    },
  ],
  T7: ({ figured }) => {
    const ranked = figured.slice(0, 5).toSorted((a, b) => Number(figure(b)) - Number(figure(a)));
    const answer = ranked.map((one, i) => item(i + 1, told(one), { value: figure(one) }));
    return [ranked, { question: `Rank by their first figures, largest first: ${named(ranked.toSorted())}.`, answer }];
  },
  T8: ({ told: all, dated }, sub) => {
    const ordered =
      sub === 'Ordering by time' ? dated.toSorted((a, b) => Number(year(a)) - Number(year(b))) : all.slice(0, 6);
    const stated = (one: string, i: number): string => (sub === 'Ordering by time' ? year(one) : String(i + 1));
    const answer = ordered.slice(0, 6).map((one, i) => item(i + 1, told(one), { value: stated(one, i) }));
    return [ordered, { question: `In which order do these come: ${named(ordered.slice(0, 6).toSorted())}?`, answer }];
  },
  T9: ({ told: all }) => [
    all,
    {
      question: 'Sum it up in at most 80 words.',
      summary: `In its own order this text turns to ${all
        .slice(0, 6)
        .map((one) => `what ends in ${one.split(' ').at(-1)?.replace(/\W+$/, '')}`)
        .join(', then to ')}, and with that it is done.`,
      answer: all.slice(0, 3).map((one, i) => item(i + 1, `It speaks of what ends in ${tail(one)}`)),
    },
  ],
};

interface Exercise {
  readonly task: TaskId;
  readonly draft: Draft;
}

/** The key of an exercise as the question asks for it: letters, numbers and labels as they stand in its lines. */
function keyOf({ task, draft }: Exercise, prompt: string): string[] {
  const texts = draft.answer.map(({ text = '' }) => text);
  const options = [...prompt.matchAll(/^([A-Z])\. (.*)$/gm)].map(
    ([, letter = '', text = '']) => [text, letter] as const,
  );
  const letterOf = (text: string): string => new Map(options).get(text) ?? '';
  if (task === 'T2' || task === 'T7' || task === 'T8') return texts.map(letterOf);
  if (task === 'T9') return [draft.summary ?? ''];
  if (task === 'T5') return [JSON.stringify({ columns: draft.columns, data: draft.answer.map(({ cells }) => cells) })];
  if (task !== 'T6') return texts;
  const labels = new Map(draft.answer.map(({ fragment = '', text = '' }) => [fragment, text]));
  // A judge is shown lines of keys behind those of the question.
  const asked = prompt.slice(0, prompt.search(/^Labels: /m));
  return [...asked.matchAll(/^(F\d+): (.*)$/gm)].map(
    ([, number, fragment = '']) => `${number}: ${labels.get(fragment)}`,
  );
}

/** The texts of the documents in a prompt. */
function documentsOf(prompt: string): string[] {
  const context = prompt.split(/\n\n<<<DOC-/)[0] ?? '';
  return context.split(/^=== Document \d+: .* ===$/m).slice(1);
}

/** Every so many sentences one, so that they stand apart. */
function spread(sentences: readonly string[], count: number, from: number): string[] {
  const step = Math.max(1, Math.floor(sentences.length / (count + 1)));
  return Array.from(
    { length: count },
    (_, i) => sentences[(from + i * step) % Math.max(1, sentences.length)] ?? '',
  ).toSorted((a, b) => sentences.indexOf(a) - sentences.indexOf(b));
}

function materialOf(texts: readonly string[], draw: number): Material {
  const parts = texts.map((text) => {
    const flat = text.replace(/\s+/g, ' ');
    const all = text.split(/(?<=[.!?])\s+/).filter((one) => /^[A-Z][^"|\n]{40,380}$/.test(one));
    const once = all.filter(
      (one) => flat.split(tail(one)).length === 2 && tail(one).length < 60 && !lead(one).includes(tail(one)),
    );
    const distinct = (found: readonly string[], kind: (one: string) => string): string[] => [
      ...new Map(
        found.filter((one) => kind(one) !== '' && !/\d/.test(lead(one))).map((one) => [kind(one), one]),
      ).values(),
    ];
    const around = flat.match(/(?:[^\s"]+ ){6}(?<![\d,.])\d{1,6}(?![\d,.]*\d)(?: [^\s"]+){4}/g) ?? [];
    const figured = distinct(around, figure);
    const from = draw % Math.max(1, figured.length);
    const turned = [...figured.slice(from), ...figured.slice(0, from)];
    return {
      told: once.length < 8 ? turned.slice(0, 8) : spread(once, 8, draw % 7),
      figured: turned,
      dated: distinct(around, year),
    };
  });
  const mixed = (kind: 'told' | 'figured' | 'dated'): string[] => {
    const lists = parts.map((part) => part[kind]);
    if (lists.length === 1) return lists[0] ?? [];
    return Array.from({ length: 8 }, (_, i) => lists[i % lists.length]?.[Math.floor(i / lists.length)] ?? '').filter(
      (one) => one !== '',
    );
  };
  return { told: mixed('told'), figured: mixed('figured'), dated: mixed('dated') };
}

/** The most and the least that the weak policy solves of an exercise, by its number; the strong one solves more. */
const skills = [98, 65, 30, 5];
const strongMore = 45;

/** A server's whole mind: what it wrote, and what it says to each request. */
export function llmScript(): (request: WireRequest, draw: number) => string {
  const exercises = new Map<string, Exercise>();
  const known = (text: string): Exercise | undefined => exercises.get(/\(Exercise (\w+)\.\)/.exec(text)?.[1] ?? '');

  const draft = (prompt: string, draw: number, fresh: boolean): string => {
    const task = (Object.keys(tasks) as TaskId[]).find((id) => prompt.includes(`(${tasks[id].ability}).`)) ?? 'T1';
    const sub = /^Kind: (.+?) \(/m.exec(prompt)?.[1] ?? '';
    const texts = documentsOf(prompt);
    const [sentences, made] = write[task](materialOf(texts, draw), sub);
    const number = hash(JSON.stringify([made.question, made.answer, texts])).toString(36);
    const question = `${made.question} (Exercise ${number}.)`;
    const numbered = { ...made, question };
    exercises.set(number, { task, draft: numbered });
    const invented = hash(`${sub} ${texts[0]}`) % 16 === 3 || (fresh && draw % 8 === 2);
    const quotes = invented
      ? ['This sentence was never written by anybody here.']
      : sentences.filter((one) => one !== '');
    const facts = quotes.map((quote) => ({ quote, says: 'So it says.' }));
    return JSON.stringify({ facts, reason: 'It stands there.', ...numbered });
  };

  const judge = (prompt: string): string => {
    const mark = /<<<(DOC-\w+)>>>/.exec(prompt)?.[1];
    const exercise = known(prompt);
    const right = exercise === undefined ? '' : keyOf(exercise, prompt).join('\n');
    const [, listed = ''] =
      /(?:compare item by item|makes it)\.\n(\[1\]\n[\s\S]*?)\n\n(?:Key points:|Then the exercise itself)/.exec(
        prompt,
      ) ?? [];
    const shown = listed
      .split(/^\[\d+\]\n/m)
      .slice(1)
      .map((key) => key.trim());
    const keys = shown.map((key) => {
      const is = key === right.trim();
      const points = exercise?.draft.answer.map((_, i) => ({ point: i + 1, covered: is })) ?? [];
      const quote =
        documentsOf(prompt)[0]
          ?.trim()
          .split(/(?<=[.!?])\s+/)[0]
          ?.slice(0, 80) ?? '';
      return exercise?.task === 'T9'
        ? { claims: [{ claim: key.slice(0, 200), quote, supported: is }], points }
        : { reason: 'checked', verdict: is ? 'right' : 'wrong' };
    });
    const good = { reason: 'checked', points: 5 };
    const criteria = {
      answerUniqueness: good,
      distractorQuality: good,
      hallucination: good,
      taskCompliance: good,
      languageConsistency: good,
    };
    return JSON.stringify({ mark, keys, criteria });
  };

  const solve = (prompt: string, model: string, draw: number): string => {
    const exercise = known(prompt);
    const number = /\(Exercise (\w+)\.\)/.exec(prompt)?.[1] ?? '';
    const weak = skills[hash(number) % skills.length] ?? 0;
    // Without a document, nobody knows anything; one exercise in five can be guessed. Who has to quote reads with care.
    const blind = !prompt.startsWith('=== ');
    const careful = prompt.includes('quote word for word');
    const skill = blind
      ? hash(number) % 5 === 0
        ? 100
        : 0
      : careful
        ? 97
        : weak + (model.includes('strong') ? strongMore : 0);
    if (exercise === undefined || draw % 100 >= skill) return '[Answer]\nno idea';
    return `Thinking.</think>\n[Answer]\n${keyOf(exercise, prompt).join('\n')}`;
  };

  return ({ model, messages }, draw) => {
    const prompt = messages[0]?.content ?? '';
    const fresh = messages.length === 1;
    if (prompt.includes('\n\nYou check an exercise about these documents')) return judge(prompt);
    if (!prompt.includes('\n\nWrite one exercise that tests')) return solve(prompt, model, draw);
    if (fresh && draw % 8 === 0) return '{"question": "What is';
    if (fresh && draw % 8 === 1) return '{"question": "What is missing here?"}';
    return draft(prompt, draw, fresh);
  };
}
