/** @file How far guesses come by themselves: the rewards of answers drawn from what a question shows, as a distribution. */

/** Rewards are told apart to a hundredth. */
const steps = 100;

const stepOf = (reward: number): number => Math.round(Math.min(1, Math.max(0, reward)) * steps);

/** Shares of guesses by their reward in hundredths. */
function sharesOf(guesses: readonly number[]): number[] {
  const shares = new Array<number>(steps + 1).fill(0);
  for (const reward of guesses) shares[stepOf(reward)] = (shares[stepOf(reward)] ?? 0) + 1 / guesses.length;
  return shares;
}

/** The distribution of the sum of two draws. */
function summed(one: readonly number[], other: readonly number[]): number[] {
  const sum = new Array<number>(one.length + other.length - 1).fill(0);
  for (const [i, p] of one.entries())
    for (const [j, q] of other.entries()) if (p > 0 && q > 0) sum[i + j] = (sum[i + j] ?? 0) + p * q;
  return sum;
}

/**
 * The probability that as many guesses together earn at least what was earned. An order half right earns much of a graded reward: it is
 * held against orders drawn by lot, not against right and wrong.
 *
 * @param rewards What was earned, from 0 to 1 each.
 * @param guesses Rewards of answers drawn by lot; empty where the question shows nothing to guess from.
 */
export function byGuessing(rewards: readonly number[], guesses: readonly number[]): number {
  const earned = rewards.reduce((sum, reward) => sum + stepOf(reward), 0);
  if (earned === 0) return 1;
  if (guesses.length === 0) return 0;
  const one = sharesOf(guesses);
  const all = rewards.slice(1).reduce<number[]>((sum) => summed(sum, one), one);
  return all.slice(earned).reduce((sum, share) => sum + share, 0);
}
