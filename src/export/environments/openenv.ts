/**
 * @file The folder that OpenEnv 0.10 serves: an episode is one sample, its one step the response. `openenv push` makes a Space of it.
 */
import { type EnvironmentFacts, type EnvironmentForm, readmeHead, sampleColumns, wheelBuild } from './environment.ts';

const pyproject = ({ name, module, version }: EnvironmentFacts): string => `[project]
name = "${name}"
version = "0.1.0"
description = "Long-context questions with verifiable rewards, written by golongrl ${version}"
requires-python = ">=3.10"
dependencies = ["openenv>=0.10", "uvicorn"]

[project.scripts]
server = "${module}.app:main"

${wheelBuild(module)}`;

const app = ({ name }: EnvironmentFacts): string => `import os
from pathlib import Path

import uvicorn

from golongrl.openenv import create_sample_app

app = create_sample_app(Path(__file__).parent / "data", "${name}")


def main() -> None:
    uvicorn.run(app, host=os.environ.get("HOST", "127.0.0.1"), port=int(os.environ.get("PORT", "8000")))


if __name__ == "__main__":
    main()
`;

const manifest = ({ name, module }: EnvironmentFacts): string => `spec_version: 1
name: ${name}
type: space
runtime: fastapi
app: ${module}.app:app
port: 8000
`;

const readme = (facts: EnvironmentFacts): string => `${readmeHead('OpenEnv', facts)}
## Use

\`\`\`
pip install .
server
\`\`\`

\`\`\`python
from openenv.core import GenericEnvClient

with GenericEnvClient(base_url="http://127.0.0.1:8000").sync() as env:
    question = env.reset(seed=3)   # or sample=0, split="heldout"
    result = env.step({"response": "..."})
    print(result.reward, result.observation["verdict"])
\`\`\`
`;

/** For OpenEnv's clients, TRL among them. */
export const openenvForm: EnvironmentForm = {
  title: 'OpenEnv 0.10',
  data: ({ module }) => `${module}/data`,
  splits: { train: 'train.jsonl', heldout: 'heldout.jsonl' },
  record: (sample) => ({ ...sampleColumns(sample), prompt: sample.prompt }),
  files: (facts) => ({
    'pyproject.toml': pyproject(facts),
    'openenv.yaml': manifest(facts),
    'README.md': readme(facts),
    [`${facts.module}/__init__.py`]: '',
    [`${facts.module}/app.py`]: app(facts),
  }),
};
