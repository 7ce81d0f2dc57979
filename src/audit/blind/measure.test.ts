import { expect, test } from 'vitest';
import { type Random, random } from '../../random.ts';
import type { RewardSpec } from '../../rewards/reward.ts';
import { type Metric, metrics } from '../../tasks/task.ts';
import { itemOf } from '../item.ts';
import { scoreHere } from '../scoring.ts';
import { measureBlind } from './measure.ts';

interface Posed {
  readonly gold: readonly string[];
  readonly question: string;
  readonly context?: string;
  readonly more?: Partial<RewardSpec>;
}

/** What blind policies earn of 50 samples of one generator. */
async function blind(metric: Metric, pose: (rng: Random, index: number) => Posed) {
  const items = Array.from({ length: 50 }, (_, i) => {
    const { gold, question, context = '', more } = pose(random(3, metric, i), i);
    const spec: RewardSpec = { metric, gold, language: 'en', question, ...more };
    return itemOf({
      id: `s${i}`,
      task: metric,
      generator: 'made',
      spec,
      question,
      prompt: `${context}\n\n${question}\nAfter [Answer], write the answer.`,
    });
  });
  return measureBlind(items, items, { seed: 7, profile: 'hardened', score: scoreHere });
}

const parts = Array.from({ length: 9 }, (_, i) => `P${i + 1}`);
const context = parts.map((id) => `[${id}] Some text of part ${id}.`).join('\n');
const towns = ['Lisbon', 'Porto', 'Braga', 'Faro', 'Aveiro', 'Coimbra', 'Evora', 'Leiria'];
const words = Array.from({ length: 200 }, (_, i) => `${'bdfgklmnprst'[i % 12]}${'aeiou'[i % 5]}${'ntrslm'[i % 6]}${i}`);
const drawn = (rng: Random, count: number): string[] => rng.sample(parts, count);

/** Golds that are drawn evenly, and say nothing but the form of a task. */
const even: Readonly<Record<Metric, (rng: Random) => Posed>> = {
  EM: (rng) => ({ gold: drawn(rng, 1), question: 'Which part holds it?', context }),
  Accuracy: (rng) => ({
    gold: [rng.pick(['A', 'B', 'C', 'D'])],
    question: `Which is it?\n${towns
      .slice(0, 4)
      .map((town, i) => `(${'ABCD'[i]}) ${town}`)
      .join('\n')}`,
  }),
  math_verify: (rng) => ({ gold: [String(rng.integer(1, 40))], question: 'How many are there?', context }),
  F1_Score: (rng) => ({ gold: drawn(rng, 3), question: 'Which parts are they?', context, more: { candidates: 9 } }),
  NDCG: (rng) => ({ gold: drawn(rng, 4), question: 'Rank the 4 best parts.', context, more: { candidates: 9 } }),
  Pairwise_Accuracy: (rng) => {
    const gold = rng.sample(towns, 5);
    return { gold, question: `Order by age: ${rng.shuffle(gold).join(', ')}.` };
  },
  SubEM: (rng) => {
    const heads = ['F1', 'F2', 'F3', 'F4'];
    const question = `Which part does each come from?\n${heads.map((head) => `${head}: “text”`).join('\n')}`;
    return { gold: heads.map((head) => `${head} ${rng.pick(parts)}`), question, context };
  },
  IoU: (rng) => {
    const rows = rng.shuffle(towns).map((town) => [town, String(rng.integer(1, 99))]);
    const table = rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
    const data = rng.sample(rows, 3);
    return {
      gold: [JSON.stringify({ columns: ['name', 'age'], data })],
      question: 'Give name and age of the rows that are meant.',
      context: `| name | age |\n| --- | --- |\n${table}`,
      more: { candidates: rows.length },
    };
  },
  Summary: (rng) => ({
    gold: [Array.from({ length: 30 }, () => rng.pick(words)).join(' ')],
    question: 'Summarise what was decided.',
    context,
  }),
};

test.each(metrics)('%s pays nobody who does not read more than 0.34', async (metric) => {
  const { reward, policies } = await blind(metric, even[metric]);
  expect(policies).toBeGreaterThan(10);
  expect(reward).toBeLessThanOrEqual(0.34);
});

test('a template is learnt from the golds, and its floor takes away what it earns', async () => {
  const pose =
    (floor: number) =>
    (rng: Random): Posed => {
      const town = rng.pick(towns);
      const gold = [
        `The town of ${town} has a population of ${rng.integer(1, 9999)} and an area of ${rng.integer(1, 999)} hectares.`,
      ];
      return { gold, question: `Summarise ${town} in one sentence.`, more: { floor } };
    };
  const open = await blind('Summary', pose(0));
  expect(open.policy).toMatch(/template|answer/);
  expect(open.reward).toBeGreaterThan(0.6);
  expect((await blind('Summary', pose(0.93))).reward).toBeLessThan(0.2);
});

test('a constant, an order and the longest option are learnt where they pay', async () => {
  const constant = await blind('EM', (rng, i) => ({
    gold: [i % 2 === 0 ? 'Faro' : rng.pick(towns)],
    question: 'Which town?',
  }));
  expect(constant).toMatchObject({ policy: 'always "Faro"', reward: expect.closeTo(0.55, 0) as number });
  const sorted = await blind('Pairwise_Accuracy', (rng) => {
    const gold = rng.sample(towns, 4).sort();
    return { gold, question: `Order by age: ${rng.shuffle(gold).join(', ')}.` };
  });
  expect(sorted).toMatchObject({
    policy: 'listed in the question, all, sorted',
    reward: expect.closeTo(1, 6) as number,
  });
  const longest = await blind('Accuracy', (rng) => {
    const right = rng.integer(0, 3);
    const options = [...'ABCD'].map((letter, i) => `(${letter}) ${i === right ? 'a harbour with boats' : towns[i]}`);
    return { gold: ['ABCD'[right] ?? ''], question: `Which is it?\n${options.join('\n')}` };
  });
  expect(longest).toMatchObject({ policy: 'the longest option', reward: expect.closeTo(1, 6) as number });
});
