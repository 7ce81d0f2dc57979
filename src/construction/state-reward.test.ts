import { expect, test } from 'vitest';
import { type RewardSpec, renderGold, scoreResponse } from '../rewards/index.ts';
import { statedReward } from './state-reward.ts';

test('candidates are stated where guessing among them pays', () => {
  const parts = (count: number) => Array.from({ length: count }, (_, i) => `[P${i + 1}] Some text.`).join('\n');
  const spec: RewardSpec = { metric: 'F1_Score', gold: ['P1', 'P4'], language: 'en' };
  const stated = (count: number) => {
    const question = 'Which parts are they?';
    return statedReward(spec, { prompt: `${parts(count)}\n\n${question}`, question }).candidates;
  };
  expect([stated(4), stated(5), stated(6), stated(60)]).toEqual([4, 5, undefined, undefined]);
});

test('a summary states what its template and the first words earn, and the gold still earns 1', () => {
  const gold = 'Linz belongs to Austria, its area is 96 and its population is 210165.';
  const question = 'Summarize Linz in one sentence.';
  const template = 'Linz belongs to 1, its area is 1 and its population is 1.';
  const spec: RewardSpec = { metric: 'Summary', gold: [gold], language: 'en' };
  const prompt = `Towns:\nBray (Ireland): area 8; population 33512\n\n${question}`;
  const reward = statedReward(spec, { prompt, question, templates: [template] });
  expect(reward.floor).toBeGreaterThan(0.7);
  expect(reward.floor).toBeLessThan(0.95);
  expect(scoreResponse(reward, renderGold(reward), 'hardened').score).toBe(1);
  expect(scoreResponse(reward, `[Answer]\n${template}`, 'hardened').score).toBe(0);
  expect(statedReward(spec, { prompt, question }).floor ?? 0).toBeLessThan(0.5);
});
