/**
 * @file The reward server under load: the real command as its own process, this process as the load, on the same cores.
 *
 *   npx tsx bench/server.ts [batch] [open] [memory] [hostile] [--dist] [--seconds 20] [--rate 500] [--requests 200000]
 *
 * Without a name all four run. `--dist` measures the built command instead of the source.
 * batch: samples a second over the rows of the golden mix. open: an open loop of single requests; latency counts from the
 * moment at which each was due, so that a stall is not forgiven. memory: resident memory over many requests. hostile: answers
 * meant to hang a verifier, sent beside honest ones.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { hostileMathematics, hostileText } from '../test/rewards/hostile.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    dist: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '20' },
    rate: { type: 'string', default: '500' },
    requests: { type: 'string', default: '200000' },
  },
});
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const median = (list: readonly number[]): number => list.toSorted((a, b) => a - b)[list.length >> 1] ?? 0;

interface Reply {
  readonly status: number;
  readonly text: string;
}

interface Server {
  readonly post: (path: string, body: string) => Promise<Reply>;
  readonly metric: (name: string) => Promise<number>;
  readonly stop: () => Promise<void>;
}

async function startServer(): Promise<Server> {
  const command = values.dist ? [here('../bin/golongrl.js')] : ['--import', 'tsx', here('../test/run-cli.ts')];
  const child: ChildProcess = spawn(process.execPath, [...command, 'reward', 'serve', '--port', '0', '--no-token'], {
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  let told = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${told}`)));
    child.stderr?.on('data', (chunk: Buffer) => {
      told += chunk.toString();
      const found = /at (http:\S+):/.exec(told)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const { hostname, port } = new URL(url);
  const send = (method: string, path: string, body: string): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
      const sent = request({ agent, hostname, port, path, method, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      });
      sent.on('error', reject);
      sent.end(body);
    });
  return {
    post: (path, body) => send('POST', path, body),
    metric: async (name) => {
      const { text } = await send('GET', '/metrics', '');
      return Number(
        text
          .split('\n')
          .find((line) => line.startsWith(`${name} `))
          ?.slice(name.length),
      );
    },
    stop: async () => {
      agent.destroy();
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
    },
  };
}

interface GoldenRow {
  readonly data_source: string;
  readonly solution_str: string;
  readonly ground_truth: unknown;
  readonly extra_info: unknown;
  readonly score: number;
}

const rows = readFileSync(here('../test/golden/rewards.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as GoldenRow);
const item = ({ score, ...row }: GoldenRow): unknown => row;
const bodyOf = (items: readonly unknown[]): string => JSON.stringify({ profile: 'paper', items });
const scoresOf = ({ status, text }: Reply): number[] => {
  if (status !== 200) throw new Error(`${status}: ${text.slice(0, 300)}`);
  return (JSON.parse(text) as { results: { score: number }[] }).results.map(({ score }) => score);
};
const singles = rows.map((row) => ({ body: bodyOf([item(row)]), score: row.score }));
const close = (a: number | undefined, b: number): boolean => a !== undefined && Math.abs(a - b) < 1e-6;

/** Runs `work(0) .. work(count - 1)`, at most `width` at once. */
async function parallel(count: number, width: number, work: (i: number) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: width }, lane));
}

async function batch(server: Server): Promise<void> {
  const size = 500;
  const batches = Array.from({ length: rows.length / size }, (_, i) => rows.slice(i * size, (i + 1) * size));
  const bodies = batches.map((list) => bodyOf(list.map(item)));
  const wrong = new Set<number>();
  const send = async (i: number): Promise<void> => {
    const place = i % bodies.length;
    const scores = scoresOf(await server.post('/v1/score', bodies[place] ?? ''));
    batches[place]?.forEach((row, j) => {
      if (!close(scores[j], row.score)) wrong.add(place * size + j);
    });
  };
  await parallel(bodies.length, 2, send);
  const cpuBefore = await server.metric('process_cpu_seconds_total');
  const start = performance.now();
  let sent = 0;
  const lane = async (): Promise<void> => {
    while (performance.now() - start < (Number(values.seconds) * 1000) / 2) await send(sent++);
  };
  await Promise.all([lane(), lane()]);
  const seconds = (performance.now() - start) / 1000;
  const cpu = (await server.metric('process_cpu_seconds_total')) - cpuBefore;
  const samples = sent * size;
  say(
    `batch: ${Math.round(samples / seconds)} samples/s over ${seconds.toFixed(1)} s in batches of ${size} ` +
      `(asked: 10,000); the server spends ${((cpu / samples) * 1e6).toFixed(0)} us of processor time a sample; ` +
      `${wrong.size} of ${rows.length} scores differ from the reference's`,
  );
}

