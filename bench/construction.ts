/**
 * @file Builds a mixture over the packaged documents twice, without a model, and prints what came of it: samples by task, length
 * and generator, what each gate turned away, whether both runs have the same bytes, wall time and rates.
 * `npx tsx bench/construction.ts [samples] [balanced|paper-like]`
 */
import { createHash } from 'node:crypto';
import { buildMixture, parseMixture } from '../src/construction/index.ts';
import { loadCorpus } from '../src/corpus/index.ts';

const samples = Number(process.argv[2] ?? 5400);
const preset = parseMixture(process.argv[3] ?? 'balanced');

const start = performance.now();
const documents = loadCorpus();
const readSeconds = (performance.now() - start) / 1000;
console.log(`${documents.length} documents read in ${readSeconds.toFixed(1)} s`);

const digests = [1, 2].map((round) => {
  const begin = performance.now();
  const hash = createHash('sha256');
  let bytes = 0;
  const run = buildMixture({ documents, seed: 7, preset, samples });
  for (let step = run.next(); ; step = run.next()) {
    if (step.done === true) {
      const seconds = (performance.now() - begin) / 1000;
      const tally = step.value;
      const used = tally.documents.size / (seconds + readSeconds);
      if (round === 1) console.log([...tally.lines(), ...tally.table()].join('\n'));
      console.log(
        `run ${round}: ${seconds.toFixed(1)} s, ${(tally.samples / seconds).toFixed(0)} samples/s, ${(tally.tokens / seconds / 1e6).toFixed(2)} M tokens/s, ${used.toFixed(1)} documents/s (each used many times), ${bytes} bytes, at most ${Math.round(process.memoryUsage.rss() / 2 ** 20)} MB at its end`,
      );
      return hash.digest('hex');
    }
    const line = `${JSON.stringify(step.value)}\n`;
    hash.update(line);
    bytes += Buffer.byteLength(line);
  }
});
console.log(`sha256 ${digests[0]}: ${digests[0] === digests[1] ? 'both runs have the same bytes' : 'THE RUNS DIFFER'}`);
if (digests[0] !== digests[1]) process.exitCode = 1;
