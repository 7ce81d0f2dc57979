/**
 * @file Reward hackability: what policies earn that do not read, as the audit learns and measures them, by task.
 */
import { measureBlind } from '../../audit/blind/measure.ts';
import { Collector, type Group } from '../../audit/collect.ts';
import { sourceOfSample } from '../../audit/item.ts';
import { scoreHere } from '../../audit/scoring.ts';
import { wilson } from '../../audit/wilson.ts';
import { judge, type Lint, type LintSettings } from './lint.ts';

/** Samples of each generator that are answered blindly, and the seed of their draw. */
const tried = { limit: 60, seed: 7 };

interface TaskFinding {
  readonly task: string;
  readonly samples: number;
  /** Of the generator that pays most. */
  readonly policy: string;
  /** The mean over the generators of what the best policy earns of each. */
  readonly reward: number;
}

async function findingOf(task: string, groups: readonly Group[], { profile }: LintSettings): Promise<TaskFinding> {
  const items = groups.flatMap((group) => group.items);
  const found = [];
  for (const group of groups)
    found.push(await measureBlind(group.items, items, { seed: tried.seed, profile, score: scoreHere }));
  const sum = found.reduce((total, { reward, samples }) => total + reward * samples, 0);
  const top = found.reduce((best, one) => (one.reward > best.reward ? one : best));
  return { task, samples: items.length, policy: top.policy, reward: sum / items.length };
}

export const hackability: Lint = {
  name: 'reward-hackability',
  start: (settings) => {
    const collector = new Collector(tried);
    return {
      add: (sample) => collector.add(sourceOfSample(sample)),
      async finish() {
        const groups = collector.finish();
        const found: TaskFinding[] = [];
        for (const task of new Set(groups.map((group) => group.task)))
          found.push(
            await findingOf(
              task,
              groups.filter((group) => group.task === task),
              settings,
            ),
          );
        const judged = found.filter(({ samples }) => samples >= settings.minSamples);
        const bad = judged.filter(({ samples, reward }) => wilson(reward * samples, samples)[0] > settings.maxHack);
        const list = found.map(({ task, policy, reward }) => `${task} ${reward.toFixed(2)} (${policy})`).join(', ');
        const most = Math.max(0, ...found.map(({ samples }) => samples));
        return {
          verdict: judge(most, bad.length > 0, settings),
          samples: found.reduce((sum, { samples }) => sum + samples, 0),
          summary: `best blind policy by task (at most ${settings.maxHack}): ${list}`,
          figures: { tasks: found, failed: bad.map(({ task }) => task) },
        };
      },
    };
  },
};
