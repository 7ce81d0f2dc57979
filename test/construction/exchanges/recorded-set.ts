/**
 * @file The builds that were recorded: their configurations, and their models by name. Five of the writer's replies (726500988, 726500989,
 * 675999115, 675999116, 642084496) were written when one to three lines of the facts that their prompts list stood otherwise: they were given
 * the new prompts' hashes, not asked again. The checks and all that reads the replies run on them as they are.
 */

import { subTasks } from '../../../src/construction/llm/catalogue/catalogue.ts';
import { llmTrackSchema } from '../../../src/construction/llm/config.ts';
import { promptVersions } from '../../../src/construction/llm/prompts.ts';

export const modelNames = ['writer', 'reader', 'judge', 'weak'] as const;

/** Prices of no provider, so that money shows in the tables. */
const price = { input: 1, output: 4 };

const settingsOf = (out: string, drafts: number) => ({
  out,
  drafts,
  seed: 19,
  assignment: 'any',
  heldoutShare: 0,
  parallel: 100,
  endpoints: Object.fromEntries(modelNames.map((name) => [name, { url: 'http://127.0.0.1:9/v1', model: name, price }])),
  generation: { routes: [{ endpoint: 'writer' }] },
  closedBook: { endpoint: 'reader', rollouts: 2 },
  blind: { endpoint: 'reader', answers: 2 },
  judge: { endpoints: ['judge'] },
  robustness: { endpoint: 'reader', rollouts: 1, addTokens: 1500 },
});

/** The build of all drafts. */
export const configOf = (out: string, drafts: number) => llmTrackSchema.parse(settingsOf(out, drafts));

/** Its first drafts once more, with judges in both orders and the cascade; it shares the exchanges of the other. */
export const swappedConfigOf = (out: string) => {
  const settings = settingsOf(out, swappedDrafts);
  return llmTrackSchema.parse({
    ...settings,
    judge: { ...settings.judge, swap: true },
    cascade: { weak: 'weak', strong: 'reader', rollouts: 3, enforceRatio: false },
  });
};

/** The drafts that were recorded, and those of them in the second build: one of each task. */
export const [recordedDrafts, swappedDrafts] = [45, 9];

/** What an exchange bears of the prompts' versions: all of them, and that no sub-task stands at another version than it did. */
export const versionsNow = (): string => {
  const own = Object.entries(promptVersions).map(([name, version]) => `${name}@${version}`);
  return [...own, `sub-tasks@${subTasks.reduce((sum, { version }) => sum + version, 0)}`].join(' ');
};
