/** @file The server on a real port beside hostile clients; `npx tsx bench/server.ts hostile` does the same at full size. */
import { expect, test } from 'vitest';
import { hostileMathematics, hostileText } from '../../../test/rewards/hostile.ts';
import { startRewardServer } from './server.ts';

interface Answer {
  readonly score: number;
  readonly status: string;
}

test('honest requests beside hostile ones are all answered rightly, and what hangs is killed and said', {
  tags: ['long'],
}, async () => {
  const server = await startRewardServer({ port: 0, workers: 2, deadline: 1000 });
  const ask = async (item: unknown): Promise<Answer | undefined> => {
    const body = JSON.stringify({ items: [item] });
    const response = await fetch(`${server.url}/v1/score`, {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/json' },
    });
    return ((await response.json()) as { results: Answer[] }).results[0];
  };
  const mathematics = (response: string) => ({
    data_source: 'math_longcot_math_verify',
    ground_truth: { golden_label: '5' },
    response,
  });
  const lines = (response: string) => ({
    data_source: 'longbench_pro',
    reward_mode: 'T7.3 Comprehensive Error & Anomaly Sweep',
    ground_truth: { doc_ids: ['Part 1', 'Part 2'] },
    response,
  });
  const words = (step: number): string => Array.from({ length: 700_000 }, (_, i) => `w${(i * step) % 97}`).join(' ');
  try {
    const endless = ask({ reward: { metric: 'Summary', gold: [words(1)] }, response: words(7) });
    const hostile = [
      ...hostileMathematics.map(([, text]) => ask(mathematics(text))),
      ...hostileText.map(([, text]) => ask(lines(text))),
    ];
    const honest = Array.from({ length: 200 }, (_, i) =>
      ask(i % 2 === 0 ? mathematics(`\\boxed{${5 + (i % 4) / 2}}`) : lines('[Answer]\npart 1\nPart 2')),
    );
    const scores = (await Promise.all(honest)).map((answer) => answer?.score);
    expect(scores).toEqual(Array.from({ length: 200 }, (_, i) => (i % 2 === 0 && i % 4 !== 0 ? 0 : 1)));
    expect(await endless).toMatchObject({ score: 0, status: 'timeout' });
    for (const answer of await Promise.all(hostile)) expect(answer?.score).toBeLessThan(0.34);
  } finally {
    await server.close();
  }
});
