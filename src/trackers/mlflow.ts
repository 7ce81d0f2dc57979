/**
 * @file A run on an MLflow server, by its REST API (version 2.0): parameters, metrics by step, and tables of rollouts as artifacts where
 * the server stores them itself. The run's id stands in `RUN/mlflow.json`: a resumed run goes on with it.
 */
import { join } from 'node:path';
import { z } from 'zod';
import { GolongrlError, UsageError } from '../errors.ts';
import { stepName } from '../runs/run-directory.ts';
import { findRecord, writeRecord } from '../storage/record.ts';
import { type Ask, asker } from './ask-server.ts';
import type { RolloutRow, TrackedRun, Tracker } from './tracker.ts';

/** Of a request: metrics, and parameters. */
const mostMetrics = 1000;
const mostParameters = 100;
const longestParameter = 500;

const linkSchema = z.object({ url: z.string(), run: z.string(), artifacts: z.string() });
const runSchema = z.object({
  run: z.object({
    info: z.object({ run_id: z.string(), artifact_uri: z.string() }),
    data: z.object({ metrics: z.array(z.object({ step: z.coerce.number() })).default([]) }).default({ metrics: [] }),
  }),
});
const experimentSchema = z.object({ experiment: z.object({ experiment_id: z.string() }) });
const createdSchema = z.object({ experiment_id: z.string() });

/** Where the server is and who asks, as MLflow's own client reads them from the environment. */
export interface MlflowOptions {
  readonly url: string;
  readonly experiment: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** @throws UsageError without MLFLOW_TRACKING_URI */
export function mlflowOptions(environment: NodeJS.ProcessEnv): MlflowOptions {
  const { MLFLOW_TRACKING_URI: url, MLFLOW_EXPERIMENT_NAME: experiment = 'golongrl' } = environment;
  const {
    MLFLOW_TRACKING_TOKEN: token,
    MLFLOW_TRACKING_USERNAME: user,
    MLFLOW_TRACKING_PASSWORD: password,
  } = environment;
  if (url === undefined || !/^https?:\/\//.test(url))
    throw new UsageError(
      'tracker-address',
      `mlflow: got ${url === undefined ? 'no address' : `"${url}"`}, expected http://HOST:PORT of a tracking server.`,
      'Set MLFLOW_TRACKING_URI.',
    );
  const basic = `Basic ${Buffer.from(`${user}:${password ?? ''}`).toString('base64')}`;
  const authorization = token !== undefined ? `Bearer ${token}` : user !== undefined ? basic : undefined;
  return { url: url.replace(/\/+$/, ''), experiment, headers: authorization === undefined ? {} : { authorization } };
}

async function experimentId(ask: Ask, name: string): Promise<string> {
  const query = `mlflow/experiments/get-by-name?experiment_name=${encodeURIComponent(name)}`;
  try {
    return (await ask('GET', query, undefined, experimentSchema)).experiment.experiment_id;
  } catch (error) {
    if (!(error instanceof GolongrlError) || !error.message.includes('RESOURCE_DOES_NOT_EXIST')) throw error;
    return (await ask('POST', 'mlflow/experiments/create', { name }, createdSchema)).experiment_id;
  }
}

async function createRun(ask: Ask, { experiment }: MlflowOptions, { name, settings }: TrackedRun) {
  const experiment_id = await experimentId(ask, experiment);
  const created = await ask(
    'POST',
    'mlflow/runs/create',
    { experiment_id, run_name: name, start_time: Date.now(), tags: [{ key: 'mlflow.source.name', value: 'golongrl' }] },
    runSchema,
  );
  const { run_id } = created.run.info;
  const params = Object.entries(settings).map(([key, value]) => ({ key, value: value.slice(0, longestParameter) }));
  for (let at = 0; at < params.length; at += mostParameters)
    await ask('POST', 'mlflow/runs/log-batch', { run_id, params: params.slice(at, at + mostParameters) }, z.unknown());
  return created.run.info;
}

const columns = ['task', 'reward', 'advantage', 'tokens', 'gold', 'response', 'sample'] as const;

/** MLflow's own form of a table (`mlflow.log_table`): columns and rows. */
const tableOf = (rows: readonly RolloutRow[]): object => ({
  columns,
  data: rows.map((row) => columns.map((name) => row[name] ?? null)),
});

/** A run that was sent to the server already is found by `RUN/mlflow.json`, if it is on the same server. */
export function mlflow(options: MlflowOptions): Tracker {
  const ask = asker({ name: 'mlflow', base: `${options.url}/api/2.0`, headers: options.headers });
  let [run, artifacts] = ['', ''];
  return {
    async begin(tracked) {
      const link = join(tracked.directory, 'mlflow.json');
      const kind = {
        name: 'the run on an MLflow server',
        code: 'tracker-damaged',
        hint: 'Delete the file: the run is sent anew.',
      };
      const known = await findRecord(link, linkSchema, kind);
      if (known !== undefined && known.url === options.url) {
        [run, artifacts] = [known.run, known.artifacts];
        const { data } = (await ask('GET', `mlflow/runs/get?run_id=${run}`, undefined, runSchema)).run;
        await ask('POST', 'mlflow/runs/update', { run_id: run, status: 'RUNNING' }, z.unknown());
        return data.metrics.reduce((last, { step }) => Math.max(last, step), -1);
      }
      const info = await createRun(ask, options, tracked);
      [run, artifacts] = [info.run_id, info.artifact_uri];
      await writeRecord(link, { url: options.url, run, artifacts });
      return -1;
    },
    async scalars(step, values, timestamp) {
      const metrics = Object.entries(values).map(([key, value]) => ({
        key,
        value,
        step,
        timestamp: Math.round(timestamp),
      }));
      for (let at = 0; at < metrics.length; at += mostMetrics)
        await ask(
          'POST',
          'mlflow/runs/log-batch',
          { run_id: run, metrics: metrics.slice(at, at + mostMetrics) },
          z.unknown(),
        );
    },
    async rollouts(step, rows) {
      const own = /^mlflow-artifacts:\/*(.*)$/.exec(artifacts)?.[1];
      if (own === undefined) return;
      const name = `rollouts/${stepName(step)}.json`;
      await ask('PUT', `mlflow-artifacts/artifacts/${own}/${name}`, tableOf(rows), z.unknown());
    },
    async end(status) {
      const states = { running: 'RUNNING', interrupted: 'KILLED', done: 'FINISHED' } as const;
      await ask(
        'POST',
        'mlflow/runs/update',
        { run_id: run, status: states[status], end_time: Date.now() },
        z.unknown(),
      );
    },
  };
}
