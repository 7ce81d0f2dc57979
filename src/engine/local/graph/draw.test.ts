import { expect, test } from 'vitest';
import { random } from '../../../random.ts';
import { chooseToken } from '../decode/sampler.ts';
import { blockCount, drawTokens } from './draw.ts';
import { Graph, Program } from './graph.ts';

/** One distribution for each row. */
function distributions(rows: number, size: number): Float32Array {
  const rng = random('draw', size);
  const p = new Float32Array(rows * size);
  for (let b = 0; b < rows; b++) {
    // Some tokens have no probability at all, the first and the last among them.
    const weights = Array.from({ length: size }, (_, i) => (i % 3 === 0 || i === size - 1 ? 0 : rng.next() ** 6));
    const total = weights.reduce((a, x) => a + x, 0);
    for (const [i, weight] of weights.entries()) p[b * size + i] = weight / total;
  }
  return p;
}

for (const size of [5, 37, 1000, 5003]) {
  test(`a graph draws the token that the sampler draws, of ${size}`, async () => {
    const rows = 40;
    const p = distributions(rows, size);
    const rng = random('draw', 'u', size);
    const u = Float32Array.from({ length: rows }, (_, b) => (b === 0 ? 0 : b === 1 ? 1 - 2 ** -24 : rng.next()));
    const blocks = blockCount(size);
    const feeds = { p, u, rowBlocks: Int32Array.from(u, (_, b) => b * blocks) };
    for (const kind of ['inverse', 'greedy'] as const) {
      const graph = new Graph('webgpu');
      const value = graph.input('p', ['B', size]);
      drawTokens(graph, { p: value, raw: value }, { kind, vocabSize: size });
      const program = await Program.compile(graph, 1);
      const { token, probability } = await program.run({ B: rows }, feeds);
      await program.release();
      for (let b = 0; b < rows; b++) {
        const own = p.subarray(b * size, (b + 1) * size);
        const expected = chooseToken(own, u[b] as number, { temperature: kind === 'greedy' ? 0 : 1, topP: 1 });
        expect(token?.[b], `${kind} ${b}`).toBe(expected);
        expect(probability?.[b]).toBe(own[expected]);
        expect(probability?.[b]).toBeGreaterThan(0);
      }
    }
  });
}
