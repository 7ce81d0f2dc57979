/**
 * @file The package that `verifiers` 0.4 loads and prime-rl trains with: a taskset whose tasks have one reward and its metrics. The wheel
 * holds the Python package golongrl too, so that the hub can install it alone.
 */
import { type EnvironmentFacts, type EnvironmentForm, readmeHead, sampleColumns, wheelBuild } from './environment.ts';

const pyproject = ({ name, module, version }: EnvironmentFacts): string => `[project]
name = "${name}"
version = "0.1.0"
description = "Long-context questions with verifiable rewards, written by golongrl ${version}"
readme = "README.md"
requires-python = ">=3.11"
dependencies = ["verifiers>=0.4,<0.5"]

${wheelBuild(module)}`;

const init = (): string => `from pathlib import Path

from golongrl.verifiers import SampleTaskset


class Samples(SampleTaskset):
    DATA = Path(__file__).parent / "data"


__all__ = ["Samples"]
`;

const readme = (facts: EnvironmentFacts): string => `${readmeHead('`verifiers` and what trains with it', facts)}
## Use

\`\`\`
pip install .
vf-eval ${facts.name} --env.agent.harness.id null --env.agent.runtime.type subprocess --model MODEL
\`\`\`

\`vf-validate ${facts.name} --runtime.type subprocess\` scores every gold answer. Settings of the taskset:
\`--env.taskset.split heldout\`, \`--env.taskset.tasks '["T1", "T6"]'\`. In a configuration of prime-rl:

\`\`\`toml
[[orchestrator.train.source]]
name = "${facts.name}"

[orchestrator.train.source.env.taskset]
id = "${facts.module}"

[orchestrator.train.source.env.agent.harness]
id = "null"
\`\`\`

The reward is \`verdict\`, 0..1. Metrics of every trace: \`acc\`, \`no_verdict\`, \`state/...\` (what was read), \`format/...\` and \`task/METRIC\`,
the score under the name of its task. A verdict that the server cannot give at all (a broken row) fails the rollout.

\`prime env push\` publishes it. Two such packages in one environment share one \`golongrl\`: keep them of one version.
`;

/** For `vf-eval`, prime-rl and the Environments Hub. */
export const verifiersForm: EnvironmentForm = {
  title: 'verifiers 0.4',
  data: ({ module }) => `${module}/data`,
  splits: { train: 'train.jsonl', heldout: 'heldout.jsonl' },
  record: (sample) => ({ ...sampleColumns(sample), prompt: sample.prompt }),
  files: (facts) => ({
    'pyproject.toml': pyproject(facts),
    'README.md': readme(facts),
    [`${facts.module}/__init__.py`]: init(),
  }),
};
