"""TMN and TMN-Reweight (arXiv 2605.19577) as an advantage estimator of verl.

    var_x   = sample variance of the group's rewards (n - 1); a single rollout: mean 0, variance 1
    scale_k = sqrt(mean over the groups x of task k of var_x)
    A       = (r - mean_x) / (scale_k + 1e-6)

and with `+algorithm.difficulty_reweight=True`

    s_x = alpha mean_x + (1 - alpha) mean over x' in k of mean_x'   (single rollout: the task mean alone)
    p_x = share of the group with r > s_x
    r > mean_x: A exp(gamma (0.5 - p_x)); otherwise A exp(gamma (p_x - 0.5))

`+algorithm.difficulty_smooth_alpha` is alpha (0.8, the paper's), `+algorithm.difficulty_gamma` gamma (1). Computed in double
precision: the released float32 code loses up to 6e-3 where the rewards of a group hardly differ.
"""

from collections.abc import Sequence
from typing import Any

import torch
from verl.trainer.ppo.core_algos import register_adv_est

from golongrl_verl.tasks import is_padding, task_of

ESTIMATOR_NAME = "tmn_grpo"
EPSILON = 1e-6
# A reward that equals a mean must not change sides with the order in which the mean was summed.
TIE = 1e-9


def tmn_advantages(
    rewards: torch.Tensor, groups: torch.Tensor, tasks: torch.Tensor, reweight: bool, alpha: float = 0.8, gamma: float = 1.0
) -> torch.Tensor:
    """[D] advantages. `groups` [D] numbers each rollout's group from 0, `tasks` [X] each group's task from 0."""
    rewards = rewards.double()
    size = torch.bincount(groups).double()
    single = size == 1

    def by_group(values: torch.Tensor) -> torch.Tensor:
        return torch.zeros_like(size).index_add_(0, groups, values)

    def by_task(values: torch.Tensor) -> torch.Tensor:
        """The mean over the groups of each task, for each group."""
        count = torch.bincount(tasks).double()
        return (torch.zeros_like(count).index_add_(0, tasks, values) / count)[tasks]

    mean = by_group(rewards) / size
    variance = by_group((rewards - mean[groups]) ** 2) / (size - 1).clamp(min=1)
    mean = torch.where(single, 0.0, mean)
    variance = torch.where(single, 1.0, variance)
    advantages = (rewards - mean[groups]) / (by_task(variance).sqrt()[groups] + EPSILON)
    if not reweight:
        return advantages
    task_mean = by_task(mean)
    smoothed = torch.where(single, task_mean, alpha * mean + (1 - alpha) * task_mean)
    passed = by_group((rewards > smoothed[groups] + TIE).double()) / size
    side = torch.where(rewards > mean[groups] + TIE, 1.0, -1.0)
    return advantages * torch.exp(gamma * side * (0.5 - passed[groups]))


def numbered(keys: Sequence[str]) -> tuple[torch.Tensor, list[str]]:
    """[D] number of each key, and the keys in order of first appearance."""
    places: dict[str, int] = {}
    numbers = [places.setdefault(key, len(places)) for key in keys]
    return torch.tensor(numbers, dtype=torch.long), list(places)


@register_adv_est(ESTIMATOR_NAME)
def tmn_grpo(
    token_level_rewards: torch.Tensor,
    response_mask: torch.Tensor,
    index: Any = None,
    config: Any = None,
    **_: Any,
) -> tuple[torch.Tensor, torch.Tensor]:
    """verl's signature: [D, T] rewards and mask, `index` the uid of each row. Returns advantages twice, as outcome estimators do."""
    if index is None:
        raise ValueError("tmn_grpo needs the uid of each rollout, which the trainer gives as `index`")
    option = (config or {}).get
    rewards = token_level_rewards.sum(dim=-1)
    uids = [str(uid) for uid in index]
    real = [row for row, uid in enumerate(uids) if not is_padding(uid)]
    groups, names = numbered([uids[row] for row in real])
    tasks, _names = numbered([task_of(name) for name in names])
    scores = torch.zeros_like(rewards)
    if real:
        scores[real] = tmn_advantages(
            rewards[real],
            groups.to(rewards.device),
            tasks.to(rewards.device),
            reweight=bool(option("difficulty_reweight", False)),
            alpha=float(option("difficulty_smooth_alpha", 0.8)),
            gamma=float(option("difficulty_gamma", 1.0)),
        ).to(rewards.dtype)
    advantages = scores.unsqueeze(-1) * response_mask
    return advantages, advantages
