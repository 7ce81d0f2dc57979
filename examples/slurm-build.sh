#!/bin/bash
# A mixture in 64 shards on Slurm, then merged: the bytes are those of one build on one machine.
#
#   sbatch --array=1-64 examples/slurm-build.sh
#
# The last shard to finish merges. A task that was killed or requeued goes on at the place it had reached; submit the same line
# again to fill gaps. Nothing here needs Slurm beyond the two variables: any scheduler that starts n processes will do.
# SHARDS, OUT, PRESET, SAMPLES, SEED, DOCS and LICENCE may be set; see `golongrl data build --help`.

#SBATCH --job-name=golongrl-data
#SBATCH --cpus-per-task=1
#SBATCH --mem=4G
#SBATCH --time=04:00:00
#SBATCH --requeue
#SBATCH --output=slurm-%A_%a.log

set -euo pipefail

index=${SLURM_ARRAY_TASK_ID:?start with sbatch --array=1-N}
shards=${SHARDS:-${SLURM_ARRAY_TASK_COUNT:?or set SHARDS}}
out=${OUT:-dataset}
settings=(--preset "${PRESET:-paper-like}" --samples "${SAMPLES:-22965}" --seed "${SEED:-7}")
[[ -n ${DOCS:-} ]] && settings+=(--docs "$DOCS")
[[ -n ${LICENCE:-} ]] && settings+=(--licence "$LICENCE")

# --resume also starts a shard that is not there yet, and leaves a complete one as it is.
npx golongrl data build "${settings[@]}" --shard "$index/$shards" --out "$out.shards/$index" --resume --format quiet

# One merge at a time, and only when all shards are complete.
exec 9>"$out.shards/merge.lock"
flock 9
complete=$(grep -ls '"complete": true' "$out".shards/*/shard.json | wc -l)
if [[ $complete -eq $shards && ! -e $out/manifest.json ]]; then
  npx golongrl data merge "$out".shards/*/ --out "$out" --overwrite --format quiet
fi
