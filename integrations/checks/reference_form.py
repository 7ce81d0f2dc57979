"""TMN and TMN-Reweight as the reference computes them: the variance of a group is the mean of squares less the squared mean.

In float32 that difference cancels where a reward is large beside the spread of its group: the golden batches hold the rounding that
is left. In float64 the same form gives the estimator's values.
"""

from typing import Any

import torch

TIE = 1e-7


def reference_form(row: dict[str, Any], reweight: bool, dtype: torch.dtype) -> list[float]:
    """[D] advantages of a golden batch, in the arithmetic of `dtype`."""
    rewards = torch.tensor(row["rewards"], dtype=dtype)
    members: dict[str, list[int]] = {}
    for d, prompt in enumerate(row["prompt_ids"]):
        members.setdefault(prompt, []).append(d)
    by_task: dict[str, list[list[int]]] = {}
    for places in members.values():
        by_task.setdefault(row["tasks"][places[0]], []).append(places)
    advantages = torch.zeros_like(rewards)
    for groups in by_task.values():
        means, variances = (torch.stack(values) for values in zip(*(_moments(rewards[places]) for places in groups), strict=True))
        scale = variances.clamp(min=0).mean().sqrt() + 1e-6
        for places, mean in zip(groups, means, strict=True):
            values = rewards[places]
            weights = _weights(row, values, mean, means.mean()) if reweight else 1
            advantages[places] = (values - mean) / scale * weights
    return advantages.tolist()


def _moments(values: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Mean and sample variance; 0 and 1 of a single rollout."""
    n = len(values)
    if n == 1:
        return values.new_zeros(()), values.new_ones(())
    mean = values.mean()
    return mean, ((values * values).mean() - mean**2) * n / (n - 1)


def _weights(row: dict[str, Any], values: torch.Tensor, mean: torch.Tensor, task_mean: torch.Tensor) -> torch.Tensor:
    smoothed = task_mean if len(values) == 1 else row["alpha"] * mean + (1 - row["alpha"]) * task_mean
    easy = (values > smoothed + TIE).to(values.dtype).mean() - 0.5
    return torch.exp(row["gamma"] * torch.where(values > mean + TIE, -easy, easy))
