"""What a step says of each task, beside verl's own metrics."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import torch

from golongrl_verl.tasks import is_padding, task_of


def task_metrics(uids: Sequence[str], rewards: torch.Tensor, advantages: torch.Tensor, response_length: torch.Tensor) -> dict[str, float]:
    """`task/F1_Score/{groups, rollouts, reward/mean, reward/std_in_group, advantage/abs_mean, response_length/mean}`.

    `rewards`, `advantages` and `response_length` are [D]; an advantage is that of the rollout's tokens.
    """
    places: dict[str, dict[str, list[int]]] = {}
    for row, uid in enumerate(uids):
        if not is_padding(uid):
            places.setdefault(task_of(uid), {}).setdefault(uid, []).append(row)
    metrics: dict[str, float] = {}
    for task, groups in sorted(places.items()):
        rows = [row for group in groups.values() for row in group]
        spreads = [rewards[group].double().std() for group in groups.values() if len(group) > 1]
        metrics |= {
            f"task/{task}/groups": float(len(groups)),
            f"task/{task}/rollouts": float(len(rows)),
            f"task/{task}/reward/mean": rewards[rows].double().mean().item(),
            f"task/{task}/reward/std_in_group": torch.stack(spreads).mean().item() if spreads else 0.0,
            f"task/{task}/advantage/abs_mean": advantages[rows].double().abs().mean().item(),
            f"task/{task}/response_length/mean": response_length[rows].double().mean().item(),
        }
    return metrics


def answer_metrics(uids: Sequence[str], infos: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """`task/F1_Score/{state/cut, format/exact, no_verdict, ...}`: shares of the rollouts of which golongrl_reward told it."""
    told: dict[str, list[Mapping[str, Any]]] = {}
    for uid, info in zip(uids, infos, strict=True):
        if not is_padding(uid) and info.get("state"):
            told.setdefault(task_of(uid), []).append(info)
    metrics: dict[str, float] = {}
    for task, rows in sorted(told.items()):
        for kind in ("state", "format"):
            metrics |= {f"task/{task}/{kind}/{name}": count / len(rows) for name, count in Counter(row[kind] for row in rows).items()}
        metrics[f"task/{task}/no_verdict"] = sum(row["reward_failed"] for row in rows) / len(rows)
    return metrics
