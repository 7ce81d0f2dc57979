/**
 * @file `npm run check:server-soak -- [--requests 100000] [--lanes 16]`: honest and hostile requests mixed, one in two hostile,
 * against `reward serve` and (one in twenty) `engine serve`, whose threads and engines are killed at random meanwhile. No
 * honest request may be wrong, lost or, on the reward server, take more than a second; memory must be level. A sampling
 * request may take as long as an engine needs to start. Exits with 1 if not.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import {
  type Honest,
  honestReward,
  hostileReward,
  hostileTinker,
  idleSockets,
  type Sent,
  sampling,
} from './soak-requests.ts';

const { values } = parseArgs({
  options: { requests: { type: 'string', default: '100000' }, lanes: { type: 'string', default: '16' } },
});
const [total, lanes] = [Number(values.requests), Number(values.lanes)];
const engineShare = 20;
const say = (text: string): void => void process.stdout.write(`${text}\n`);

interface Target {
  readonly url: string;
  readonly child: ChildProcess;
  readonly kills: () => number;
}

async function start(kind: 'reward' | 'engine'): Promise<Target> {
  const child = fork(fileURLToPath(new URL('serve-under-fire.ts', import.meta.url)), [kind], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  let killed = 0;
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the ${kind} server ended with ${code}`)));
    child.on('message', (message: { url?: string; killed?: number }) => {
      killed += message.killed ?? 0;
      if (message.url !== undefined) resolve(message.url);
    });
  });
  return { url, child, kills: () => killed };
}

/** Hostile requests have connections of their own: the server closes them as it refuses what they still send. */
const [agent, hostileAgent] = [0, 1].map(() => new Agent({ keepAlive: true, maxSockets: 256 }));

/** Status and text; status 0 when no answer came. A kept connection that the server has just closed is no failure. */
async function post(url: string, sent: Sent): Promise<{ status: number; text: string }> {
  const reply = await exchange(url, sent, agent);
  return reply.reused && reply.status === 0 ? exchange(url, sent, undefined) : reply;
}

interface Reply {
  readonly status: number;
  readonly text: string;
  readonly reused: boolean;
}

function exchange(url: string, { path, body, headers }: Sent, agent: Agent | undefined): Promise<Reply> {
  return new Promise((resolve) => {
    const { hostname, port } = new URL(url);
    const given = { 'Content-Type': 'application/json', 'X-API-Key': 'tml-soak', ...headers };
    const sent = request(
      { agent, hostname, port, path, method: 'POST', headers: given, timeout: 60_000 },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text, reused: sent.reusedSocket }));
        response.on('error', () => resolve({ status: 0, text, reused: sent.reusedSocket }));
      },
    );
    sent.on('timeout', () => sent.destroy(new Error('timeout')));
    sent.on('error', (error) => resolve({ status: 0, text: error.message, reused: sent.reusedSocket }));
    sent.end(body);
  });
}

const residentMb = ({ child }: Target): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024;

/** What came of the requests of a kind. */
class Tally {
  readonly name: string;
  readonly times: number[] = [];
  readonly statuses = new Map<number, number>();
  wrong = 0;
  lost = 0;
  late = 0;

  constructor(name: string) {
    this.name = name;
  }

  add(ms: number, status: number): void {
    this.times.push(ms);
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
  }

