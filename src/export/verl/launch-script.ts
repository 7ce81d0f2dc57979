/**
 * @file `launch.sh` of an exported job: reads `overrides.txt`, adds what depends on the machine, starts training. `--print` lists
 * the whole command line instead, one override a line; `doctor` and the checks read that.
 */
import type { RopeScaling } from '../../planning/context.ts';
import type { VerlPreset } from './preset.ts';

/** The script reads the rest from its environment. */
export interface LaunchScriptOptions {
  readonly preset: VerlPreset;
  /** File of the validation data, in the folder. */
  readonly validation: string;
  /** The scaling that the model gets before a start; undefined where it needs none. */
  readonly rope?: RopeScaling | undefined;
}

/** Communication settings of the released scripts that do not depend on a cluster's network cards. */
const workerEnvironment = {
  NVTE_ALLOW_NONDETERMINISTIC_ALGO: '1',
  NCCL_NVLS_ENABLE: '0',
  SGL_ENABLE_JIT_DEEPGEMM: 'False',
};

/** A copy of the model with longer positions, of links, where every node sees it. \`--print\` writes nothing. */
const prepare = `
# The model has fewer positions than this job asks for: a copy of links gets them.
if [ "\${1-}" != --print ]; then
  "$PYTHON" "$here/prepare_model.py" "$MODEL" "$CKPT_DIR/model"
  MODEL=$CKPT_DIR/model
fi
`;

/** A bash script; variables of the environment replace the model, the nodes and the address of the rewards. */
export function launchScript({ preset, validation, rope }: LaunchScriptOptions): string {
  const environment = Object.entries(workerEnvironment)
    .map(([name, value]) => `  "+ray_kwargs.ray_init.runtime_env.env_vars.${name}='${value}'"`)
    .join('\n');
  return `#!/usr/bin/env bash
# Starts training on the head node of a Ray cluster. README.md says what has to run before.
#   bash launch.sh                        train
#   bash launch.sh trainer.save_freq=10   with overrides of your own, which win
#   bash launch.sh --print                only show the overrides
set -euo pipefail
here=$(cd "$(dirname "\${BASH_SOURCE[0]}")" && pwd)

MODEL=\${MODEL:-${preset.model}}
NNODES=\${NNODES:-${preset.scale.nodes}}
GPUS_PER_NODE=\${GPUS_PER_NODE:-${preset.scale.gpusPerNode}}
CKPT_DIR=\${CKPT_DIR:-$here/checkpoints}
GOLONGRL_REWARD_URL=\${GOLONGRL_REWARD_URL:-http://127.0.0.1:5000}
PYTHON=\${PYTHON:-python3}
${rope === undefined ? '' : prepare}
mapfile -t overrides < <(grep -Ev '^(#|$)' "$here/overrides.txt")
overrides+=(
  "actor_rollout_ref.model.path='$MODEL'"
  "data.train_files='$here/data/train.parquet'"
  "data.val_files='$here/data/${validation}'"
  "trainer.nnodes=$NNODES"
  "trainer.n_gpus_per_node=$GPUS_PER_NODE"
  "trainer.default_local_dir='$CKPT_DIR'"
  "trainer.rollout_data_dir='$CKPT_DIR/rollouts'"
  "+reward.custom_reward_function.reward_kwargs.url='$GOLONGRL_REWARD_URL'"
${environment}
)

if [ "\${1-}" = --print ]; then
  printf '%s\\n' "\${overrides[@]}" "\${@:2}"
  exit
fi

export HYDRA_FULL_ERROR=1 PYTHONUNBUFFERED=1
export VERL_USE_EXTERNAL_MODULES=golongrl.verl.plugin
mkdir -p "$CKPT_DIR"
exec "$PYTHON" -m golongrl.verl.main "\${overrides[@]}" "$@"
`;
}
