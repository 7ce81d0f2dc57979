/** @file The worker of the reward pool: judges jobs. */
import { decodeJob } from './encode.ts';
import { type JobResult, runJob } from './job.ts';
import { serveThread } from './serve-thread.ts';

serveThread<JobResult>((bytes) => runJob(decodeJob(bytes)));
