/**
 * @file The folder that NeMo-Gym 0.7 runs as a resources server: to be laid into `resources_servers/` of its repository.
 */
import { type EnvironmentFacts, type EnvironmentForm, readmeHead, sampleColumns } from './environment.ts';

const app = (): string => `from golongrl.nemo_gym import GolongResourcesServer

if __name__ == "__main__":
    GolongResourcesServer.run_webserver()
`;

const dataset = (module: string, name: string, type: string): string => `      - name: ${name}
        type: ${type}
        jsonl_fpath: resources_servers/${module}/data/${name}.jsonl
        license: Apache 2.0
`;

const config = ({ module, samples }: EnvironmentFacts): string => `${module}:
  resources_servers:
    ${module}:
      entrypoint: app.py
      domain: knowledge
      verified: false
      description: Long-context questions with verifiable rewards
${module}_simple_agent:
  responses_api_agents:
    simple_agent:
      entrypoint: app.py
      resources_server:
        type: resources_servers
        name: ${module}
      model_server:
        type: responses_api_models
        name: policy_model
      datasets:
${dataset(module, 'train', 'train')}${samples.heldout === 0 ? '' : dataset(module, 'validation', 'validation')}`;

const readme = (facts: EnvironmentFacts): string => `${readmeHead('NeMo-Gym', facts)}
## Use

Copy this folder to \`resources_servers/${facts.module}\` of NeMo-Gym, then

\`\`\`
ng_run "+config_paths=[resources_servers/${facts.module}/configs/${facts.module}.yaml,responses_api_models/openai_model/configs/openai_model.yaml]"
\`\`\`

\`verify\` answers \`reward\` (0..1), \`metric\` (the reward type: the task by which TMN scales), \`acc\`, \`state\`, \`metrics\`; a sample whose gold nobody
can judge has \`mask_sample\`. The licences of the texts are in the dataset's card: state them in \`license\` where they differ.
`;

/** For NeMo-Gym and NeMo-RL. */
export const nemoGymForm: EnvironmentForm = {
  title: 'NeMo-Gym 0.7',
  data: () => 'data',
  splits: { train: 'train.jsonl', heldout: 'validation.jsonl' },
  record: (sample) => ({
    responses_create_params: { input: [{ role: 'user', content: sample.prompt }] },
    ...sampleColumns(sample),
  }),
  files: (facts) => ({
    'README.md': readme(facts),
    'app.py': app(),
    'requirements.txt': '-e nemo-gym[dev] @ ../../\n./python/golongrl\n',
    [`configs/${facts.module}.yaml`]: config(facts),
  }),
};
