import { expect, test } from 'vitest';
import { Graph, Program, resolveDim } from './graph.ts';

test('a product of sizes is resolved, and a missing size is named', () => {
  expect(resolveDim([2, 'S', 'B'], { S: 3, B: 5 })).toBe(30);
  expect(() => resolveDim(['S'], {})).toThrow('"S"');
});

test('one program serves every batch shape, reshapes with several unknown sizes included', async () => {
  const graph = new Graph();
  const x = graph.input('x', [['A', 'B'], 2]);
  const folded = graph.reshape(x, ['A', 'B', 2]);
  graph.output(graph.reduceSum(folded, 1, false), 'sum');
  const program = await Program.compile(graph, 1);
  const run = (A: number, B: number) => {
    const data = Float32Array.from({ length: A * B * 2 }, (_, i) => i);
    return program.run({ A, B }, { x: data });
  };
  expect([...((await run(1, 3)).sum ?? [])]).toEqual([6, 9]);
  expect([...((await run(2, 2)).sum ?? [])]).toEqual([2, 4, 10, 12]);
  await program.release();
});

test('what no output needs is left out of the model, and its inputs need no feed', async () => {
  const graph = new Graph();
  const x = graph.input('x', ['N']);
  graph.mul(x, graph.input('unused', ['N']));
  graph.output(graph.add(x, x), 'y');
  const program = await Program.compile(graph, 1);
  expect([...((await program.run({ N: 1 }, { x: Float32Array.of(4) })).y ?? [])]).toEqual([8]);
  await expect(program.run({ N: 1 }, {})).rejects.toThrow('Graph input "x" is not given');
  await program.release();
});

test('numbers below the normal ones come out alike, whichever thread makes them', async () => {
  const graph = new Graph();
  graph.output(graph.mul(graph.input('x', ['N']), graph.input('factor', [1])), 'y');
  const program = await Program.compile(graph, 2);
  const N = 1 << 20;
  // 0 on a processor that can take them for it, 1e-40 on another.
  const { y = new Float32Array(0) } = await program.run(
    { N },
    { x: new Float32Array(N).fill(1e-20), factor: Float32Array.of(1e-20) },
  );
  expect(new Set(new Uint32Array(y.buffer, y.byteOffset, N)).size).toBe(1);
  await program.release();
});
