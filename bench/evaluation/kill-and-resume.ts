/**
 * @file Kills an evaluation and starts it again, many times, against a server with faults, and compares its samples with those of an
 * unbroken run on a sound server. The kill is SIGKILL to the process: nothing gets to tidy up.
 *
 *   npx tsx bench/evaluation/kill-and-resume.ts [kills, default 20] [share of faults, default 0.1]
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { random } from '../../src/random.ts';
import { makeSuite } from '../../test/evaluation/make-suite.ts';
import { startScriptedServer } from '../../test/evaluation/scripted-server.ts';

const [kills, faults] = [Number(process.argv[2] ?? 20), Number(process.argv[3] ?? 0.1)];
const names = [
  ...['docmath', 'longbench-v2', 'frames', 'mrcr', 'corpusqa', 'longbench-qa', 'mmlu-pro', 'gpqa-diamond'],
  ...['aime-2024', 'aime-2025', 'longmemeval'],
];
const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = await mkdtemp(path.join(tmpdir(), 'golongrl-kill-'));
const suite = path.join(folder, 'suite');

/** One process; killed once the server has had so many requests more. Returns its exit code, null when killed. */
function evaluate(
  out: string,
  server: { url: string; counts: { requests: number } },
  killAfter?: number,
): Promise<number | null> {
  const flags = ['--data', suite, '--model', 'scripted', '--url', server.url, '--judge-model', 'judge', '--out', out];
  const args = [
    '--import',
    'tsx',
    path.join(root, 'test/run-cli.ts'),
    'eval',
    'run',
    ...names,
    ...flags,
    '--format',
    'quiet',
  ];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'ignore'] });
  const stop = server.counts.requests + (killAfter ?? Number.POSITIVE_INFINITY);
  const watch = setInterval(() => server.counts.requests >= stop && child.kill('SIGKILL'), 2);
  return new Promise((resolve) =>
    child.on('exit', (code) => {
      clearInterval(watch);
      resolve(code);
    }),
  );
}

try {
  await makeSuite(suite, { items: 12, characters: 4000 });
  const [sound, faulty] = [await startScriptedServer(0), await startScriptedServer(faults)];
  const [whole, broken] = [path.join(folder, 'whole'), path.join(folder, 'broken')];
  await evaluate(whole, sound);
  const total = sound.counts.requests;
  let killed = 0;
  for (let round = 0; round < kills; round++) {
    const after = random('kill', round).integer(1, Math.ceil(total / kills));
    if ((await evaluate(broken, faulty, after)) === null) killed++;
  }
  const code = await evaluate(broken, faulty);
  const [a, b] = await Promise.all([whole, broken].map((out) => readFile(path.join(out, 'samples.jsonl'), 'utf8')));
  const samples = (a ?? '').split('\n').length - 1;
  process.stdout.write(
    `${samples} samples, ${total} requests unbroken; ${killed} kills, ${faulty.counts.faults} faults, ${faulty.counts.requests} requests; exit ${code}; samples ${a === b ? 'identical' : 'DIFFERENT'}\n`,
  );
  await Promise.all([sound.close(), faulty.close()]);
  process.exitCode = a === b && code === 0 ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
