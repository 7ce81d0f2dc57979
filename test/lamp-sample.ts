/** @file The samples of tests over small datasets: sample `i` asks who keeps lamp `i`; every fourth is held out. */
import type { Sample } from '../src/samples/sample.ts';

export const lampSample = (i: number): Sample => ({
  id: `sample-${i}`,
  task: 'T1',
  prompt: `The keeper of lamp ${i} is called Anders${i}.\n\nWho keeps lamp ${i}?`,
  reward: { metric: 'EM', gold: [`Anders${i}`], language: 'en' },
  question: `Who keeps lamp ${i}?`,
  rationale: 'It stands there.',
  rendering: 'short',
  split: i % 4 === 3 ? 'heldout' : 'train',
  cluster: `lamp-${i}`,
  tokens: 20,
  provenance: {
    documents: [{ id: `lamp-${i}`, sha256: '0', source: 'test', licence: 'CC0-1.0' }],
    evidence: [],
    generator: 'test',
    generatorVersion: 1,
    seed: String(i),
  },
});
