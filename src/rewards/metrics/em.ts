/**
 * @file EM (T1): the answer is the gold span. Reference `EM_judge.compute_score`: equal after strip, nothing forgiven.
 * `hardened`: the answer states the gold and no other value (reading/gold-items.ts): in any spelling that a person takes for the same,
 * with a gloss, or in a sentence that says nothing else. Letter case counts where the sample says so.
 */

import { type GoldItems, goldItems, statedItems } from '../reading/gold-items.ts';
import { keyText, wordsOf } from '../reading/text/tokens.ts';
import { valueLines } from '../reading/value.ts';
import { Recent } from '../recent.ts';
import type { MetricVerdict, Reward, RewardSpec } from '../reward.ts';
import { strip } from '../text.ts';

const recent = new Recent<GoldItems>(256);

function itemsOf(spec: RewardSpec): GoldItems {
  const gold = spec.gold[0] ?? '';
  const name = JSON.stringify([gold, spec.question, spec.caseSensitive]);
  return recent.get(name, () => goldItems([gold], spec));
}

const bullet = /^(?:[-*•]|\d{1,2}[.)])\s+/;

/** Whether a line below the first is another value, and no explanation: short, and not in parentheses. */
function isOtherValue(items: GoldItems, line: string): boolean {
  const bare = line.replace(bullet, '');
  const { tokens } = wordsOf(bare);
  if (tokens.length === 0 || /^[(（]|[:：]/.test(bare)) return false;
  return tokens.length <= items.mostTokens + (bare === line ? 0 : 2) && statedItems(items, bare).length === 0;
}

function hardened(answer: string, spec: RewardSpec): MetricVerdict {
  const lines = valueLines(answer);
  const [first] = lines;
  if (first === undefined) return { score: 0, state: 'none', reason: 'no answer' };
  const items = itemsOf(spec);
  const alone = statedItems(items, first.replace(bullet, '')).length > 0;
  const whole = lines.join(' ');
  // A gold may be broken over lines; a short line above it is a value of its own.
  const broken = items.full.has(keyText(wordsOf(whole, spec.caseSensitive))) || !isOtherValue(items, first);
  const stated = alone || (lines.length > 1 && broken && statedItems(items, whole).length > 0);
  if (alone && lines.slice(1).some((line) => isOtherValue(items, line)))
    return { score: 0, state: 'contradictory', reason: 'several values' };
  const gold = spec.gold[0] ?? '';
  return {
    score: stated ? 1 : 0,
    reason: stated ? 'states the gold' : `"${first.slice(0, 80)}" does not state "${gold.slice(0, 80)}"`,
  };
}

/** 0 or 1; only the first gold line counts. */
export const emReward: Reward = (answer, spec, profile) => {
  if (profile === 'hardened') return hardened(answer, spec);
  const equal = strip(spec.gold[0] ?? '') === strip(answer);
  return { score: equal ? 1 : 0, reason: equal ? 'equals the gold' : 'differs from the gold' };
};
