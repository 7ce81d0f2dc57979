/** @file Rewards of groups as a person types them: `EM: 1 0 0.5`, a group a line; the task may be left out. */

export interface RewardGroup {
  readonly task: string;
  readonly rewards: readonly number[];
}

/** Groups up to the first line that is none, and what is wrong with it. */
export function parseGroups(text: string): { readonly groups: readonly RewardGroup[]; readonly problem?: string } {
  const groups: RewardGroup[] = [];
  for (const [i, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const [, task = 'task', numbers = ''] = /^\s*(?:([^:]*?)\s*:)?(.*)$/.exec(line) ?? [];
    const rewards = numbers
      .split(/[\s,;[\]]+/)
      .filter(Boolean)
      .map(Number);
    if (rewards.length === 0 || !rewards.every(Number.isFinite))
      return {
        groups,
        problem: `Line ${i + 1}: expected numbers such as "EM: 1 0 0.5", got "${line.trim().slice(0, 40)}".`,
      };
    groups.push({ task: task || 'task', rewards });
  }
  return { groups };
}

/** The text that `parseGroups` reads. */
export const formatGroups = (groups: readonly RewardGroup[]): string =>
  groups.map(({ task, rewards }) => `${task}: ${rewards.join(' ')}`).join('\n');
