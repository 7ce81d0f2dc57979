/**
 * @file What drafts cost, by what was asked: each reply is counted once, by the first draft in line that used it and under what that draft
 * used it for.
 */
import type { Account } from '../../../llm/account.ts';
import { addCosts, type Cost, noCost, roundedCost } from '../../../llm/cost-ledger.ts';
import { type Asker, type AskStage, askStages } from '../draft-context.ts';

/** The costs of one draft by stage. */
export type StageCosts = Readonly<Partial<Record<AskStage, Cost>>>;

/** The costs of each draft, in order. */
export function stageCosts(accounts: readonly Account[], askers: readonly Asker[]): StageCosts[] {
  const counted = new Set<string>();
  return accounts.map(({ used }, i) => {
    const sums: Partial<Record<AskStage, Cost>> = {};
    for (const [key, cost] of used) {
      const stage = askers[i]?.stages.get(key);
      if (stage === undefined || counted.has(key)) continue;
      counted.add(key);
      sums[stage] = roundedCost(addCosts(sums[stage] ?? noCost, cost));
    }
    return sums;
  });
}

/** One row a stage: what the accepted samples of a build cost, the discarded drafts included. */
export interface StageRow {
  readonly stage: AskStage | 'all';
  readonly requestsPerSample: number;
  readonly promptTokensPerSample: number;
  readonly completionTokensPerSample: number;
  readonly moneyPerSample: number;
}

/** The table of costs by stage, the sum last; stages that asked nothing are left out. */
export function stageTable(costs: readonly StageCosts[], samples: number): StageRow[] {
  const share = Math.max(1, samples);
  const row = (stage: StageRow['stage'], { requests, promptTokens, completionTokens, money }: Cost): StageRow => ({
    stage,
    requestsPerSample: requests / share,
    promptTokensPerSample: promptTokens / share,
    completionTokensPerSample: completionTokens / share,
    moneyPerSample: money / share,
  });
  const sums = askStages.map((stage) => ({
    stage,
    cost: costs.reduce((sum, own) => addCosts(sum, own[stage] ?? noCost), noCost),
  }));
  const asked = sums.filter(({ cost }) => cost.requests > 0);
  const all = asked.reduce((sum, { cost }) => addCosts(sum, cost), noCost);
  return [...asked.map(({ stage, cost }) => row(stage, cost)), row('all', all)];
}
