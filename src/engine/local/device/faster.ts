/** @file Whether the device is faster than the processor: a software device, or an old GPU beside a new processor, is not. */
import { EngineError } from '../../../errors.ts';
import { Graph, Program } from '../graph/graph.ts';
import { Device } from './device.ts';
import type { ProgramSpec } from './device-program.ts';

/** Width of the square matrices, and products one after the other: half a GFLOP in all. */
const [width, products] = [384, 4] as const;

function buildChain(graph: Graph): Graph {
  const b = graph.input('b', [width, width]);
  let x = graph.input('a', [width, width]);
  for (let i = 0; i < products; i++) x = graph.matmul(x, b);
  graph.output(graph.reduceSum(x, -1), 'y');
  return graph;
}

/** Milliseconds of the second run: the first compiles. */
async function second(run: () => Promise<unknown>): Promise<number> {
  await run();
  const start = performance.now();
  await run();
  return performance.now() - start;
}

/** Times a chain of products on both. @throws EngineError `device-slower` with the times */
export async function requireFaster(threads: number): Promise<void> {
  const values = new Float32Array(width * width).fill(1 / width);
  const host = await Program.compile(buildChain(new Graph()), threads);
  const device = new Device();
  try {
    const own = await second(() => host.run({}, { a: values, b: values }));
    const feed = await device.upload(values, [width, width]);
    const chain: ProgramSpec = { key: 'chain', build: () => buildChain(new Graph('webgpu')), kept: () => false };
    const other = await second(() => device.run(chain, {}, { a: feed, b: feed }));
    feed.dispose();
    if (other < own) return;
    throw new EngineError(
      'device-slower',
      `webgpu: the device is slower than the processor: ${products} products of ${width} by ${width} take ${other.toFixed(0)} ms and ${own.toFixed(0)} ms.`,
      'Say `device: webgpu` to use it all the same.',
    );
  } finally {
    await host.release();
    await device.release();
  }
}
