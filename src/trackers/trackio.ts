/**
 * @file A run on a Trackio server, by the HTTP API that its dashboard documents (`POST /api/bulk_log`): metrics by step, the configuration with the
 * first of them, tables of rollouts. Rows bear a `log_id`, so that none is there twice. The run's id stands in `RUN/trackio.json`. A Hugging Face
 * Space, which takes no write token, is reached by Trackio's own client alone.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { UsageError } from '../errors.ts';
import { findRecord, writeRecord } from '../storage/record.ts';
import { asker } from './ask-server.ts';
import type { RolloutRow, TrackedRun, Tracker } from './tracker.ts';

const linkSchema = z.object({ url: z.string(), project: z.string(), run: z.string() });
const summarySchema = z.object({ data: z.object({ last_step: z.number().nullable() }) });

/** Where the server is and who asks, as Trackio's own client reads them from the environment. */
export interface TrackioOptions {
  /** Without the token that its address may bear. */
  readonly url: string;
  readonly project: string;
  readonly token: string | undefined;
}

/** @throws UsageError without TRACKIO_SERVER_URL */
export function trackioOptions(environment: NodeJS.ProcessEnv): TrackioOptions {
  const { TRACKIO_SERVER_URL: given, TRACKIO_WRITE_TOKEN: token, TRACKIO_PROJECT: project = 'golongrl' } = environment;
  if (given === undefined || !URL.canParse(given) || !/^https?:\/\//.test(given))
    throw new UsageError(
      'tracker-address',
      `trackio: got ${given === undefined ? 'no address' : `"${given.split('?')[0]}"`}, expected http://HOST:PORT of a server.`,
      'Start one with `trackio show`, and set TRACKIO_SERVER_URL to the address with the write token that it prints.',
    );
  const url = new URL(given);
  const inAddress = url.searchParams.get('write_token') ?? undefined;
  return { url: `${url.origin}${url.pathname}`.replace(/\/+$/, ''), project, token: token ?? inAddress };
}

/** A table as Trackio stores one (`trackio.Table`). */
const tableOf = (rows: readonly RolloutRow[]): object => ({
  _type: 'trackio.table',
  _value: rows.map(({ task, reward = null, advantage = null, tokens, gold, response, sample }) => ({
    task,
    reward,
    advantage,
    tokens,
    gold,
    response,
    sample,
  })),
});

/** A run that was sent to the server already is found by `RUN/trackio.json`, if it is on the same server. */
export function trackio({ url, project, token }: TrackioOptions): Tracker {
  const headers: Record<string, string> = token === undefined ? {} : { 'x-trackio-write-token': token };
  const ask = asker({ name: 'trackio', base: `${url}/api`, headers });
  let [run, name] = ['', ''];
  let config: Readonly<Record<string, string>> | undefined;
  const log = async (step: number, kind: string, metrics: object): Promise<void> => {
    const row = { project, run: name, run_id: run, step, metrics, config, log_id: `${run}-${kind}-${step}` };
    await ask('POST', 'bulk_log', { logs: [row], hf_token: null }, z.unknown());
    config = undefined;
  };
  /** The run that an earlier process sent; undefined where there is none on this server. */
  const known = async ({ directory }: TrackedRun): Promise<string | undefined> => {
    const kind = {
      name: 'the run on a Trackio server',
      code: 'tracker-damaged',
      hint: 'Delete the file: the run is sent anew.',
    };
    const link = await findRecord(join(directory, 'trackio.json'), linkSchema, kind);
    return link?.url === url && link.project === project ? link.run : undefined;
  };
  return {
    async begin(tracked) {
      name = tracked.name;
      const earlier = await known(tracked);
      run = earlier ?? randomUUID();
      const { data } = await ask('POST', 'get_run_summary', { project, run: name, run_id: run }, summarySchema);
      if (data.last_step === null) config = tracked.settings;
      if (earlier === undefined) await writeRecord(join(tracked.directory, 'trackio.json'), { url, project, run });
      return data.last_step ?? -1;
    },
    scalars: (step, values) => log(step, 'scalars', values),
    rollouts: (step, rows) => log(step, 'rollouts', { rollouts: tableOf(rows) }),
    // Trackio keeps no state of a run.
    end: async () => undefined,
  };
}
