"""What a step says of each task, beside verl's own metrics."""

from collections.abc import Sequence

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
