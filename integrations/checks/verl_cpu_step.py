"""Two steps of verl's own training on the CPU: its trainer, FSDP2 actor, Ray, queue, agent and reward loops, TMN-Reweight inside.

The exported job, made small for the micro policy; `verl_cpu.py` makes the processor a platform and Transformers a rollout engine.
Nothing between them stands in. Usage: verl_cpu_step.py EXPORT MODEL WORK. Writes WORK/seen.jsonl: of each step the rewards and what verl made
of them, for comparison with `golongrl advantage`.
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
# Rollout engine and actor compute in float32, one token after the other and all at once: 2.1e-5 apart at most in two steps.
APART = 1e-4
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
import transfer_queue as tq  # noqa: E402
from ray_start import start_ray  # noqa: E402
from verl.trainer.ppo.v1.trainer_base import PPOTrainer  # noqa: E402
from verl_compose import launch_config  # noqa: E402

from golongrl.verl.main import TaskRunner  # noqa: E402
from golongrl.verl.trainer import plain  # noqa: E402
from golongrl.verl.uids import is_padding, task_of  # noqa: E402


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
        # verl computes in bfloat16 where this says nothing: rollout engine and actor were 2e-3 apart, which hides old weights.
        f"+{actor}.fsdp_config.mixed_precision={{param_dtype:fp32,reduce_dtype:fp32,buffer_dtype:fp32}}",
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
        apart = pick("training/rollout_probs_diff_max")
        print(f"  step {number}: gradient norm {norm:.4f}, loss {loss:.5f}, reward {pick('critic/score/mean'):.3f}, {len(tasks)} tasks, probabilities of rollout engine and actor at most {apart:.1e} apart")
        if not (math.isfinite(norm) and norm > 0 and math.isfinite(loss) and tasks):
            raise SystemExit(f"step {number} has no gradient, loss or tasks: {json.dumps(data)[:2000]}")
        if not pick("critic/advantages/max") > 0 > pick("critic/advantages/min"):
            raise SystemExit(f"step {number}: advantages from {pick('critic/advantages/min')} to {pick('critic/advantages/max')}")
        if not apart < APART:
            raise SystemExit(f"step {number}: rollout engine and actor have other probabilities, by {apart}: the weights did not get there")


def write_what_verl_computes() -> None:
    """Each step's rewards, groups, tasks and advantages as verl's trainer leaves them, before our veto."""
    plain_step = PPOTrainer._compute_advantage

    def step(self: Any, batch: Any, metrics: dict[str, Any]) -> Any:
        batch = plain_step(self, batch, metrics)
        data = tq.kv_batch_get(keys=batch.keys, partition_id=batch.partition_id, select_fields=["uid", "rm_scores", "advantages"])
        uids = [plain(uid) for uid in data["uid"]]
        real = [place for place, uid in enumerate(uids) if not is_padding(uid)]
        row = {
            "rewards": [data["rm_scores"][place].sum().item() for place in real],
            "prompts": [uids[place] for place in real],
            "tasks": [task_of(uids[place]) for place in real],
            "advantages": [data["advantages"][place][0].item() for place in real],
        }
        with open(WORK / "seen.jsonl", "a") as out:
            out.write(f"{json.dumps(row)}\n")
        return batch

    PPOTrainer._compute_advantage = step


def main() -> None:
    shutil.copytree(MODEL, WORK / "model")
    write_what_verl_computes()
    config = launch_config(EXPORT, *settings())
    # Of Ray's resources only the count: nothing here is a GPU.
    start_ray(num_cpus=32, num_gpus=1)
    try:
        TaskRunner().run(config)
    finally:
        ray.shutdown()
    check([json.loads(line) for line in LOG.read_text().splitlines()])


main()
