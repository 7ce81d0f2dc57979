/**
 * @file `npm run bench:start-up [-- RUNS]`: CPU seconds (user and system) of commands that should answer at once, each as a whole
 * process of the built package; the median of several runs. Exits with 1 when `--help` takes more than 0.35 s.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const runs = Number(process.argv[2] ?? 5);
const most = 0.35;

/** CPU seconds of one process, as the shell counts them. */
function cpuSeconds(args: readonly string[]): number {
  const timed = `TIMEFORMAT='%U %S'; { time "$@" >/dev/null 2>&1; } 2>&1`;
  const { stdout } = spawnSync('bash', ['-c', timed, '-', process.execPath, ...args], { cwd: root, encoding: 'utf8' });
  const [user = Number.NaN, system = Number.NaN] = stdout.trim().split(' ').map(Number);
  return user + system;
}

function median(args: readonly string[]): number {
  const seconds = Array.from({ length: runs }, () => cpuSeconds(args)).sort((a, b) => a - b);
  return seconds[Math.floor(runs / 2)] ?? Number.NaN;
}

const commands = ['--help', '--version', 'score --help', 'math --help', 'math 1/2 0.5', 'doctor --help', 'data --help'];
const heavier = ['plan --help', 'train --help', 'data build --help', 'eval run --help'];
process.stdout.write('| command | CPU seconds |\n| --- | --- |\n');
process.stdout.write(`| node -e 0 | ${median(['-e', '0']).toFixed(2)} |\n`);
for (const command of [...commands, ...heavier]) {
  const seconds = median(['bin/golongrl.js', ...command.split(' ')]);
  process.stdout.write(`| golongrl ${command} | ${seconds.toFixed(2)} |\n`);
  if (command === '--help' && !(seconds <= most)) process.exitCode = 1;
}
