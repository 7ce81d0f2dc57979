/** @file The reward server's counts as Prometheus text. */
import type { RewardPool } from '../../rewards/pool/pool.ts';
import type { Counts } from '../../rewards/tally.ts';

/** Counts since the start. */
export interface Counters {
  requests: number;
  rejected: number;
  readonly samples: Counts;
  seconds: number;
}

const counted = (name: string, label: string, counts: Readonly<Record<string, number>>): string[] =>
  Object.entries(counts).map(([value, n]) => `golongrl_reward_${name}_total{${label}="${value}"} ${n}`);

/** Body of `GET /metrics`, in the text format of Prometheus; times in seconds, memory in bytes. */
export function metricsText(counters: Counters, pool: RewardPool): string {
  const cpu = process.cpuUsage();
  const lines = [
    '# TYPE golongrl_reward_requests_total counter',
    `golongrl_reward_requests_total ${counters.requests}`,
    '# TYPE golongrl_reward_rejected_total counter',
    `golongrl_reward_rejected_total ${counters.rejected}`,
    '# TYPE golongrl_reward_samples_total counter',
    ...counted('samples', 'status', counters.samples.statuses),
    '# TYPE golongrl_reward_states_total counter',
    ...counted('states', 'state', counters.samples.states),
    '# TYPE golongrl_reward_formats_total counter',
    ...counted('formats', 'format', counters.samples.formats),
    '# TYPE golongrl_reward_seconds_total counter',
    `golongrl_reward_seconds_total ${counters.seconds.toFixed(6)}`,
    '# TYPE golongrl_reward_pending gauge',
    `golongrl_reward_pending ${pool.pending()}`,
    '# TYPE golongrl_reward_thread_restarts_total counter',
    `golongrl_reward_thread_restarts_total ${pool.restarts()}`,
    '# TYPE process_cpu_seconds_total counter',
    `process_cpu_seconds_total ${((cpu.user + cpu.system) / 1e6).toFixed(3)}`,
    '# TYPE process_resident_memory_bytes gauge',
    `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
  ];
  return `${lines.join('\n')}\n`;
}
