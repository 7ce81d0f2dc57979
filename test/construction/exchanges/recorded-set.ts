/** @file The build that was recorded: its configuration, and its models by name. */

import { subTasks } from '../../../src/construction/llm/catalogue/catalogue.ts';
import { llmTrackSchema } from '../../../src/construction/llm/config.ts';
import { promptVersions } from '../../../src/construction/llm/prompts.ts';

export const modelNames = ['writer', 'reader', 'judge'] as const;

/** Prices of no provider, so that money shows in the tables. */
const price = { input: 1, output: 4 };

export const configOf = (out: string, drafts: number) =>
  llmTrackSchema.parse({
    out,
    drafts,
    seed: 19,
    assignment: 'any',
    heldoutShare: 0,
    parallel: 100,
    endpoints: Object.fromEntries(
      modelNames.map((name) => [name, { url: 'http://127.0.0.1:9/v1', model: name, price }]),
    ),
    generation: { routes: [{ endpoint: 'writer' }], repairs: 3 },
    closedBook: { endpoint: 'reader', rollouts: 2 },
    blind: { endpoint: 'reader', answers: 2 },
    judge: { endpoints: ['judge'] },
    robustness: { endpoint: 'reader', rollouts: 1, addTokens: 1500 },
  });

/** The drafts that were recorded. */
export const recordedDrafts = 45;

/** What an exchange bears of the prompts' versions: all of them, and that no sub-task stands at another version than it did. */
export const versionsNow = (): string => {
  const own = Object.entries(promptVersions).map(([name, version]) => `${name}@${version}`);
  return [...own, `sub-tasks@${subTasks.reduce((sum, { version }) => sum + version, 0)}`].join(' ');
};
