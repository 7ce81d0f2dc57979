/** @file `npm run check:tinker-faults -- [COUNT] [FIRST SEED]`: fault schedules for the Tinker client; 1,000 by default. */
import { runSchedule } from './tinker-schedule.ts';

const [count = 1000, first = 1] = process.argv.slice(2).map(Number);
const ends = new Map<string, number>();
let virtual = 0;
for (let seed = first; seed < first + count; seed++) {
  const result = await runSchedule(seed).catch((error: unknown) => {
    throw new Error(`seed ${seed}`, { cause: error });
  });
  const end = result.code === undefined ? result.end : `${result.end}: ${result.code}`;
  ends.set(end, (ends.get(end) ?? 0) + 1);
  virtual += result.virtualSeconds;
}
const rows = [...ends].sort((a, b) => b[1] - a[1]).map(([end, n]) => `${String(n).padStart(6)}  ${end}`);
process.stdout.write(
  `${count} schedules, ${(virtual / 3600).toFixed(1)} hours of the client's time\n${rows.join('\n')}\n`,
);
