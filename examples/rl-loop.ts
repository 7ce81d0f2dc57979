/**
 * @file The whole recipe of GoLongRL (arXiv 2605.19577) on one page, top to bottom, without classes, files or resume:
 * documents -> samples for nine tasks -> groups of rollouts -> verifiable rewards -> TMN-Reweight -> clipped policy gradient.
 *
 *     npx tsx examples/rl-loop.ts                      76 steps from the bundled policy
 *     npx tsx examples/rl-loop.ts --steps 5 --seed 2
 *
 * `src/training/loop.ts` is the same algorithm with checkpoints, metrics and events; nothing here is needed by it.
 */
import { parseArgs } from 'node:util';
import { buildDataset } from '../src/construction/index.ts';
import { loadCorpus } from '../src/corpus/index.ts';
import type { TrajectoryGroup } from '../src/engine/engine.ts';
import { openLocalEngine } from '../src/engine/local/local-engine.ts';
import { loadTokenizer } from '../src/engine/tokenizer.ts';
import { random } from '../src/random.ts';
import { scoreResponse } from '../src/rewards/index.ts';
import type { Sample } from '../src/samples/sample.ts';
import { taskIds } from '../src/tasks/index.ts';

const { values: flags } = parseArgs({
  options: {
    model: { type: 'string', default: 'models/micro' },
    steps: { type: 'string', default: '76' },
    seed: { type: 'string', default: '1' },
    prompts: { type: 'string', default: '16' },
    group: { type: 'string', default: '8' },
    heldout: { type: 'string', default: '180' },
  },
});

// ---- Settings: the paper's, except where a policy of a million parameters on two cores needs others -----------------

const seed = Number(flags.seed);
const steps = Number(flags.steps); // optimizer steps
const P = Number(flags.prompts); // groups in a step (paper: 128)
const G = Number(flags.group); // rollouts of a prompt (paper: 16)
const maxTokens = 112; // most tokens in a response (paper: 16,384)
const maxDraws = 4; // sampling calls in a step at most (paper: 32)
const alpha = 0.8; // weight of the prompt's own mean in the smoothed mean
const gamma = 1; // strength of the difficulty reweighting
const peakRate = 3e-4; // learning rate (paper: 2e-6 for 4B parameters)
const warmUpSteps = 5;

// ---- 1. Documents to samples (P1 to P3): programmatic problems with proven answers, split by document ----------------

const { samples } = buildDataset({
  documents: loadCorpus(),
  seed,
  short: { train: 1350, heldout: Number(flags.heldout) },
  long: false,
});
const train = samples.filter((sample) => sample.split === 'train');
const heldout = samples.filter((sample) => sample.split === 'heldout');
console.log(`${train.length} training samples, ${heldout.length} held-out ones, nine tasks`);

// ---- 2. The policy: an engine that samples, differentiates and updates -----------------------------------------------

const tokenizer = await loadTokenizer(flags.model);
const engine = await openLocalEngine({ model: flags.model });

/** Samples `count` responses to each prompt and scores them; `label` names the random stream. */
async function rollOut(batch: readonly Sample[], count: number, temperature: number, label: string) {
  const prompts = await tokenizer.encodePrompts(batch.map((sample) => sample.prompt));
  const completions = await engine.sample({
    prompts,
    rolloutsPerPrompt: count,
    maxTokens,
    temperature,
    stopTokens: tokenizer.stopTokens,
    seeds: batch.map((sample) => random(seed, label, sample.id).uint32()),
  });
  const texts = await tokenizer.decode(completions.flat().map((completion) => completion.tokens));
  return batch.map((sample, p) => ({
    sample,
    prompt: prompts[p] ?? new Int32Array(),
    completions: completions[p] ?? [],
    // A response cut at the length limit has no answer, and earns what no answer earns.
    rewards: (completions[p] ?? []).map(
      (_, g) => scoreResponse(sample.reward, texts[p * count + g] ?? '', 'hardened').score,
    ),
  }));
}
type Group = Awaited<ReturnType<typeof rollOut>>[number];

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const variance = (values: readonly number[]): number => {
  const center = mean(values);
  return values.reduce((sum, value) => sum + (value - center) ** 2, 0) / (values.length - 1);
};

/** Mean held-out reward of each task and over the tasks. */
async function evaluate(temperature: number): Promise<{ byTask: number[]; mean: number }> {
  const groups: Group[] = [];
  for (let at = 0; at < heldout.length; at += 32) {
    groups.push(...(await rollOut(heldout.slice(at, at + 32), 1, temperature, 'evaluation')));
  }
  const byTask = taskIds.map((task) =>
    mean(groups.filter(({ sample }) => sample.task === task).flatMap(({ rewards }) => rewards)),
  );
  return { byTask, mean: mean(byTask) };
}

const before = { sampled: await evaluate(1), greedy: await evaluate(0) };
console.log(`before: ${before.sampled.mean.toFixed(3)} at T 1.0, ${before.greedy.mean.toFixed(3)} greedy`);

// ---- 3. The order of prompts: the tasks take turns, each task's samples shuffled ---------------------------------------