/** Sends at its due time whatever is due; resolves with the latencies in ms, from due time to answer. */
async function openLoop(count: number, rate: number, send: (i: number) => Promise<void>): Promise<number[]> {
  const latencies: number[] = [];
  const start = performance.now();
  const running: Promise<void>[] = [];
  for (let next = 0; next < count; ) {
    const now = performance.now();
    for (; next < count && start + (next * 1000) / rate <= now; next++) {
      const due = start + (next * 1000) / rate;
      running.push(send(next).then(() => void latencies.push(performance.now() - due)));
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(running);
  return latencies.sort((a, b) => a - b);
}

const percentiles = (sorted: readonly number[]): string =>
  [0.5, 0.9, 0.99, 0.999]
    .map((share) => `p${share * 100} ${(sorted[Math.floor(share * sorted.length)] ?? 0).toFixed(1)} ms`)
    .join(', ');

async function open(server: Server): Promise<void> {
  const rate = Number(values.rate);
  let wrong = 0;
  const send = async (i: number): Promise<void> => {
    const { body, score } = singles[i % singles.length] ?? { body: '', score: 0 };
    if (!close(scoresOf(await server.post('/v1/score', body))[0], score)) wrong++;
  };
  await openLoop(rate * 3, rate, send);
  const cpuBefore = await server.metric('process_cpu_seconds_total');
  const count = rate * Number(values.seconds);
  const latencies = await openLoop(count, rate, send);
  const cpu = (await server.metric('process_cpu_seconds_total')) - cpuBefore;
  say(
    `open loop: ${rate} single requests/s for ${values.seconds} s: ${percentiles(latencies)} (asked: p99 below 20 ms); ` +
      `the server spends ${((cpu / count) * 1e6).toFixed(0)} us of processor time a request; ${wrong} wrong answers`,
  );
}

async function memory(server: Server): Promise<void> {
  const count = Number(values.requests);
  const width = 32;
  const send = async (i: number): Promise<void> => {
    await server.post('/v1/score', singles[i % singles.length]?.body ?? '');
  };
  await parallel(count / 10, width, send);
  const samples: number[] = [];
  const step = count / 50;
  for (let i = 0; i < 50; i++) {
    await parallel(step, width, send);
    samples.push((await server.metric('process_resident_memory_bytes')) / 2 ** 20);
    if (i % 5 === 4) say(`memory: ${((i + 1) * step).toLocaleString('en')} requests, ${samples.at(-1)?.toFixed(0)} MB`);
  }
  const early = median(samples.slice(10, 20));
  const late = median(samples.slice(40));
  // The collector's own breathing is a few per cent.
  const grown = late > early * 1.05 + 2;
  say(
    `memory: median ${early.toFixed(0)} MB in the second fifth, ${late.toFixed(0)} MB in the last: ${grown ? 'GROWTH' : 'no growth'}`,
  );
}

async function hostile(server: Server): Promise<void> {
  const attacks = [
    ...hostileMathematics.map(([, text]) => ({
      data_source: 'math_longcot_math_verify',
      ground_truth: { golden_label: '5' },
      response: `<think></think>${text}`,
    })),
    ...hostileText.flatMap(([, text]) =>
      ['T4.1 Global-Coverage Constrained Summary', 'T7.3 Comprehensive Error & Anomaly Sweep'].map((mode) => ({
        data_source: 'longbench_pro',
        reward_mode: mode,
        ground_truth: { doc_ids: ['Part 1. Part 2', 'Part 3'], summary: 'English' },
        response: `<think></think>[Answer]\n${text}`,
      })),
    ),
    ...hostileText.map(([, text]) => ({
      data_source: 'multitableqa_pretraining',
      ground_truth: { golden_label: '{"columns":["a"],"data":[["x"]]}' },
      response: `<think></think>${text}`,
    })),
  ].map((attack) => bodyOf([attack]));
  const honest = 10_000;
  const bad = 1000;
  const rate = 250;
  let wrong = 0;
  let paid = 0;
  let answeredBad = 0;
  const honestSend = async (i: number): Promise<void> => {
    const { body, score } = singles[i % singles.length] ?? { body: '', score: 0 };
    if (!close(scoresOf(await server.post('/v1/score', body))[0], score)) wrong++;
  };
  const badSend = async (i: number): Promise<void> => {
    const reply = await server.post('/v1/score', attacks[i % attacks.length] ?? '');
    if (reply.status === 503) return;
    if ((scoresOf(reply)[0] ?? 0) > 0.34) paid++;
    answeredBad++;
  };
  let badDone = false;
  const attack = parallel(bad, 8, badSend).then(() => {
    badDone = true;
  });
  const latencies = await openLoop(honest, rate, honestSend);
  const during = badDone ? 'were over before' : 'went on until after';
  await attack;
  const slowest = latencies.at(-1) ?? 0;
  say(
    `hostile: ${honest} honest requests at ${rate}/s beside ${bad} hostile ones, eight at a time (they ${during} the last honest ` +
      `answer; ${answeredBad} answered, ${bad - answeredBad} told to wait, ${paid} paid): ${wrong} honest answers wrong; ` +
      `${percentiles(latencies)}, slowest ${slowest.toFixed(0)} ms; threads killed: ${await server.metric('golongrl_reward_thread_restarts_total')}`,
  );
}

const parts = { batch, open, memory, hostile } as const;
const isPart = (name: string): name is keyof typeof parts => name in parts;
const names = positionals.length === 0 ? Object.keys(parts) : positionals;
say(`${cpus().length} cores, load average ${loadavg()[0]?.toFixed(1)} before the start`);
for (const name of names) {
  if (!isPart(name)) throw new Error(`got "${name}", expected ${Object.keys(parts).join(' | ')}`);
  const server = await startServer();
  try {
    await parts[name](server);
  } finally {
    await server.stop();
  }
}
