"""The registered estimator, called by verl's own compute_advantage, on the golden batches of the reference implementation.

Usage: verl_estimator.py advantages.jsonl. The reference computes in float32, where the variance of near-constant groups cancels. So
two things are demanded of every batch: its form in float32 gives the golden advantages, and in float64 those of the estimator.
"""

import sys
from typing import Any

import numpy as np
import torch
from omegaconf import OmegaConf
from reference_form import reference_form
from same import read_rows
from verl import DataProto
from verl.trainer.ppo.ray_trainer import compute_advantage

from golongrl.tasks import TaskKeyError
from golongrl.verl.uids import uid_with_task

TOKENS = 5
# verl holds rewards and advantages in float32; sums of the golden batches were added in another order.
EXACT, ROUNDING = 1e-5, 2e-5


def advantages(row: dict[str, Any], uids: list[str], reweight: bool) -> torch.Tensor:
    """[D] of a batch whose reward is on the last token of responses of different lengths."""
    size = len(row["rewards"])
    lengths = torch.arange(size) % TOKENS + 1
    mask = (torch.arange(TOKENS) < lengths.unsqueeze(1)).long()
    rewards = torch.zeros(size, TOKENS)
    rewards[torch.arange(size), lengths - 1] = torch.tensor(row["rewards"])
    data = DataProto.from_dict(
        tensors={"token_level_rewards": rewards, "response_mask": mask}, non_tensors={"uid": np.array(uids, dtype=object)}
    )
    config = OmegaConf.create(
        {"difficulty_reweight": reweight, "difficulty_smooth_alpha": row["alpha"], "difficulty_gamma": row["gamma"]}
    )
    out = compute_advantage(data, adv_estimator="tmn_grpo", config=config).batch["advantages"]
    if not torch.equal(out, out[:, :1] * mask):
        raise SystemExit("an advantage is not the same on all tokens of its response, or stands outside of it")
    return out[:, 0]


def uids_of(row: dict[str, Any]) -> list[str]:
    return [uid_with_task(task, str(prompt)) for prompt, task in zip(row["prompt_ids"], row["tasks"], strict=True)]


def largest(left: list[float], right: list[float]) -> float:
    return max(abs(a - b) for a, b in zip(left, right, strict=True))


def compare(rows: list[dict[str, Any]], name: str, reweight: bool) -> None:
    got = [advantages(row, uids_of(row), reweight).double().tolist() for row in rows]
    apart = [largest(values, row[name]) for values, row in zip(got, rows, strict=True)]
    close = sum(error <= 1e-4 for error in apart)
    print(f"  {name}: {len(apart)} batches, largest difference {max(apart):.1e}, {close} within 1e-4", flush=True)
    exact = max(largest(values, reference_form(row, reweight, torch.float64)) for values, row in zip(got, rows, strict=True))
    golden = max(largest(row[name], reference_form(row, reweight, torch.float32)) for row in rows)
    print(f"    the reference's form: in float64 {exact:.1e} from verl's, in float32 {golden:.1e} from the golden batches", flush=True)
    if exact > EXACT or golden > ROUNDING:
        raise SystemExit(f"{name} differs from the reference")


def demand_error(row: dict[str, Any], uids: list[str], what: str) -> None:
    try:
        advantages(row, uids, True)
    except TaskKeyError:
        print(f"  {what}: refused", flush=True)
        return
    raise SystemExit(f"{what}: accepted")


def main(file: str) -> None:
    rows = read_rows(file)
    compare(rows, "tmn", False)
    compare(rows, "tmn_reweight", True)
    row = rows[0]
    # verl pads a batch with rows of this uid and an empty mask: they must not change the others.
    padded = {**row, "rewards": [*row["rewards"], 0.0, 0.0]}
    got = advantages(padded, [*uids_of(row), "pad0123", "pad0123"], True)
    if not torch.equal(got[:-2], advantages(row, uids_of(row), True)) or got[-2:].abs().max() > 0:
        raise SystemExit("padding rows change the advantages of others, or have some")
    print("  padding rows: no advantage, no effect", flush=True)
    demand_error(row, [str(prompt) for prompt in row["prompt_ids"]], "uids without a task")
    demand_error(row, [f"~{prompt}" for prompt in row["prompt_ids"]], "uids with an empty task")


main(sys.argv[1])