  line(): string {
    const sorted = this.times.toSorted((a, b) => a - b);
    const at = (share: number): string =>
      (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(0);
    const statuses = [...this.statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`);
    return [
      this.name,
      sorted.length,
      this.wrong,
      this.late,
      this.lost,
      at(0.5),
      at(0.99),
      at(1),
      statuses.join(', '),
    ].join(' | ');
  }
}

const reward = await start('reward');
const engine = await start('engine');
const tallies = {
  honestReward: new Tally('reward, honest'),
  hostileReward: new Tally('reward, hostile'),
  honestEngine: new Tally('engine, honest'),
  hostileEngine: new Tally('engine, hostile'),
};
/** What each seed draws: a repetition on another engine must be the same. */
const drawn = new Map<number, string>();

async function askHonest(sent: Honest): Promise<void> {
  const tally = tallies.honestReward;
  const begin = performance.now();
  const { status, text } = await post(reward.url, sent);
  const ms = performance.now() - begin;
  tally.add(ms, status);
  if (status !== 200) {
    tally.lost++;
    say(`lost: ${status} ${text.slice(0, 200)}`);
  } else if (!sent.right(JSON.parse(text))) {
    tally.wrong++;
    say(`wrong: ${sent.path} ${text.slice(0, 300)}`);
  }
  if (ms > 1000) {
    tally.late++;
    say(`late: ${ms.toFixed(0)} ms ${sent.path} (${sent.body.length} bytes)`);
  }
}

/** An answer, or an empty object for what is none. */
function parsed(text: string): object {
  try {
    return JSON.parse(text) as object;
  } catch {
    return {};
  }
}

async function askSample(seed: number): Promise<void> {
  const tally = tallies.honestEngine;
  const begin = performance.now();
  const accepted = await post(engine.url, sampling(seed));
  const id = (parsed(accepted.text) as { request_id?: string }).request_id;
  const { status, text } = await post(engine.url, {
    path: '/api/v1/retrieve_future',
    body: JSON.stringify({ request_id: id }),
  });
  tally.add(performance.now() - begin, status);
  const answer = parsed(text) as { type?: string; sequences?: { tokens: number[] }[] };
  if (answer.type !== 'sample') {
    tally.lost++;
    say(`lost: ${status} ${text.slice(0, 200)}`);
    return;
  }
  const tokens = JSON.stringify(answer.sequences?.map((sequence) => sequence.tokens));
  if ((drawn.get(seed) ?? tokens) !== tokens) tally.wrong++;
  drawn.set(seed, tokens);
}

async function ask(i: number): Promise<void> {
  const place = i >> 1;
  if (i % 2 === 0) return place % engineShare === 0 ? askSample(place % 40) : askHonest(honestReward(place));
  const toEngine = place % engineShare === 0;
  const tally = toEngine ? tallies.hostileEngine : tallies.hostileReward;
  const begin = performance.now();
  const { status } = await exchange(
    toEngine ? engine.url : reward.url,
    toEngine ? hostileTinker(place / engineShare) : hostileReward(place),
    hostileAgent,
  );
  tally.add(performance.now() - begin, status);
  if (status === 0 || status === 500) tally.lost++;
}

const memory: number[] = [];
/** How long this process itself stood still at most: on a busy machine the servers do too. */
let stall = 0;
let tick = performance.now();
const clock = setInterval(() => {
  stall = Math.max(stall, performance.now() - tick - 20);
  tick = performance.now();
}, 20);
let next = 0;
const lane = async (): Promise<void> => {
  for (let i = next++; i < total; i = next++) {
    await ask(i);
    if (i % Math.ceil(total / 10) === 0) memory.push(residentMb(reward));
    if (i % Math.ceil(total / 20) === 1) idleSockets(reward.url, 8, 5000);
  }
};
const begin = performance.now();
const killer = setInterval(() => {
  reward.child.send('kill');
  if (Math.random() < 0.3) engine.child.send('kill');
}, 4000);
await Promise.all(Array.from({ length: lanes }, lane));
clearInterval(killer);
clearInterval(clock);
memory.push(residentMb(reward));

const health = await fetch(`${reward.url}/healthz`);
say(
  `\n${total} requests in ${((performance.now() - begin) / 1000).toFixed(0)} s; killed: ${reward.kills()} threads, ${engine.kills()} engines; healthz ${health.status} ${await health.text()}`,
);
say('requests | number | wrong | late (> 1 s) | lost | median ms | 99 % | most | statuses');
for (const tally of Object.values(tallies)) say(tally.line());
say(
  `this process stood still for at most ${stall.toFixed(0)} ms; load average ${loadavg()[0]?.toFixed(1)} on ${cpus().length} cores`,
);
say(`resident memory of the reward server in MB, over the run: ${memory.map((mb) => mb.toFixed(0)).join(', ')}`);
for (const { child } of [reward, engine]) child.disconnect();
agent?.destroy();
hostileAgent?.destroy();
const half = memory.slice(Math.floor(memory.length / 2));
const level = Math.max(...half) < 1.5 * Math.min(...half);
const { honestReward: scored, honestEngine: sampled } = tallies;
const bad = scored.wrong + scored.late + scored.lost + sampled.wrong + sampled.lost;
say(bad === 0 && level ? 'passed' : `FAILED: ${bad} honest requests; memory ${level ? 'level' : 'grows'}`);
process.exitCode = bad === 0 && level ? 0 : 1;
