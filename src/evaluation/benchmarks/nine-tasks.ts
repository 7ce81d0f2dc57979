/**
 * @file Our own held-out set over the nine capabilities, as `golongrl data build` writes it: each task with its natural reward. `upstream`
 * and `paper` pay as the reference's rewards do, `strict` as the hardened ones.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RewardSpec } from '../../rewards/reward.ts';
import { scoreResponse } from '../../rewards/score.ts';
import { readSamples } from '../../samples/jsonl.ts';
import type { Benchmark } from '../benchmark.ts';
import { findFiles } from '../benchmark-files.ts';
import { findEvidence } from './shared.ts';

/** Scores in [0, 1]; the subsets are the tasks T1 to T9, and the headline is the mean of their means. */
export const nineTasks: Benchmark = {
  name: 'nine-tasks',
  title: 'Nine tasks, held out',
  source: 'golongrl data build',
  files: 'heldout*.jsonl',
  items: 540,
  sampling: { temperature: 1, topP: 1, maxTokens: 16_384, repeats: 1 },
  truncation: { type: 'none' },
  headline: 'subsets',
  longContext: false,
  inputTokens: 163_840,
  prompts: [],
  async *load({ path, onFile }) {
    // A dataset holds its samples in two layouts; the native one is read.
    const native = join(path, 'native');
    for (const file of await findFiles(existsSync(native) ? native : path, /heldout[^/]*\.jsonl$/, this.files)) {
      onFile(file);
      for await (const sample of readSamples(file)) {
        if (sample.split !== 'heldout') continue;
        yield {
          facts: {
            id: sample.id,
            subset: sample.task,
            cluster: sample.cluster,
            question: sample.question,
            gold: sample.reward.gold,
            groups: { rendering: sample.rendering },
            characters: sample.prompt.length,
            ...findEvidence(sample.prompt, sample.reward.gold),
            meta: { reward: JSON.stringify(sample.reward) },
          },
          messages: [{ role: 'user', content: sample.prompt }],
        };
      }
    }
  },
  score(facts, response, profile) {
    const spec = JSON.parse(String(facts.meta.reward)) as RewardSpec;
    const { score, extracted, status } = scoreResponse(spec, response, profile === 'strict' ? 'hardened' : 'paper');
    return { score, extracted: extracted.slice(0, 2000), parsed: status === 'ok' && extracted !== '' };
  },
};
