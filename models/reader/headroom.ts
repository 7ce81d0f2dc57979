/**
 * @file What a policy earns of the held-out questions of `quickstart --model reader`, by task and by tokens of the prompt, at temperature 1 and
 * greedily, and in how many groups of four rewards differ.
 *
 *   npx tsx models/reader/headroom.ts [MODEL_FOLDER] [SAMPLES_PER_TASK] [ROLLOUTS]
 */
import { buildDataset } from '../../src/construction/index.ts';
import { planOptions, readerSizes } from '../../src/construction/plan.ts';
import { loadCorpus } from '../../src/corpus/index.ts';
import { openLocalEngine } from '../../src/engine/local/local-engine.ts';
import { loadTokenizer } from '../../src/engine/tokenizer.ts';
import { hasVariance, promptEncoder, sampleGroups } from '../../src/rollouts/group.ts';
import { type TaskId, taskIds } from '../../src/tasks/task.ts';

const [folder = 'models/reader', perTask = '15', rollouts = '4'] = process.argv.slice(2);
const { samples } = buildDataset({
  documents: loadCorpus(),
  seed: 1,
  heldoutShare: readerSizes.heldoutShare ?? 0.5,
  ...planOptions({ ...readerSizes, train: 0, heldout: Number(perTask) * taskIds.length }),
});
const tokenizer = await loadTokenizer(folder);
const engine = await openLocalEngine({ model: folder });
const prompts = await promptEncoder(tokenizer)(samples);
const ends = [512, 1024, 2048, Number.POSITIVE_INFINITY];
const binOf = (tokens: number): number => ends.findIndex((end) => tokens <= end);

const mean = (values: readonly number[]): string =>
  values.length === 0 ? '' : (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(2);

/** Rewards of one task at one temperature, with the bin of each. */
async function rewards(task: TaskId, temperature: number, times: number) {
  const own = prompts.filter(({ sample }) => sample.task === task);
  const { groups } = await sampleGroups({
    engine,
    tokenizer,
    prompts: own,
    seeds: own.map((_, i) => i),
    rollouts: times,
    temperature,
    maxTokens: 288,
    profile: 'hardened',
  });
  return groups.flatMap((group, i) =>
    group.rollouts.map(({ result, completion }) => ({
      score: result.score,
      bin: binOf(own[i]?.prompt.length ?? 0),
      tokens: completion.tokens.length,
      cut: Number(completion.stopReason === 'length'),
      differs: Number(hasVariance(group)),
    })),
  );
}

console.log(
  `| Task | T 1.0 | to 512 | 1K | 2K | beyond | Greedy | to 512 | 1K | 2K | beyond | Differ | Tokens | Cut |\n|${'---|'.repeat(14)}`,
);
for (const task of taskIds) {
  const sampled = await rewards(task, 1, Number(rollouts));
  const greedy = await rewards(task, 0, 1);
  const cells = [sampled, greedy].flatMap((rows) => [
    mean(rows.map(({ score }) => score)),
    ...ends.map((_, bin) => mean(rows.filter((row) => row.bin === bin).map(({ score }) => score))),
  ]);
  const rest = [sampled.map((r) => r.differs), sampled.map((r) => r.tokens), sampled.map((r) => r.cut)].map(mean);
  console.log(`| ${task} | ${[...cells, ...rest].join(' | ')} |`);
}
await engine.close();
