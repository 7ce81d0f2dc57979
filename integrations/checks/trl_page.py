"""The lines of docs/trainers.md for TRL, as they stand there: a step of the micro policy on exported samples, with real rewards.

Usage: trl_page.py MODEL SAMPLES WORK.
"""

import math
import sys

from datasets import load_dataset
from page import lines_for
from transformers import set_seed
from trl_tiny import cpu_settings


def main(model: str, samples: str, work: str) -> None:
    set_seed(1)
    args = cpu_settings(
        work,
        max_steps=1,
        per_device_train_batch_size=8,
        steps_per_generation=1,
        num_generations=4,
        max_completion_length=48,
        learning_rate=1e-4,
    )
    names = {"model": model, "dataset": load_dataset("json", data_files=samples, split="train"), "args": args}
    exec(lines_for("TRL", "python"), names)
    (step,) = [entry for entry in names["trainer"].state.log_history if "loss" in entry]
    tasks = sorted(name.split("/")[1] for name in step if name.startswith("task/") and name.endswith("/groups"))
    if not (math.isfinite(step["loss"]) and step["grad_norm"] > 0 and tasks) or step["reward_failed"] > 0:
        raise SystemExit(f"the page's lines give no step: {step}")
    print(f"  the page's lines: gradient norm {step['grad_norm']:.3f}, reward {step['reward']:.3f}, tasks {', '.join(tasks)}")


main(*sys.argv[1:])
