import { expect, test } from 'vitest';
import { random } from '../../random.ts';
import type { Sample } from '../../samples/sample.ts';
import { scoreHere } from '../scoring.ts';
import { blindFloors } from './floor.ts';

const options = { seed: 1, profile: 'hardened', score: scoreHere } as const;

/** A choice of four letters that says nothing else. */
const choiceOf = (id: string, letter: string): Sample => {
  const question = 'Which town is it?\n(A) Porto\n(B) Braga\n(C) Aveiro\n(D) Coimbra';
  return {
    ...{ id, task: 'T2', question, prompt: `Towns.\n\n${question}`, rationale: '', rendering: 'short', split: 'train' },
    ...{ cluster: id, tokens: 30, reward: { metric: 'Accuracy', gold: [letter], language: 'en' } },
    provenance: { documents: [], evidence: [], generator: 'towns', generatorVersion: 1, seed: '' },
  };
};

/** `share` of them have the answer C, the others any. */
const choices = (name: string, count: number, share: number): Sample[] =>
  Array.from({ length: count }, (_, i) => {
    const rng = random(name, i);
    return choiceOf(`${name}-${i}`, rng.chance(share) ? 'C' : rng.pick([...'ABCD']));
  });

test('a habit of the training answers is what a blind policy earns of the questions', async () => {
  const { T2: floor } = await blindFloors(choices('asked', 40, 0.8), choices('known', 60, 0.8), options);
  expect(floor).toMatchObject({ questions: 40, policy: 'always "C"' });
  expect(floor?.reward).toBeGreaterThan(0.7);
  expect(floor?.ci95[0]).toBeGreaterThan(0.5);
});

test('the questions themselves are not learnt from: a habit of theirs alone earns nothing more', async () => {
  const known = choices('known', 60, 0).map((sample) => ({ ...sample, reward: { ...sample.reward, gold: ['A'] } }));
  const asked = choices('asked', 40, 0).map((sample) => ({ ...sample, reward: { ...sample.reward, gold: ['C'] } }));
  expect((await blindFloors(asked, known, options)).T2).toMatchObject({ reward: 0 });
  expect((await blindFloors(asked, asked, options)).T2?.reward).toBeCloseTo(1, 9);
});

test('without anything to learn from, what a blind policy can say of itself is tried all the same', async () => {
  expect((await blindFloors(choices('asked', 8, 0), [], options)).T2).toMatchObject({ questions: 8 });
});
