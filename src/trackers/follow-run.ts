/**
 * @file Feeds trackers from a run directory: the numbers of each step, its seconds, held-out means, and now and then a table of rollouts.
 * What cannot be sent is told once and sent later: the directory has everything, and no run ends because a dashboard is away.
 */
import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { messageOf } from '../errors.ts';
import { isRecord } from '../json.ts';
import { heldoutScoreSchema, type RunDirectory, type StepLine, type StepPlace } from '../runs/run-directory.ts';
import type { RolloutRow, Scalars, Tracker } from './tracker.ts';

/** Rows of a table, and tables of a run: enough to see what the policy does, little enough to send. */
const mostRows = 16;
const mostTables = 20;

/** All finite numbers of a value, by their path; `step` is no value of its own. */
export function scalarsOf(value: unknown, path = ''): Scalars {
  if (typeof value === 'number') return Number.isFinite(value) ? { [path]: value } : {};
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => path !== '' || key !== 'step')
      .flatMap(([key, inner]) => Object.entries(scalarsOf(inner, path === '' ? key : `${path}/${key}`))),
  );
}

/** Leaves of a configuration by dotted names. */
function settingsOf(value: unknown, path = ''): Record<string, string> {
  if (!isRecord(value)) return { [path]: typeof value === 'string' ? value : JSON.stringify(value) };
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) =>
      Object.entries(settingsOf(inner, path === '' ? key : `${path}.${key}`)),
    ),
  );
}

const groupSchema = z.object({
  sample: z.string(),
  task: z.string(),
  gold: z.unknown(),
  rollouts: z.array(
    z.object({ text: z.string(), score: z.number().optional(), advantage: z.number().optional(), tokens: z.number() }),
  ),
});

/** The first rollouts of each group in turn, so that a table shows many prompts. */
function rowsOf(groups: readonly object[]): RolloutRow[] {
  const read = groups.flatMap((group) => groupSchema.safeParse(group).data ?? []);
  const most = Math.max(0, ...read.map(({ rollouts }) => rollouts.length));
  const turns = Array.from({ length: most }, (_, i) =>
    read.flatMap(({ sample, task, gold, rollouts }) => {
      const one = rollouts[i];
      if (one === undefined) return [];
      const { text: response, score: reward, advantage, tokens } = one;
      return [{ sample, task, gold: JSON.stringify(gold), response, reward, advantage, tokens }];
    }),
  );
  return turns.flat().slice(0, mostRows);
}

/** 0 where there is no such file yet. */
const sizeOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  );

/** A tracker with its name. */
export interface NamedTracker {
  readonly name: string;
  readonly tracker: Tracker;
}

interface Followed extends NamedTracker {
  /** Last step sent; undefined before the tracker was told of the run. */
  sent: number | undefined;
  sentHeldout: number;
  /** Steps from one table of rollouts to the next. */
  tableEvery: number;
  failed: boolean;
  /** Where its reading of the run's lines has stopped. */
  places: Record<'metrics' | 'timings', StepPlace>;
  /** Seconds of steps whose numbers have not been sent. */
  readonly timings: Map<number, StepLine>;
}

const start: StepPlace = { number: 0, end: 0 };

/** Sends what is new in a run directory to trackers. Calls may come as often as one likes: they are done one after the other. */
export class RunFollower {
  private readonly run: RunDirectory;
  private readonly onNotice: (text: string) => void;
  private readonly followed: Followed[];
  private work: Promise<void> = Promise.resolve();

  /** @param onNotice told, once for each tracker, why nothing arrives there */
  constructor(run: RunDirectory, trackers: readonly NamedTracker[], onNotice: (text: string) => void) {
    this.run = run;
    this.onNotice = onNotice;
    const fresh = { sent: undefined, sentHeldout: -1, tableEvery: 1, failed: false };
    this.followed = trackers.map((one) => ({
      ...one,
      ...fresh,
      places: { metrics: start, timings: start },
      timings: new Map<number, StepLine>(),
    }));
  }

  /** Sends the steps that are new. Never rejects. */
  sync(): Promise<void> {
    this.work = this.work.then(() => this.each((one) => this.send(one)));
    return this.work;
  }

  /** Sends the rest and says how the run ended. Never rejects. */
  end(): Promise<void> {
    this.work = this.work.then(() =>
      this.each(async (one) => {
        await this.send(one);
        await one.tracker.end((await this.run.readRecord()).status);
      }),
    );
    return this.work;
  }

  private async each(use: (one: Followed) => Promise<void>): Promise<void> {
    for (const one of this.followed) {
      try {
        await use(one);
        one.failed = false;
      } catch (error) {
        if (!one.failed)
          this.onNotice(
            `${one.name}: ${messageOf(error)} Nothing is lost: \`golongrl report ${this.run.path} --report-to ${one.name}\` sends it later.`,
          );
        one.failed = true;
      }
    }
  }

  private async send(one: Followed): Promise<void> {
    if (one.sent === undefined) {
      const config: unknown = parse(await this.run.readConfig());
      one.sent = await one.tracker.begin({
        directory: this.run.path,
        name: basename(resolve(this.run.path)),
        settings: settingsOf(config),
      });
      const { steps } = z.object({ steps: z.number() }).parse(config);
      one.tableEvery = Math.max(1, Math.ceil(steps / mostTables));
      // The evaluation at the last step may have come after what was sent of it.
      one.sentHeldout = one.sent - 1;
    }
    for (const line of await this.newLines(one, 'timings')) one.timings.set(line.step, line);
    const before = one.places.metrics;
    const lines = await this.newLines(one, 'metrics');
    // What could not be sent is read again.
    const behind = one.places.metrics;
    one.places.metrics = before;
    for (const line of lines.filter(({ step }) => step > (one.sent ?? 0))) {
      const seconds = Object.entries(scalarsOf(one.timings.get(line.step) ?? {}));
      const values = {
        ...scalarsOf(line),
        ...Object.fromEntries(seconds.map(([key, value]) => [`seconds/${key}`, value])),
      };
      await one.tracker.scalars(line.step, values, Date.now());
      // The first step among them.
      if (line.step % one.tableEvery === 1 % one.tableEvery) await this.sendTable(one, line.step);
      one.sent = line.step;
      one.timings.delete(line.step);
    }
    one.places.metrics = behind;
    await this.sendHeldout(one);
  }

  /** Lines that came since the last look; all of them where the run has gone back behind it. */
  private async newLines(one: Followed, name: 'metrics' | 'timings'): Promise<StepLine[]> {
    const from = (await sizeOf(this.run.file(`${name}.jsonl`))) < one.places[name].end ? start : one.places[name];
    // Where the reading fails, the next one begins at the start: the run may have gone back and forth since.
    one.places[name] = start;
    const { lines, place } = await this.run.stepsBehind(name, from);
    one.places[name] = place;
    return lines;
  }

  private async sendTable({ tracker }: Followed, step: number): Promise<void> {
    const rows = rowsOf(await this.run.readRollouts(step).catch(() => []));
    if (rows.length > 0) await tracker.rollouts(step, rows, Date.now());
  }

  private async sendHeldout(one: Followed): Promise<void> {
    const { facts } = await this.run.readRecord();
    const scores = z.array(heldoutScoreSchema).safeParse(facts.heldout).data ?? [];
    for (const { step, score } of scores.filter((entry) => entry.step > one.sentHeldout)) {
      await one.tracker.scalars(step, { 'heldout/reward': score }, Date.now());
      one.sentHeldout = step;
    }
  }
}
