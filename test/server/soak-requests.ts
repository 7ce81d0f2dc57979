/** @file What the soak sends: honest requests with their right answers, and hostile ones of every kind that ever stopped a server. */
import { connect } from 'node:net';
import { hostileMathematics, hostileText } from '../rewards/hostile.ts';

export interface Sent {
  readonly path: string;
  readonly body: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Honest extends Sent {
  /** Whether an answer is right. */
  readonly right: (answer: unknown) => boolean;
}

const scores = (answer: unknown): number[] =>
  ((answer as { results?: { score: number; status: string }[] }).results ?? []).map(({ score, status }) =>
    status === 'ok' ? score : -1,
  );
const same = (wanted: readonly number[]) => (answer: unknown) =>
  JSON.stringify(scores(answer)) === JSON.stringify(wanted);
const mathematics = (response: string, label: string) => ({
  data_source: 'math_longcot_math_verify',
  ground_truth: { golden_label: label },
  response,
});
const span = (response: string, label: string) => ({
  data_source: 'EM',
  ground_truth: { golden_label: label },
  extra_info: { reward_mode: 'EM' },
  response,
});

/** One right and one wrong answer each; `i` makes them differ. */
export function honestReward(i: number): Honest {
  switch (i % 5) {
    case 0:
      return {
        path: '/v1/score',
        body: JSON.stringify({
          items: [mathematics(`\\boxed{${i}}`, String(i)), mathematics(`\\boxed{${i + 1}}`, String(i))],
        }),
        right: same([1, 0]),
      };
    case 1:
      return {
        path: '/rm',
        body: JSON.stringify({ prompt: 'x', response: `Oslo ${i}`, label: span('', `Oslo ${i}`) }),
        right: (answer) => answer === 1,
      };
    case 2: {
      const items = Array.from({ length: 20 }, (_, j) => span(j % 2 === 0 ? `a ${i}` : 'b', `a ${i}`));
      return { path: '/v1/score', body: JSON.stringify({ items }), right: same(items.map((_, j) => 1 - (j % 2))) };
    }
    case 3: {
      const labels = [span('', `Rome ${i}`), span('', 'Paris')];
      const query = ['Where? Rome ', 'Where? Rome '].map((text) => `${text}${i}`);
      return {
        path: '/get_reward',
        body: JSON.stringify({ query, prompts: ['Where? ', 'Where? '], labels }),
        right: (answer) => JSON.stringify((answer as { rewards?: number[] }).rewards) === '[1,0]',
      };
    }
    default: {
      // Larger than what is parsed in the server's own thread.
      const long = `${'so it is '.repeat(9000)}</think>[Answer]Bern`;
      return {
        path: '/v1/score',
        body: JSON.stringify({ items: [span(i % 500 === 4 ? long : '</think>[Answer]Bern', 'Bern')] }),
        right: same([1]),
      };
    }
  }
}

const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const deepRow = (depth: number): string =>
  `{"items":[{"data_source":"math_dapo_math_verify","response":"1","ground_truth":"1","extra_info":{"x":${nested(depth)}}}]}`;
const words = (step: number): string => Array.from({ length: 60_000 }, (_, i) => `w${(i * step) % 97}`).join(' ');
const endless = JSON.stringify({
  items: [{ reward: { metric: 'Summary', gold: [words(1)], language: 'en' }, response: `</think>[Answer]${words(7)}` }],
});

const cheap: readonly Sent[] = [
  { path: '/v1/score', body: '{' },
  { path: '/v1/score', body: '' },
  { path: '/v1/score', body: deepRow(3000) },
  { path: '/v1/score', body: deepRow(10_000) },
  {
    path: '/v1/score',
    body: '{"items":[{"__proto__":{"data_source":"EM"},"response":"a","constructor":{"prototype":{"x":1}}}]}',
  },
  { path: '/v1/score', body: '{"items":[null,1,"x",[],{}]}' },
  { path: '/v1/score', body: '{"items":[]}', headers: { Origin: 'https://evil.example' } },
  { path: '/v1/score', body: '{"items":[]}', headers: { 'Content-Type': 'text/plain' } },
  { path: '/v1/score', body: '{"items":[]}', headers: { 'X-API-Key': 'tml-wrong' } },
  { path: '/rm', body: '{"response":"x","label":"[[[[["}' },
  { path: '/get_reward', body: '{"query":["x"],"labels":[7]}' },
  { path: '/v1/score', body: '{"items":[]}', headers: { 'Content-Encoding': 'gzip' } },
];
const costly: readonly (() => Sent)[] = [
  ...[...hostileMathematics].map(([, response]) => () => ({
    path: '/v1/score',
    body: JSON.stringify({ items: [mathematics(response, '5')] }),
  })),
  ...[...hostileText].map(([, response]) => () => ({
    path: '/v1/score',
    body: JSON.stringify({ items: [{ reward: { metric: 'F1_Score', gold: ['a'], language: 'en' }, response }] }),
  })),
  () => ({ path: '/v1/score', body: endless }),
  () => ({ path: '/v1/score', body: nested(2_000_000) }),
  () => ({ path: '/v1/score', body: `{"items":[${'0,'.repeat(199_999)}0]}` }),
  () => ({ path: '/v1/score', body: `{"items":[0],"x":[${'[],'.repeat(3_000_000)}0]}` }),
  () => ({
    path: '/v1/score',
    body: `{"items":[],${Array.from({ length: 300_000 }, (_, i) => `"k${i}":${i}`).join(',')}}`,
  }),
];

/** One in 400 is as large and slow as can be. */
export function hostileReward(i: number): Sent {
  const heavy = costly[Math.floor(i / 400) % costly.length];
  return i % 400 === 7 && heavy ? heavy() : (cheap[i % cheap.length] as Sent);
}

/** Sockets that announce megabytes and send a byte; they stay for `ms`. */
export function idleSockets(url: string, count: number, ms: number): void {
  for (let i = 0; i < count; i++) {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () =>
      socket.write(
        'POST /v1/score HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nX-API-Key: tml-soak\r\nContent-Length: 33000000\r\n\r\n{',
      ),
    );
    socket.on('error', () => undefined);
    setTimeout(() => socket.destroy(), ms);
  }
}