const queues = taskIds.map((task) =>
  random(seed, 'order', task).shuffle(train.filter((sample) => sample.task === task)),
);
let position = 0;
function nextPrompts(count: number): Sample[] {
  return Array.from({ length: count }, () => {
    const queue = queues[position % queues.length] ?? [];
    const sample = queue[Math.floor(position / queues.length) % queue.length];
    position += 1;
    return sample as Sample;
  });
}

for (let step = 1; step <= steps; step++) {
  const start = performance.now();

  // ---- 4. Rollouts with dynamic sampling: a group whose rewards are all equal teaches nothing; draw others instead ----

  const groups: Group[] = [];
  const drawn: Group[] = [];
  for (let draw = 0; draw < maxDraws && groups.length < P; draw++) {
    const missing = P - groups.length;
    const fresh = await rollOut(nextPrompts(Math.ceil(missing * 1.25)), G, 1, `rollout ${step} ${draw}`);
    drawn.push(...fresh);
    groups.push(...fresh.filter(({ rewards }) => new Set(rewards).size > 1));
  }
  groups.splice(P);
  if (groups.length === 0) {
    console.log(`step ${step}: no group of ${drawn.length} had differing rewards; nothing to learn from`);
    continue;
  }

  // ---- 5. Advantages by task: TMN-Reweight --------------------------------------------------------------------------

  // The task key is the kind of reward: rewards of one kind share a scale, rewards of different kinds do not.
  const byTask = new Map<string, Group[]>();
  for (const group of groups) {
    const key = group.sample.reward.metric;
    byTask.set(key, [...(byTask.get(key) ?? []), group]);
  }
  const advantagesPG = groups.map(({ sample, rewards }) => {
    const sameTask = byTask.get(sample.reward.metric) ?? [];
    // Task-level scale: sqrt of the mean over the task's prompts of the variance inside the prompt's group. The mean is
    // the prompt's own, so a hard prompt is compared with itself; the scale is shared, so a lucky group does not shout.
    const scale = Math.sqrt(mean(sameTask.map((other) => variance(other.rewards))));
    const own = mean(rewards);
    // Difficulty: the share of the group above a mean that is smoothed towards the task's.
    const smoothed = alpha * own + (1 - alpha) * mean(sameTask.map((other) => mean(other.rewards)));
    const passRate = rewards.filter((reward) => reward > smoothed).length / rewards.length;
    // Rare successes count more, rare failures too.
    return rewards.map((reward) => {
      const weight = Math.exp(gamma * (reward > own ? 0.5 - passRate : passRate - 0.5));
      return (weight * (reward - own)) / (scale + 1e-6);
    });
  });

  // ---- 6. One clipped policy-gradient step --------------------------------------------------------------------------

  // The group travels with its prompt once: the engine processes the prompt once, forward and backward, for all G.
  const batch: TrajectoryGroup[] = groups.map(({ prompt, completions }, p) => ({
    prompt,
    rollouts: completions.map(({ tokens, logprobs }, g) => ({
      tokens,
      logprobs,
      advantages: new Float32Array(tokens.length).fill(advantagesPG[p]?.[g] ?? 0),
    })),
  }));
  // ratio = pi_now / pi_rollout; loss = -min(ratio A, clip(ratio, 0.8, 1.28) A), bounded by 3 |A| where A < 0; token mean.
  const metrics = await engine.forwardBackward(batch, {
    type: 'ppo',
    clipLow: 0.2,
    clipHigh: 0.28,
    dualClip: 3,
    aggregation: 'token-mean',
    ratioBounds: [0.5, 5],
    ratioVeto: 1e-4,
  });
  const learningRate = peakRate * Math.min(1, step / warmUpSteps);
  const { gradientNorm } = await engine.optimStep({
    learningRate,
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-8,
    weightDecay: 0.01,
    gradientClip: 1,
  });

  // ---- 7. What happened ---------------------------------------------------------------------------------------------

  const reward = mean(drawn.flatMap(({ rewards }) => rewards));
  const truncated = mean(
    drawn.flatMap(({ completions }) => completions.map(({ stopReason }) => (stopReason === 'length' ? 1 : 0))),
  );
  console.log(
    [
      `step ${step}/${steps}`,
      `reward ${reward.toFixed(3)}`,
      `groups ${groups.length} of ${drawn.length}`,
      `entropy ${metrics.entropy.toFixed(2)}`,
      `gradient ${gradientNorm.toFixed(2)}`,
      `truncated ${(100 * truncated).toFixed(0)} %`,
      `${((performance.now() - start) / 1000).toFixed(1)} s`,
    ].join('  '),
  );
}

// ---- 8. Better on documents that training never saw? -----------------------------------------------------------------

const after = { sampled: await evaluate(1), greedy: await evaluate(0) };
await engine.close();
console.log(`\ntask   before  after   (held-out reward at T 1.0)`);
for (const [k, task] of taskIds.entries()) {
  console.log(`${task}     ${before.sampled.byTask[k]?.toFixed(3)}   ${after.sampled.byTask[k]?.toFixed(3)}`);
}
console.log(`mean   ${before.sampled.mean.toFixed(3)}   ${after.sampled.mean.toFixed(3)}`);
console.log(`greedy ${before.greedy.mean.toFixed(3)}   ${after.greedy.mean.toFixed(3)}`);
