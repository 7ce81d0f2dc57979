/**
 * @file `README.md` of an exported job: how to start it, and everything in it that is not as in the released scripts.
 */
import type { ContextShortfall, RopeScaling } from '../../planning/context.ts';
import type { Profile } from '../../rewards/reward.ts';
import type { TaskId } from '../../tasks/task.ts';
import { type Difference, deadKeys, idleKeys, otherDifferences } from './differences.ts';
import type { VerlPreset, VerlPresetName } from './preset.ts';

/** What the text of one job depends on. */
export interface JobFacts {
  readonly name: VerlPresetName;
  readonly preset: VerlPreset;
  readonly profile: Profile;
  readonly samples: { readonly train: number; readonly heldout: number };
  readonly byTask: Readonly<Partial<Record<TaskId, number>>>;
  /** Training samples whose prompt the preset's limit leaves out, by the dataset's own count of tokens. */
  readonly tooLong: number;
  readonly set: readonly string[];
  readonly version: string;
  readonly shortfall?: ContextShortfall;
  readonly rope?: RopeScaling | undefined;
}

const code = (text: string): string =>
  text === ''
    ? '(nothing)'
    : text
        .split(', ')
        .map((part) => `\`${part}\``)
        .join(' ');

const table = (rows: readonly Difference[]): string =>
  [
    '| released script | here | why |',
    '| --- | --- | --- |',
    ...rows.map((row) => `| ${code(row.script)} | ${code(row.now)} | ${row.why} |`),
  ].join('\n');

const validationNote = (heldout: number): string =>
  heldout > 0
    ? 'The held-out samples are the validation data; as in the scripts, verl does not validate while it trains.'
    : 'The dataset has no held-out samples: `data.val_files` names the training data, which verl reads and does not use.';

const ropeNote = (model: string, { factor, original_max_position_embeddings: trained }: RopeScaling): string => `
## The context

${model} was trained on ${trained} positions. \`launch.sh\` makes a copy of it (of links, in CKPT_DIR/model) whose \`config.json\` has YaRN
with factor ${factor}, so ${Math.floor(factor * trained)} positions; trainer and rollout engine read that one.
`;

const contextNote = (model: string, { shortfall, rope }: JobFacts): string =>
  shortfall === undefined
    ? rope === undefined
      ? ''
      : ropeNote(model, rope)
    : `
## Before you start: the context

With ${model} as it is, ${shortfall.found}. ${shortfall.change}
Give that folder as MODEL; \`doctor\` compares again.
`;

/** Markdown, with the commands for start and check. */
export function jobReadme(facts: JobFacts): string {
  const { name, preset, profile, samples, byTask, tooLong, set, version } = facts;
  const { nodes, gpusPerNode, prompts, group, promptTokens, responseTokens } = preset.scale;
  const tasks = Object.entries(byTask)
    .map(([task, count]) => `${task} ${count}`)
    .join(', ');
  return `# ${name}: a verl 0.9 job

Written by golongrl ${version}. ${samples.train} training samples (${tasks}) and ${samples.heldout} held-out ones;
${tooLong} training prompts are longer than ${promptTokens} tokens, and verl leaves such prompts out. ${validationNote(samples.heldout)}

The preset is ${preset.backend === 'megatron' ? `the paper's script ${preset.experiment}` : `${preset.experiment}, the paper's training on one node of GPUs of 80 GB`}: ${prompts} prompts x ${group} rollouts a step, prompts up to ${promptTokens} and responses up
to ${responseTokens} tokens, ${nodes} nodes of ${gpusPerNode} GPUs.${set.length === 0 ? '' : ` Changed on export: ${code(set.join(', '))}.`}
${contextNote(preset.model, facts)}
## Start

On every node, into the Python environment that has verl 0.9, SGLang${preset.backend === 'megatron' ? ' and Megatron' : ''}:

\`\`\`
pip install --no-deps python/golongrl
\`\`\`

Somewhere that every node reaches, the rewards (this asks for the profile \`${profile}\`):

\`\`\`
GOLONGRL_REWARD_TOKEN=... npx golongrl reward serve --host 0.0.0.0 --port 5000
\`\`\`

A token must be in the environment of \`ray start\` on every node: an override would print it in the log. Then check, and train on
the head node of the Ray cluster:

\`\`\`
npx golongrl doctor --target verl --export . --python VENV/bin/python
MODEL=/models/${preset.model.split('/').at(-1)} GOLONGRL_REWARD_URL=http://HOST:5000 bash launch.sh
\`\`\`

\`launch.sh\` reads MODEL, NNODES, GPUS_PER_NODE, CKPT_DIR, GOLONGRL_REWARD_URL and PYTHON from the environment and gives further
arguments to verl. Network settings (NCCL_SOCKET_IFNAME, NCCL_IB_HCA, ...) are your cluster's: set them where Ray starts.

## Files

| file | what it is |
| --- | --- |
| \`data/*.parquet\` | the samples in verl's columns: \`data_source, prompt, ability, reward_model, extra_info\` |
| \`overrides.txt\` | the preset as Hydra overrides, one a line |
| \`launch.sh\` | adds paths and sizes of the cluster, starts \`python -m golongrl.verl.main\` |
| \`python/golongrl\` | verl's reward function, a client of \`golongrl reward serve\`; the plugin: the estimator \`tmn_grpo\`, the task in the uid, the veto, metrics by task (\`task/...\`) |
| \`export.json\` | what was exported, written last |

## What differs from the released script

Keys that verl 0.9 does not know:

${table(deadKeys)}

Keys that verl 0.9 takes and ignores:

${table(idleKeys)}

And:

${otherDifferences.map((text) => `- ${text}`).join('\n')}
`;
}