const hostileEngine: readonly Sent[] = [
  { path: '/api/v1/asample', body: nested(100_000) },
  {
    path: '/api/v1/asample',
    body: '{"base_model":"micro","prompt":{"chunks":[{"tokens":[-1]}]},"sampling_params":{"max_tokens":2}}',
  },
  {
    path: '/api/v1/asample',
    body: '{"base_model":"micro","prompt":{"chunks":[{"tokens":[1e15]}]},"sampling_params":{}}',
  },
  {
    path: '/api/v1/forward_backward',
    body: new Uint8Array(5000).fill(255),
    headers: { 'Content-Type': 'application/x-protobuf' },
  },
  { path: '/api/v1/save_weights', body: '{"model_id":"../..","path":"../x"}' },
  { path: '/api/v1/weights_info', body: '{"tinker_path":"tinker://../weights/x"}' },
  { path: '/api/v1/create_session', body: '{}', headers: { Origin: 'https://evil.example' } },
  { path: '/api/v1/create_session', body: '{}', headers: { 'Content-Type': 'text/plain' } },
  { path: '/api/v1/create_session', body: '{}', headers: { 'X-API-Key': 'tml-wrong' } },
  { path: '/api/v1/retrieve_future', body: '{"request_id":"nothing"}' },
];
export const hostileTinker = (i: number): Sent => hostileEngine[i % hostileEngine.length] as Sent;

/** A sampling request, whose result comes under its id. */
export const sampling = (seed: number): Sent => ({
  path: '/api/v1/asample',
  body: JSON.stringify({
    base_model: 'micro',
    prompt: { chunks: [{ tokens: [1, 2, 3] }] },
    sampling_params: { max_tokens: 2, seed },
  }),
});
