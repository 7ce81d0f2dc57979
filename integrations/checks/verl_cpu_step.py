"""Two steps of verl's own training on the CPU: its trainer, FSDP2 actor, Ray, queue, agent and reward loops, TMN-Reweight inside.

The exported job, made small for the micro policy; `verl_cpu.py` makes the processor a platform and Transformers a rollout engine.
Nothing between them stands in. Usage: verl_cpu_step.py EXPORT MODEL WORK.
"""

import json
import math
import os
import shutil
import sys
from pathlib import Path
from typing import Any

EXPORT, MODEL, WORK = sys.argv[1], sys.argv[2], Path(sys.argv[3])
STEPS = 2
HERE = str(Path(__file__).parent)
LOG = WORK / "metrics.jsonl"
os.environ |= {
    "VERL_PLATFORM": "cpu",
    "VERL_USE_EXTERNAL_MODULES": "golongrl.verl.plugin,verl_cpu",
    "PYTHONPATH": os.pathsep.join([HERE, os.environ.get("PYTHONPATH", "")]),
    "VERL_FILE_LOGGER_PATH": str(LOG),
    "HF_HUB_OFFLINE": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "MODEL": str(WORK / "model"),
    "CKPT_DIR": str(WORK / "checkpoints"),
    "GPUS_PER_NODE": "1",
}

import ray  # noqa: E402
from verl_compose import launch_config  # noqa: E402

from golongrl.verl.main import TaskRunner  # noqa: E402


def settings() -> list[str]:
    """Smaller, without a GPU's kernels; what is trained, and how, is the exported job's."""
    actor, rollout = "actor_rollout_ref.actor", "actor_rollout_ref.rollout"
    return [
        "trainer.device=cpu",
        f"trainer.total_training_steps={STEPS}",
        "trainer.logger=['file']",
        "trainer.save_freq=-1",
        f"{rollout}.name=hf-cpu",
        f"{rollout}.n=4",
        f"{rollout}.prompt_length=1400",
        f"{rollout}.response_length=96",
        f"{rollout}.max_model_len=1536",
        f"{rollout}.agent.num_workers=1",
        "data.max_prompt_length=1400",
        "data.max_response_length=96",
        "data.train_batch_size=6",
        "data.dataloader_num_workers=0",
        "data.filter_overlong_prompts_workers=1",
        "reward.num_workers=1",
        f"{actor}.ppo_mini_batch_size=6",
        f"{actor}.optim.lr=1e-3",
        f"{actor}.optim.lr_warmup_steps=0",
        f"{actor}.fsdp_config.ulysses_sequence_parallel_size=1",
        # Memory that is pinned for a GPU.
        f"{actor}.fsdp_config.offload_policy=False",
        f"{actor}.fsdp_config.model_dtype=fp32",
        f"{actor}.fsdp_config.dtype=float32",
        "actor_rollout_ref.model.enable_gradient_checkpointing=False",
        # flash-attn has both, and is built for CUDA alone.
        "actor_rollout_ref.model.use_remove_padding=False",
        "+actor_rollout_ref.model.override_config.attn_implementation=sdpa",
        "transfer_queue.backend.SimpleStorage.num_data_storage_units=1",
    ]


def check(rows: list[dict[str, Any]]) -> None:
    if len(rows) < STEPS:
        raise SystemExit(f"verl logged {len(rows)} steps, expected {STEPS}")
    for number, row in enumerate(rows[:STEPS], 1):
        data = row["data"]
        pick = lambda *names: next((data[name] for name in names if name in data), math.nan)  # noqa: E731
        norm, loss = pick("actor/grad_norm"), pick("actor/pg_loss", "actor/loss")
        tasks = sorted(name for name in data if name.startswith("task/") and name.endswith("/reward/mean"))
        apart = pick("training/rollout_probs_diff_mean")
        print(f"  step {number}: gradient norm {norm:.4f}, loss {loss:.5f}, reward {pick('critic/score/mean'):.3f}, {len(tasks)} tasks, probabilities of rollout and actor {apart:.1e} apart")
        if not (math.isfinite(norm) and norm > 0 and math.isfinite(loss) and tasks):
            raise SystemExit(f"step {number} has no gradient, loss or tasks: {json.dumps(data)[:2000]}")
        if not pick("critic/advantages/max") > 0 > pick("critic/advantages/min"):
            raise SystemExit(f"step {number}: advantages from {pick('critic/advantages/min')} to {pick('critic/advantages/max')}")
        # The actor computes in bfloat16, the rollout engine in float32.
        if not apart < 1e-2:
            raise SystemExit(f"step {number}: rollout engine and actor have other probabilities, by {apart}: the weights did not get there")


def main() -> None:
    shutil.copytree(MODEL, WORK / "model")
    config = launch_config(EXPORT, *settings())
    # Of Ray's resources only the count: nothing here is a GPU.
    ray.init(num_cpus=32, num_gpus=1, include_dashboard=False, log_to_driver=False)
    try:
        TaskRunner().run(config)
    finally:
        ray.shutdown()
    check([json.loads(line) for line in LOG.read_text().splitlines()])


main()
