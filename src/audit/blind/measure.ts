/**
 * @file What ignorance earns of a generator's samples. They are cut into two halves; policies learnt from one are measured on the
 * other, and which of them is best is learnt from the other half as well: the best of a hundred looks good by chance.
 */
import { random } from '../../random.ts';
import type { Profile } from '../../rewards/reward.ts';
import { type AuditItem, profileOf } from '../item.ts';
import { jobOf, type Score } from '../scoring.ts';
import { wilson } from '../wilson.ts';
import type { BlindFinding } from './blind-finding.ts';
import { learners } from './learners.ts';
import type { BlindPolicy, Known } from './policy.ts';
import { blindProbes, respond } from './probes.ts';

/** Characters of the context that the generic probes are cut from: more costs seconds and earns less. */
const probedLength = 1500;

/** Mean reward of each policy over the items of one half. */
type Means = ReadonlyMap<string, number>;

interface Answered {
  readonly policy: string;
  readonly response: string;
}

function answersTo(item: AuditItem, policies: readonly BlindPolicy[], seed: number): Answered[] {
  const learnt = policies.flatMap(({ name, answer }) => {
    const text = answer(item, random(seed, 'audit', 'blind', item.id, name));
    return text === undefined ? [] : [{ policy: name, response: respond(text) }];
  });
  const probes = blindProbes(item.spec, `${item.facts.lead.slice(0, probedLength)}\n\n${item.question}`, item.question);
  return [...learnt, ...probes.map(({ name, response }) => ({ policy: `probe ${name}`, response }))];
}

/**
 * Means of all policies, or of the one that is named; one that has no answer to an item earns nothing there. Equal responses are scored
 * once.
 */
export async function meansOf(
  items: readonly AuditItem[],
  known: Known,
  options: BlindOptions,
  only?: string,
): Promise<Means> {
  const policies = learners.flatMap((learn) => learn(known));
  const sums = new Map<string, number>();
  for (const item of items) {
    const answered = answersTo(item, policies, options.seed).filter(
      ({ policy }) => only === undefined || policy === only,
    );
    const responses = [...new Set(answered.map(({ response }) => response))];
    const results = await options.score(
      responses.map((response) => jobOf(item.spec, response, profileOf(item, options.profile))),
    );
    const scores = new Map(responses.map((response, i) => [response, results[i]?.score ?? 0]));
    for (const { policy, response } of answered)
      sums.set(policy, (sums.get(policy) ?? 0) + (scores.get(response) ?? 0) / items.length);
  }
  return sums;
}

export interface BlindOptions {
  readonly seed: number;
  readonly profile: Profile;
  readonly score: Score;
}

export const bestOf = (means: Means): { policy: string; reward: number } => {
  const [policy, reward] = [...means].reduce((top, row) => (row[1] > top[1] ? row : top), ['none', 0]);
  return { policy, reward };
};

/** Halves by a draw of the seed and the id, so that the order of the file does not matter. */
export const halfOf = (item: AuditItem, seed: number): 0 | 1 =>
  random(seed, 'audit', 'half', item.id).next() < 0.5 ? 0 : 1;

/** @param task All items of the generator's task, from which commonest golds are learnt too. */
export async function measureBlind(
  items: readonly AuditItem[],
  task: readonly AuditItem[],
  options: BlindOptions,
): Promise<BlindFinding> {
  const half = (list: readonly AuditItem[], side: 0 | 1) => list.filter((item) => halfOf(item, options.seed) === side);
  const parts = [half(items, 0), half(items, 1)] as const;
  const known = (side: 0 | 1): Known => ({ group: parts[side], task: half(task, side) });
  const [first, second] = [await meansOf(parts[0], known(1), options), await meansOf(parts[1], known(0), options)];
  const n = items.length;
  const all = new Map(
    [...new Set([...first.keys(), ...second.keys()])].map((name) => [
      name,
      ((first.get(name) ?? 0) * parts[0].length + (second.get(name) ?? 0) * parts[1].length) / Math.max(1, n),
    ]),
  );
  // The best of the other half; where the halves know different policies, the best that both know.
  const both = (means: Means, other: Means): Means => new Map([...means].filter(([name]) => other.has(name)));
  const chosen = [bestOf(both(second, first)).policy, bestOf(both(first, second)).policy];
  const sum =
    (first.get(chosen[0] ?? '') ?? 0) * parts[0].length + (second.get(chosen[1] ?? '') ?? 0) * parts[1].length;
  return {
    samples: n,
    policy: chosen[parts[0].length >= parts[1].length ? 0 : 1] ?? 'none',
    reward: n === 0 ? 0 : sum / n,
    ci95: wilson(sum, n),
    hindsight: bestOf(all),
    policies: all.size,
  };
}
