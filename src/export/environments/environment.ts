/**
 * @file An environment package: what a hub of environments installs, made of the samples and a few lines that name the classes of
 * the Python package (`integrations/golongrl`), which comes along.
 */
import type { Sample } from '../../samples/sample.ts';

/** What the files of a package say of it. */
export interface EnvironmentFacts {
  /** `long-context-samples`: of the distribution. */
  readonly name: string;
  /** `long_context_samples`: of the Python module. */
  readonly module: string;
  /** Version of golongrl. */
  readonly version: string;
  readonly samples: Readonly<Record<Sample['split'], number>>;
  /** Samples by task, `T1 12, T2 9`. */
  readonly tasks: string;
}

/** One hub's form of a package. */
export interface EnvironmentForm {
  /** Its name and version, for a person. */
  readonly title: string;
  /** Folder of the data, and the name of a split's file in it. */
  readonly data: (facts: Pick<EnvironmentFacts, 'module'>) => string;
  readonly splits: Readonly<Record<Sample['split'], string>>;
  /** One line of the data. */
  readonly record: (sample: Sample) => object;
  /** Every other file, by its path. */
  readonly files: (facts: EnvironmentFacts) => Readonly<Record<string, string>>;
}

/** What decides the reward, and what tells samples apart. */
export const sampleColumns = ({ id, task, reward }: Sample) => ({ id, task, reward });

/** The lines of a README that all forms share. */
export const readmeHead = (form: string, { name, version, samples, tasks }: EnvironmentFacts): string => `# ${name}

${samples.train} training and ${samples.heldout} held-out samples of long-context questions with verifiable rewards (${tasks}), for ${form}.
Written by golongrl ${version}. The rewards come from \`golongrl reward serve\`; \`python/golongrl\` is their client, Apache-2.0.

\`\`\`
npm install -g golongrl
export GOLONGRL_REWARD_URL=local   # starts a server on this machine; or the address of one
\`\`\`
`;

/** How a `pyproject.toml` ends: a wheel of the module with the `golongrl` package in it. */
export const wheelBuild = (module: string): string => `[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[tool.hatch.build.targets.wheel]
packages = ["${module}"]

[tool.hatch.build.targets.wheel.force-include]
"python/golongrl/src/golongrl" = "golongrl"
`;
