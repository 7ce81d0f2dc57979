/**
 * @file The fuzz run of the rewards; `npm test` holds a small share of it.
 *
 *   npm run fuzz [-- inputs [seed]]
 */
import { fuzzRewards } from './fuzz.ts';

const [inputs = 200_000, seed = 1] = process.argv.slice(2).map(Number);
const report = fuzzRewards({
  inputs,
  seed,
  onProgress: (done) => process.stderr.write(`${done} of ${inputs}\n`),
});
const kinds = Object.entries(report.byKind).map(([kind, count]) => `${count} ${kind}`);
process.stdout.write(
  `${report.inputs} inputs (seed ${seed}: ${kinds.join(', ')}): no crash, no error, no verdict beyond 1 s, all scores within [0, 1], ` +
    `equality of expressions symmetric.\n${report.over50} verdicts took more than 50 ms; the slowest ` +
    `${report.slowest.milliseconds.toFixed(0)} ms of processor time: ${JSON.stringify(report.slowest.input)}\n`,
);
