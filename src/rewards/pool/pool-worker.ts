/** @file The worker of the reward pool: judges jobs. */

import { serveThread } from '../../threads/serve-thread.ts';
import { decodeJob } from './encode.ts';
import { type JobResult, runJob } from './job.ts';

serveThread<JobResult>((bytes) => runJob(decodeJob(bytes)));
