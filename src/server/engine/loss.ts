/**
 * @file Training requests of the Tinker protocol on the embedded engine. The objective is hosted Tinker's: the sum over all tokens
 * of all sequences until the optimizer step. Sequences that begin alike, as the rollouts of a prompt do, travel as one group, so
 * that the engine processes what they share once.
 */
import type { Engine, LossSpec, Rollout, ScoredGroup, TrajectoryGroup } from '../../engine/engine.ts';
import type { ForwardBackwardRequest } from '../../engine/tinker/wire.ts';
import type { ForwardBackwardResult } from '../../engine/tinker/wire-results.ts';
import { type Row, readRows } from './datum-rows.ts';
import { readLoss, weighted } from './loss-spec.ts';

/** What a request adds to the gradient; it can be added again, after the weights were loaded anew. */
export interface GradientPart {
  readonly batch: readonly TrajectoryGroup[];
  readonly spec: LossSpec;
}

/** A row with the advantages that its gradient comes from. */
interface Trained {
  readonly row: Row;
  readonly advantages: Float32Array;
  /** First position with an advantage; N when none has one. */
  readonly lead: number;
}

/** Rows that share all tokens, and targets, before their first advantage. */
interface Family {
  /** [lead + 1] */
  readonly prompt: Int32Array;
  readonly lead: number;
  readonly rows: Trained[];
}

const fanOf = ({ sequence, targets }: Row): number => targets.length / (sequence.length - 1);

function trained(row: Row, advantages: Float32Array): Trained {
  const first = advantages.findIndex((value) => value !== 0);
  const fan = fanOf(row);
  return { row, advantages, lead: first < 0 ? row.sequence.length - 1 : Math.floor(first / fan) };
}

function families(rows: readonly Trained[]): Family[] {
  const byPrompt = new Map<string, Family>();
  for (const entry of rows) {
    const { row, lead } = entry;
    const prompt = row.sequence.subarray(0, lead + 1);
    const key = `${prompt.join()}|${row.targets.subarray(0, lead * fanOf(row)).join()}`;
    const family = byPrompt.get(key);
    if (family) family.rows.push(entry);
    else byPrompt.set(key, { prompt, lead, rows: [entry] });
  }
  return [...byPrompt.values()];
}

function rolloutOf({ row, advantages, lead }: Trained): Rollout {
  const from = lead * fanOf(row);
  return {
    tokens: row.sequence.subarray(lead + 1),
    targets: row.targets.subarray(from),
    logprobs: row.logprobs.subarray(from),
    advantages: advantages.subarray(from),
  };
}

/** The positions before the first advantage as a sequence of their own; its first token is context. */
function promptOf({ prompt, lead, rows }: Family): ScoredGroup {
  const targets = rows[0]?.row.targets ?? new Int32Array();
  const fan = rows[0] ? fanOf(rows[0].row) : 1;
  const own = new Int32Array(prompt.length * fan);
  own.set(targets.subarray(0, lead * fan), fan);
  return { prompt: new Int32Array(), rollouts: [{ tokens: prompt, targets: own }] };
}

/** Log-probabilities of all targets of every row [N K]: those of a shared prompt are computed once. */
async function allLogprobs(engine: Engine, rows: readonly Trained[]): Promise<Float32Array[]> {
  const out = rows.map(({ row }) => new Float32Array(row.targets.length));
  const all = families(rows);
  const prompts = all.map(promptOf);
  const responses = all.map(({ prompt, rows: members }) => ({ prompt, rollouts: members.map(rolloutOf) }));
  const values = (await engine.logprobs?.([...prompts, ...responses])) ?? [];
  for (const [f, { rows: members }] of all.entries()) {
    const ofPrompt = values[f]?.[0] ?? new Float32Array();
    for (const [m, { row, lead }] of members.entries()) {
      const fan = fanOf(row);
      out[row.index]?.set(ofPrompt.subarray(fan));
      out[row.index]?.set(values[all.length + f]?.[m] ?? [], lead * fan);
    }
  }
  return out;
}

/**
 * DRO of a row, A log p - beta / 2 (log p - log q)^2 to be made large: its loss, and A - beta (log p - log q), which weighs log p in
 * its gradient. A position that was not sampled, with neither an advantage nor a log-probability, has no part in it.
 */
function dro({ logprobs, advantages, mask }: Row, now: Float32Array, beta: number) {
  let loss = 0;
  const weights = advantages.map((advantage, i) => {
    const old = logprobs[i] ?? 0;
    const share = mask?.[i] ?? (advantage === 0 && old === 0 ? 0 : 1);
    const distance = (now[i] ?? 0) - old;
    if (share !== 0) loss -= share * (advantage * (now[i] ?? 0) - 0.5 * beta * distance ** 2);
    return share * (advantage - beta * distance);
  });
  return { loss, weights };
}

const masked = ({ advantages, mask }: Row): Float32Array =>
  mask ? advantages.map((value, i) => value * (mask[i] ?? 0)) : advantages;

function partOf(rows: readonly Trained[], spec: LossSpec): GradientPart {
  const batch = families(rows.filter(({ lead, row }) => lead < row.sequence.length - 1));
  return { spec, batch: batch.map(({ prompt, rows: members }) => ({ prompt, rollouts: members.map(rolloutOf) })) };
}

/** DRO's gradient as that of a weighted sum, and its loss. */
function droPart(rows: readonly Row[], logprobs: readonly Float32Array[], beta: number): [GradientPart, number] {
  const each = rows.map((row) => ({ row, ...dro(row, logprobs[row.index] ?? new Float32Array(), beta) }));
  const part = partOf(
    each.map(({ row, weights }) => trained(row, weights)),
    weighted,
  );
  return [part, each.reduce((total, { loss }) => total + loss, 0)];
}

/** Of each row, the log-probabilities of the targets that it asked for. */
function outputsOf(rows: readonly Row[], logprobs: readonly Float32Array[]) {
  const outputs = rows.map((row) => {
    const values = logprobs[row.index] ?? new Float32Array();
    return { logprobs: values.filter((_, i) => i % fanOf(row) < row.fan) };
  });
  return { outputs, ...(rows.some(({ fan }) => fan > 1) ? { fans: rows.map(({ fan }) => fan) } : {}) };
}

/**
 * Accumulates the gradient of a request (or none), and returns the log-probability of every target, and what was accumulated.
 *
 * @throws InputError for datums that do not fit the loss, EngineError as the engine does.
 */
export async function runForwardBackward(
  engine: Engine,
  request: ForwardBackwardRequest,
): Promise<{ result: ForwardBackwardResult; part?: GradientPart }> {
  const loss = readLoss(request.lossFn, request.lossConfig);
  const rows = readRows(request.data, loss);
  const known = rows.map((row) => trained(row, masked(row)));
  const logprobs = await allLogprobs(engine, known);
  const found = outputsOf(rows, logprobs);
  if (request.forwardOnly) return { result: { ...found, metrics: {} } };
  const [part, sum] = loss.type === 'engine' ? [partOf(known, loss.spec)] : droPart(rows, logprobs, loss.beta);
  const { loss: accumulated } = await engine.forwardBackward(part.batch, part.spec);
  return { result: { ...found, metrics: { 'loss:sum': sum ?? accumulated } }, part };
}
