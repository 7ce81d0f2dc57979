/** @file The reward server's counts as Prometheus text. */
import type { JobResult } from '../../rewards/pool/job.ts';
import type { RewardPool } from '../../rewards/pool/pool.ts';

/** Counts since the start. */
export interface Counters {
  requests: number;
  rejected: number;
  samples: Record<JobResult['status'], number>;
  seconds: number;
}

/** Body of `GET /metrics`, in the text format of Prometheus; times in seconds, memory in bytes. */
export function metricsText(counters: Counters, pool: RewardPool): string {
  const cpu = process.cpuUsage();
  const lines = [
    '# TYPE golongrl_reward_requests_total counter',
    `golongrl_reward_requests_total ${counters.requests}`,
    '# TYPE golongrl_reward_rejected_total counter',
    `golongrl_reward_rejected_total ${counters.rejected}`,
    '# TYPE golongrl_reward_samples_total counter',
    ...Object.entries(counters.samples).map(([status, n]) => `golongrl_reward_samples_total{status="${status}"} ${n}`),
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
