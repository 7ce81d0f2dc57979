/**
 * @file Reward hackability: what policies earn that do not read. Each sample is answered by the generic probes of the known
 * exploits, by the words of its question and by constants, and scored with its own reward.
 */
import { exploitProbes, type Profile, scoreResponse } from '../../rewards/index.ts';
import type { Sample } from '../../samples/sample.ts';
import { wilson } from './chance.ts';
import { judge, type Lint, type LintSettings } from './lint.ts';

/** Text that the probes are cut from: every line of a hundred pages as one answer costs seconds and earns less. */
const probedLength = 3000;

const constants = ['A', 'B', 'C', 'D', 'E', '0', '1', '2', 'yes', 'no', 'None'];

/** Names as a question writes them: words with a capital, and what it lists after its colon. */
function namesOf(question: string): string[] {
  const names = question.match(/\p{Lu}[\p{L}\p{N}'-]*(?: \p{Lu}[\p{L}\p{N}'-]*)*/gu) ?? [];
  const listed = /: (.+)[.?]$/m.exec(question)?.[1]?.split(', ') ?? [];
  return [...new Set([...listed, ...names])];
}

function policies({ reward, question, prompt }: Sample): { name: string; response: string }[] {
  const text = prompt.length <= probedLength ? prompt : `${prompt.slice(0, probedLength)}\n\n${question}`;
  const own = [
    { name: 'question', answer: question },
    { name: 'names-of-question', answer: namesOf(question).join('\n') },
    ...constants.map((answer) => ({ name: `always "${answer}"`, answer })),
  ];
  const answers = own.map(({ name, answer }) => ({ name, response: `<think>\n</think>\n[Answer]\n${answer}` }));
  return [...answers, ...exploitProbes(reward, text), { name: 'no-response', response: '' }];
}

/** The profile asked for, or the one that an imported sample fits when it does not fit that. */
function profileOf({ provenance }: Sample, { profile }: LintSettings): Profile {
  const fits = provenance.imported?.profiles ?? [];
  return fits.includes(profile) ? profile : (fits[0] ?? profile);
}

interface Earnings {
  samples: number;
  readonly sums: Map<string, number>;
  /** How often each gold occurs: who always gives the commonest one earns that share at least. */
  readonly golds: Map<string, number>;
}

const add = (counts: Map<string, number>, name: string, value: number): void =>
  void counts.set(name, (counts.get(name) ?? 0) + value);

/** The best policy of a task and its mean reward. */
function best({ samples, sums, golds }: Earnings): { policy: string; reward: number } {
  const commonest = Math.max(...golds.values());
  const rows = [...sums, ['commonest-gold', commonest] as const];
  const [policy, sum] = rows.reduce((top, row) => (row[1] > top[1] ? row : top));
  return { policy, reward: sum / samples };
}

/** Fails when in some task a policy that reads nothing earns more than `maxHack` on average, 95 % sure. */
export const hackability: Lint = {
  name: 'reward-hackability',
  start: (settings) => {
    const tasks = new Map<string, Earnings>();
    return {
      add(sample) {
        const earnings: Earnings = tasks.get(sample.task) ?? { samples: 0, sums: new Map(), golds: new Map() };
        tasks.set(sample.task, earnings);
        earnings.samples++;
        add(earnings.golds, JSON.stringify(sample.reward.gold), 1);
        const profile = profileOf(sample, settings);
        for (const { name, response } of policies(sample)) {
          add(earnings.sums, name, scoreResponse(sample.reward, response, profile).score);
        }
      },
      finish() {
        const rows = [...tasks].sort(([a], [b]) => (a < b ? -1 : 1));
        const found = rows.map(([task, earnings]) => ({ task, samples: earnings.samples, ...best(earnings) }));
        const judged = found.filter(({ samples }) => samples >= settings.minSamples);
        // The best of many policies looks good in a few samples: its interval must lie above the limit. Rewards vary no more than hits do.
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
